// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerpalette.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerrecipe.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Flotilla;

class TestSamplerRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void titles_data();
    void titles();
    void looks_data();
    void looks();
    void takesListedItems();
    void partsAreComplete();
    void germanWishesGiveGermanApps();
    void everyLabelHasAGermanOne();
    void germanWordsHaveTheShapeOfTheEnglish();
    void recipeSurvivesTheThemeFile();
    void sameWishSameApp();
    void thousandWishesDiffer();
    void textIsReadable();
    void isFast();
};

void TestSamplerRecipe::kinds_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("domain");
    const auto row = [](const char *wish, const char *kind, const char *domain) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(kind) << QString::fromUtf8(domain);
    };
    row("a habit tracker with a weekly chart, in the colours of a rainy harbour", "tracker", "habits");
    row("Kanban for a bakery", "board", "bakery");
    row("Quiz about moss", "quiz", "moss");
    row("River dashboard", "dashboard", "river");
    row("a tea timer", "timer", "tea");
    row("whale memory game", "memory", "whales");
    row("a snake game", "snake", "");
    row("2048", "puzzle", "");
    row("a shop for ceramics", "shop", "art");
    row("take notes about books", "notes", "books");
    row("tip calculator", "calculator", "");
    row("photo gallery", "gallery", "art");
    row("a chat for my sailing crew", "chat", "sailing");
    row("weekly planner for students", "planner", "study");
    row("weather", "weather", "weather");
    row("recipe book", "recipes", "");
    row("personal budget", "budget", "money");
    row("flashcards about space", "flashcards", "space");
    row("to-do list", "todo", "");
    row("landing page for a coffee roaster", "landing", "coffee");
    row("eine Einkaufsliste für die WG", "todo", "");
    row("eine Galerie meiner Zimmerpflanzen", "gallery", "");
    row("Umfrage: welches Eis schmeckt am besten?", "quiz", "");
    row("ein Pomodoro-Timer in Dunkelblau", "timer", "");
    row("Vokabeltrainer", "flashcards", "");
    row("a quiz about recipes", "quiz", "cooking");
    row("tic tac toe", "snake", "");
    row("card game", "memory", "");
    row("a workout log for a chess team", "tracker", "");
    row("a shop for a chess team", "shop", "games");
    row("ein Memory für Kinder mit Tieren", "memory", "kids");
    row("Trinkgeldrechner", "calculator", "");
    row("Wetter in Wien", "weather", "weather");
    row("reading list", "todo", "books");
    row("Bücherliste", "todo", "");
    row("Trainingsplan", "planner", "");
    row("stock portfolio tracker", "dashboard", "money");
    row("board game night planner", "planner", "games");
    row("no charts please, just a simple list of chores", "todo", "home");
    row("time tracking for freelancers", "timer", "");
    row("recepies for my grandma", "recipes", "");
}

void TestSamplerRecipe::kinds()
{
    QFETCH(QString, wish);
    QFETCH(QString, kind);
    QFETCH(QString, domain);
    const Recipe recipe = recipeFor(wish);
    QCOMPARE(recipe.kind, kind);
    if (!domain.isEmpty())
        QCOMPARE(recipe.domain, domain);
}

void TestSamplerRecipe::titles_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("title");
    const auto row = [](const char *wish, const char *title) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(title);
    };
    row("a habit tracker with a weekly chart", "Habit tracker");
    row("Please make me a nice quiz about moss, dark", "Quiz about moss");
    row("make this a calculator", "Calculator");
    row("a timer called \"Night owl\"", "Night owl");
    row("board named Crumbs, warm colours", "Crumbs");
    row("I want to have an app for my llamas", "Llamas");
    row("landing page for a coffee roaster", "Coffee roaster");
    row("Brutalist shop for bicycles", "Shop for bicycles");
    row("Moss quiz", "Moss quiz");
    row("soft pastel habit tracker for cold water and reading", "Habit tracker for cold water and reading");
    row("a habit tracker for the people who forget and forget again", "Habit tracker for the people");
    row("<script>alert(1)</script>", "Alert");
    row("ein Pomodoro-Timer in Dunkelblau", "Pomodoro-Timer");
    row("eine Galerie meiner Zimmerpflanzen", "Galerie meiner Zimmerpflanzen");
    row("Ich brauche eine App, die mir hilft, meine Bücher zu sortieren", "Bücher");
    row("chat mock-up between a pirate and his parrot", "Chat mock-up between a pirate");
    row("Übersicht für Bäcker", "Übersicht für Bäcker");
    row("🦙🦙🦙 quiz", "Quiz");
    row("", "");
    row("a dark dashboard NOT blue", "Dashboard");
    row("Einkaufsliste für die Küche", "Einkaufsliste für die Küche");
    row("ein Quiz, das mir Moos erklärt", "Quiz");
    row("no charts please, just a simple list of chores", "List of chores");
    row("I'm a designer and need a prototype of a banking app", "Banking");
    row("I need an app. It should help volunteers to plan shifts.", "Week planner");
}

