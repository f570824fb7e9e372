// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/sampler.h"
#include "backends/llm/sampler/samplerrecipe.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

namespace {

ToolDefinition writeTool()
{
    return {QStringLiteral("write_file"), {}, {}};
}

ModelMessage said(Role role, const QString &text)
{
    return {role, {TextPart{text}}};
}

ModelRequest requestFor(const QString &wish)
{
    ModelRequest request;
    request.messages = {said(Role::User, wish)};
    request.tools = {writeTool()};
    return request;
}

struct Heard
{
    QString text;
    QList<ToolCallPart> calls;
    QHash<int, QString> json;
    Usage usage;
    int ends = 0;
    StopReason reason = StopReason::Other;
    int events = 0;

    void hear(const StreamEvent &event)
    {
        ++events;
        if (const auto *delta = std::get_if<TextDelta>(&event))
            text += delta->text;
        else if (const auto *piece = std::get_if<ToolCallDelta>(&event))
            json[piece->index] += piece->json;
        else if (const auto *call = std::get_if<ToolCallDone>(&event))
            calls.append(call->call);
        else if (const auto *update = std::get_if<UsageUpdate>(&event))
            usage = update->usage;
        else if (const auto *done = std::get_if<StreamDone>(&event)) {
            ++ends;
            reason = done->reason;
        }
    }
};

Heard answer(const ModelRequest &request, SamplerPace pace = {})
{
    const auto model = makeSampler(pace);
    const auto stream = model->stream(request);
    Heard heard;
    QObject::connect(stream.get(), &ModelStream::event, stream.get(),
                     [&heard](const StreamEvent &event) { heard.hear(event); });
    if (!QTest::qWaitFor([&heard] { return heard.ends > 0; }, 10000))
        qWarning("the stream did not end");
    return heard;
}

QString fileOf(const Heard &heard, const char *path)
{
    for (const ToolCallPart &call : heard.calls)
        if (call.input.value(QLatin1String("path")).toString() == QLatin1String(path))
            return call.input.value(QLatin1String("content")).toString();
    return {};
}

/// The conversation after the answer, with another wish.
ModelRequest next(ModelRequest request, const Heard &heard, const QString &wish)
{
    ModelMessage reply{Role::Assistant, {TextPart{heard.text}}};
    ModelMessage results{Role::User, {}};
    for (const ToolCallPart &call : heard.calls) {
        reply.parts.append(call);
        results.parts.append(ToolResultPart{call.id, QStringLiteral("Wrote it."), false});
    }
    request.messages.append(reply);
    if (!results.parts.isEmpty())
        request.messages.append(results);
    request.messages.append(said(Role::User, wish));
    return request;
}

} // namespace

class TestSampler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItIs();
    void writesAnApp();
    void sharesNoPropertyUnknownToTheCompiler();
    void streamsAtAPace();
    void stopsWhenCancelled();
    void mayBeDeletedWhileItSpeaks();
    void changesOnlyWhatWasAsked();
    void readsFilesListedInTheRequest();
    void takesOnlyTheWordsOfThePerson();
    void neverOverwritesAnAppOfAnotherModel();
    void understandsTheLastState();
    void isHonestAboutWhatItCannotDo();
    void saysWhenItHasNoPartsForAWish();
    void saysWhatItLeftOutOfAFirstWish_data();
    void saysWhatItLeftOutOfAFirstWish();
    void writesAllFilesAgainOnErrors();
    void endsAfterToolResults();
    void sendsTagsWithoutTools();
    void survivesHostileWishes_data();
    void survivesHostileWishes();
};

void TestSampler::saysWhatItIs()
{
    const ModelInfo info = makeSampler({})->info();
    QCOMPARE(info.id, QStringLiteral("sampler"));
    QCOMPARE(info.provider, QStringLiteral("sampler"));
    QVERIFY(!info.isLanguageModel);
    QVERIFY(info.displayName.contains(QLatin1String("not a language model")));
    QCOMPARE(costOf(Usage{1000, 0, 0, 1000, true}, info.price).value_or(1), 0.0);
}

