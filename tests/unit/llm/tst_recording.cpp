// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as they came are written down, read back with suspicion, and replayed.
#include "backends/http/httpclient.h"
#include "backends/llm/recording/recording.h"
#include "tests/unit/llm/llmtesting.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <csignal>

using namespace Flotilla;

namespace {

RecordedAnswer answer(const QString &prompt, int step, const QString &text)
{
    return {QStringLiteral("openai:m"),
            prompt,
            step,
            true,
            {{1, TextDelta{text}},
             {2, UsageUpdate{{10, 1, 2, 3, false}}},
             {3, StreamDone{StopReason::EndOfTurn, QStringLiteral("end")}}}};
}

const char usualHead[] = "\"model\":\"m\",\"prompt\":\"p\",\"step\":0,\"tools\":true";

QByteArray with(const QByteArray &events, const QByteArray &head = usualHead)
{
    return "{\"format\":\"flotilla-recording-1\"," + head + ",\"events\":[" + events + "]}";
}

const QByteArray done = R"({"at":9,"done":"end"})";

} // namespace

class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aRealStreamComesBackAsItWas_data()
    {
        QTest::addColumn<ModelRef::Kind>("kind");
        QTest::newRow("anthropic") << ModelRef::Kind::Anthropic;
        QTest::newRow("openai") << ModelRef::Kind::OpenAi;
    }
    void aRealStreamComesBackAsItWas()
    {
        QFETCH(ModelRef::Kind, kind);
        FakeLlmServer server;
        QVERIFY(server.listen());
        server.setScript(scriptOf(R"({"turns":[{"events":[{"thinking":"hm"},{"text":"Here: “ü”."},
            {"tool":"write_file","input":{"path":"a.txt","text":"1"}},
            {"tool":"write_file","input":{"path":"b.txt","text":"2"}}],"usage":{"input":7,"output":5}}]})"));
        HttpClient http;
        FakeModel fake(&http, server, kind);
        const auto keep = newRecordingFile(path());
        QVERIFY(keep.ok());
        const auto model = recordingModel(fake.open(), *keep);
        Heard live(model->stream(askFor(QStringLiteral("a quiz"), true)));
        QTRY_VERIFY(live.over());
        QVERIFY(live.done);
        const auto recording = Recording::read(path());
        QVERIFY2(recording.ok(), recording.ok() ? "" : qPrintable(recording.error().text));
        QCOMPARE(recording->prompts(), QStringList{QStringLiteral("a quiz")});
        Heard again(replayModel(*recording)->stream(askFor(QStringLiteral("a quiz"), true)));
        QVERIFY(again.events.isEmpty()); // not before control returned to the event loop
        QTRY_VERIFY(again.over());
        QCOMPARE(again.text, live.text);
        QCOMPARE(again.thinking, live.thinking);
        QCOMPARE(again.usage, live.usage);
        QCOMPARE(again.done->reason, live.done->reason);
        QCOMPARE(again.calls.size(), 2);
        for (int i = 0; i < 2; ++i)
            QCOMPARE(again.calls[i].call, live.calls[i].call);
        QCOMPARE(again.terminals, 1);
    }

    void brokenAnswersAreNotKept()
    {
        FakeLlmServer server;
        QVERIFY(server.listen());
        server.setScript(scriptOf(R"({"turns":[{"events":[{"text":"Half"},{"fault":"drop"}]}]})"));
        HttpClient http;
        FakeModel fake(&http, server, ModelRef::Kind::OpenAi);
        int kept = 0;
        const auto model = recordingModel(fake.open(), [&kept](const RecordedAnswer &) { ++kept; });
        Heard heard(model->stream(askFor(QStringLiteral("x"))));
        QTRY_VERIFY(heard.over());
        QVERIFY(heard.failed);
        QCOMPARE(kept, 0);
    }

    void eventsAreNotSentEarly()
    {
        RecordedAnswer slow = answer(QStringLiteral("p"), 0, QStringLiteral("late"));
        slow.events = {{60, TextDelta{QStringLiteral("late")}}, {120, StreamDone{}}};
        QElapsedTimer since;
        since.start();
        Heard heard(replayModel({{slow}})->stream(askFor(QStringLiteral("p"))));
        QTRY_VERIFY(!heard.text.isEmpty());
        QVERIFY(since.elapsed() >= 60);
        QTRY_VERIFY(heard.over());
        QVERIFY(since.elapsed() >= 120);
    }

    void conversationsGetTheirOwnAnswers()
    {
        const auto model = replayModel({{answer(QStringLiteral("a"), 0, QStringLiteral("a0")),
                                         answer(QStringLiteral("b"), 0, QStringLiteral("b0")),
                                         answer(QStringLiteral("a"), 1, QStringLiteral("a1")),
                                         answer(QStringLiteral("a"), 0, QStringLiteral("never"))}});
        QCOMPARE(said(model, askFor(QStringLiteral("b"))), QStringLiteral("b0"));
        ModelRequest request = askFor(QStringLiteral("a"));
        QCOMPARE(said(model, request), QStringLiteral("a0"));
        request.messages.append({Role::Assistant, {TextPart{QStringLiteral("a0")}}});
        request.messages.append({Role::User, {TextPart{QStringLiteral("go on")}}});
        QCOMPARE(said(model, request), QStringLiteral("a1"));
        const QString other = said(model, askFor(QStringLiteral("not recorded")));
        QVERIFY(other == QLatin1String("a0") || other == QLatin1String("b0"));
        QCOMPARE(said(model, askFor(QStringLiteral("not recorded"))), other);
    }

    void aConversationThatGoesOnFails()
    {
        const auto model = replayModel({{answer(QStringLiteral("a"), 0, QStringLiteral("a0"))}});
        ModelRequest request = askFor(QStringLiteral("a"));
        request.messages.append({Role::Assistant, {TextPart{QStringLiteral("a0")}}});
        Heard heard(model->stream(request));
        QTRY_VERIFY(heard.over());
        QVERIFY(heard.failed && !heard.failed->retryable);
        QVERIFY(!heard.failed->error.text.isEmpty());
    }

    void cancelAndDeletionInsideAnEvent()
    {
        const auto model = replayModel({{answer(QStringLiteral("a"), 0, QStringLiteral("a0"))}});
        Heard heard(model->stream(askFor(QStringLiteral("a"))));
        connect(heard.stream.get(), &ModelStream::event, heard.stream.get(), [&] { heard.stream->cancel(); });
        QTRY_COMPARE(heard.events.size(), 1);
        auto stream = model->stream(askFor(QStringLiteral("a")));
        bool gone = false;
        connect(stream.get(), &ModelStream::event, this, [&] {
            stream.reset();
            gone = true;
        });
        QTRY_VERIFY(gone);
        QTest::qWait(20);
        QCOMPARE(heard.events.size(), 1);
    }

    void itSaysThatItIsAReplay()
    {
        const ModelInfo info = replayModel({{answer(QStringLiteral("a"), 0, {})}})->info();
        QVERIFY(info.displayName.contains(QStringLiteral("Recorded answers")));
        QVERIFY(info.displayName.contains(QStringLiteral("openai:m")));
        QVERIFY(!info.isLanguageModel);
    }

    void hostileLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *name, const QByteArray &line) { QTest::newRow(name) << line; };
        row("not JSON", "{");
        row("a list", "[]");
        row("another format", R"({"format":"flotilla-recording-2","events":[]})");
        row("deep", QByteArray("[").repeated(100'000));
        row("no events", with(""));
        row("no end", with(R"({"at":0,"text":"a"})"));
        row("after the end", with(done + "," + done));
        row("an unknown end", with(R"({"at":0,"done":"boom"})"));
        row("unknown kind", with(R"({"at":0,"shell":"rm"},)" + done));
        row("no time", with(R"({"text":"a"},)" + done));
        row("negative time", with(R"({"at":-1,"text":"a"},)" + done));
        row("time goes back", with(R"({"at":10,"text":"a"},)" + done));
        row("a year", with(R"({"at":31536000000,"done":"end"})"));
        row("text is a number", with(R"({"at":0,"text":5},)" + done));
        row("call without id", with(R"({"at":0,"call":{"index":0,"name":"a"}},)" + done));
        row("call without name", with(R"({"at":0,"call":{"index":0,"id":"a"}},)" + done));
        row("index", with(R"({"at":0,"call":{"index":-1,"id":"a","name":"b"}},)" + done));
        row("large index", with(R"({"at":0,"call":{"index":256,"id":"a","name":"b"}},)" + done));
        row("half an index", with(R"({"at":0,"call":{"index":0.5,"id":"a","name":"b"}},)" + done));
        row("call twice", with(QByteArray(R"({"at":0,"call":{"index":0,"id":"a","name":"b"}},)").repeated(2) + done));
        row("input of no call", with(R"({"at":0,"index":0,"input":"a"},)" + done));
        row("end of no call", with(R"({"at":0,"called":{"index":0,"id":"a","name":"b","input":{}}},)" + done));
        row("call left open", with(R"({"at":0,"call":{"index":0,"id":"a","name":"b"}},)" + done));
        row("another name at the end", with(R"({"at":0,"call":{"index":0,"id":"a","name":"b"}},
            {"at":0,"called":{"index":0,"id":"a","name":"c","input":{}}},)" +
                                            done));
        row("usage below zero",
            with(R"({"at":0,"usage":{"input":-1,"cache_read":0,"cache_write":0,"output":0}},)" + done));
        row("usage beyond reason",
            with(R"({"at":0,"usage":{"input":1e300,"cache_read":0,"cache_write":0,"output":0}},)" + done));
        row("no prompt", with(done, "\"model\":\"m\",\"step\":0,\"tools\":true"));
        row("huge prompt", with(done, QByteArray(usualHead).replace("\"p\"", '"' + QByteArray(70'000, 'x') + '"')));
        row("step", with(done, "\"model\":\"m\",\"prompt\":\"p\",\"step\":1e9,\"tools\":true"));
        row("tools", with(done, "\"model\":\"m\",\"prompt\":\"p\",\"step\":0,\"tools\":1"));
        row("too many events", with(QByteArray(R"({"at":0,"text":""},)").repeated(RecordingLimits::events) + done));
        row("too long", with("{\"at\":0,\"text\":\"" + QByteArray(RecordingLimits::line, 'x') + "\"}," + done));
    }
    void hostileLines()
    {
        QFETCH(QByteArray, line);
        const auto read = answerFromLine(line);
        QVERIFY(!read.ok());
        QVERIFY(!read.error().text.isEmpty());
        write(toLine(answer(QStringLiteral("p"), 0, {})) + "\n\n" + line + '\n');
        const auto file = Recording::read(path());
        QVERIFY(!file.ok());
        QVERIFY2(file.error().text.contains(QStringLiteral("Line 3")), qPrintable(file.error().text));
    }

    void filesThatAreNoRecordings()
    {
        QVERIFY(!Recording::read(m_dir->filePath(QStringLiteral("missing"))).ok());
        QVERIFY(!Recording::read(m_dir->path()).ok());
        QVERIFY(!Recording::read(QStringLiteral("/dev/zero")).ok());
        write("");
        QVERIFY(!Recording::read(path()).ok());
        write(toLine(answer(QStringLiteral("p"), 1, {})) + '\n'); // nothing begins
        QVERIFY(!Recording::read(path()).ok());
        RecordedAnswer plain = answer(QStringLiteral("p"), 0, {});
        plain.tools = false;
        write(toLine(plain) + '\n' + toLine(answer(QStringLiteral("p"), 0, {})) + '\n');
        QVERIFY(!Recording::read(path()).ok());
        QFile large(path());
        QVERIFY(large.open(QIODevice::WriteOnly));
        QVERIFY(large.resize(RecordingLimits::file + 1));
        large.close();
        QVERIFY(!Recording::read(path()).ok());
    }

    void anExistingFileIsLeftAlone()
    {
        write("mine");
        QVERIFY(!newRecordingFile(path()).ok());
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        const QString fresh = m_dir->filePath(QStringLiteral("fresh.jsonl"));
        const auto keep = newRecordingFile(fresh);
        QVERIFY(keep.ok());
        (*keep)(answer(QStringLiteral("p"), 0, QStringLiteral("t")));
        QCOMPARE(Recording::read(fresh)->answers.size(), 1);
        QCOMPARE(QFileInfo(fresh).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    /// As on a full disk: what was written before can be replayed, and the end is told once.
    void aFileThatCannotGrowEndsTheRecording()
    {
        QStringList told;
        const auto keep = newRecordingFile(path(), [&told](const Error &error) { told.append(error.text); });
        QVERIFY(keep.ok());
        (*keep)(answer(QStringLiteral("first"), 0, QStringLiteral("t")));
        rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before;
        small.rlim_cur = rlim_t(QFileInfo(path()).size()) + 50;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        (*keep)(answer(QStringLiteral("second"), 0, QString(5000, QLatin1Char('x'))));
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        (*keep)(answer(QStringLiteral("third"), 0, QStringLiteral("t")));
        QCOMPARE(told.size(), 1);
        QVERIFY(told.first().contains(path()) && told.first().contains(QLatin1String("not complete")));
        const auto recording = Recording::read(path());
        QVERIFY2(recording.ok(), recording.ok() ? "" : qPrintable(recording.error().text));
        QCOMPARE(recording->prompts(), QStringList{QStringLiteral("first")});
    }

private:
    static QString said(const std::shared_ptr<LanguageModel> &model, const ModelRequest &request)
    {
        Heard heard(model->stream(request));
        return QTest::qWaitFor([&] { return heard.over(); }) ? heard.text : QString();
    }
    QString path() const { return m_dir->filePath(QStringLiteral("answers.jsonl")); }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