void TestSamplerRecipe::titles()
{
    QFETCH(QString, wish);
    QFETCH(QString, title);
    const Recipe recipe = recipeFor(wish);
    if (title.isEmpty())
        QVERIFY(!recipe.title.isEmpty());
    else
        QCOMPARE(recipe.title, title);
}

void TestSamplerRecipe::looks_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<int>("hue");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("style");
    QTest::newRow("mood") << QStringLiteral("tracker like a rainy harbour") << 228 << QString() << QString();
    QTest::newRow("plain colour") << QStringLiteral("red board") << 25 << QString() << QString();
    QTest::newRow("moss") << QStringLiteral("quiz in moss colours, dark") << 130 << QStringLiteral("dark") << QString();
    QTest::newRow("sunset") << QStringLiteral("timer, sunset, light mode") << 40 << QStringLiteral("light")
                            << QString();
    QTest::newRow("style") << QStringLiteral("editorial notes, blue") << 258 << QString() << QStringLiteral("paper");
    QTest::newRow("brutalist") << QStringLiteral("brutalist budget, green") << 152 << QString()
                               << QStringLiteral("ink");
}

void TestSamplerRecipe::looks()
{
    QFETCH(QString, wish);
    QFETCH(int, hue);
    QFETCH(QString, mode);
    QFETCH(QString, style);
    const Recipe recipe = recipeFor(wish);
    QCOMPARE(recipe.hue, hue);
    if (!mode.isEmpty())
        QCOMPARE(recipe.mode, mode);
    if (!style.isEmpty())
        QCOMPARE(recipe.style, style);
}

void TestSamplerRecipe::takesListedItems()
{
    const QStringList expected{QStringLiteral("Running"), QStringLiteral("Cold shower"), QStringLiteral("Reading")};
    QCOMPARE(recipeFor(QStringLiteral("habit tracker for running, cold shower and reading")).items, expected);
    QVERIFY(recipeFor(QStringLiteral("a shop for ceramics, bold and warm")).items.isEmpty());
    QVERIFY(recipeFor(QStringLiteral("a tracker for me and you")).items.isEmpty());
}

void TestSamplerRecipe::partsAreComplete()
{
    QVERIFY(SamplerParts::kinds().size() >= 12);
    QVERIFY(SamplerParts::domains().size() >= 20);
    for (const auto &kind : SamplerParts::kinds()) {
        QVERIFY2(!kind.layouts.isEmpty() && !kind.domains.isEmpty() && !kind.taglines.isEmpty(), qPrintable(kind.name));
        for (const QString &layout : kind.layouts)
            QVERIFY2(!SamplerParts::part(QStringLiteral("layouts/%1.css").arg(layout)).isEmpty(), qPrintable(layout));
        for (const QString &domain : kind.domains + kind.only)
            QVERIFY2(SamplerParts::domain(domain), qPrintable(domain));
        for (const SampleFile &file : filesOf(recipeFor(kind.words.first())))
            QVERIFY2(!file.content.isEmpty(), qPrintable(kind.name + file.path));
    }
}

static QString fileOf(const Recipe &recipe, const char *path)
{
    for (const SampleFile &file : filesOf(recipe))
        if (file.path == QLatin1String(path))
            return file.content;
    return {};
}

