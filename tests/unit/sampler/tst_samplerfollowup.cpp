// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"

#include <QTest>

#include <functional>

using namespace Flotilla;

using Check = std::function<bool(const Recipe &before, const Recipe &after)>;

class TestSamplerFollowUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void leavesAlone_data();
    void leavesAlone();
    void keepsStoredData();
    void refusesUnknownParts();
    void addsAndRemovesSections();
    void anAddedSectionIsShown();
};

namespace {
Recipe tracker()
{
    Recipe recipe = recipeFor(QStringLiteral("a light calm habit tracker, blue"));
    recipe.radius = 8;
    return recipe;
}
} // namespace

void TestSamplerFollowUp::understands_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<Check>("check");
    const auto row = [](const char *wish, Check check) { QTest::newRow(wish) << QString::fromUtf8(wish) << check; };
    const auto titled = [](const char *title) {
        return Check([title](const Recipe &, const Recipe &after) { return after.title == QString::fromUtf8(title); });
    };
    const auto hued = [](int hue) {
        return Check([hue](const Recipe &, const Recipe &after) { return after.hue == hue; });
    };
    const auto without = [](const char *section) {
        return Check([section](const Recipe &, const Recipe &after) {
            return !after.sections.contains(QLatin1String(section));
        });
    };
    row("change the title to Tide & Time", titled("Tide & Time"));
    row("Change the title to \"Blue Monday\"", titled("Blue Monday"));
    row("call it Night owl", titled("Night owl"));
    row("rename the app to Small steps, please", titled("Small steps"));
    row("The title should be “Ebb”.", titled("Ebb"));
    row("make it look like a sunset", hued(40));
    row("warmer colours", hued(50));
    row("green please", hued(152));
    row("use #16324f", [](const Recipe &, const Recipe &after) { return after.hue > 230 && after.hue < 270; });
    row("other colours", [](const Recipe &before, const Recipe &after) { return after.hue != before.hue; });
    row("make the buttons orange",
        [](const Recipe &before, const Recipe &after) { return after.hue == before.hue && after.accent == 55; });
    row("dark mode", [](const Recipe &, const Recipe &after) { return after.mode == QLatin1String("dark"); });
    row("make it dark and red",
        [](const Recipe &, const Recipe &after) { return after.mode == QLatin1String("dark") && after.hue == 25; });
    row("remove the chart", without("chart"));
    row("hide the statistics", without("summary"));
    row("without the subtitle", without("tagline"));
    row("bigger text", [](const Recipe &before, const Recipe &after) { return after.scale > before.scale; });
    row("make the font smaller", [](const Recipe &before, const Recipe &after) { return after.scale < before.scale; });
    row("rounder corners", [](const Recipe &before, const Recipe &after) { return after.radius > before.radius; });
    row("square corners", [](const Recipe &, const Recipe &after) { return after.radius == 0; });
    row("more compact", [](const Recipe &before, const Recipe &after) { return after.gap < before.gap; });
    row("more playful", [](const Recipe &, const Recipe &after) { return after.style == QLatin1String("ink"); });
    row("put the title in a sidebar",
        [](const Recipe &, const Recipe &after) { return after.layout == QLatin1String("side"); });
    row("rename \"Stretch\" to \"Yoga\"", [](const Recipe &, const Recipe &after) {
        return after.renames.value(QStringLiteral("Stretch")) == QLatin1String("Yoga");
    });
    row("turn it into a kanban board", [](const Recipe &before, const Recipe &after) {
        return after.kind == QLatin1String("board") && after.hue == before.hue;
    });
    const auto extra = [](const char *title) {
        return Check([title](const Recipe &, const Recipe &after) {
            return after.extras == QStringList{QString::fromUtf8(title)};
        });
    };
    row("add a section for quotes", extra("Quotes"));
    row("add a section with my favourite books, please", extra("Favourite books"));
    row("Add a notes section", extra("Notes"));
    row("add a new section called “Blue Monday” and make it dark", extra("Blue Monday"));
    row("I need an area for the shopping of Friday", extra("Shopping of Friday"));
    row("make the title Moss Diary and use green colours", titled("Moss Diary"));
    row("surprise me with a different look",
        [](const Recipe &before, const Recipe &after) { return after != before && after.title == before.title; });
}

