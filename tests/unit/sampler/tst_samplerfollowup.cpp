// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QDir>
#include <QRegularExpression>
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
    void saysNothingThatDidNotHappen_data();
    void saysNothingThatDidNotHappen();
    void givesHexColoursExactly();
    void aBackgroundOfItsOwnIsSeen();
    void whiteAndBlackAreLightAndDark();
    void leavesAlone_data();
    void leavesAlone();
    void keepsStoredData();
    void refusesUnknownParts();
    void tellsWhatItLeftOut_data();
    void tellsWhatItLeftOut();
    void addsAndRemovesSections();
    void anAddedSectionIsShown();
    void answersGermanInGerman_data();
    void answersGermanInGerman();
    void everySentenceIsTranslated();
    void theLastWordCounts_data();
    void theLastWordCounts();
    void changesTheLanguage_data();
    void changesTheLanguage();
    void knowsStoredRowsInBothLanguages();
};

namespace {
Recipe tracker()
{
    Recipe recipe = recipeFor(QStringLiteral("a light calm habit tracker, blue"));
    recipe.radius = 8;
    return recipe;
}
} // namespace

void TestSamplerFollowUp::answersGermanInGerman_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *wish, const char *said) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(said);
    };
    row("nenne es Flut", "der Titel ist „Flut“");
    row("mach es dunkel", "sie startet dunkel");
    row("bitte größere Schrift", "die Schrift ist größer");
    row("entferne das Diagramm", "„Diagramm“ ist weg");
    row("füge einen Abschnitt 'Ziele' hinzu", "es gibt einen Abschnitt „Ziele“ zum Hineinschreiben");
    row("eckige Ecken", "die Ecken sind eckig");
    row("mach es hell", "Sie startet schon hell; der Knopf mit Sonne oder Mond schaltet um.");
    row("make it dark", "it starts dark");
    // What was not done is said.
    row("make it dark and a rating", "it starts dark I did not understand: “a rating”.");
    row("mach es dunkel und eine Bewertung", "sie startet dunkel Nicht verstanden habe ich: „eine Bewertung“.");
    row("runde Ecken, mehr Luft, und ein Logo",
        "die Ecken sind runder es ist mehr Platz Nicht verstanden habe ich: „ein Logo“.");
    row("make it dark, add a map and call it Tide",
        "the title is “Tide” it starts dark The sampler only knows these parts of this app: tagline, summary, chart, "
        "list.");
    row("make it dark. Why is it blue?", "it starts dark I did not understand: “Why is it blue”.");
    row("why is it blue?", "The sampler cannot answer questions.");
    row("thanks!", "You are welcome.");
    row("Danke, sieht toll aus", "Gern geschehen.");
    row("also a rating, please", "");
    row("und eine Bewertung", "");
    row("undo that and make it green",
        "the colours are new Every change is a version: choose an earlier one under the preview and press Restore.");
    row("put the list above the chart", "The sampler cannot move parts: their order is fixed.");
    row("vertausche Diagramm und Liste", "Verschieben kann der Sampler nichts: Die Reihenfolge der Teile ist fest.");
    row("and the chart, please", "The chart is already there.");
    row("remove the tagline and search",
        "the tagline is gone The sampler only knows these parts of this app: tagline, summary, chart, list.");
    row("add a section called \"To buy\" and a map",
        "there is a section “To buy” to write into I did not understand: “a map”.");
    row("füge eine Liste für Bücher hinzu", "es gibt einen Abschnitt „Bücher“ zum Hineinschreiben");
    row("make the title bigger", "the text is bigger everywhere, as no part can have a size alone");
    row("Make it dark with orange buttons and a bigger font, please.",
        "the accent colour is new it starts dark the text is bigger");
    row("mach es minimalistisch", "der Stil ist „Linien“");
    row("make only the chart green", "the colours are new everywhere, as no part can have a colour alone");
    row("make the text white", "Text is dark on a light ground and light on a dark one: ask for “dark” or “light”.");
    row("turn it into a shop, call it Kiosk and make it dark", "it is a shop now the title is “Kiosk” it starts dark");
    row("make this a kanban board with a calendar",
        "it is a project board now the title is “Kanban board” I did not understand: “with a calendar”.");
    row("dark mode toggle", "The button with the sun or moon switches between dark and light already.");
    row("etwas heller", "Sie ist schon hell, und der Sampler kennt nur ein hell. Versuchen Sie eine andere Farbe.");
    row("use the colours of our brand: #16324f and #f4a261", "the colours are new: #f4a261");
}

