// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/projects/messagejson.h"
#include "backends/projects/turnrunner.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/projects/turnfakes.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

const QString appPath = QStringLiteral("src/App.tsx");
const QString good = QStringLiteral("export default function App() { return <h1>Hi</h1> }\n");

struct Rig
{
    QTemporaryDir dir;
    std::unique_ptr<Store> store;
    Prompts prompts;
    std::shared_ptr<FakeModel> model = std::make_shared<FakeModel>();
    FakeBench bench;
    FakeProbe probe;
    AppId app{newId()};
    TurnParts parts;
    TurnTask task;
    std::unique_ptr<TurnRunner> runner;
    QStringList states;
    bool ended = false;

    Rig()
    {
        store = *Store::open(dir.path());
        prompts = *Prompts::load(QStringLiteral(PROMPT_DIR));
        AppRecord record;
        record.id = app;
        record.title = QStringLiteral("App");
        record.created = record.updated = Clock::system().now();
        if (!store->apps().insert(record))
            qFatal("the app could not be stored");
        parts.store = store.get();
        parts.clock = &Clock::system();
        parts.bench = &bench;
        parts.prompts = &prompts;
        parts.probe = &probe;
        parts.retryPause = std::chrono::milliseconds(1);
        task.model = std::shared_ptr<LanguageModel>(model);
        task.prompt = QStringLiteral("a greeting");
        task.answer.app = app;
        task.answer.role = Role::Assistant;
        task.answer.state = MessageState::Streaming;
        task.answer.created = record.created;
    }
    Rig &answer(const Events &events)
    {
        model->answers.enqueue(events);
        return *this;
    }
    void start()
    {
        task.answer.id = *store->conversation().append(recordOf(task.answer));
        runner = std::make_unique<TurnRunner>(parts, task);
        QObject::connect(runner.get(), &TurnRunner::stateChanged, runner.get(),
                         [this](TurnState state) { states.append(toString(state)); });
        QObject::connect(runner.get(), &TurnRunner::finished, runner.get(), [this] { ended = true; });
        runner->start();
    }
    QString runToEnd()
    {
        start();
        if (!QTest::qWaitFor([this] { return ended; }, 10000))
            return QStringLiteral("not ended in ") + toString(runner->state());
        return toString(runner->state());
    }
    Message stored() { return messageOf(store->conversation().list(app)->last()); }
    VersionRecord version() { return *store->versions().get(app, 0); }
    FileMap files() { return *store->versions().files(app, 0); }
    QString notices()
    {
        QString text;
        for (const Block &block : runner->message().blocks)
            if (const auto *notice = std::get_if<NoticeBlock>(&block))
                text += notice->text + QLatin1Char('\n');
        return text;
    }
    QList<ToolBlock> tools()
    {
        QList<ToolBlock> tools;
        for (const Block &block : runner->message().blocks)
            if (const auto *tool = std::get_if<ToolBlock>(&block))
                tools.append(*tool);
        return tools;
    }
};

} // namespace

class TestTurnRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAnswerToGreen()
    {
        Rig rig;
        rig.parts.served = [] { return readyFuture<CheckResult>(CheckResult{QStringLiteral("served"), true, {}}); };
        rig.answer(say(QStringLiteral("Here.")) + write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.states,
                 QStringList({QStringLiteral("preparing"), QStringLiteral("streaming"), QStringLiteral("applying"),
                              QStringLiteral("building"), QStringLiteral("verifying"), QStringLiteral("green")}));
        QCOMPARE(rig.files(), (FileMap{{appPath, good.toUtf8()}}));
        QCOMPARE(rig.bench.held, rig.files());
        const VersionRecord version = rig.version();
        QCOMPARE(version.state, QStringLiteral("green"));
        QCOMPARE(version.message, QStringLiteral("a greeting"));
        QCOMPARE(version.inputTokens, 1000);
        QCOMPARE(version.cost, 1000 / 1e6 * 1 + 100 / 1e6 * 10);
        const Message message = rig.stored();
        QCOMPARE(toString(message.state), toString(MessageState::Complete));
        QCOMPARE(message.version, 1);
        QVERIFY(message.green);
        QCOMPARE(message.checks,
                 QStringList({QStringLiteral("build"), QStringLiteral("served"), QStringLiteral("loaded"),
                              QStringLiteral("no-errors"), QStringLiteral("not-blank")}));
        QCOMPARE(message, rig.runner->message());
        QCOMPARE(rig.tools().first().added, 1);
        QVERIFY(rig.tools().first().created);
        QVERIFY(rig.store->versions().workingFiles(rig.app)->isEmpty());
    }

    void requestHoldsFilesAndWish()
    {
        Rig rig;
        rig.task.files = {{appPath, good.toUtf8()}, {QStringLiteral("big.ts"), QByteArray(50000, 'x')}};
        Message earlier;
        earlier.role = Role::User;
        earlier.blocks = {TextBlock{QStringLiteral("first wish")}};
        Message reply;
        reply.role = Role::Assistant;
        reply.version = 1;
        reply.blocks = {TextBlock{QStringLiteral("Done that.")}, ThinkingBlock{QStringLiteral("hm")}};
        rig.task.earlier = {earlier, reply};
        rig.answer(write(appPath, good + good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        const ModelRequest &request = rig.model->requests.first();
        QCOMPARE(request.model, QStringLiteral("fake-1"));
        QCOMPARE(request.tools.size(), 8);
        QVERIFY(request.system.contains(QStringLiteral("Read before you change")));
        QVERIFY(!request.system.contains(QStringLiteral("<!--")));
        QVERIFY(!request.system.contains(QStringLiteral("{{")));
        QCOMPARE(request.messages.size(), 3);
        QCOMPARE(std::get<TextPart>(request.messages[1].parts.first()).text, QStringLiteral("Done that."));
        const auto &wish = request.messages.last().parts;
        QCOMPARE(std::get<TextPart>(wish.last()).text, QStringLiteral("a greeting"));
        const QString context = std::get<TextPart>(wish.first()).text;
        QVERIFY(context.contains(good));
        QVERIFY(context.contains(QStringLiteral("big.ts (50000 bytes)")));
        QVERIFY(!context.contains(QStringLiteral("xxxx")));
        QVERIFY(context.contains(QStringLiteral("version 1")));
    }

    void resultsGoBackUntilTheEnd()
    {
        Rig rig;
        rig.answer(write(appPath, good) +
                   callOf(1, QStringLiteral("run_command"), {{QStringLiteral("command"), QStringLiteral("ls")}}) +
                   callOf(2, QStringLiteral("read_logs"), {}) + end(StopReason::ToolUse));
        rig.answer(say(QStringLiteral("Fine.")) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.bench.commands.first(), QStringLiteral("ls"));
        QCOMPARE(rig.model->requests.size(), 2);
        const auto &messages = rig.model->requests.last().messages;
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[1].parts.size(), 3);
        QCOMPARE(messages[2].parts.size(), 3);
        QCOMPARE(std::get<ToolResultPart>(messages[2].parts[1]).text, QStringLiteral("exit code 0\nhello\n"));
        QVERIFY(std::get<ToolResultPart>(messages[2].parts[2]).text.contains(QStringLiteral("listening")));
        QCOMPARE(rig.runner->message().usage.inputTokens, 2000);
        // the prefix is the same bytes
        const auto &first = rig.model->requests.first();
        QCOMPARE(rig.model->requests.last().system, first.system);
        QCOMPARE(messages[0].parts, first.messages[0].parts);
    }

    void buildErrorIsRepaired()
    {
        Rig rig;
        rig.bench.builds.enqueue(brokenBuild(QStringLiteral("Unexpected \";\"")));
        rig.answer(write(appPath, QStringLiteral("const x = ;\n")) + end());
        rig.answer(write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QVERIFY(rig.states.contains(QStringLiteral("repairing")));
        QVERIFY2(rig.model->lastText().contains(QStringLiteral("src/App.tsx:3: Unexpected")),
                 qPrintable(rig.model->lastText()));
        QVERIFY(rig.model->lastText().contains(QStringLiteral("Attempt 1 of 2")));
        QVERIFY(rig.notices().contains(QStringLiteral("Unexpected")));
    }

    void sameBuildErrorEndsRed()
    {
        Rig rig;
        for (int i = 0; i < 3; ++i) {
            rig.bench.builds.enqueue(brokenBuild(QStringLiteral("Unexpected \";\""), 3 + i));
            rig.answer(write(appPath, QStringLiteral("const x = ;%1\n").arg(i)) + end());
        }
        QCOMPARE(rig.runToEnd(), QStringLiteral("red"));
        QCOMPARE(rig.model->requests.size(), 3);
        QVERIFY(rig.model->lastText().contains(QStringLiteral("The same problem came back")));
        QCOMPARE(rig.version().state, QStringLiteral("red"));
        QVERIFY2(rig.version().error.contains(QStringLiteral("does not build")), qPrintable(rig.version().error));
        QCOMPARE(summaryOf(rig.version()).checks.first(),
                 (CheckResult{QStringLiteral("build"), false, summaryOf(rig.version()).checks.first().text}));
    }

    void aLongErrorIsCutAtAWord()
    {
        Rig rig;
        const QString text = QStringLiteral("Available packages:") + QStringLiteral(" react-router,").repeated(40);
        for (int i = 0; i < 3; ++i) {
            rig.bench.builds.enqueue(brokenBuild(text, 3));
            rig.answer(write(appPath, QStringLiteral("const x = ;%1\n").arg(i)) + end());
        }
        QCOMPARE(rig.runToEnd(), QStringLiteral("red"));
        QVERIFY2(rig.version().error.contains(QStringLiteral("react-router, … in src/App.tsx:3.")),
                 qPrintable(rig.version().error));
    }

    void pageErrorIsRepaired()
    {
        Rig rig;
        rig.probe.reports.enqueue(
            {true, false, {QStringLiteral("TypeError: x is undefined at src/App.tsx:1")}, {}, {}});
        rig.probe.reports.enqueue({true, true, {}, {}, {}});
        rig.answer(write(appPath, good) + end());
        rig.answer(write(appPath, good + good) + end());
        rig.answer(write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.probe.count, 3);
        QVERIFY(rig.model->lastText().contains(QStringLiteral("the page is empty")));
    }

    void notServedIsRepaired()
    {
        Rig rig;
        int count = 0;
        rig.parts.served = [&count] {
            return readyFuture<CheckResult>(
                CheckResult{QStringLiteral("served"), ++count > 1, QStringLiteral("HTTP 502")});
        };
        rig.answer(write(appPath, good) + end());
        rig.answer(write(appPath, good + good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(count, 2);
    }

    void noSandboxIsRedAndKeepsTheFiles()
    {
        Rig rig;
        rig.bench.acquired = Error{ErrorKind::Unavailable, QStringLiteral("Bubblewrap is not installed."), {}};
        rig.answer(write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("red"));
        QCOMPARE(rig.version().error, QStringLiteral("Bubblewrap is not installed."));
        QCOMPARE(rig.files().size(), 1);
    }

    void droppedStreamGoesOn()
    {
        Rig rig;
        rig.answer(say(QStringLiteral("Sure, ")) + write(QStringLiteral("a.ts"), QStringLiteral("1\n")) +
                   Events{ToolCallStarted{1, QStringLiteral("x"), QStringLiteral("write_file")},
                          ToolCallDelta{1, QStringLiteral("{\"path\":\"b.ts\",\"content\":\"half")}} +
                   drop());
        rig.answer(write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.files().keys().size(), 2);
        const auto &messages = rig.model->requests.last().messages;
        QCOMPARE(messages.size(), 3);
        QCOMPARE(std::get<TextPart>(messages[1].parts.first()).text, QStringLiteral("Sure, "));
        QCOMPARE(messages[1].parts.size(), 2);
        QCOMPARE(messages[2].parts.size(), 2);
        QVERIFY(rig.model->lastText().contains(QStringLiteral("Continue exactly where")));
        QVERIFY(rig.tools()[1].state == ToolBlock::State::Failed);
    }

    void aModelThatRefusesToolsIsAskedForTags()
    {
        class Refusing : public FakeModel
        {
        public:
            std::unique_ptr<ModelStream> stream(const ModelRequest &request) override
            {
                auto stream = FakeModel::stream(request);
                modelInfo.capabilities.tools = false; // learned from the refusal
                return stream;
            }
        };
        Rig rig;
        rig.model = std::make_shared<Refusing>();
        rig.task.model = std::shared_ptr<LanguageModel>(rig.model);
        const QString why = QStringLiteral("This model cannot call tools.");
        rig.answer({StreamFailed{{ErrorKind::Unsupported, why, {}}, true, {}, {}}})
            .answer(say(QStringLiteral("Here.\n<file path=\"%1\">\n%2</file>\n").arg(appPath, good)) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.files().value(appPath), good.toUtf8());
        QVERIFY(!rig.model->requests.first().tools.isEmpty());
        QVERIFY(rig.model->requests.last().tools.isEmpty());
        QVERIFY(rig.model->requests.last().system.contains(QLatin1String("<file path")));
        QVERIFY(!rig.model->requests.first().system.contains(QLatin1String("<file path")));
        QVERIFY(rig.notices().contains(why));
    }

    void brokenForGoodWithoutFilesFails()
    {
        Rig rig;
        rig.answer(say(QStringLiteral("Hm")) + drop(false));
        QCOMPARE(rig.runToEnd(), QStringLiteral("failed"));
        QCOMPARE(toString(rig.stored().state), toString(MessageState::Failed));
        QVERIFY(rig.notices().contains(QStringLiteral("The connection broke.")));
        QVERIFY(rig.store->versions().list(rig.app)->isEmpty());
    }

    void brokenForGoodWithFilesIsRed()
    {
        Rig rig;
        rig.answer(write(appPath, good) + drop(false));
        QCOMPARE(rig.runToEnd(), QStringLiteral("red"));
        QCOMPARE(rig.files().size(), 1);
    }

    void noModelFails()
    {
        Rig rig;
        rig.task.model = Error{ErrorKind::Unauthorized, QStringLiteral("There is no key. Add one in Settings."), {}};
        QCOMPARE(rig.runToEnd(), QStringLiteral("failed"));
        QVERIFY(rig.notices().contains(QStringLiteral("Add one in Settings")));
    }

    void cutOffFileIsSentAgain()
    {
        Rig rig;
        rig.answer(Events{ToolCallStarted{0, QStringLiteral("c"), QStringLiteral("write_file")},
                          ToolCallDelta{0, QStringLiteral("{\"path\":\"src/App.tsx\",\"content\":\"exp")},
                          ToolCallDone{
                              0, {QStringLiteral("c"), QStringLiteral("write_file"), {}}, QStringLiteral("cut off")}} +
                   end(StopReason::MaxTokens));
        rig.answer(write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QVERIFY2(rig.model->lastText().contains(QStringLiteral("Send \"src/App.tsx\" again")),
                 qPrintable(rig.model->lastText()));
    }

    void thirdIdenticalCallEndsTheLoop()
    {
        Rig rig;
        rig.task.files = {{appPath, good.toUtf8()}};
        for (int i = 0; i < 5; ++i)
            rig.answer(callOf(0, QStringLiteral("list_files"), {}) + end(StopReason::ToolUse));
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.model->requests.size(), 3);
        QVERIFY(rig.notices().contains(QStringLiteral("repeated")));
    }

    void budgetEndsTheTurn()
    {
        Rig rig;
        rig.parts.budget = 0.04;
        rig.answer(write(appPath, good) + end(StopReason::ToolUse, 5000));
        QCOMPARE(rig.runToEnd(), QStringLiteral("stopped"));
        QCOMPARE(rig.version().state, QStringLiteral("stopped"));
        QVERIFY(rig.notices().contains(QStringLiteral("budget")));
    }

    void aServerThatDoesNotStartIsOneSentence()
    {
        AgentBuild build;
        build.state = AgentBuild::State::Failed;
        build.kind = QStringLiteral("server");
        build.text = QStringLiteral("The server ended (exited, exit code 1)\n/app/server.js:1\nError: boom\n");
        const Finding finding = judgeBuild(build);
        QCOMPARE(finding.problem.summary,
                 QStringLiteral("The app's server does not start: The server ended (exited, exit code 1)."));
        QVERIFY(finding.problem.report.contains(QStringLiteral("boom"))); // the model sees all
    }

    void budgetStopsALongAnswer()
    {
        Rig rig;
        rig.parts.budget = 0.01; // less than 1000 tokens of the answer
        Events events = write(appPath, good);
        for (int i = 0; i < 400; ++i)
            events += say(QStringLiteral("much too long "));
        rig.answer(events + end(StopReason::EndOfTurn, 2000));
        QCOMPARE(rig.runToEnd(), QStringLiteral("stopped"));
        const Message message = rig.stored();
        QVERIFY(message.cost.value_or(0) >= 0.01);
        QVERIFY2(message.cost.value_or(9) < 0.012, qPrintable(QString::number(*message.cost)));
        QVERIFY(message.usage.estimated);
        QCOMPARE(rig.files().keys(), QStringList{appPath});
    }

    void whatAStoppedAnswerCostIsCounted()
    {
        Rig rig;
        rig.answer(write(appPath, good) + say(QString(4000, QLatin1Char('x')))); // has no end
        rig.start();
        QVERIFY(QTest::qWaitFor([&] { return rig.runner->message().usage.outputTokens > 900; }, 10000));
        rig.runner->stop();
        QVERIFY(QTest::qWaitFor([&] { return rig.ended; }, 10000));
        QVERIFY(rig.stored().cost.value_or(0) > 0.009);
        QVERIFY(rig.version().cost.value_or(0) > 0.009);
    }

    void hostileNamesAreRefused()
    {
        Rig rig;
        rig.answer(write(QStringLiteral("../../../etc/cron.d/x"), QStringLiteral("* * * * *")) +
                   write(QStringLiteral("/etc/passwd"), QStringLiteral("x"), 1) + write(appPath, good, 2) +
                   end(StopReason::ToolUse));
        rig.answer(say(QStringLiteral("ok")) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.files().keys(), QStringList{appPath});
        QCOMPARE(rig.bench.held.keys(), QStringList{appPath});
        QVERIFY(rig.tools()[0].state == ToolBlock::State::Failed);
    }

    void tagsInOneRequest()
    {
        Rig rig;
        rig.model->modelInfo.capabilities.tools = false;
        const QString text =
            QStringLiteral("Here.\n<file path=\"src/App.tsx\">\n") + good + QStringLiteral("</file>\nDone.");
        Events events;
        for (const QChar c : text)
            events.append(TextDelta{c});
        rig.answer(events + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QVERIFY(rig.model->requests.first().tools.isEmpty());
        QVERIFY(rig.model->requests.first().system.contains(QStringLiteral("You have no tools")));
        QCOMPARE(rig.files(), (FileMap{{appPath, good.toUtf8()}}));
        QCOMPARE(rig.runner->message().blocks.size(), 3);
        QCOMPARE(rig.tools().first().preview, good);
    }

    void codeInTheChatBecomesFiles()
    {
        Rig rig;
        rig.answer(say(QStringLiteral("Sure:\n```tsx src/App.tsx\n") + good + QStringLiteral("```\n")) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QCOMPARE(rig.files(), (FileMap{{appPath, good.toUtf8()}}));
    }

    void waitingIsShown()
    {
        Rig rig;
        rig.answer(
            Events{StreamWaiting{std::chrono::seconds(20),
                                 Error{ErrorKind::RateLimited, QStringLiteral("The limit is reached."), {}}, 1}} +
            write(appPath, good) + end());
        QCOMPARE(rig.runToEnd(), QStringLiteral("green"));
        QVERIFY(rig.notices().contains(QStringLiteral("Waiting for the model. The limit is reached.")));
    }

    void stopAtEveryState_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("files");
        QTest::newRow("preparing") << QStringLiteral("preparing") << false;
        QTest::newRow("streaming") << QStringLiteral("streaming") << true;
        QTest::newRow("applying") << QStringLiteral("applying") << true;
        QTest::newRow("building") << QStringLiteral("building") << true;
        QTest::newRow("verifying") << QStringLiteral("verifying") << true;
        QTest::newRow("repairing") << QStringLiteral("repairing") << true;
    }
    void stopAtEveryState()
    {
        QFETCH(QString, state);
        QFETCH(bool, files);
        Rig rig;
        rig.bench.holdBuild = state == QLatin1String("building");
        rig.bench.holdRun = true;
        rig.probe.hold = true;
        if (state == QLatin1String("repairing"))
            rig.bench.builds.enqueue(brokenBuild(QStringLiteral("x")));
        Events events = write(appPath, good);
        if (state == QLatin1String("streaming"))
            events += Events{ToolCallStarted{1, QStringLiteral("x"), QStringLiteral("write_file")},
                             ToolCallDelta{1, QStringLiteral("{\"path\":\"half.ts\",\"content\":\"ha")}}; // and no end
        else if (state == QLatin1String("applying"))
            events +=
                callOf(1, QStringLiteral("run_command"), {{QStringLiteral("command"), QStringLiteral("sleep 9")}}) +
                end(StopReason::ToolUse);
        else
            events += end();
        rig.answer(events);
        rig.start();
        if (state == QLatin1String("preparing")) {
            rig.runner->stop();
        } else {
            QTRY_VERIFY(rig.states.contains(state));
            if (state == QLatin1String("streaming"))
                QTRY_COMPARE(rig.tools().size(), 2);
            QTest::qWait(20);
            rig.runner->stop();
        }
        QVERIFY(rig.ended);
        QCOMPARE(toString(rig.runner->state()), QStringLiteral("stopped"));
        QCOMPARE(toString(rig.stored().state), toString(MessageState::Stopped));
        if (files) {
            QCOMPARE(rig.version().state, QStringLiteral("stopped"));
            QCOMPARE(rig.files(), (FileMap{{appPath, good.toUtf8()}}));
        } else {
            QVERIFY(rig.store->versions().list(rig.app)->isEmpty());
        }
        for (const ToolBlock &tool : rig.tools())
            QVERIFY(tool.state >= ToolBlock::State::Done);
        QTest::qWait(20);
        QCOMPARE(toString(rig.runner->state()), QStringLiteral("stopped")); // nothing comes late
    }

    void growsLiveAndIsJournaled()
    {
        Rig rig;
        rig.answer(write(appPath, good) +
                   Events{ToolCallStarted{1, QStringLiteral("x"), QStringLiteral("write_file")},
                          ToolCallDelta{1, QStringLiteral("{\"path\":\"b.ts\",\"content\":\"line one\\nli")}});
        rig.start();
        QTRY_VERIFY(rig.tools().size() == 2 && rig.tools()[1].preview == QStringLiteral("line one\nli"));
        QCOMPARE(rig.tools()[1].path, QStringLiteral("b.ts"));
        QTRY_COMPARE_WITH_TIMEOUT(rig.store->versions().workingFiles(rig.app)->value(appPath),
                                  std::optional(good.toUtf8()), 2000);
        QCOMPARE(rig.stored().blocks.size(), 2);
        QCOMPARE(toString(rig.stored().state), toString(MessageState::Streaming));
    }

    void snapshotsAreRare()
    {
        Rig rig;
        Events events;
        for (int i = 0; i < 3000; ++i)
            events.append(TextDelta{QStringLiteral("word ")});
        rig.answer(events + write(appPath, good) + end());
        rig.task.answer.id = 0;
        QElapsedTimer timer;
        timer.start();
        rig.start();
        QSignalSpy spy(rig.runner.get(), &TurnRunner::messageChanged);
        QTRY_VERIFY_WITH_TIMEOUT(rig.ended, 20000);
        QVERIFY2(spy.size() <= timer.elapsed() / 100 + 3, qPrintable(QString::number(spy.size())));
    }
};

QTEST_GUILESS_MAIN(TestTurnRunner)
#include "tst_turnrunner.moc"
