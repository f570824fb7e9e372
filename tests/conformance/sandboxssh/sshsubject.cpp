// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandboxssh/sshsubject.h"

#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/sshserver.h"

namespace Flotilla {

SshSubject::SshSubject() = default;
SshSubject::~SshSubject() = default;

QString SshSubject::start()
{
    m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-sshd-XXXXXX"));
    m_server = std::make_unique<Test::SshServer>(m_dir->path());
    qputenv("FLOTILLA_TEST_SSH_CONFIG", m_server->configFile().toUtf8());
    return m_server->start() ? QString() : QStringLiteral("sshd does not start: ") + Test::SshServer::reasonToSkip();
}

void SshSubject::stop()
{
    m_server.reset();
}

std::unique_ptr<Host> SshSubject::makeHost(const QString &dir)
{
    const SshHostConfig config = Test::helpedBoxConfig(qEnvironmentVariable("FLOTILLA_TEST_SSH_CONFIG"), dir);
    auto host = std::make_unique<SshHost>(config, AskPerson());
    const Status connected = await(host->connectNow());
    if (!connected)
        qWarning("%s", problem(connected).constData());
    const auto provided = await(host->provide(config.helper));
    if (!provided || !QTest::qWaitFor([&] { return host->hasHelper(); }, 10'000))
        qWarning("no helper: %s", problem(provided).constData());
    return host;
}

} // namespace Flotilla