void TestSamplerFollowUp::answersGermanInGerman()
{
    QFETCH(QString, wish);
    QFETCH(QString, said);
    const FollowUp change = followUp(tracker(), wish);
    QCOMPARE((change.done + change.refused).join(QLatin1Char(' ')), said);
}

/// What is said of steps and of one thing instead of another is what was done.
void TestSamplerFollowUp::theLastWordCounts_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("instead"); // a wish that asks for the same in plain words
    const auto row = [](const char *wish, const char *instead) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(instead);
    };
    for (const char *green :
         {"make it red, then green", "first red then green", "make it red. Then make it green.", "not red but green",
          "replace blue with green", "swap blue for green", "use green rather than blue", "make the blue parts green",
          "make it red, later green", "make it yellow, then red, then green"})
        row(green, "green");
    for (const char *green :
         {"rot, dann grün", "erst rot, dann grün", "zuerst rot und dann grün", "mach es rot, danach grün",
          "nicht rot, sondern grün", "ersetze blau durch grün", "ändere blau in grün", "grün statt blau"})
        row(green, "grün");
    row("make it red or green", "red");
    row("make it dark, then light", "light");
    row("change dark to light", "light");
    row("light rather than dark", "light");
    row("von hell auf dunkel", "dunkel");
    row("first dark and red, then light and green", "light and green");
    row("make the background red, then green", "green background");
    row("mach die Knöpfe rot, dann grün", "grüne Knöpfe");
    row("use a sunset palette, then make the buttons green", "a sunset palette with green buttons");
    row("make the buttons green, then use a sunset palette", "use a sunset palette");
    row("call it Tide, then call it Ebb", "call it Ebb");
    row("rename it to Tide, then to Ebb", "call it Ebb");
    row("nenne es Flut, dann Ebbe", "nenne es Ebbe");
    row("turn it into a quiz, then into a board", "turn it into a board");
    row("square corners, then round corners", "round corners");
    row("sidebar, then top bar", "top bar");
    row("calm rather than playful", "calm");
    row("not modern but playful", "playful");
    row("first remove the chart, then the tagline", "remove the chart and the tagline");
    row("make it dark, then add a map", "make it dark and add a map");
    row("call it \"Red, then green\" and make it dark", "make it dark and call it \"Red, then green\"");
}

void TestSamplerFollowUp::theLastWordCounts()
{
    QFETCH(QString, wish);
    QFETCH(QString, instead);
    FollowUp steps = followUp(tracker(), wish);
    FollowUp plain = followUp(tracker(), instead);
    QVERIFY(plain.understood());
    steps.recipe.sections.sort();
    plain.recipe.sections.sort();
    steps.done.sort();
    plain.done.sort();
    plain.recipe.seed = steps.recipe.seed; // of another kind: by the words
    plain.recipe.key = steps.recipe.key;
    QCOMPARE(themeFile(steps.recipe), themeFile(plain.recipe));
    QCOMPARE(steps.done + steps.refused, plain.done + plain.refused);
}