void TestSamplerRecipe::germanWishesGiveGermanApps()
{
    const Recipe german = recipeFor(QStringLiteral("ein Gewohnheitstracker"));
    QCOMPARE(german.language, QStringLiteral("de"));
    QCOMPARE(recipeIn(themeFile(german)), german);
    const QString app = fileOf(german, "src/App.tsx");
    QVERIFY(app.contains(QStringLiteral("Längste Serie")) && !app.contains(QLatin1String("Longest streak")));
    QVERIFY(fileOf(german, "src/data.ts").contains(QStringLiteral("Bett machen")));
    QVERIFY(fileOf(german, "src/components/ui.tsx").contains(QLatin1String("lang = 'de'")));
    QVERIFY(fileOf(german, "src/hooks.ts").contains(QLatin1String("toLocaleDateString('de'")));
    QCOMPARE(recipeFor(QStringLiteral("Dashboard über Energie")).language, QStringLiteral("de"));
    const Recipe english = recipeFor(QStringLiteral("a habit tracker"));
    QVERIFY(english.language.isEmpty() && !themeFile(english).contains(QLatin1String("language")));
    QVERIFY(fileOf(english, "src/App.tsx").contains(QLatin1String("Longest streak")));
    QVERIFY(!fileOf(english, "src/components/ui.tsx").contains(QLatin1String("lang = 'de'")));
}

void TestSamplerRecipe::everyLabelHasAGermanOne()
{
    const auto &labels = SamplerParts::germanLabels();
    QVERIFY(labels.size() > 50);
    for (auto part = labels.begin(); part != labels.end(); ++part) {
        QString text = SamplerParts::part(part.key());
        for (const auto &[english, german] : part.value()) {
            QVERIFY2(text.contains(english), qPrintable(part.key() + QLatin1String(": ") + english));
            text.replace(english, german);
        }
    }
    static const QRegularExpression label(
        QStringLiteral("(?:aria-label|label|placeholder|note|title|text)=\"([^\"]*[A-Za-z]{2,}[^\"]*)\""));
    const QStringList same{QStringLiteral("Wind"), QStringLiteral("hPa"), QStringLiteral("Text"), QStringLiteral("N")};
    for (const auto &kind : SamplerParts::kinds()) {
        const Recipe english = recipeFor(kind.words.first(), QString());
        const Recipe german = recipeFor(kind.words.first(), QStringLiteral("de"));
        for (const SampleFile &file : filesOf(german)) {
            const QString before = fileOf(english, qPrintable(file.path));
            for (auto labelled = label.globalMatch(file.content); labelled.hasNext();) {
                const auto match = labelled.next();
                QVERIFY2(same.contains(match.captured(1)) || !before.contains(match.captured()),
                         qPrintable(kind.name + QLatin1String(": ") + match.captured()));
            }
        }
    }
}

void TestSamplerRecipe::germanWordsHaveTheShapeOfTheEnglish()
{
    for (const auto &kind : SamplerParts::kinds())
        QVERIFY2(kind.germanTaglines.size() == kind.taglines.size() && !kind.germanTitle.isEmpty(),
                 qPrintable(kind.name));
    for (const auto &domain : SamplerParts::domains()) {
        QVERIFY2(domain.german != domain.content, qPrintable(domain.name));
        QCOMPARE(domain.german.keys(), domain.content.keys());
        QCOMPARE(domain.german[QLatin1String("pairs")].toArray().size(),
                 domain.content[QLatin1String("pairs")].toArray().size());
        const QJsonArray german = domain.german[QLatin1String("groups")].toArray();
        const QJsonArray english = domain.content[QLatin1String("groups")].toArray();
        QCOMPARE(german.size(), english.size());
        for (qsizetype i = 0; i < english.size(); ++i)
            QCOMPARE(german[i][QLatin1String("items")].toArray().size(),
                     english[i][QLatin1String("items")].toArray().size());
    }
}

void TestSamplerRecipe::recipeSurvivesTheThemeFile()
{
    Recipe recipe = recipeFor(QStringLiteral("a dark quiz called \"A } \\\" ` ${x} \" about bread, milk and honey"));
    recipe.renames.insert(QStringLiteral("Bread"), QStringLiteral("Rye \"loaf\"\n}"));
    const auto again = recipeIn(QStringLiteral("noise\n") + themeFile(recipe));
    QVERIFY(again);
    QCOMPARE(again->title, recipe.title);
    QCOMPARE(again->items, recipe.items);
    QCOMPARE(themeFile(*again).size() > 0, true);
    QCOMPARE(recipeIn(themeFile(*again))->renames, again->renames);
    QVERIFY(!recipeIn(QStringLiteral("export const theme = {\n \"kind\": \"nonsense\"\n}\n")));
    QVERIFY(!recipeIn(QStringLiteral("export const theme = {")));
}