void TestSamplerFollowUp::understands()
{
    QFETCH(QString, wish);
    QFETCH(Check, check);
    Recipe before = tracker();
    before.layout = QStringLiteral("top");
    const FollowUp change = followUp(before, wish);
    QVERIFY2(!change.done.isEmpty(), qPrintable(change.refused.join(QLatin1Char(' '))));
    QVERIFY2(check(before, change.recipe), qPrintable(themeFile(change.recipe)));
}

void TestSamplerFollowUp::leavesAlone_data()
{
    QTest::addColumn<QString>("wish");
    for (const char *wish :
         {"connect it to my calendar", "why is the sky so far away?", "send mails every morning", "", "🦙", "thanks"})
        QTest::newRow(wish) << QString::fromUtf8(wish);
}

void TestSamplerFollowUp::leavesAlone()
{
    QFETCH(QString, wish);
    const FollowUp change = followUp(tracker(), wish);
    QVERIFY2(change.done.isEmpty(), qPrintable(change.done.join(QLatin1Char(';'))));
    QCOMPARE(change.recipe, tracker());
}

void TestSamplerFollowUp::keepsStoredData()
{
    const Recipe before = tracker();
    for (const char *wish : {"call it Ebb", "dark", "bigger text", "remove the chart", "rename Stretch to Yoga"})
        QCOMPARE(followUp(before, QString::fromUtf8(wish)).recipe.key, before.key);
}

void TestSamplerFollowUp::refusesUnknownParts()
{
    const FollowUp change = followUp(tracker(), QStringLiteral("add a map"));
    QVERIFY(change.done.isEmpty());
    QCOMPARE(change.refused.size(), 1);
    QCOMPARE(change.recipe, tracker());
}

void TestSamplerFollowUp::addsAndRemovesSections()
{
    const auto wish = [](const Recipe &recipe, const char *text) { return followUp(recipe, QString::fromUtf8(text)); };
    const Recipe one = wish(tracker(), "add a section for quotes").recipe;
    QCOMPARE(recipeIn(themeFile(one)), one);
    Recipe books = wish(tracker(), "add a section with my favourite books").recipe; // not the style "book"
    QCOMPARE(books.extras.size(), 1);
    books.extras.clear();
    QCOMPARE(books, tracker());
    QCOMPARE(wish(one, "add a quotes section").refused.size(), 1);
    const Recipe two = wish(one, "add a section about films").recipe;
    QCOMPARE(two.extras, QStringList({QStringLiteral("Quotes"), QStringLiteral("Films")}));
    QCOMPARE(wish(two, "remove the quotes section").recipe.extras, QStringList{QStringLiteral("Films")});
    QCOMPARE(wish(wish(two, "remove the quotes").recipe, "hide films").recipe, tracker());
    Recipe many = tracker();
    for (int i = 0; i < 10; ++i)
        many = followUp(many, QStringLiteral("add a section for list%1").arg(i)).recipe;
    QCOMPARE(many.extras.size(), 6);
    QCOMPARE(wish(tracker(), "add a section for the chart").refused.size(), 1); // a part that is there
}

void TestSamplerFollowUp::anAddedSectionIsShown()
{
    const Recipe recipe = followUp(tracker(), QStringLiteral("add a section for quotes")).recipe;
    QStringList paths;
    for (const SampleFile &file : filesOf(recipe)) {
        paths.append(file.path);
        if (file.path == QLatin1String("src/components/ui.tsx"))
            QVERIFY(file.content.contains(QLatin1String("<Extras />")));
    }
    QVERIFY(paths.contains(QStringLiteral("src/components/Extras.tsx")));
}

QTEST_GUILESS_MAIN(TestSamplerFollowUp)
#include "tst_samplerfollowup.moc"
