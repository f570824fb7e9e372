// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl loadtest over this computer and a host that is a real sshd on the loopback: what is counted where, a
// cancel, a host that goes away in the middle.
#include "app/application/application.h"
#include "tests/support/cliprocess.h"
#include "tests/support/sshserver.h"
#include "tests/support/systemcount.h"

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

} // namespace

class TestLoadHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<Test::SshServer>(m_dir.filePath(QStringLiteral("sshd")));
        if (!startServer())
            return qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 1
                       ? QTest::qFail(qPrintable(Test::SshServer::reasonToSkip()), __FILE__, __LINE__)
                       : QTest::qSkip(qPrintable(Test::SshServer::reasonToSkip()), __FILE__, __LINE__);
        QVERIFY(QDir().mkpath(m_dir.filePath(QStringLiteral("run"))));
        m_cli.setEnvironment(QStringLiteral("FLOTILLA_SSH_CONFIG"), m_server->configFile());
        m_cli.setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), m_dir.filePath(QStringLiteral("run")));
        VERIFY_RUN(m_cli.run({"hosts", "add", "Box", "--ssh", "box"}));
    }

    void cleanupTestCase()
    {
        m_cli.run({"stop", "--all"});
        for (const QString &name : installations()) // the runtime folder on the host is named like the one that stays
            QDir(QStringLiteral("/tmp/") + name).removeRecursively();
        m_server.reset();
    }

    void eachHostIsCountedForItself()
    {
        QTemporaryDir report;
        const CliResult ran = m_cli.run(loadtest("40", {"--report", report.path()}), {}, patience);
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
        QCOMPARE(left(), QString());
    }

    void aCancelEndsWhatIsOnBoth()
    {
        const auto process = m_cli.start(loadtest("80"));
        QVERIFY(someAreLive(*process));
        ::kill(pid_t(process->processId()), SIGINT);
        QVERIFY(process->waitForFinished(patience));
        const QJsonObject s = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        QCOMPARE(s[QLatin1String("state")].toString(), QStringLiteral("cancelled"));
        QCOMPARE(sumOf(s), 80);
        QVERIFY(number(s, "cancelled") > 0);
        QCOMPARE(left(), QString());
    }

    /// What cannot be ended while the host is away is ended when it is back.
    void aHostThatGoesAwayIsCounted()
    {
        const auto process = m_cli.start(loadtest("60"));
        QVERIFY(someAreLive(*process));
        m_server->stop();
        QVERIFY(process->waitForFinished(2 * patience));
        QCOMPARE(process->exitCode(), 1);
        const QJsonObject s = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        QCOMPARE(sumOf(s), 60);
        QCOMPARE(number(hostOf(s, "local"), "live"), 30);
        QCOMPARE(number(hostOf(s, "box"), "apps"), 30);
        QCOMPARE(number(hostOf(s, "box"), "live"), 0);
        const QJsonObject classes = s[QLatin1String("classes")].toObject();
        int counted = 0;
        for (const char *name : {"live", "host_unreachable", "partial"}) // partial: it had been live
            counted += number(classes, name);
        QVERIFY2(counted == 60, QJsonDocument(classes).toJson().constData());
        QVERIFY(number(classes, "host_unreachable") > 0);
        QCOMPARE(m_cli.run({"--json", "apps"}).json().array().size(), 0);
        QVERIFY(startServer());
        QTRY_COMPARE_WITH_TIMEOUT((m_cli.run({"ps"}), left()), QString(), patience);
        QCOMPARE(m_cli.run({"--json", "ps"}).json().array().size(), 0);
    }

private:
    bool startServer()
    {
        const QString far = m_dir.filePath(QStringLiteral("far"));
        return m_server->start(
            {QStringLiteral("SetEnv SHLVL=1 XDG_DATA_HOME=%1/data XDG_CACHE_HOME=%1/cache").arg(far)});
    }
    static bool someAreLive(QProcess &process)
    {
        QByteArray progress;
        return QTest::qWaitFor([&] { return (progress += process.readAllStandardError()).contains(" live"); },
                               patience);
    }
    QStringList installations() const
    {
        return QDir(m_dir.filePath(QStringLiteral("far/data/flotilla")))
            .entryList({QStringLiteral("flotilla-*")}, QDir::Dirs);
    }
    /// Of both hosts; at once.
    QString left() const
    {
        QStringList all;
        const QDir here(m_dir.filePath(QStringLiteral("run/flotilla")));
        for (const QString &name : here.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            all.append(Test::SystemCount::of(m_cli.data(), here.filePath(name)).text());
        for (const QString &name : installations())
            all.append(Test::SystemCount::of(m_dir.filePath(QStringLiteral("far/data/flotilla/")) + name,
                                             QStringLiteral("/tmp/") + name)
                           .text());
        all.removeAll(QString());
        return all.join(QStringLiteral("; "));
    }

    QTemporaryDir m_dir{QStringLiteral("/tmp/flotilla-lh-XXXXXX")};
    std::unique_ptr<Test::SshServer> m_server;
    Test::Cli m_cli;
};

QTEST_GUILESS_MAIN(TestLoadHosts)
#include "tst_loadhosts.moc"