void TestSamplerRecipe::sameWishSameApp()
{
    for (const auto &kind : SamplerParts::kinds()) {
        const auto first = filesOf(recipeFor(kind.words.first()));
        const auto second = filesOf(recipeFor(kind.words.first()));
        QCOMPARE(first.size(), second.size());
        for (qsizetype i = 0; i < first.size(); ++i)
            QCOMPARE(first[i].content, second[i].content);
    }
}

void TestSamplerRecipe::thousandWishesDiffer()
{
    QSet<QString> signatures;
    QSet<QString> looks;
    const auto &kinds = SamplerParts::kinds();
    const auto &domains = SamplerParts::domains();
    for (int i = 0; i < 1000; ++i) {
        const QString wish =
            QStringLiteral("%1 for %2, number %3")
                .arg(kinds[i % kinds.size()].words.first(), domains[(i / 7) % domains.size()].words.first())
                .arg(i);
        const Recipe recipe = recipeFor(wish);
        const QString look = QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                                 .arg(recipe.kind, recipe.layout, recipe.style, recipe.font, recipe.mode)
                                 .arg(recipe.hue / 8)
                                 .arg(recipe.accent / 8);
        looks.insert(look);
        signatures.insert(look + recipe.domain + recipe.tagline + recipe.title);
    }
    QVERIFY2(signatures.size() >= 990, qPrintable(QString::number(signatures.size())));
    QVERIFY2(looks.size() >= 950, qPrintable(QString::number(looks.size())));
}

void TestSamplerRecipe::textIsReadable()
{
    static const QRegularExpression variable(QStringLiteral("--([a-z0-9-]+): (#[0-9a-f]{6});"));
    const auto colour = [](const QString &hex) {
        const int rgb = hex.mid(1).toInt(nullptr, 16);
        return Rgb{((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0};
    };
    const QList<std::pair<QString, QString>> pairs{{QStringLiteral("text"), QStringLiteral("bg")},
                                                   {QStringLiteral("text"), QStringLiteral("raised")},
                                                   {QStringLiteral("muted"), QStringLiteral("raised")},
                                                   {QStringLiteral("on-accent"), QStringLiteral("accent")},
                                                   {QStringLiteral("on-soft"), QStringLiteral("soft")},
                                                   {QStringLiteral("accent-text"), QStringLiteral("surface")},
                                                   {QStringLiteral("on-hero"), QStringLiteral("hero-solid")},
                                                   {QStringLiteral("good"), QStringLiteral("surface")},
                                                   {QStringLiteral("bad"), QStringLiteral("surface")}};
    for (int step = 0; step < 720; step += 15) {
        const int hue = step % 360;
        Recipe recipe = recipeFor(QStringLiteral("board %1").arg(hue));
        recipe.tinted = step >= 360;
        if (recipe.tinted)
            recipe.exact = hexOf(fromOklch(0.3 + hue / 600.0, 0.2, hue));
        recipe.hue = hue;
        recipe.accent = (hue + 60) % 360;
        recipe.chroma = 0.3 + hue / 300.0;
        for (const QString &block : paletteCss(recipe).split(QStringLiteral("}\n"), Qt::SkipEmptyParts)) {
            QHash<QString, Rgb> values;
            for (auto matches = variable.globalMatch(block); matches.hasNext();) {
                const auto match = matches.next();
                values.insert(match.captured(1), colour(match.captured(2)));
            }
            if (values.isEmpty())
                continue;
            for (const auto &[front, back] : pairs) {
                if (front == QLatin1String("on-hero") && values.value(back).red > 0.9)
                    continue; // a light hero shows its solid colour only as text on the dark one
                QVERIFY2(contrast(values.value(front), values.value(back)) >= 4.4,
                         qPrintable(QStringLiteral("%1 on %2 at %3: %4")
                                        .arg(front, back)
                                        .arg(hue)
                                        .arg(contrast(values.value(front), values.value(back)))));
            }
        }
    }
}

void TestSamplerRecipe::isFast()
{
    filesOf(recipeFor(QStringLiteral("warm up")));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 50; ++i)
        filesOf(recipeFor(QStringLiteral("a board for a bakery, number %1").arg(i)));
    const double each = double(timer.nsecsElapsed()) / 50e6;
    qInfo("%.2f ms for a whole app", each);
    QVERIFY2(each < 50, "far too slow even for a debug build under a sanitizer");
}

QTEST_GUILESS_MAIN(TestSamplerRecipe)
#include "tst_samplerrecipe.moc"
