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