void TestSampler::writesAnApp()
{
    const Heard heard = answer(requestFor(QStringLiteral("Kanban for a bakery")));
    QCOMPARE(heard.ends, 1);
    QCOMPARE(heard.reason, StopReason::EndOfTurn);
    QVERIFY(heard.calls.size() >= 4);
    QVERIFY(fileOf(heard, "src/App.tsx").contains(QLatin1String("export default function App")));
    QVERIFY(fileOf(heard, "src/theme.ts").contains(QLatin1String("Kanban for a bakery")));
    QVERIFY(fileOf(heard, "src/data.ts").contains(QLatin1String("Rye loaf")));
    QVERIFY(heard.text.contains(QLatin1String("not a language model")));
    QVERIFY(heard.usage.estimated && heard.usage.outputTokens > 1000);
    for (int i = 0; i < heard.calls.size(); ++i)
        QCOMPARE(QJsonDocument::fromJson(heard.json.value(i).toUtf8()).object(), heard.calls[i].input);
}

void TestSampler::sharesNoPropertyUnknownToTheCompiler()
{
    const QString styles = fileOf(answer(requestFor(QStringLiteral("Todo list, dark"))), "src/styles.css");
    QVERIFY(styles.contains(QLatin1String("--color-scheme: dark")) && styles.contains(QLatin1String(".choice")));
    const QRegularExpression slow(QStringLiteral("[^-]color-scheme:|scrollbar-width|font-smoothing|text-size-adjust"));
    QCOMPARE(slow.match(styles).captured(), QString());
}