void TestSamplerFollowUp::changesTheLanguage_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *wish, const char *language, const char *said) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(language) << QString::fromUtf8(said);
    };
    const char *german = "its labels are in German; names that were given stay";
    const char *deutsch = "die Beschriftungen sind deutsch, vergebene Namen bleiben";
    for (const char *wish : {"translate to German", "in German, please", "make the labels German",
                             "can you switch the language to German?", "in German instead of English",
                             "change the language from English to German", "the app should be in German"})
        row(wish, "de", german);
    for (const char *wish : {"auf Deutsch bitte", "Deutsch", "mach alles auf Deutsch", "übersetze alles ins Deutsche",
                             "die App soll auf Deutsch sein", "stell die Sprache auf Deutsch um"})
        row(wish, "de", deutsch);
    row("make it dark and in German", "de", "its labels are in German; names that were given stay it starts dark");
    row("make it German and call it Flut", "de",
        "the title is “Flut” its labels are in German; names that were given stay");
    row("in English please", "", "It is in English already.");
    row("übersetze die App ins Englische", "", "Sie ist schon auf Englisch.");
    row("in German, then in English", "", "It is in English already.");
    row("translate to French", "", "The sampler has its labels in English and German only.");
    row("auf Französisch bitte", "", "Der Sampler hat seine Beschriftungen nur auf Deutsch und Englisch.");
    row("call it In German", "", "the title is “In German”");
    row("add a section called German verbs", "", "there is a section “German verbs” to write into");
    row("rename Stretch to German", "", "“Stretch” is called “German”");
}

void TestSamplerFollowUp::changesTheLanguage()
{
    QFETCH(QString, wish);
    QFETCH(QString, language);
    QFETCH(QString, said);
    const FollowUp change = followUp(tracker(), wish);
    QCOMPARE(change.recipe.language, language);
    QCOMPARE((change.done + change.refused).join(QLatin1Char(' ')), said);
}

void TestSamplerFollowUp::knowsStoredRowsInBothLanguages()
{
    const Recipe board =
        followUp(recipeFor(QStringLiteral("a project board")), QStringLiteral("rename Done to Shipped")).recipe;
    const Recipe german = followUp(board, QStringLiteral("auf Deutsch bitte")).recipe;
    const auto text = [](const Recipe &recipe, const char *path) {
        for (const SampleFile &file : filesOf(recipe))
            if (file.path == QLatin1String(path))
                return file.content;
        return QString();
    };
    QCOMPARE(german.key, board.key);
    QVERIFY(text(german, "src/data.ts").contains(QStringLiteral("'Zu tun'")));
    QVERIFY(text(german, "src/formerly.ts").contains(QStringLiteral("\"To do\": \"Zu tun\"")));
    QVERIFY(text(german, "src/hooks.ts").contains(QStringLiteral("translated(text)")));
    QVERIFY(text(german, "src/formerly.ts").contains(QStringLiteral("colon && /^[a-z]\\w*$/.test(was)")));
    QCOMPARE(recipeIn(themeFile(german)).value().translated, true);
    const Recipe back = followUp(german, QStringLiteral("in English please")).recipe;
    QVERIFY(text(back, "src/formerly.ts").contains(QStringLiteral("\"Zu tun\": \"To do\"")));
    QCOMPARE(text(back, "src/data.ts"), text(board, "src/data.ts"));
    QCOMPARE(back.tagline, board.tagline);
}

