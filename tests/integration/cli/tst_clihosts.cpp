// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl with hosts and the board: a real sshd, real sandboxes on both sides, the sampler.
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Flotilla::Test;

namespace {

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

QJsonArray array(const CliResult &result)
{
    return result.json().array();
}

QStringList column(const QJsonArray &rows, const char *key)
{
    QStringList values;
    for (const QJsonValue &row : rows)
        values.append(row[QLatin1String(key)].toString());
    return values;
}

QString missing(const QJsonObject &object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        if (!object.contains(QLatin1String(key)))
            return QLatin1String(key);
    }
    return {};
}

} // namespace

class TestCliHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<SshServer>(m_dir.filePath(QStringLiteral("sshd")));
        NEED_PEER(SshServer::reasonToSkip());
        QVERIFY(startServer());
        QVERIFY(QDir().mkpath(runtimeDir()));
        m_cli.setEnvironment(QStringLiteral("FLOTILLA_SSH_CONFIG"), m_server->configFile());
        m_cli.setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), runtimeDir());
        VERIFY_RUN(m_cli.run({"hosts", "add", "Box", "--ssh", "box", "--capacity", "50"}));
        m_app = make({});
    }

    void cleanupTestCase()
    {
        m_cli.run({"stop", "--all"});
        for (const QString &folder : remoteRuntimes())
            QDir(folder).removeRecursively();
        m_server.reset();
    }

    void hostsAreListedWithTheirFigures()
    {
        const CliResult listed = m_cli.run({"--json", "hosts"});
        VERIFY_RUN(listed);
        const QJsonArray hosts = array(listed);
        QCOMPARE(column(hosts, "host"), QStringList({"local", "box"}));
        QCOMPARE(column(hosts, "state"), QStringList({"ready", "ready"}));
        const QJsonObject box = hosts.at(1).toObject();
        QCOMPARE(missing(box, {"label", "target", "text", "unreachable_since", "backend", "engine", "pooled",
                               "draining", "capacity", "cpus", "load", "memory_used", "memory_total", "sandboxes"}),
                 QString());
        QCOMPARE(box["label"].toString(), QStringLiteral("Box"));
        QCOMPARE(box["capacity"].toInt(), 50);
        QVERIFY(box["memory_total"].toDouble() > 1e8);
        QVERIFY(box["cpus"].toInt() > 0);
        QVERIFY(m_cli.run({"hosts"}).out.contains("box"));
    }

    void everyStepOfATestIsTold()
    {
        const CliResult tested = m_cli.run({"--json", "hosts", "test", "box"});
        VERIFY_RUN(tested);
        const QStringList steps{"resolve", "connect", "host-key", "authenticate", "agent", "engine", "sandbox"};
        QCOMPARE(column(array(tested), "step"), steps);
        QCOMPARE(column(array(tested), "state"), QStringList("ok").fill(QStringLiteral("ok"), steps.size()));
        const CliResult shown = m_cli.run({"hosts", "test", "box"});
        QCOMPARE(("\n" + shown.out).count("\nok "), steps.size());
    }

    void aTestEndsAtTheStepThatFailsWithARemedy()
    {
        const CliResult tested = m_cli.run({"--json", "hosts", "test", "nowhere", "--ssh", "root@127.0.0.1:1"});
        QCOMPARE(tested.exitCode, 1);
        const QStringList states = column(array(tested), "state");
        QCOMPARE(states.count(QStringLiteral("failed")), 1);
        const qsizetype failed = states.indexOf(QStringLiteral("failed"));
        QVERIFY(!array(tested).at(failed)["remedy"].toString().isEmpty());
        QCOMPARE(states.count(QStringLiteral("skipped")), states.size() - failed - 1);
        const CliResult unknown = m_cli.run({"--json", "hosts", "test", "nowhere", "--ssh", "root@no-such.invalid"});
        QCOMPARE(column(array(unknown), "state").indexOf(QStringLiteral("failed")),
                 0); // while it looks for the address
        const CliResult shown = m_cli.run({"hosts", "test", "nowhere", "--ssh", "root@127.0.0.1:1"});
        QCOMPARE(shown.exitCode, 1);
        QVERIFY2(shown.out.contains("failed"), shown.out.constData());
    }

    void aHostThatCannotBeReachedIsListedWithTheReason()
    {
        VERIFY_RUN(m_cli.run({"hosts", "add", "gone", "--ssh", "root@127.0.0.1:1", "--no-pool"}));
        const CliResult listed = m_cli.run({"--json", "hosts"});
        VERIFY_RUN(listed);
        const QJsonObject gone = array(listed).at(2).toObject();
        QCOMPARE(gone["state"].toString(), QStringLiteral("unreachable"));
        QVERIFY(!gone["text"].toString().isEmpty());
        QCOMPARE(gone["pooled"].toBool(true), false);
        const CliResult made = m_cli.run({"--json", "new", "a quiz about moss", "--host", "gone"});
        QCOMPARE(made.exitCode, 1);
        VERIFY_RUN(m_cli.run({"hosts", "rm", "gone"}));
        QCOMPARE(array(m_cli.run({"--json", "hosts"})).size(), 2);
    }

    void anAppIsMadeOnAHost()
    {
        const QString app = make({"--host", "box", "--backend", "bubblewrap"});
        const CliResult there = m_cli.run({"--json", "ps", "--host", "box"});
        VERIFY_RUN(there);
        QCOMPARE(column(array(there), "app"), QStringList(app));
        QCOMPARE(column(array(there), "backend"), QStringList(QStringLiteral("bubblewrap")));
        QVERIFY(m_cli.run({"fetch", app}).out.contains("<script"));
        QVERIFY(!column(array(m_cli.run({"--json", "ps", "--host", "local"})), "app").contains(app));
        const CliResult removed = m_cli.run({"hosts", "rm", "box"});
        QCOMPARE(removed.exitCode, 1);
        QVERIFY2(removed.err.contains("An app runs there: "), removed.err.constData());
        VERIFY_RUN(m_cli.run({"rm", app}));
        QVERIFY(array(m_cli.run({"--json", "ps", "--host", "box"})).isEmpty());
    }

    void anAppMovesWithItsData()
    {
        VERIFY_RUN(m_cli.run({"exec", m_app, "--", "sh", "-c", "echo kept > /data/note"}));
        for (const char *host : {"box", "local"}) {
            const CliResult moved = m_cli.run({"--json", "move", m_app, "--host", host});
            VERIFY_RUN(moved);
            QCOMPARE(moved.json()["host"].toString(), QLatin1String(host));
            QCOMPARE(column(array(m_cli.run({"--json", "ps", "--host", host})), "app"), QStringList(m_app));
            QCOMPARE(m_cli.run({"exec", m_app, "--", "cat", "/data/note"}).out, QByteArray("kept\n"));
            const bool here = QFile::exists(m_cli.data() + QStringLiteral("/appdata/%1/note").arg(m_app));
            QCOMPARE(here, qstrcmp(host, "local") == 0); // one copy, where it runs
            QVERIFY(m_cli.run({"fetch", m_app}).out.contains("<script"));
        }
    }

    void whatIsRunningIsSaidToRun()
    {
        VERIFY_RUN(m_cli.run({"fetch", m_app}));
        QVERIFY(m_cli.run({"--json", "show", m_app}).json()["running"].toBool());
        VERIFY_RUN(m_cli.run({"stop", m_app}));
        QVERIFY(!m_cli.run({"--json", "show", m_app}).json()["running"].toBool(true));
        VERIFY_RUN(m_cli.run({"fetch", m_app}));
    }

    void unusualWordsAreRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const QStringList &words, const char *sentence) {
            QTest::newRow(qPrintable(words.join(QLatin1Char(' ')).simplified().left(60)))
                << words << QByteArray(sentence);
        };
        row({"rm", ""}, "Name an app");
        row({"stop", ""}, "Name an app");
        row({"label", "APP", "a\033[31m"}, "none that cannot be seen");
        row({"label", "APP", QString(300, QLatin1Char('x'))}, "A label has at most");
        row({"label", "APP", "  "}, "A label needs");
        row({"stop", "--selector", "host:nowhere"}, "There is no host \"nowhere\"");
        row({"stop", "--selector", "colour:red"}, "cannot be selected by");
        row({"move", "APP", "--host", "box", "--backend", "qemu"}, "is not bubblewrap, podman or docker");
        row({"ps", "--host", "nowhere"}, "There is no host \"nowhere\"");
        row({"fork", "APP", "-n", "0"}, "is not a number from 1 to 1000");
        row({"hosts", "add", QString::fromUtf8("\u65e5\u672c"), "--ssh", "box"}, "letters from a to z");
    }
    void unusualWordsAreRefused()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, sentence);
        words.replaceInStrings(QRegularExpression(QStringLiteral("^APP$")), m_app);
        const QJsonArray before = array(m_cli.run({"--json", "apps"}));
        const CliResult refused = m_cli.run(words);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains(sentence), refused.err);
        QVERIFY(!refused.err.contains('\033'));
        QCOMPARE(column(array(m_cli.run({"--json", "apps"})), "app"), column(before, "app"));
    }

    void aSelectorThatFitsNothingDoesNothing()
    {
        const CliResult none = m_cli.run({"stop", "--selector", "label:none"});
        VERIFY_RUN(none);
        QVERIFY2(none.out.startsWith("Nothing to do"), none.out);
    }

    void aDrainedHostIsSaidBeforeAModelIsAsked()
    {
        const qsizetype before = array(m_cli.run({"--json", "apps"})).size();
        VERIFY_RUN(m_cli.run({"hosts", "drain", "box"}));
        const CliResult refused = m_cli.run({"new", "a quiz about moss", "--model", "sampler", "--host", "box"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("hosts undrain box"), refused.err);
        QCOMPARE(array(m_cli.run({"--json", "apps"})).size(), before);
        VERIFY_RUN(m_cli.run({"hosts", "undrain", "box"}));
    }

    void aSnapshotOutlivesTheRuntimeFolder()
    {
        VERIFY_RUN(m_cli.run({"exec", m_app, "--", "sh", "-c", "echo then > /data/note"}));
        const CliResult taken = m_cli.run({"--json", "snapshot", m_app, "--label", "before"});
        VERIFY_RUN(taken);
        const QJsonObject info = taken.json().object();
        QCOMPARE(missing(info, {"snapshot", "app", "host", "backend", "label", "bytes", "created"}), QString());
        const QString id = info["snapshot"].toString();
        QVERIFY(QFile::exists(m_cli.data() + QStringLiteral("/snapshots/") + id));
        VERIFY_RUN(m_cli.run({"exec", m_app, "--", "sh", "-c", "echo now > /data/note"}));
        VERIFY_RUN(m_cli.run({"stop", m_app}));
        QVERIFY(QDir(runtimeDir() + QStringLiteral("/flotilla")).removeRecursively()); // as a restart does
        QCOMPARE(column(array(m_cli.run({"--json", "snapshots", m_app})), "snapshot"), QStringList(id));
        const CliResult forked = m_cli.run({"--json", "fork", id, "-n", "2"});
        VERIFY_RUN(forked);
        QCOMPARE(array(forked).size(), 2);
        for (const QString &fork : column(array(forked), "app")) {
            const QStringList kinds = column(array(m_cli.run({"--json", "events", fork})), "kind");
            QVERIFY(kinds.contains(QStringLiteral("created"))); // also what happened right before the program ended
            QCOMPARE(m_cli.run({"exec", fork, "--", "cat", "/data/note"}).out, QByteArray("then\n"));
            VERIFY_RUN(m_cli.run({"rm", fork}));
        }
        QCOMPARE(m_cli.run({"exec", m_app, "--", "cat", "/data/note"}).out, QByteArray("now\n"));
        QVERIFY(QDir(m_cli.data() + QStringLiteral("/snapshots/") + id).removeRecursively());
        const qsizetype apps = array(m_cli.run({"--json", "apps"})).size();
        const CliResult gone = m_cli.run({"fork", id, "-n", "3"});
        QCOMPARE(gone.exitCode, 1);
        QVERIFY2(gone.err.contains("snapshot that was asked for is not on"), gone.err);
        QCOMPARE(array(m_cli.run({"--json", "apps"})).size(), apps); // no empty copies
    }

    void whatWasLostOnAHostIsRebuiltWhenItIsViewed_data()
    {
        QTest::addColumn<bool>("rebooted");
        QTest::newRow("the sandbox and its folder are gone") << false;
        QTest::newRow("the host was started anew") << true;
    }
    void whatWasLostOnAHostIsRebuiltWhenItIsViewed()
    {
        QFETCH(bool, rebooted);
        const QString app = make({"--host", "box"});
        VERIFY_RUN(m_cli.run({"exec", app, "--", "sh", "-c", "echo kept > /data/note"}));
        const auto serve = m_cli.start({"--json", "serve"}); // a program that is connected meanwhile
        QTRY_VERIFY_WITH_TIMEOUT(serve->canReadLine(), 20'000);
        QVERIFY(m_cli.run({"fetch", app}).out.contains("<script"));
        const QString before = sandboxOf(app);
        QVERIFY(loseSandbox(before));
        if (rebooted) {
            m_server->stop(); // and with it every connection
            QVERIFY(startServer());
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_cli.run({"fetch", app}).out.contains("<script"), 60'000);
        const QByteArray stored = m_cli.run({"cat", app, "src/App.tsx"}).out;
        QVERIFY(!stored.isEmpty());
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "src/App.tsx"}).out, stored);
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "/data/note"}).out, QByteArray("kept\n"));
        const QString after = sandboxOf(app);
        QVERIFY(!after.isEmpty() && after != before);
        serve->terminate();
        QVERIFY(serve->waitForFinished(10'000));
        VERIFY_RUN(m_cli.run({"rm", app}));
    }

    void whatIsOnAHostThatIsAwayIsSaidAndEndsLater()
    {
        const QString app = make({"--host", "box"});
        VERIFY_RUN(m_cli.run({"exec", app, "--", "sh", "-c", "echo kept > /data/note"}));
        m_server->stop();
        for (const QStringList &command : {QStringList{"exec", app, "--", "true"},
                                           {"logs", app},
                                           {"snapshot", app},
                                           {"fetch", app},
                                           {"stop", app}}) {
            const CliResult refused = m_cli.run(command);
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("Box refused the connection"), refused.err.constData());
        }
        const CliResult removed = m_cli.run({"rm", app});
        QCOMPARE(removed.exitCode, 1);
        QVERIFY2(removed.err.contains("is deleted. Its sandbox and data go when"), removed.err.constData());
        QVERIFY(!column(array(m_cli.run({"--json", "apps"})), "app").contains(app));
        QCOMPARE(column(array(m_cli.run({"--json", "ps", "--host", "box"})), "state"), QStringList("stopping"));
        QVERIFY(startServer());
        QTRY_VERIFY_WITH_TIMEOUT(array(m_cli.run({"--json", "ps", "--host", "box"})).isEmpty(), 60'000);
        QDirIterator left(m_dir.path(), {app}, QDir::Dirs, QDirIterator::Subdirectories);
        QVERIFY2(!left.hasNext(), qPrintable(left.filePath()));
    }

    void anAppIsForkedAsItIs()
    {
        const qsizetype before = array(m_cli.run({"--json", "snapshots"})).size();
        const CliResult forked = m_cli.run({"--json", "fork", m_app});
        VERIFY_RUN(forked);
        QCOMPARE(array(forked).size(), 1);
        const QJsonObject fork = array(forked).first().toObject();
        QVERIFY(fork["url"].toString().startsWith(QLatin1String("http://")));
        const QString id = fork["app"].toString();
        QVERIFY(m_cli.run({"fetch", id}).out.contains("<script"));
        QCOMPARE(m_cli.run({"cat", id, "src/App.tsx"}).out, m_cli.run({"cat", m_app, "src/App.tsx"}).out);
        QCOMPARE(array(m_cli.run({"--json", "snapshots"})).size(), before); // its own one is gone
        VERIFY_RUN(m_cli.run({"rm", id}));
    }

    void statsMeasureWhatRuns()
    {
        VERIFY_RUN(m_cli.run({"fetch", m_app}));
        const CliResult measured = m_cli.run({"--json", "stats", m_app});
        VERIFY_RUN(measured);
        QCOMPARE(array(measured).size(), 1);
        const QJsonObject row = array(measured).first().toObject();
        QCOMPARE(row["app"].toString(), m_app);
        QCOMPARE(missing(row, {"title", "version", "labels", "sandbox", "host", "backend", "state", "reason"}),
                 QString());
        QVERIFY2(row["cpu_percent"].isDouble(), measured.out.constData());
        QVERIFY(row["memory_bytes"].toDouble() > 100'000);
        QVERIFY(row["processes"].toInt() > 0);
    }

    void labelsChooseApps()
    {
        const QString other = make({});
        VERIFY_RUN(m_cli.run({"label", other, "demo"}));
        QCOMPARE(column(array(m_cli.run({"--json", "ps", "--label", "demo"})), "app"), QStringList(other));
        QVERIFY(array(m_cli.run({"--json", "ps", "--label", "nothing"})).isEmpty());
        QVERIFY(array(m_cli.run({"--json", "ps", "--state", "failed"})).isEmpty());
        QVERIFY(column(array(m_cli.run({"--json", "ps", "--state", "running"})), "app").contains(other));
        const CliResult stopped = m_cli.run({"--json", "stop", "--selector", "label:demo host:local"});
        VERIFY_RUN(stopped);
        QCOMPARE(stopped.json()["stopped"].toInt(), 1);
        QCOMPARE(stopped.json()["items"].toArray().first()["app"].toString(), other);
        QVERIFY(!column(array(m_cli.run({"--json", "ps"})), "app").contains(other));
        VERIFY_RUN(m_cli.run({"label", other, "demo", "--remove"}));
        QVERIFY(array(m_cli.run({"--json", "ps", "--label", "demo"})).isEmpty());
        VERIFY_RUN(m_cli.run({"rm", other}));
    }

    void eventsAreListedAndFollowed()
    {
        const CliResult listed = m_cli.run({"--json", "events", m_app});
        VERIFY_RUN(listed);
        QVERIFY(column(array(listed), "kind").contains(QStringLiteral("snapshot")));
        QCOMPARE(missing(array(listed).first().toObject(), {"id", "time", "host", "app", "sandbox", "kind", "text"}),
                 QString());
        auto follower = m_cli.start({"--json", "events", "--follow"});
        QVERIFY(follower->waitForStarted());
        QByteArray seen;
        QTRY_VERIFY_WITH_TIMEOUT((m_cli.run({"snapshot", m_app}), seen += follower->readAll(), seen.contains('\n')),
                                 30'000);
        const QJsonObject event = QJsonDocument::fromJson(seen.left(seen.indexOf('\n'))).object();
        QCOMPARE(event["kind"].toString(), QStringLiteral("snapshot"));
        QCOMPARE(event["app"].toString(), m_app);
        follower->terminate();
        QVERIFY(follower->waitForFinished(10'000));
        QCOMPARE(follower->exitCode(), 0);
    }

    void aHostIsDrained()
    {
        const QString app = make({"--host", "box"});
        const CliResult drained = m_cli.run({"--json", "hosts", "drain", "box"});
        VERIFY_RUN(drained);
        QVERIFY2(drained.json()["items"].toArray().first()["ok"].toBool(), drained.out.constData());
        QVERIFY(array(m_cli.run({"--json", "ps", "--host", "box"})).isEmpty());
        const CliResult refused = m_cli.run({"fetch", app}); // it names this host: it sleeps until the host is back
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("being drained"), refused.err.constData());
        QCOMPARE(array(m_cli.run({"--json", "hosts"})).at(1)["draining"].toBool(), true);
        VERIFY_RUN(m_cli.run({"hosts", "undrain", "box"}));
        QCOMPARE(array(m_cli.run({"--json", "hosts"})).at(1)["draining"].toBool(true), false);
        QVERIFY(m_cli.run({"fetch", app}).out.contains("<script"));
        VERIFY_RUN(m_cli.run({"rm", app}));
    }

    void aFreshProgramConnectsThePoolFirst()
    {
        VERIFY_RUN(m_cli.run({"hosts", "add", "gone", "--ssh", "root@127.0.0.1:1"}));
        VERIFY_RUN(m_cli.run({"hosts", "drain", "local"})); // so that only the other one can take it
        const CliResult made = m_cli.run({"new", "a quiz about moss", "--host", "any"});
        VERIFY_RUN(made);
        QVERIFY2(made.err.contains("gone is left out"), made.err.constData());
        const QJsonArray there = array(m_cli.run({"--json", "ps", "--host", "box"}));
        QCOMPARE(there.size(), 1);
        VERIFY_RUN(m_cli.run({"hosts", "rm", "gone"}));
        VERIFY_RUN(m_cli.run({"hosts", "undrain", "local"}));
        VERIFY_RUN(m_cli.run({"rm", there.first()["app"].toString()}));
    }

    /// As somebody adds a machine by its alias and by its address.
    void twoNamesOfOneMachineLeaveEachOthersSandboxesAlone()
    {
        const QString app = make({"--host", "box"});
        VERIFY_RUN(m_cli.run({"exec", app, "--", "sh", "-c", "echo mine > /data/note"}));
        VERIFY_RUN(m_cli.run({"hosts", "add", "twin", "--ssh", "box"}));
        VERIFY_RUN(m_cli.run({"hosts"})); // connects to both
        QCOMPARE(array(m_cli.run({"--json", "ps", "--host", "box"})).size(), 1);
        const QByteArray mine("mine\n");
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "/data/note"}).out, mine);
        VERIFY_RUN(m_cli.run({"move", app, "--host", "twin"}));
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "/data/note"}).out, mine);
        VERIFY_RUN(m_cli.run({"hosts", "rm", "twin", "--stop-apps"}));
        QVERIFY(m_cli.run({"fetch", app}).out.contains("<script"));
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "/data/note"}).out, mine);
        VERIFY_RUN(m_cli.run({"rm", app}));
    }

    void aNameThatIsNoneIsToldAsItIs()
    {
        const CliResult added = m_cli.run({"hosts", "add", "a b", "--ssh", "root@127.0.0.1:1"});
        VERIFY_RUN(added);
        QVERIFY2(added.err.contains("called a-b here"), added.err);
        QVERIFY2(added.out.contains("a-b is added"), added.out);
        VERIFY_RUN(m_cli.run({"hosts", "rm", "a b"}));
        const CliResult again = m_cli.run({"--json", "hosts", "add", "a b", "--ssh", "root@127.0.0.1:1"});
        VERIFY_RUN(again);
        QCOMPARE(again.json().object()["host"].toString(), QStringLiteral("a-b"));
        QCOMPARE(again.json().object()["label"].toString(), QStringLiteral("a b"));
        VERIFY_RUN(m_cli.run({"hosts", "rm", "a-b"}));
        const CliResult plain = m_cli.run({"hosts", "add", "plain", "--ssh", "root@127.0.0.1:1"});
        VERIFY_RUN(plain);
        QCOMPARE(plain.err, QByteArray());
        VERIFY_RUN(m_cli.run({"hosts", "rm", "plain"}));
    }

    void mistakesAreExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const QStringList &arguments, const char *words) {
            QTest::newRow(name) << arguments << QByteArray(words);
        };
        row("verb", {"hosts", "paint", "box"}, "use add, set, test, rm, drain or undrain");
        row("no name", {"hosts", "add"}, "flotillactl hosts");
        row("twice", {"hosts", "add", "box"}, "already");
        row("name", {"hosts", "add", "any", "--ssh", "box"}, "cannot be \"any\"");
        row("target", {"hosts", "add", "new", "--ssh", "-oProxyCommand=x"}, "\"-oProxyCommand=x\" cannot be");
        row("target shell", {"hosts", "add", "new", "--ssh", "x;y"}, "\"x;y\" cannot be the SSH target");
        row("target empty", {"hosts", "add", "new", "--ssh", ""}, "Say where the host is");
        row("target tested", {"hosts", "test", "new", "--ssh", "x;y"}, "\"x;y\" cannot be the SSH target");
        row("backend", {"hosts", "add", "new", "--ssh", "box", "--backend", "vmware"}, "bubblewrap, podman or docker");
        row("capacity", {"hosts", "add", "new", "--ssh", "box", "--capacity", "many"}, "not a number");
        row("rm", {"hosts", "rm", "nope"}, "no host \"nope\"");
        row("rm local", {"hosts", "rm", "local"}, "cannot be removed");
        row("drain", {"hosts", "drain", "nope"}, "no host \"nope\"");
        row("new host", {"new", "x", "--host", "nope"}, "no host \"nope\"");
        row("new backend", {"new", "x", "--backend", "vmware"}, "not bubblewrap, podman or docker");
        row("move", {"move", m_app}, "Say where to");
        row("move where", {"move", m_app, "--host", "nope"}, "no host \"nope\"");
        row("move what", {"move", "nope", "--host", "box"}, "no app");
        row("ps host", {"ps", "--host", "nope"}, "no host \"nope\"");
        row("ps state", {"ps", "--state", "sideways"}, "\"sideways\" is no state");
        row("snapshot", {"snapshot", "nope"}, "no app");
        row("fork", {"fork", "nope"}, "no app");
        row("fork none", {"fork", m_app, "-n", "0"}, "from 1 to 1000");
        row("fork words", {"fork", m_app, "-n", "two"}, "from 1 to 1000");
        row("stats", {"stats", "nope"}, "no app");
        row("events", {"events", "nope"}, "no app");
        row("label", {"label", "nope", "x"}, "no app");
        row("label name", {"label", m_app, ""}, "abel");
        row("selector", {"stop", "--selector", "colour:red"}, "cannot be selected by");
        row("selector state", {"stop", "--selector", "state:sideways"}, "\"sideways\" is no state");
        row("selector empty", {"stop", "--selector", " "}, "chooses nothing");
        row("stop both", {"stop", m_app, "--all"}, "Name one app, --all or --selector");
    }
    void mistakesAreExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const CliResult result = m_cli.run(arguments);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains(words), result.err.constData());
        const CliResult json = m_cli.run(QStringList{"--json"} + arguments);
        QCOMPARE(json.exitCode, 1);
        QVERIFY2(json.json()["error"].toObject().contains(QLatin1String("text")), json.out.constData());
    }

    void aHostIsRemovedWithItsApps()
    {
        const QString app = make({"--host", "box"});
        VERIFY_RUN(m_cli.run({"exec", app, "--", "sh", "-c", "echo kept > /data/note"}));
        const QString stored = m_dir.filePath(QStringLiteral("far/data/flotilla"));
        const auto notes = [&app](const QString &folder) { // snapshots of other tests have theirs
            QStringList paths;
            for (QDirIterator all(folder, {QStringLiteral("note")}, QDir::Files, QDirIterator::Subdirectories);
                 all.hasNext();)
                paths.append(all.next());
            return paths.filter(app);
        };
        QCOMPARE(notes(stored).size(), 1);
        VERIFY_RUN(m_cli.run({"hosts", "rm", "box", "--stop-apps"}));
        QCOMPARE(notes(stored), QStringList());
        QCOMPARE(column(array(m_cli.run({"--json", "hosts"})), "host"), QStringList(QStringLiteral("local")));
        QVERIFY(m_cli.run({"fetch", app}).out.contains("<script")); // here now
        QCOMPARE(m_cli.run({"exec", app, "--", "cat", "/data/note"}).out, QByteArray("kept\n"));
    }