void TestSampler::streamsAtAPace()
{
    QElapsedTimer timer;
    timer.start();
    const Heard fast = answer(requestFor(QStringLiteral("a timer")));
    const qint64 fastMs = timer.restart();
    const Heard slow = answer(requestFor(QStringLiteral("a timer")), {60000, 30});
    QVERIFY2(timer.elapsed() >= 30 + 80, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(fastMs < 2000, qPrintable(QString::number(fastMs)));
    QCOMPARE(slow.text, fast.text);
    QCOMPARE(slow.calls, fast.calls);
    QCOMPARE(slow.json, fast.json);
}

void TestSampler::stopsWhenCancelled()
{
    const auto stream = makeSampler({200, 0})->stream(requestFor(QStringLiteral("a timer")));
    int after = -1;
    connect(stream.get(), &ModelStream::event, this, [&](const StreamEvent &) {
        ++after;
        stream->cancel();
    });
    QTRY_COMPARE(after, 0);
    QTest::qWait(80);
    QCOMPARE(after, 0);
}

void TestSampler::mayBeDeletedWhileItSpeaks()
{
    auto stream = makeSampler({})->stream(requestFor(QStringLiteral("a timer")));
    bool heard = false;
    connect(stream.get(), &ModelStream::event, this, [&](const StreamEvent &) {
        heard = true;
        stream.reset();
    });
    QTRY_VERIFY(heard);
}

void TestSampler::changesOnlyWhatWasAsked()
{
    const ModelRequest first = requestFor(QStringLiteral("a light habit tracker, blue"));
    const Heard made = answer(first);
    const Heard changed = answer(next(first, made, QStringLiteral("make it dark")));
    QVERIFY(!changed.calls.isEmpty());
    QVERIFY(changed.calls.size() < made.calls.size());
    QVERIFY(fileOf(changed, "src/theme.ts").contains(QLatin1String("\"mode\": \"dark\"")));
    QVERIFY(fileOf(changed, "src/App.tsx").isEmpty());
    QCOMPARE(changed.reason, StopReason::EndOfTurn);
}

/// The shape that TurnHistory gives a wish: context first, the words of the person last.
void TestSampler::readsFilesListedInTheRequest()
{
    const QString theme = themeFile(recipeFor(QStringLiteral("a board called \"Old one\"")));
    const QString context =
        QStringLiteral("Files of the app:\nsrc/theme.ts (900 bytes)\n\n<file path=\"src/theme.ts\">\n%1\n</file>\n");
    ModelRequest request = requestFor({});
    request.messages = {{Role::User, {TextPart{context.arg(theme)}, TextPart{QStringLiteral("call it Newer")}}}};
    const Heard heard = answer(request);
    QVERIFY(fileOf(heard, "src/theme.ts").contains(QLatin1String("\"title\": \"Newer\"")));
}

void TestSampler::takesOnlyTheWordsOfThePerson()
{
    ModelRequest request = requestFor({});
    request.messages = {
        {Role::User,
         {TextPart{QStringLiteral("The app has no files yet.")}, TextPart{QStringLiteral("Kanban for a bakery")}}}};
    QCOMPARE(answer(request).calls, answer(requestFor(QStringLiteral("Kanban for a bakery"))).calls);
}

void TestSampler::neverOverwritesAnAppOfAnotherModel()
{
    ModelRequest request = requestFor({});
    request.messages = {{Role::User,
                         {TextPart{QStringLiteral("Files of the app:\nsrc/App.tsx (900 bytes)\n")},
                          TextPart{QStringLiteral("make it blue")}}}};
    const Heard heard = answer(request);
    QVERIFY(heard.calls.isEmpty());
    QVERIFY(heard.text.contains(QLatin1String("not made by the built-in sampler")));
}

void TestSampler::understandsTheLastState()
{
    const ModelRequest first = requestFor(QStringLiteral("a light habit tracker, blue"));
    const Heard made = answer(first);
    const ModelRequest second = next(first, made, QStringLiteral("call it Ebb"));
    const Heard changed = answer(second);
    const Heard third = answer(next(second, changed, QStringLiteral("dark")));
    const QString theme = fileOf(third, "src/theme.ts");
    QVERIFY(theme.contains(QLatin1String("\"title\": \"Ebb\"")) && theme.contains(QLatin1String("\"mode\": \"dark\"")));
}

void TestSampler::isHonestAboutWhatItCannotDo()
{
    const ModelRequest first = requestFor(QStringLiteral("a habit tracker"));
    const Heard heard = answer(next(first, answer(first), QStringLiteral("connect it to my bank and send mails")));
    QVERIFY(heard.calls.isEmpty());
    QVERIFY(heard.text.contains(QLatin1String("not a language model")));
    QVERIFY(heard.text.contains(QLatin1String("Settings")));
    QCOMPARE(heard.reason, StopReason::EndOfTurn);
}

void TestSampler::saysWhenItHasNoPartsForAWish()
{
    QVERIFY(answer(requestFor(QStringLiteral("tic tac toe"))).text.contains(QLatin1String("no parts for just that")));
    for (const char *wish : {"a tea timer", "eine Umfrage"})
        QVERIFY(!answer(requestFor(QString::fromUtf8(wish))).text.contains(QLatin1String("no parts")));
}

void TestSampler::saysWhatItLeftOutOfAFirstWish_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("left"); // empty: nothing
    const auto row = [](const char *wish, const char *left) {
        QTest::newRow(wish) << QString::fromUtf8(wish) << QString::fromUtf8(left);
    };
    row("a todo list for my family with due dates and a calendar", ": “a calendar”. ");
    row("sales dashboard, dark, teal accents, with a map", ": “a map”. ");
    row("Kochbuch mit Suche und Einkaufsliste", ": „Einkaufsliste“. ");
    row("a list of my favourite films with rating", ": “rating”. ");
    row("a habit tracker with a weekly chart, in the colours of a rainy harbour", "");
    row("portfolio for an architect, minimal, black and white", "");
    row("packing list: tent, stove, socks", "");
    row("a timer. it should be red. call it Sprint. thanks", "");
    row("online shop for vinyl records with cart and checkout", "");
    row("taschenrechner mit verlauf, hellgrün", "");
    row("wedding website for Anna & Ben", "");
}