/// Every sentence of the sources has a German one with the same places in it.
void TestSamplerFollowUp::everySentenceIsTranslated()
{
    static const QRegularExpression call(
        QStringLiteral("\\bsay\\((?:QStringLiteral\\()?((?:\\s*\"(?:[^\"\\\\]|\\\\.)*\")+)"));
    static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    const auto places = [](const QString &text) { return std::pair(text.count(u"%1"), text.count(u"%2")); };
    int count = 0;
    const QDir sources(QStringLiteral(SAMPLER_DIR));
    for (const QString &name : sources.entryList({QStringLiteral("*.cpp")})) {
        QFile file(sources.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (auto calls = call.globalMatch(QString::fromUtf8(file.readAll())); calls.hasNext(); ++count) {
            QString english;
            for (auto parts = literal.globalMatch(calls.next().captured(1)); parts.hasNext();)
                english += parts.next().captured(1);
            english.replace(QLatin1String("\\n"), QLatin1String("\n"));
            const QString german = SamplerWords::Voice{true}(english);
            QVERIFY2(german != english, qPrintable(name + QLatin1String(": ") + english));
            QCOMPARE(places(german), places(english));
        }
    }
    QVERIFY(count > 40);
    for (const auto &kind : SamplerParts::kinds()) {
        const QString what = SamplerWords::withArticle(kind.noun);
        QVERIFY2(SamplerWords::Voice{true}(what) != what, qPrintable(what));
        for (const QString &section : kind.sections)
            QVERIFY2(!SamplerWords::Voice{true}(section).isEmpty(), qPrintable(section));
    }
}

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
    // German, slips, and what is not wanted
    row("Titel: Morgenroutine", titled("Morgenroutine"));
    row("Nenne die App Hafenbuch", titled("Hafenbuch"));
    row("die App soll Hafenbuch heißen", titled("Hafenbuch"));
    row("ändere den Titel in „Ebbe & Flut“ und mach es dunkel", titled("Ebbe & Flut"));
    row("Title → Sea Legs", [](const Recipe &before, const Recipe &after) {
        return after.title == QLatin1String("Sea Legs") && after.hue == before.hue;
    });
    row("title Moosquiz, dark, green", [](const Recipe &, const Recipe &after) {
        return after.title == QLatin1String("Moosquiz") && after.mode == QLatin1String("dark") && after.hue == 152;
    });
    row("Make the ttile Foo", titled("Foo"));
    const Check dark = [](const Recipe &, const Recipe &after) { return after.mode == QLatin1String("dark"); };
    row("mkae it drak", dark);
    row("dunkel bitte", dark);
    row("mach es dunkel", dark);
    row("not light please", dark);
    row("it is too light", dark);
    row("rot und gold", hued(25));
    row("Farbe auf Lila ändern", hued(298));
    row("grau", hued(250));
    row("make it less blue and more green", hued(152));
    row("I hate the green, use purple", hued(298));
    row("make it red, no, green", hued(152));
    row("Diagramm entfernen", without("chart"));
    row("ohne Zusammenfassung bitte", without("summary"));
    row("remove the chart and add a section for quotes", [](const Recipe &, const Recipe &after) {
        return !after.sections.contains(QLatin1String("chart")) && after.extras.contains(QLatin1String("Quotes"));
    });
    row("füge einen Abschnitt 'Ziele' hinzu", extra("Ziele"));
    row("größere Schrift", [](const Recipe &before, const Recipe &after) { return after.scale > before.scale; });
    row("bigger", [](const Recipe &before, const Recipe &after) { return after.scale > before.scale; });
    row("eckige Ecken", [](const Recipe &, const Recipe &after) { return after.radius == 0; });
    row("remove the chart but make it dark", [](const Recipe &, const Recipe &after) {
        return after.mode == QLatin1String("dark") && !after.sections.contains(QLatin1String("chart"));
    });
    row("make the header pink", hued(5));
    row("make the background teal, accent #ff6600", [](const Recipe &, const Recipe &after) {
        return after.hue == 190 && after.tinted && after.exact == QLatin1String("#ff6600");
    });
    row("blue with orange buttons",
        [](const Recipe &, const Recipe &after) { return after.hue == 258 && after.accent == 55; });
    const auto only = [](const char *section) {
        return Check([section](const Recipe &, const Recipe &after) {
            return after.sections == QStringList{QLatin1String(section)};
        });
    };
    row("hide everything but the chart", only("chart"));
    row("only the chart, please", only("chart"));
    row("alles außer dem Diagramm ausblenden", only("chart"));
    row("add a section called \"Gifts\" and another one called \"Cards\"",
        [](const Recipe &before, const Recipe &after) {
            return after.title == before.title &&
                   after.extras == QStringList({QStringLiteral("Gifts"), QStringLiteral("Cards")});
        });
    row("add a section for quotes and one for films, and call it Ebb",
        [](const Recipe &, const Recipe &after) { return after.title == QLatin1String("Ebb"); });
    row("blue → green", hued(152));
    row("change the blue to red", hued(25));
    row("von blau zu rot bitte", hued(25));
    row("darkmode plz", dark);
    row("zu hell", dark);
    const Check smaller = [](const Recipe &before, const Recipe &after) { return after.scale < before.scale; };
    row("the text is too big", smaller);
    row("die Schrift ist zu groß", smaller);
    row("nicht so groß", smaller);
    row("und jetzt wieder kleiner", smaller);
    row("change the colours", [](const Recipe &before, const Recipe &after) { return after.hue != before.hue; });
    row("call it Node.js notes. Thanks", titled("Node.js notes"));
    row("change the title to v2.0", titled("v2.0"));
    row("title = \"Ben's; DROP TABLE apps; --\"", titled("Ben's; DROP TABLE apps; --"));
    row("can you change the title to Miles & More?", titled("Miles & More"));
    // what is said of the title is not the title
    const Check onlyRed = [](const Recipe &before, const Recipe &after) {
        return after.title == before.title && after.hue == 25 && after.accent == 25;
    };
    row("change the colour of the title to red", onlyRed);
    row("set the title color to red", onlyRed);
    row("change the title's colour to red", onlyRed);
    row("Titelfarbe rot", onlyRed);
    row("the title is too long, make it dark", [](const Recipe &before, const Recipe &after) {
        return after.title == before.title && after.mode == QLatin1String("dark");
    });
    row("I want the title to be Leaf Log and the colours green", [](const Recipe &, const Recipe &after) {
        return after.title == QLatin1String("Leaf Log") && after.hue == 152;
    });
    row("the title should not be Same but Ebb", titled("Ebb"));
    row("Titel soll nicht Same heißen sondern Vorrat", titled("Vorrat"));
    row("Der Titel lautet: Groschen", titled("Groschen"));
    row("benenne die App um in Konto", titled("Konto"));
    row("call this thing Zeitnot!", titled("Zeitnot"));
    row("make the background black", dark);
    row("Hintergrund schwarz", dark);
    row("change the background from blue to teal", [](const Recipe &before, const Recipe &after) {
        return after.hue == 190 && after.tinted && after.accent == before.accent;
    });
    row("lass das Diagramm weg", without("chart"));
    row("Nenne das Spiel Walgesang", titled("Walgesang"));
    row("weniger rund", [](const Recipe &, const Recipe &after) { return after.radius == 0; });
    row("remove the chart but keep the summary", [](const Recipe &before, const Recipe &after) {
        return after.sections.size() == before.sections.size() - 1 && after.sections.contains(QLatin1String("summary"));
    });
    row("blende das Diagramm aus", without("chart"));
    row("mach ein Quiz daraus",
        [](const Recipe &, const Recipe &after) { return after.kind == QLatin1String("quiz"); });
    row("verwandle es in ein Brett",
        [](const Recipe &, const Recipe &after) { return after.kind == QLatin1String("board"); });
    row("wie ein Wald", hued(130));
    row("alles in Orange", hued(55));
    row("nicht so rund bitte", [](const Recipe &, const Recipe &after) { return after.radius == 0; });
    row("less rounded and more compact",
        [](const Recipe &before, const Recipe &after) { return after.radius == 0 && after.style == before.style; });
    row("call it 🌊 Tide", titled("🌊 Tide"));
    row("call it \"Tide 🌊\" and make it ocean", titled("Tide 🌊"));
    row("nenne es „Ebbe & Flut“ 🌊", titled("Ebbe & Flut"));
    row("Diagramm weg, Titel „Los!“, Farbe #abc", titled("Los!"));
    row("I want to change the name into Morning Glory please", titled("Morning Glory"));
    row("call it Fog please", titled("Fog"));
    row("rename Habit tracker to Ebb", titled("Ebb"));
    row("I want the chart gone", without("chart"));
    row("take out the chart", without("chart"));
    row("colder colours", hued(230));
    row("salbeigrün", hued(118));
    row("ist das hell? mach es bitte dunkel", dark);
    row("background #102030", dark);
    row("is it possible to make it dark?", dark);
    row("Schrift in Serifen", [](const Recipe &, const Recipe &after) { return after.font == QLatin1String("serif"); });
    row("make it a quiz", [](const Recipe &, const Recipe &after) { return after.kind == QLatin1String("quiz"); });
    row("mach es zu einem Quiz",
        [](const Recipe &, const Recipe &after) { return after.kind == QLatin1String("quiz"); });
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

/// What cannot be done, or is so already, is refused and changes nothing.
void TestSamplerFollowUp::saysNothingThatDidNotHappen_data()
{
    QTest::addColumn<QString>("wish");
    for (const char *wish : {"make it light",
                             "don't make it dark",
                             "nicht dunkel",
                             "blue",
                             "calm",
                             "the title should be Same",
                             "rename Candles to Lights",
                             "change the font to Comic Sans",
                             "undo",
                             "rückgängig",
                             "remove the books section",
                             "show the chart",
                             "remove the search",
                             "too dark",
                             "zu dunkel",
                             "actually no, keep it light",
                             "add a card",
                             "call it Same",
                             "turn off dark mode",
                             "dark theme off",
                             "no dark mode",
                             "Schalte den Dunkelmodus aus",
                             "keine dunklen Farben",
                             "make the background white",
                             "add a habit called Swimming",
                             "previous version",
                             "like the first version",
                             "sidebar on the right",
                             "black text",
                             "show everything again",
                             "rename X to Y"})
        QTest::newRow(wish) << QString::fromUtf8(wish);
}

void TestSamplerFollowUp::saysNothingThatDidNotHappen()
{
    QFETCH(QString, wish);
    Recipe before = tracker();
    before.title = QStringLiteral("Same");
    before.accent = before.hue = 258;
    before.chroma = 1.1;
    const FollowUp change = followUp(before, wish);
    QVERIFY2(change.done.isEmpty(), qPrintable(change.done.join(QLatin1Char(';'))));
    QVERIFY(!change.refused.isEmpty());
    QCOMPARE(change.recipe, before);
    Recipe most = before; // and at the end of what there is
    for (int i = 0; i < 20; ++i)
        most =
            followUp(followUp(followUp(most, QStringLiteral("bigger text")).recipe, QStringLiteral("rounder")).recipe,
                     QStringLiteral("more room"))
                .recipe;
    for (const char *more : {"bigger text", "rounder", "more room"})
        QVERIFY2(followUp(most, QString::fromUtf8(more)).done.isEmpty(), more);
}

static QString styles(const Recipe &recipe)
{
    for (const SampleFile &file : filesOf(recipe))
        if (file.path == QLatin1String("src/styles.css"))
            return file.content;
    return {};
}

void TestSamplerFollowUp::givesHexColoursExactly()
{
    const FollowUp orange = followUp(tracker(), QStringLiteral("use #ff6600 as accent colour"));
    QVERIFY(styles(orange.recipe).contains(QLatin1String("--accent: #ff6600;")));
    QVERIFY2(orange.done.value(0).contains(QLatin1String("#ff6600")), qPrintable(orange.done.join(QLatin1Char(';'))));
    QCOMPARE(recipeIn(themeFile(orange.recipe)), orange.recipe);
    QVERIFY(styles(followUp(tracker(), QStringLiteral("primary colour: #0a7")).recipe)
                .contains(QLatin1String("--accent: #00aa77;")));
    QVERIFY(styles(recipeFor(QStringLiteral("an expense tracker in #7a1fa2")))
                .contains(QLatin1String("--accent: #7a1fa2;")));
    QVERIFY(followUp(orange.recipe, QStringLiteral("make it green")).recipe.exact.isEmpty());
    const FollowUp white = followUp(tracker(), QStringLiteral("accent #fff")); // cannot be seen on a light ground
    const QString light = styles(white.recipe).section(QLatin1Char('}'), 0, 0);
    QVERIFY(light.contains(QLatin1String("--accent: #")) && !light.contains(QLatin1String("--accent: #ffffff;")));
    QVERIFY2(white.done.value(0).contains(QLatin1String("a shade of")), qPrintable(white.done.join(QLatin1Char(';'))));
}

void TestSamplerFollowUp::aBackgroundOfItsOwnIsSeen()
{
    const Recipe before = tracker();
    const FollowUp change = followUp(before, QStringLiteral("make the background teal"));
    QCOMPARE(change.recipe.hue, 190);
    QCOMPARE(change.recipe.accent, before.accent); // only the background was asked for
    QVERIFY2(change.done.value(0).startsWith(QLatin1String("the background")),
             qPrintable(change.done.join(QLatin1Char(';'))));
    static const QRegularExpression ground(QStringLiteral("--bg: (#[0-9a-f]{6});"));
    const QString hex = ground.match(styles(change.recipe)).captured(1);
    const int red = hex.mid(1, 2).toInt(nullptr, 16);
    const int green = hex.mid(3, 2).toInt(nullptr, 16);
    QVERIFY2(green - red > 25, qPrintable(hex)); // a tint, not nearly white
    QCOMPARE(recipeIn(themeFile(change.recipe)), change.recipe);
}

void TestSamplerFollowUp::whiteAndBlackAreLightAndDark()
{
    Recipe before = tracker();
    before.mode = QStringLiteral("dark");
    before.tinted = true;
    for (const char *wish : {"make the background white", "white background and black text", "background: #fff",
                             "weißer Hintergrund", "change the background from black to white"}) {
        const FollowUp change = followUp(before, QString::fromUtf8(wish));
        QVERIFY2(change.recipe.mode == QLatin1String("light") && !change.recipe.tinted, wish);
        QVERIFY2(change.refused.isEmpty(), qPrintable(change.refused.join(QLatin1Char(';'))));
    }
    for (const char *wish : {"black background, white text", "background #000000", "Hintergrund in Schwarz"})
        QVERIFY2(followUp(tracker(), QString::fromUtf8(wish)).recipe.mode == QLatin1String("dark"), wish);
}

void TestSamplerFollowUp::leavesAlone_data()
{
    QTest::addColumn<QString>("wish");
    for (const char *wish : {"connect it to my calendar",
                             "why is the sky so far away?",
                             "send mails every morning",
                             "",
                             "🦙",
                             "thanks",
                             "neither red nor green, please",
                             "weder rot noch grün",
                             "don't make the text bigger",
                             "nicht größer",
                             "don't remove the chart",
                             "please keep the chart",
                             "das Diagramm nicht entfernen",
                             "the title is too long",
                             "the title is not visible",
                             "animate the chart",
                             "make the list scrollable",
                             "make the chart bigger",
                             "put a picture of a cat on top",
                             "make it a little more fun to read",
                             "the title should not be Tide",
                             "make the title shorter"})
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

/// Of several wishes in one, those that it did not do.
void TestSamplerFollowUp::tellsWhatItLeftOut_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<bool>("all");
    for (const char *wish :
         {"make it dark and add a map", "remove the tagline, add a search bar", "remove the tagline and search",
          "call it Tide and remove the footer", "add a section for quotes and make the header sticky",
          "green, and a calendar", "make it dark; connect it to my bank", "bigger text + a logo",
          "add search and dark mode", "dunkel, außerdem einen Kalender"})
        QTest::newRow(wish) << QString::fromUtf8(wish) << false;
    for (const char *wish :
         {"make it dark and add more space", "call it Tide, add a section for quotes",
          "remove the chart but make it dark", "bigger text, no tagline, call it Root", "thanks, now make it dark",
          "looks great but the text is too small", "make it dark, please, and call it Tide", "rot und weiß",
          "warmer, but not orange", "hide the summary, keep the chart", "call it Tide, I want it dark",
          "remove the chart and add rounded corners"})
        QTest::newRow(wish) << QString::fromUtf8(wish) << true;
}

void TestSamplerFollowUp::tellsWhatItLeftOut()
{
    QFETCH(QString, wish);
    QFETCH(bool, all);
    const FollowUp change = followUp(tracker(), wish);
    QVERIFY(!change.done.isEmpty());
    QVERIFY2(change.refused.isEmpty() == all, qPrintable(change.refused.join(QLatin1Char(';'))));
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
    const Recipe sayings = wish(one, "rename Quotes to Sayings").recipe;
    QCOMPARE(sayings.extras, one.extras); // by which its lines are stored
    QVERIFY(wish(sayings, "remove the sayings section").recipe.extras.isEmpty());
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
