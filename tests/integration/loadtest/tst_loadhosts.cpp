// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl loadtest over this computer and a host that is a real sshd on the loopback, with each kind of sandbox
// there: what is counted where, a death, a cancel, a host that goes away in the middle.
#include "app/application/application.h"
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "tests/support/systemcount.h"
#include "tests/support/testengine.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Flotilla;
using Test::CliResult;

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

namespace {

constexpr int patience = 120'000;

QStringList loadtest(const char *count, QStringList more = {})
{
    return QStringList{QStringLiteral("--json"), QStringLiteral("loadtest"), QStringLiteral("--count"),
                       QLatin1String(count),     QStringLiteral("--host"),   QStringLiteral("local,box")} +
           more;
}

int number(const QJsonObject &object, const char *name)
{
    return object[QLatin1String(name)].toInt();
}

int sumOf(const QJsonObject &s)
{
    return number(s, "live") + number(s, "failed") + number(s, "partial") + number(s, "cancelled");
}

QJsonObject hostOf(const QJsonObject &s, const char *host)
{
    return s[QLatin1String("hosts")].toObject()[QLatin1String(host)].toObject();
}

/// This computer with bubblewrap, and "box" with another kind of sandbox or the same; one store for both.
class Rig
{
public:
    explicit Rig(const QString &backend)
        : m_backend(backend)
    {
        if (backend == QLatin1String("podman"))
            m_engine = std::make_unique<TestEngine>(ContainerEngine::Kind::Podman);
        else if (backend == QLatin1String("docker"))
            m_engine = std::make_unique<TestEngine>(ContainerEngine::Kind::Docker);
    }
    ~Rig()
    {
        cli.run({"stop", "--all"});
        const QStringList containers = m_engine ? sandboxesThere() : QStringList();
        for (const QString &id : containers)
            m_engine->cli({"rm", "-f", id});
        for (const QString &name : installations()) // the runtime folder on the host is named like the one that stays
            QDir(QStringLiteral("/tmp/") + name).removeRecursively();
    }

    QString start() ///< why it cannot start here; empty when it did
    {
        if (m_engine && !m_engine->start())
            return m_engine->problem();
        if (!startServer())
            return QStringLiteral("sshd does not start: ") + Test::SshServer::reasonToSkip();
        QDir().mkpath(m_dir.filePath(QStringLiteral("run")));
        cli.setEnvironment(QStringLiteral("FLOTILLA_SSH_CONFIG"), m_server.configFile());
        cli.setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), m_dir.filePath(QStringLiteral("run")));
        const CliResult added = cli.run({"hosts", "add", "Box", "--ssh", "box", "--backend", m_backend});
        return added.exitCode == 0 ? QString() : QString::fromUtf8(added.err);
    }
    bool startServer()
    {
        const QString far = m_dir.filePath(QStringLiteral("far"));
        QStringList environment{QStringLiteral("XDG_DATA_HOME=%1/data").arg(far),
                                QStringLiteral("XDG_CACHE_HOME=%1/cache").arg(far)};
        if (m_engine)
            environment.append(QStringLiteral("DOCKER_HOST=unix://") + m_engine->socket());
        m_server.setEnvironment(environment);
        return m_server.start();
    }
    void stopServer() { m_server.stop(); }

    /// What runs on the host, as its engine or its folder tells.
    QStringList sandboxesThere()
    {
        if (m_engine)
            return QString::fromUtf8(m_engine->cli({"ps", "-aq"})).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QStringList names;
        for (const QString &name : installations())
            names += QDir(QStringLiteral("/tmp/%1/sb").arg(name)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        return names;
    }
    bool killOneThere()
    {
        const QStringList all = sandboxesThere();
        if (all.isEmpty())
            return false;
        if (m_engine)
            return m_engine->cli({"kill", all.constFirst()}).trimmed().startsWith(all.constFirst().toUtf8());
        QFile label(QStringLiteral("/tmp/%1/sb/%2/label.json").arg(installations().value(0), all.constFirst()));
        const bool read = label.open(QIODevice::ReadOnly);
        const qint64 pid = QJsonDocument::fromJson(label.readAll())[QLatin1String("pid")].toInteger();
        return read && pid > 1 && ::kill(pid_t(pid), SIGKILL) == 0;
    }
    /// Of both hosts; at once.
    QString left()
    {
        QStringList all;
        const QDir here(m_dir.filePath(QStringLiteral("run/flotilla")));
        for (const QString &name : here.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            all.append(Test::SystemCount::of(cli.data(), here.filePath(name)).text());
        for (const QString &name : installations()) {
            const QString data = m_dir.filePath(QStringLiteral("far/data/flotilla/")) + name;
            for (const char *below : {"", "/podman", "/docker"})
                all.append(Test::SystemCount::of(data, QStringLiteral("/tmp/") + name + QLatin1String(below)).text());
        }
        if (m_engine && !sandboxesThere().isEmpty())
            all.append(QStringLiteral("containers ") + sandboxesThere().join(QLatin1Char(' ')));
        all.removeAll(QString());
        return all.join(QStringLiteral("; "));
    }

private:
    QStringList installations() const
    {
        return QDir(m_dir.filePath(QStringLiteral("far/data/flotilla")))
            .entryList({QStringLiteral("flotilla-*")}, QDir::Dirs);
    }

    QString m_backend;
    QTemporaryDir m_dir{QStringLiteral("/tmp/flotilla-lh-XXXXXX")};
    std::unique_ptr<TestEngine> m_engine;
    Test::SshServer m_server{m_dir.filePath(QStringLiteral("sshd"))};

public:
    Test::Cli cli; // stops what it started while the rest is still there
};

} // namespace

class TestLoadHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("backend");
        for (const char *backend : {"bubblewrap", "podman", "docker"})
            QTest::newRow(backend) << QString::fromLatin1(backend);
    }

    void init()
    {
        QFETCH_GLOBAL(QString, backend);
        m_rig = std::make_unique<Rig>(backend);
        NEED_PEER(m_rig->start());
    }

    void cleanup() { m_rig.reset(); }

    void eachHostIsCountedForItself()
    {
        QTemporaryDir report;
        const CliResult ran = m_rig->cli.run(loadtest("40", {"--report", report.path()}), {}, patience);
        VERIFY_RUN(ran);
        const QJsonObject s = ran.json().object();
        QCOMPARE(number(s, "live"), 40);
        for (const char *host : {"local", "box"}) {
            const QJsonObject figures = hostOf(s, host);
            QCOMPARE(number(figures, "apps"), 20);
            QCOMPARE(number(figures, "live"), 20);
            QCOMPARE(number(figures, "count"), 20);
            QVERIFY(figures[QLatin1String("p95")].toDouble() >= figures[QLatin1String("p50")].toDouble());
        }
        QFile hosts(report.filePath(QStringLiteral("hosts.csv")));
        QVERIFY(hosts.open(QIODevice::ReadOnly));
        const QByteArray csv = hosts.readAll();
        QVERIFY2(csv.contains("\"box\",20,20,0,20,") && csv.contains("\"local\",20,20,0,20,"), csv.constData());
        QFile page(report.filePath(QStringLiteral("report.html")));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QVERIFY(page.readAll().contains("20 apps: live 20"));
        QCOMPARE(m_rig->left(), QString());
    }

    void whatDiesIsCountedWithItsReason()
    {
        const auto process = m_rig->cli.start(loadtest("6", {"--hold", "600"}));
        QVERIFY(says(*process, "6 of 6 answered"));
        QCOMPARE(m_rig->sandboxesThere().size(), 3);
        QVERIFY(m_rig->killOneThere());
        QVERIFY(says(*process, "holding: 5 of 6 live"));
        const QJsonObject s = interrupted(*process);
        QCOMPARE(number(s[QLatin1String("classes")].toObject(), "crashed"), 1);
        QCOMPARE(number(hostOf(s, "box"), "live"), 2);
        QCOMPARE(number(hostOf(s, "local"), "live"), 3);
        QCOMPARE(m_rig->left(), QString());
    }

    void aCancelEndsWhatIsOnBoth()
    {
        const auto process = m_rig->cli.start(loadtest("80"));
        QVERIFY(says(*process, " live"));
        const QJsonObject s = interrupted(*process);
        QCOMPARE(s[QLatin1String("state")].toString(), QStringLiteral("cancelled"));
        QCOMPARE(sumOf(s), 80);
        QVERIFY(number(s, "cancelled") > 0);
        QCOMPARE(m_rig->left(), QString());
    }

    /// What cannot be ended while the host is away is ended when it is back. The time limits of all steps stay below
    /// that of QtTest together.
    void aHostThatGoesAwayIsCounted()
    {
        const auto process = m_rig->cli.start(loadtest("40", {"--answer", "8"})); // none is live before that
        QTRY_VERIFY_WITH_TIMEOUT(m_rig->sandboxesThere().size() >= 5, 50'000);
        m_rig->stopServer();
        QVERIFY(process->waitForFinished(90'000));
        QCOMPARE(process->exitCode(), 1);
        const QJsonObject s = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        QCOMPARE(sumOf(s), 40);
        QCOMPARE(number(hostOf(s, "local"), "live"), 20);
        QCOMPARE(number(hostOf(s, "box"), "apps"), 20);
        QCOMPARE(number(hostOf(s, "box"), "live"), 0);
        const QJsonObject classes = s[QLatin1String("classes")].toObject();
        int counted = 0;
        for (const char *name : {"live", "host_unreachable", "partial"}) // partial: it had been live
            counted += number(classes, name);
        QVERIFY2(counted == 40, QJsonDocument(classes).toJson().constData());
        QVERIFY(number(classes, "host_unreachable") > 0);
        Test::Cli &cli = m_rig->cli;
        QCOMPARE(cli.run({"--json", "apps"}, {}, 10'000).out.trimmed(), QByteArray("[]"));
        QVERIFY(m_rig->startServer());
        QString left; // looked at once a time: each look starts a program
        const auto isClean = [&] { return (cli.run({"ps"}, {}, 30'000), left = m_rig->left()).isEmpty(); };
        QVERIFY2(QTest::qWaitFor(isClean, 50'000), qPrintable(left));
        QCOMPARE(cli.run({"--json", "ps"}, {}, 10'000).out.trimmed(), QByteArray("[]"));
    }

private:
    static bool says(QProcess &process, const char *words)
    {
        QByteArray progress;
        const bool said =
            QTest::qWaitFor([&] { return (progress += process.readAllStandardError()).contains(words); }, patience);
        if (!said)
            qWarning("%s", progress.constData());
        return said;
    }
    /// Its summary after Ctrl+C; empty when it did not end as it should.
    static QJsonObject interrupted(QProcess &process)
    {
        ::kill(pid_t(process.processId()), SIGINT);
        const bool ended = process.waitForFinished(patience) && process.exitCode() == 1;
        const QByteArray said = process.readAllStandardOutput();
        return ended ? QJsonDocument::fromJson(said).object() : QJsonObject();
    }

    std::unique_ptr<Rig> m_rig;
};

QTEST_GUILESS_MAIN(TestLoadHosts)
#include "tst_loadhosts.moc"