void TestSampler::saysWhatItLeftOutOfAFirstWish()
{
    QFETCH(QString, wish);
    QFETCH(QString, left);
    const QString said = answer(requestFor(wish)).text;
    const bool any = said.contains(QLatin1String("Not in it")) || said.contains(QLatin1String("Nicht darin"));
    QVERIFY2(left.isEmpty() ? !any : said.contains(left), qPrintable(said));
}

void TestSampler::writesAllFilesAgainOnErrors()
{
    const ModelRequest first = requestFor(QStringLiteral("a habit tracker"));
    const Heard made = answer(first);
    const Heard again = answer(next(
        first, made, QStringLiteral("The app does not build. Attempt 1 of 2 to repair it.\n\nsrc/App.tsx:1:1 error")));
    QCOMPARE(again.calls.size(), made.calls.size());
    QCOMPARE(fileOf(again, "src/App.tsx"), fileOf(made, "src/App.tsx"));
}

void TestSampler::endsAfterToolResults()
{
    ModelRequest request =
        next(requestFor(QStringLiteral("a timer")), answer(requestFor(QStringLiteral("a timer"))), {});
    request.messages.removeLast();
    const Heard heard = answer(request);
    QVERIFY(heard.calls.isEmpty());
    QCOMPARE(heard.reason, StopReason::EndOfTurn);
}

void TestSampler::sendsTagsWithoutTools()
{
    ModelRequest request = requestFor(QStringLiteral("Quiz about moss"));
    request.tools.clear();
    const Heard heard = answer(request);
    QVERIFY(heard.calls.isEmpty());
    QVERIFY(heard.text.contains(QLatin1String("<file path=\"src/App.tsx\">\n")));
    QCOMPARE(heard.text.count(QLatin1String("<file path=")), heard.text.count(QLatin1String("</file>")));
}

void TestSampler::survivesHostileWishes_data()
{
    QTest::addColumn<QString>("wish");
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes") << QStringLiteral("a board called \"a\\\" + alert(1) + \\\"\"");
    QTest::newRow("template") << QStringLiteral("a quiz called `${process.exit()}`");
    QTest::newRow("html") << QStringLiteral("<img src=x onerror=alert(1)></script><script>");
    QTest::newRow("100 kB") << QString(100000, QLatin1Char('x'));
    QTest::newRow("100 kB of brackets") << QString(100000, QLatin1Char('('));
    QTest::newRow("100 kB of commas") << QStringLiteral("tracker with ") + QStringLiteral("a, ").repeated(33000);
    QTest::newRow("tags") << QStringLiteral("<file path=\"../../etc/passwd\">x</file> a timer");
    QString control = QStringLiteral("a timer called ");
    for (int i = 1; i < 32; ++i)
        control += QChar(i);
    control += QChar(0x2028) + QString(QChar(0x202e)) + QChar(0xd800) + QChar(0xfffe) + QStringLiteral(" end");
    QTest::newRow("control characters") << control;
}

void TestSampler::survivesHostileWishes()
{
    QFETCH(QString, wish);
    QElapsedTimer timer;
    timer.start();
    const Heard heard = answer(requestFor(wish));
    QVERIFY(timer.elapsed() < 3000);
    QVERIFY(heard.calls.size() >= 4);
    for (const ToolCallPart &call : heard.calls) {
        const QString path = call.input.value(QLatin1String("path")).toString();
        const QString content = call.input.value(QLatin1String("content")).toString();
        QVERIFY(path.startsWith(QLatin1String("src/")) && !path.contains(QLatin1String("..")));
        QVERIFY(content.size() < 60000);
        for (const QChar c : content)
            QVERIFY(c == QLatin1Char('\n') || c.unicode() >= 32);
    }
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
