// SPDX-License-Identifier: GPL-3.0-or-later
// Whole turns as a user has them: flotillactl, a scripted model server of both wire formats, the real sandbox.
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Flotilla;
using Flotilla::Test::Cli;
using Flotilla::Test::CliResult;

namespace {

const QString good = QStringLiteral("export default function App() { return <h1>Tides</h1> }\n");
const QString broken = QStringLiteral("export default function App() { return <h1>Tides</h1 }\n");

QJsonObject write(const QString &path, const QString &content)
{
    return {
        {QStringLiteral("tool"), QStringLiteral("write_file")},
        {QStringLiteral("input"), QJsonObject{{QStringLiteral("path"), path}, {QStringLiteral("content"), content}}}};
}

QJsonObject call(const QString &tool, const QJsonObject &input)
{
    return {{QStringLiteral("tool"), tool}, {QStringLiteral("input"), input}};
}

QJsonObject edit(const QString &path, const QString &oldText, const QString &newText)
{
    return call(
        QStringLiteral("edit_file"),
        {{QStringLiteral("path"), path}, {QStringLiteral("old_text"), oldText}, {QStringLiteral("new_text"), newText}});
}

QJsonObject text(const QString &words)
{
    return {{QStringLiteral("text"), words}};
}

QJsonObject fault(const QString &kind)
{
    return {{QStringLiteral("fault"), kind}};
}

QJsonObject turn(const QJsonArray &events)
{
    return {{QStringLiteral("events"), events}};
}

/// fake-llm-server with a script, until it goes out of scope.
class Server
{
public:
    Server(const QString &dir, const QJsonArray &turns, double tokensPerSecond = 0)
    {
        QFile script(dir + QStringLiteral("/script.json"));
        if (!script.open(QIODevice::WriteOnly))
            return;
        script.write(QJsonDocument(QJsonObject{{QStringLiteral("turns"), turns},
                                               {QStringLiteral("tokensPerSecond"), tokensPerSecond}})
                         .toJson());
        script.close();
        m_process.start(Test::binDir() + QStringLiteral("/fake-llm-server"), {script.fileName()});
        m_process.waitForReadyRead(10'000);
        m_port = m_process.readLine().trimmed();
    }
    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QString openAi() const { return QStringLiteral("openai:fake-model@http://127.0.0.1:%1/v1").arg(m_port); }
    QString base() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }

private:
    QProcess m_process;
    QString m_port;
};

struct Place
{
    QTemporaryDir dir;
    Cli cli;

    QJsonObject make(const QString &model)
    {
        const CliResult result = cli.run({QStringLiteral("--json"), QStringLiteral("new"),
                                          QStringLiteral("a tide table"), QStringLiteral("--model"), model});
        const QJsonObject json = result.json().object();
        if (json.isEmpty())
            qWarning("%s%s", result.out.constData(), result.err.constData());
        return json;
    }
    std::unique_ptr<Store> store() { return *Store::open(cli.data()); }
};

QString stateOf(const QJsonObject &app)
{
    return app.value(QLatin1String("state")).toString();
}

} // namespace

