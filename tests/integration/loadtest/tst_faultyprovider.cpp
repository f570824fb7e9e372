// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/faultyprovider.h"

#include <QTest>

using namespace Flotilla;

namespace {

class CountingProvider : public SandboxProvider
{
public:
    QList<AppId> acquired;
    QHash<AppId, QDeadlineTimer> due;
    int early = 0; ///< asked for before they were due
    Future<SandboxInfo> acquire(const AppId &app) override
    {
        acquired.append(app);
        early += due.contains(app) && !due[app].hasExpired() ? 1 : 0;
        return readyFuture<SandboxInfo>(SandboxInfo());
    }
    Result<SandboxInfo> current(const AppId &) const override { return none(); }
    Result<AgentClient *> agent(const AppId &) override { return none(); }
    Future<void> release(const AppId &) override { return readyFuture<void>(Status()); }

private:
    static Error none() { return {ErrorKind::NotFound, QStringLiteral("none"), {}}; }
};

} // namespace

class TestFaultyProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefusedSandboxIsNotAskedFor()
    {
        m_faulty.setFault(app("a"), {true, {}});
        QVERIFY(!m_faulty.acquire(app("a")).result().ok());
        QCOMPARE(m_fleet.acquired, QList<AppId>());
        QVERIFY(m_faulty.acquire(app("b")).result().ok());
        m_faulty.drop(app("a"));
        QVERIFY(m_faulty.acquire(app("a")).result().ok());
    }

    /// A run that was cancelled must not get a sandbox once the delay of the fault is over.
    void aSlowOneThatWasDroppedNeverComes()
    {
        m_fleet.acquired.clear();
        m_faulty.setFault(app("slow"), {false, QDeadlineTimer(20)});
        m_faulty.setFault(app("slower"), {false, QDeadlineTimer(60)});
        const auto slow = m_faulty.acquire(app("slow"));
        const auto slower = m_faulty.acquire(app("slower"));
        m_faulty.drop(app("slow"));
        QVERIFY(slow.isFinished());
        QVERIFY(slow.result().error().kind == ErrorKind::Cancelled);
        QTRY_VERIFY(slower.isFinished());
        QVERIFY(slower.result().ok());
        QCOMPARE(m_fleet.acquired, QList<AppId>{app("slower")});
    }

    /// Else the times of the run do not show the fault. Timers of more than two seconds are rounded.
    void aSlowOneNeverComesEarly()
    {
        m_fleet.acquired.clear();
        for (int i = 0; i < 12; ++i) {
            const AppId id{QString::number(i)};
            m_fleet.due[id] = QDeadlineTimer(2000 + 43 * i);
            m_faulty.setFault(id, {false, m_fleet.due[id]});
            [[maybe_unused]] const auto asked = m_faulty.acquire(id);
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_fleet.acquired.size(), 12, 20'000);
        QCOMPARE(m_fleet.early, 0);
    }

private:
    static AppId app(const char *name) { return {QLatin1String(name)}; }

    CountingProvider m_fleet;
    FaultyProvider m_faulty{&m_fleet};
};

QTEST_GUILESS_MAIN(TestFaultyProvider)
#include "tst_faultyprovider.moc"
