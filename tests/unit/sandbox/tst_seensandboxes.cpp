// SPDX-License-Identifier: GPL-3.0-or-later
// Watching sandboxes whose host goes away and comes back.
#include "backends/hosts/host.h"
#include "backends/sandbox/seensandboxes.h"

#include <QBuffer>
#include <QTest>

using namespace Flotilla;

namespace {

Error nobody()
{
    return {ErrorKind::Unavailable, QStringLiteral("Nobody answers."), {}};
}

/// A machine that answers nothing.
class SilentHost : public Host
{
public:
    HostId id() const override { return {QStringLiteral("silent")}; }
    QString label() const override { return QStringLiteral("Silent"); }
    HostState state() const override { return m_state; }
    QString stateText() const override { return {}; }
    Future<CommandResult> run(const CommandSpec &) override { return readyFuture<CommandResult>(nobody()); }
    Future<std::shared_ptr<QIODevice>> connectTo(const ConnectTarget &) override
    {
        return readyFuture<std::shared_ptr<QIODevice>>(nobody());
    }
    Future<void> put(const QString &, const QString &) override { return readyFuture<void>(nobody()); }
    Future<void> get(const QString &, const QString &) override { return readyFuture<void>(nobody()); }
    QString runtimeDir() const override { return {}; }
    Future<QString> provide(const QString &) override { return readyFuture<QString>(nobody()); }
    Future<QString> localSocket(const QString &) override { return readyFuture<QString>(nobody()); }

    void become(HostState state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

private:
    HostState m_state = HostState::Ready;
};

} // namespace

class TestSeenSandboxes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_asked = m_lost = m_found = 0;
        m_answers = false;
        SandboxInfo info;
        info.id = m_id;
        info.state = SandboxState::Running;
        m_host.become(HostState::Ready);
        m_seen = std::make_unique<SeenSandboxes>(
            SeenSandboxes::Watch{this, &m_host, [this](const SandboxId &) { return opener(); },
                                 [this](const SandboxId &) { ++m_lost; }, [this](const SandboxId &) { ++m_found; }});
        m_seen->adopt(info);
        QTRY_COMPARE(m_lost, 1);
        QCOMPARE(m_asked, 1);
    }
    void cleanup() { m_seen.reset(); }

    void oneThatWasLostIsAskedAgain()
    {
        m_seen->watchAgain(m_id);
        QTRY_COMPARE(m_lost, 2);
        QCOMPARE(m_asked, 2);
    }

    void aHostThatIsAwayIsNotAskedBeforeItIsBack()
    {
        m_host.become(HostState::Unreachable);
        m_seen->watchAgain(m_id);
        m_host.become(HostState::Connecting);
        QCOMPARE(m_asked, 1);
        m_host.become(HostState::Ready);
        QTRY_COMPARE(m_lost, 2);
        QCOMPARE(m_asked, 2);
        m_host.become(HostState::Ready); // said twice, asked once
        QCOMPARE(m_asked, 2);
    }

    void oneThatWasForgottenIsNotAskedAgain()
    {
        m_host.become(HostState::Unreachable);
        m_seen->watchAgain(m_id);
        m_seen->forget(m_id);
        m_host.become(HostState::Ready);
        QCOMPARE(m_asked, 1);
    }

    void oneThatCanBeReachedAgainIsTold()
    {
        QCOMPARE(m_found, 0);
        m_answers = true;
        m_seen->watchAgain(m_id);
        QTRY_COMPARE(m_found, 1);
        QCOMPARE(m_lost, 1);
    }

private:
    StreamOpener opener()
    {
        return [this] {
            ++m_asked;
            if (m_answers) {
                auto quiet = std::make_shared<QBuffer>();
                quiet->open(QIODevice::ReadWrite);
                return readyFuture<std::shared_ptr<QIODevice>>(std::shared_ptr<QIODevice>(quiet));
            }
            return readyFuture<std::shared_ptr<QIODevice>>(nobody());
        };
    }

    const SandboxId m_id{QStringLiteral("one")};
    SilentHost m_host;
    std::unique_ptr<SeenSandboxes> m_seen;
    int m_asked = 0, m_lost = 0, m_found = 0;
    bool m_answers = false;
};

QTEST_GUILESS_MAIN(TestSeenSandboxes)
#include "tst_seensandboxes.moc"