class TestTurn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Place place;
        const QJsonObject app = place.make(QStringLiteral("sampler"));
        if (stateOf(app) == QLatin1String("green"))
            return;
        if (qEnvironmentVariable("FLOTILLA_REQUIRE_PEERS") == QLatin1String("1"))
            QFAIL("no sandbox can be made here");
        QSKIP("bubblewrap sandboxes cannot start here");
    }

    void repairedAndGreen_data()
    {
        QTest::addColumn<bool>("anthropic");
        QTest::newRow("openai") << false;
        QTest::newRow("anthropic") << true;
    }
    void repairedAndGreen()
    {
        QFETCH(bool, anthropic);
        Place place;
        QJsonObject done = turn({text(QStringLiteral("Ready."))});
        const Server server(place.dir.path(), {turn({text(QStringLiteral("A tide table.")),
                                                     write(QStringLiteral("src/App.tsx"), broken)}),
                                               done, turn({write(QStringLiteral("src/App.tsx"), good)}), done});
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_BASE_URL"), server.base());
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("sk-ant-test-0123456789"));
        const QJsonObject app = place.make(anthropic ? QStringLiteral("anthropic:fake-model") : server.openAi());
        QCOMPARE(stateOf(app), QStringLiteral("green"));
        const QString id = app.value(QLatin1String("app")).toString();
        QCOMPARE(place.cli.run({QStringLiteral("cat"), id, QStringLiteral("src/App.tsx")}).out, good.toUtf8());
        QVERIFY(place.cli.run({QStringLiteral("fetch"), id, QStringLiteral("/app.js")}).out.contains("Tides"));
    }

    void unrepairableIsRedAndKeepsTheLastGreen()
    {
        Place place;
        QJsonObject app;
        {
            const Server server(place.dir.path(), {turn({write(QStringLiteral("src/App.tsx"), good)}),
                                                   turn({text(QStringLiteral("ok"))})});
            app = place.make(server.openAi());
        }
        QCOMPARE(stateOf(app), QStringLiteral("green"));
        QJsonArray turns;
        for (int i = 0; i < 6; ++i) {
            turns.append(turn({write(QStringLiteral("src/App.tsx"), broken + QString(i, QLatin1Char('\n')))}));
            turns.append(turn({text(QStringLiteral("Fixed."))}));
        }
        const Server server(place.dir.path(), turns);
        const QString id = app.value(QLatin1String("app")).toString();
        const CliResult edited =
            place.cli.run({QStringLiteral("--json"), QStringLiteral("edit"), id, QStringLiteral("break it"),
                           QStringLiteral("--model"), server.openAi()});
        QVERIFY(edited.exitCode != 0);
        const QJsonObject red = edited.json().object();
        QCOMPARE(stateOf(red), QStringLiteral("red"));
        QCOMPARE(red.value(QLatin1String("last_green")).toInt(), 1);
        QVERIFY(!red.value(QLatin1String("error")).toString().isEmpty());
        QCOMPARE(place.cli.run({QStringLiteral("restore"), id, QStringLiteral("1")}).exitCode, 0);
        QCOMPARE(place.cli.run({QStringLiteral("cat"), id, QStringLiteral("src/App.tsx")}).out, good.toUtf8());
    }

    void droppedStreamGoesOn()
    {
        Place place;
        const Server server(place.dir.path(),
                            {turn({text(QStringLiteral("Sure, ")),
                                   write(QStringLiteral("src/data.ts"), QStringLiteral("export const a = 1\n")),
                                   fault(QStringLiteral("drop"))}),
                             turn({write(QStringLiteral("src/App.tsx"), good)}), turn({text(QStringLiteral("ok"))})});
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_BASE_URL"), server.base());
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("sk-ant-test-0123456789"));
        const QJsonObject app = place.make(QStringLiteral("anthropic:fake-model"));
        QCOMPARE(stateOf(app), QStringLiteral("green"));
        const QByteArray files =
            place.cli.run({QStringLiteral("files"), app.value(QLatin1String("app")).toString()}).out;
        QVERIFY(files.contains("src/App.tsx"));
        QVERIFY(files.contains("src/data.ts"));
    }

    void hostileNamesStayInside()
    {
        Place place;
        const QString outside = place.dir.path() + QStringLiteral("/escaped.txt");
        const Server server(
            place.dir.path(),
            {turn({write(QStringLiteral("../../../../../../..") + outside, QStringLiteral("x")),
                   write(outside, QStringLiteral("x")), write(QStringLiteral("a\\..\\..\\b"), QStringLiteral("x")),
                   write(QStringLiteral("src/App.tsx"), good)}),
             turn({text(QStringLiteral("ok"))})});
        const QJsonObject app = place.make(server.openAi());
        QCOMPARE(stateOf(app), QStringLiteral("green"));
        QVERIFY(!QFile::exists(outside));
        QCOMPARE(place.cli.run({QStringLiteral("files"), app.value(QLatin1String("app")).toString()})
                     .out.trimmed()
                     .count('\n'),
                 0);
    }

    /// What models do wrong besides: the app, and what the chat says of it, stay true.
    void clumsyModels_data()
    {
        QTest::addColumn<bool>("anthropic");
        QTest::addColumn<QJsonArray>("answers");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("said");    // in the conversation
        QTest::addColumn<QString>("content"); // of src/App.tsx; empty: as it was
        const QJsonObject done = turn({text(QStringLiteral("Done, it works now."))});
        const auto row = [](const QString &name, bool anthropic, const QJsonArray &answers, const char *state,
                            const char *said, const QString &content) {
            QTest::newRow(qPrintable(name))
                << anthropic << answers << QString::fromLatin1(state) << QString::fromUtf8(said) << content;
        };
        const auto onBoth = [row](const char *name, const QJsonArray &answers, const char *state, const char *said,
                                  const QString &content = {}) {
            for (const bool anthropic : {false, true})
                row(QLatin1String(name) + (anthropic ? QStringLiteral(", anthropic") : QStringLiteral(", openai")),
                    anthropic, answers, state, said, content);
        };
        auto on = [row, next = false](const char *name, const QJsonArray &answers, const char *state, const char *said,
                                      const QString &content = {}) mutable {
            row(QString::fromLatin1(name), next = !next, answers, state, said, content); // formats in turn
        };
        const QString app = QStringLiteral("src/App.tsx");
        const QString other = QStringLiteral("export default function App() { return <h2>Ebb</h2> }\n");
        on("nothing is changed", {done}, "green", "No file was changed");
        on("an ambiguous edit", {turn({edit(app, QStringLiteral("h1"), QStringLiteral("h2"))}), done}, "green",
           "No file was changed");
        on("an edit fails, another file is written",
           {turn({edit(app, QStringLiteral("<nav>"), QStringLiteral("<b>")),
                  write(QStringLiteral("src/data.ts"), QStringLiteral("export const a = 1\n"))}),
            done},
           "green", "The last change of src/App.tsx failed");
        on("an edit fails and is made another way",
           {turn({edit(app, QStringLiteral("<nav>"), QStringLiteral("<b>"))}), turn({write(app, other)}), done},
           "green", "does not occur in the file", other);
        on("only white space differs",
           {turn({edit(app, QStringLiteral("\texport default function App() { return <h1>Tides</h1> }   "), other)}),
            done},
           "green", "Edited src/App.tsx", other);
        onBoth("broken arguments",
               {turn({QJsonObject{{QStringLiteral("tool"), QStringLiteral("write_file")},
                                  {QStringLiteral("rawInput"), QStringLiteral("{\"path\": \"src/App.tsx\", \"cont")}}}),
                turn({write(app, other)}), done},
               "green", "was not complete", other);
        onBoth("an unknown tool", {turn({call(QStringLiteral("make_coffee"), {})}), done}, "green", "There is no tool");
        QJsonArray many;
        for (int i = 0; i < 60; ++i)
            many.append(write(QStringLiteral("src/part%1.ts").arg(i), QStringLiteral("export const a = %1\n").arg(i)));
        onBoth("sixty calls at once", {turn(many), done}, "green", "src/part59.ts");
        on("everything is deleted",
           {turn({call(QStringLiteral("delete_file"), {{QStringLiteral("path"), app}})}), done, done}, "failed",
           "deleted every file");
        on("a rename onto a file",
           {turn({write(QStringLiteral("src/b.ts"), QStringLiteral("export {}\n")),
                  call(QStringLiteral("rename_file"),
                       {{QStringLiteral("from"), QStringLiteral("src/b.ts")}, {QStringLiteral("to"), app}})}),
            done},
           "green", "exists already");
        QJsonObject big = turn({write(QStringLiteral("src/big.ts"), QString(2'000'000, QLatin1Char('/')))});
        big.insert(QStringLiteral("piece"), 100'000);
        on("a file of 2 MB", {big, done}, "green", "Wrote src/big.ts");
        on("odd names",
           {turn({write(QStringLiteral("src/über uns.ts"), QStringLiteral("export {}\n")),
                  write(QStringLiteral(".env"), QStringLiteral("A=1\n")),
                  write(QStringLiteral("SRC/app.tsx"), broken)}),
            done},
           "green", "src/über uns.ts");
        const auto shell = [](const QString &command, int seconds) {
            return call(QStringLiteral("run_command"),
                        {{QStringLiteral("command"), command}, {QStringLiteral("timeout_seconds"), seconds}});
        };
        on("a command that never ends", {turn({shell(QStringLiteral("sleep 1000"), 1)}), done}, "green", "timeout");
        on("a command that prints 50 MB",
           {turn({shell(QStringLiteral("yes flotilla | head -c 50000000; echo THE END"), 60)}), done}, "green",
           "THE END");
        on("a command that forks",
           {turn({shell(QStringLiteral("f() { f | f & }; f; sleep 1"), 3)}), turn({write(app, other)}), done}, "green",
           "Done, it works now", other);
        QJsonObject cut = turn({QJsonObject{{QStringLiteral("tool"), QStringLiteral("write_file")},
                                            {QStringLiteral("rawInput"), QStringLiteral("{\"path\": \"src/App.tsx\"")}},
                                fault(QStringLiteral("drop"))});
        onBoth("the stream ends in a call", {cut, turn({write(app, other)}), done}, "green", "Done, it works now",
               other);
    }
    void clumsyModels()
    {
        QFETCH(bool, anthropic);
        QFETCH(QJsonArray, answers);
        QFETCH(QString, state);
        QFETCH(QString, said);
        QFETCH(QString, content);
        Place place;
        QJsonArray turns{turn({write(QStringLiteral("src/App.tsx"), good)}), turn({text(QStringLiteral("ok"))})};
        for (const QJsonValue &answer : answers)
            turns.append(answer);
        const Server server(place.dir.path(), turns);
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_BASE_URL"), server.base());
        place.cli.setEnvironment(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("sk-ant-test-0123456789"));
        const QString model = anthropic ? QStringLiteral("anthropic:fake-model") : server.openAi();
        const QString id = place.make(model).value(QLatin1String("app")).toString();
        const CliResult edited = place.cli.run({QStringLiteral("--json"), QStringLiteral("edit"), id,
                                                QStringLiteral("do it"), QStringLiteral("--model"), model});
        QCOMPARE(edited.exitCode == 0, state == QLatin1String("green"));
        QCOMPARE(place.cli.run({QStringLiteral("cat"), id, QStringLiteral("src/App.tsx")}).out,
                 (content.isEmpty() ? good : content).toUtf8());
        const QByteArray page = place.cli.run({QStringLiteral("fetch"), id, QStringLiteral("/app.js")}).out;
        QVERIFY2(page.contains(content.isEmpty() ? "Tides" : "Ebb"), page.left(500).constData());
        const auto store = place.store();
        const QByteArray chat = store->conversation().list(AppId{id})->last().content;
        QVERIFY2(chat.contains(said.toUtf8()), chat.right(4000).constData());
    }

    void modelFailureSaysWhatToDo()
    {
        Place place;
        const Server server(place.dir.path(), {QJsonObject{{QStringLiteral("status"), 401}}});
        const QJsonObject app = place.make(server.openAi());
        const QString words = app.value(QLatin1String("error")).toObject().value(QLatin1String("text")).toString();
        QVERIFY2(words.contains(QStringLiteral("key")), qPrintable(words));
        auto store = place.store();
        const auto messages = store->conversation().list(store->apps().list()->first().id);
        QVERIFY(messages->last().content.contains("notice"));
        QCOMPARE(messages->last().state, QStringLiteral("failed"));
    }

    void killedTurnIsKept_data()
    {
        QTest::addColumn<int>("milliseconds"); // after the first file was seen in the store
        for (const int ms : {0, 40, 150, 300, 700})
            QTest::newRow(QByteArray::number(ms).constData()) << ms;
    }
    void killedTurnIsKept()
    {
        QFETCH(int, milliseconds);
        Place place;
        QString words;
        for (int i = 0; i < 1000; ++i)
            words += QStringLiteral("%1 ").arg(i, 3, 10, QLatin1Char('0')); // one token each
        const Server server(place.dir.path(), {turn({write(QStringLiteral("src/App.tsx"), good), text(words)})}, 200);
        const auto process = place.cli.start(
            {QStringLiteral("new"), QStringLiteral("a tide table"), QStringLiteral("--model"), server.openAi()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place.cli.data() + QStringLiteral("/flotilla.db")), 20'000);
        {
            auto store = place.store();
            QTRY_COMPARE_WITH_TIMEOUT(store->apps().list()->size(), 1, 20'000);
            const AppId app = store->apps().list()->first().id;
            QTRY_COMPARE_WITH_TIMEOUT(store->versions().workingFiles(app)->size(), 1, 20'000);
        }
        QTest::qWait(milliseconds);
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        process->waitForFinished();
        auto store = place.store();
        const AppId app = store->apps().list()->first().id;
        QCOMPARE(place.cli.run({QStringLiteral("files"), app.value}).exitCode, 0); // recovers
        QVERIFY(store->conversation().streaming()->isEmpty());
        const auto version = store->versions().get(app, 0);
        QVERIFY(version.ok());
        QCOMPARE(version->state, QStringLiteral("stopped"));
        QCOMPARE(store->versions().files(app, 0)->value(QStringLiteral("src/App.tsx")), good.toUtf8());
        const auto last = store->conversation().list(app)->last();
        QCOMPARE(last.state, QStringLiteral("interrupted"));
        if (milliseconds >= 700) // at 200 tokens/s; half a second of them may be missing
            QVERIFY2(last.content.contains("030 "), last.content.left(400).constData());
    }
};

QTEST_GUILESS_MAIN(TestTurn)
#include "tst_turn.moc"