private:
    bool startServer()
    {
        const QString far = m_dir.filePath(QStringLiteral("far"));
        m_server->setEnvironment(
            {QStringLiteral("XDG_DATA_HOME=%1/data").arg(far), QStringLiteral("XDG_CACHE_HOME=%1/cache").arg(far)});
        return m_server->start();
    }

    /// On the host; named like what stays there.
    QStringList remoteRuntimes() const
    {
        QStringList folders;
        const QStringList ours = QDir(m_dir.filePath(QStringLiteral("far/data/flotilla"))).entryList({}, QDir::Dirs);
        for (const QString &name : ours) {
            if (name.startsWith(QLatin1String("flotilla-")))
                folders.append(QStringLiteral("/tmp/") + name);
        }
        return folders;
    }

    QString sandboxOf(const QString &app)
    {
        for (const QJsonValue &row : array(m_cli.run({"--json", "ps", "--host", "box"}))) {
            if (row["app"].toString() == app)
                return row["sandbox"].toString();
        }
        return {};
    }

    /// What a restart takes: its processes and the runtime folder. False when there was no such sandbox.
    bool loseSandbox(const QString &sandbox)
    {
        bool killed = false;
        for (const QString &folder : remoteRuntimes()) {
            QFile label(folder + QStringLiteral("/sb/") + sandbox + QStringLiteral("/label.json"));
            if (sandbox.isEmpty() || !label.open(QIODevice::ReadOnly))
                continue;
            const qint64 pid = QJsonDocument::fromJson(label.readAll())["pid"].toInteger();
            killed = pid > 1 && ::kill(pid_t(pid), SIGKILL) == 0;
            QDir(folder).removeRecursively();
        }
        return killed;
    }

    QString runtimeDir() const { return m_dir.filePath(QStringLiteral("run")); }

    QString make(const QStringList &options)
    {
        const CliResult made = m_cli.run(QStringList{"--json", "new", "a habit tracker with a weekly chart"} + options);
        if (made.exitCode != 0)
            qWarning("%s%s", made.out.constData(), made.err.constData());
        return made.json()["app"].toString();
    }

    QTemporaryDir m_dir{QStringLiteral("/tmp/flotilla-clih-XXXXXX")};
    std::unique_ptr<SshServer> m_server;
    Cli m_cli;
    QString m_app;
};

QTEST_GUILESS_MAIN(TestCliHosts)
#include "tst_clihosts.moc"
