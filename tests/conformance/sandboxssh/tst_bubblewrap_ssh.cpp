// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/sandboxconformance.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/conformance/sandboxssh/sshsubject.h"

#include <QCoreApplication>

namespace Flotilla {

class TestBubblewrapSsh : public SandboxConformance
{
    Q_OBJECT

protected:
    QString startPeers() override { return m_ssh.start(); }
    void stopPeers() override { m_ssh.stop(); }
    std::unique_ptr<Host> makeHost(const QString &dir) override { return SshSubject::makeHost(dir); }
    std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *) override { return bubblewrapOn(host); }

private:
    SshSubject m_ssh;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::TestBubblewrapSsh test;
    return Flotilla::conformanceMain(test, argc, argv);
}

#include "tst_bubblewrap_ssh.moc"
