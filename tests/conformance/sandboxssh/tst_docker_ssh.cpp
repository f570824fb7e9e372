// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/sandboxconformance.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/conformance/sandboxssh/sshsubject.h"
#include "tests/support/testengine.h"

#include <QCoreApplication>

namespace Flotilla {

/// The engine's socket is reached through the connection.
class TestDockerSsh : public SandboxConformance
{
    Q_OBJECT

protected:
    QString startPeers() override
    {
        m_engine = std::make_unique<TestEngine>(ContainerEngine::Kind::Docker);
        if (!m_engine->start())
            return m_engine->problem();
        qputenv("FLOTILLA_TEST_ENGINE_SOCKET", m_engine->socket().toUtf8());
        return m_ssh.start();
    }
    void stopPeers() override
    {
        m_ssh.stop();
        m_engine.reset();
    }
    std::unique_ptr<Host> makeHost(const QString &dir) override { return SshSubject::makeHost(dir); }
    std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *http) override
    {
        return containersOn(host, http, ContainerEngine::Kind::Docker);
    }

private:
    SshSubject m_ssh;
    std::unique_ptr<TestEngine> m_engine;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::TestDockerSsh test;
    return Flotilla::conformanceMain(test, argc, argv);
}

#include "tst_docker_ssh.moc"
