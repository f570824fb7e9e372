// SPDX-License-Identifier: GPL-3.0-or-later
// While one program moves an app another one stops, starts or removes it, or the mover is killed: one copy of what it
// stored stays, and that is the last one.
#include "tests/integration/fleet/movetest.h"
#include "tests/support/peers.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

namespace Flotilla {

namespace {

/// The other program.
int beMoverInTheWay(const FleetPlaces &places, const QString &app)
{
    FleetRig rig(places);
    (void)await(rig.fleet->reconcile(), 60'000);
    (void)await(rig.fleet->move({app}, {{there}, {}}), 120'000);
    return 0;
}

} // namespace

class TestMoveBreaks : public MoveTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void init() { setUp(); }
    void cleanup()
    {
        m_mover.kill();
        m_mover.waitForFinished();
        tearDown();
    }

    void oneCopyStays_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("what");
        for (const char *when : {"copying", "made", "moved", "ended"}) {
            for (const char *what : {"stop", "stop start", "rm", "kill", "kill rm"})
                QTest::addRow("%s, %s", when, what) << QString::fromLatin1(when) << QString::fromLatin1(what);
        }
    }
    void oneCopyStays()
    {
        QFETCH(QString, when);
        QFETCH(QString, what);
        startCounting(here);
        m_rig->shell(m_app, QStringLiteral("head -c 20000000 /dev/urandom > /data/big")); // a copy takes a while
        const Witness witness(countIn(here));
        QTRY_VERIFY(witness.last() > 0);
        m_mover.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("mover"), m_places.dir, m_places.sshConfig, m_places.installation, m_app.value});
        QVERIFY(waitUntil(when));
        const int then = witness.last();
        const QStringList acts = what.split(QLatin1Char(' '));
        for (const QString &act : acts)
            perform(act);
        QTRY_COMPARE_WITH_TIMEOUT(m_mover.state(), QProcess::NotRunning, 120'000);
        if (acts.contains(QStringLiteral("kill")))
            startAnew(acts.last() == QLatin1String("kill"));
        const bool removed = acts.last() == QLatin1String("rm");
        const bool runs = acts.last() == QLatin1String("start") || acts.last() == QLatin1String("kill");
        QTRY_COMPARE_WITH_TIMEOUT(m_rig->store->sandboxes().spares()->size(), 0, 60'000);
        QTRY_COMPARE(serverStates().size(), runs ? 1 : 0);
        QCOMPARE(dataFolders().size(), removed ? 0 : 1);
        if (removed)
            return;
        QCOMPARE(dataFolders(), QStringList(home()));
        QFile count(countIn(home()));
        QVERIFY(count.open(QIODevice::ReadOnly));
        const int last = count.readAll().toInt();
        QVERIFY2(last >= then, qPrintable(QStringLiteral("%1 < %2").arg(last).arg(then)));
    }

private:
    bool reached(const QString &when) const
    {
        if (when == QLatin1String("copying"))
            return serverStates() == "T";
        if (when == QLatin1String("made"))
            return serverStates().size() == 2;
        if (when == QLatin1String("ended"))
            return dataFolders() == QStringList(there);
        const auto record = m_rig->store->sandboxes().of(m_app);
        return record && record->has_value() && (*record)->host == there;
    }

    bool waitUntil(const QString &when) const
    {
        QElapsedTimer passed;
        passed.start();
        while (!reached(when)) {
            if (passed.elapsed() > 60'000)
                return false;
        }
        return true;
    }

    void perform(const QString &act)
    {
        if (act == QLatin1String("kill")) {
            m_mover.kill();
            QVERIFY(m_mover.waitForFinished());
        } else if (act == QLatin1String("start")) {
            VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
            const auto files = m_rig->store->versions().files(m_app, 0);
            VERIFY_OK(await((*m_rig->fleet->agent(m_app))->apply(*files, {}, true, true)));
        } else {
            VERIFY_OK(await(m_rig->fleet->release(m_app), 60'000));
        }
        if (act == QLatin1String("rm")) {
            VERIFY_OK(m_rig->store->apps().purge(m_app));
            VERIFY_OK(await(m_rig->fleet->release(m_app), 60'000));
        }
    }

    /// The next program looks at both hosts, and starts the app unless somebody stopped it.
    void startAnew(bool app)
    {
        m_rig.reset();
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(await(m_rig->fleet->reconcile(), 60'000));
        if (app)
            VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        VERIFY_OK(await(m_rig->fleet->list(), 60'000));
    }

    /// Where the store says that its data is.
    QString home() const
    {
        const auto running = m_rig->store->sandboxes().of(m_app);
        if (running && running->has_value())
            return (*running)->host;
        const auto end = m_rig->store->sandboxes().lastEnd(m_app);
        return end && end->has_value() ? (*end)->host : QString();
    }

    QProcess m_mover;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.value(1) == QLatin1String("mover"))
        return Flotilla::beMoverInTheWay({args.value(2), args.value(3), args.value(4), {}}, args.value(5));
    Flotilla::TestMoveBreaks test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_movebreaks.moc"
