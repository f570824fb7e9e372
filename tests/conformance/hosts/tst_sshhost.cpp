// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/hosts/hostconformance.h"
#include "tests/support/boxconfig.h"
#include "tests/support/sshserver.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTest>

namespace Flotilla {

/// The same table over a real sshd, with the helper on the host and without it. With one session at a time everything
/// works as well.
class TestSshHost : public HostConformance
{
    Q_OBJECT

public:
    TestSshHost(QStringList settings, bool helper)
        : m_settings(std::move(settings))
        , m_helper(helper)
    {
    }

protected:
    std::unique_ptr<Host> makeHost(const QString &runtimeDir) override
    {
        const QString dir = QFileInfo(runtimeDir).path();
        m_server = std::make_unique<Test::SshServer>(dir + QLatin1String("/sshd"));
        if (!m_server->start(m_settings))
            qFatal("sshd does not start");
        const SshHostConfig config = Test::helpedBoxConfig(m_server->configFile(), dir);
        auto host = std::make_unique<SshHost>(config, AskPerson());
        host->connectNow();
        if (m_helper)
            host->provide(config.helper);
        if (!QTest::qWaitFor([&] { return host->hasHelper() || !m_helper; }, 20'000))
            qFatal("no helper");
        return host;
    }

private:
    QStringList m_settings;
    bool m_helper;
    std::unique_ptr<Test::SshServer> m_server;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (!Flotilla::Test::SshServer::reasonToSkip().isEmpty()) {
        std::puts("SKIP: openssh-server is not installed");
        return qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 1 ? 1 : 0;
    }
    int failures = 0;
    for (const QStringList &settings :
         {QStringList(), QStringList{QStringLiteral("MaxSessions 1")}, QStringList{QStringLiteral("MaxSessions 3")}}) {
        for (const bool helper : {false, true}) {
            Flotilla::TestSshHost test(settings, helper);
            failures += QTest::qExec(&test, argc, argv);
        }
    }
    return failures;
}

#include "tst_sshhost.moc"
