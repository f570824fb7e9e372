// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that an app stores is lost when it goes to another host: real bubblewrap here and behind a real sshd.
#include "tests/integration/fleet/movetest.h"
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"

#include <QCoreApplication>
#include <QProcess>

#include <csignal>

namespace Flotilla {

namespace {

/// For a shell: whatever /data holds, with the names that nobody sees.
const QString allOfData = QStringLiteral("cd /data && find . -mindepth 1 -printf '%P %y %m\\n' | sort && "
                                         "find . -type f -print0 | sort -z | xargs -0 sha256sum");

/// The program that is killed while it moves an app.
int beMover(const FleetPlaces &places, const QString &app)
{
    FleetRig rig(places);
    (void)await(rig.fleet->move({app}, {{there}, {}}), 120'000);
    return 0;
}

} // namespace

class TestMoves : public MoveTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void whatItWritesByItselfComesAlong_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("to the host") << here << there;
        QTest::newRow("from the host") << there << here;
    }
    void whatItWritesByItselfComesAlong()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        startCounting(from);
        m_rig->shell(m_app, QStringLiteral("head -c 30000000 /dev/urandom > /data/big")); // a copy takes a while
        const Witness witness(countIn(from));
        QTRY_VERIFY(witness.last() > 0);
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{to}, {}}), 120'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, to);
        const int began = m_rig->shell(m_app, QStringLiteral("cat /data/began")).toInt();
        QVERIFY2(began >= witness.last(), qPrintable(QStringLiteral("%1 < %2").arg(began).arg(witness.last())));
        QVERIFY(countIn(from).isEmpty());
        goesOn(to);
    }

    void aMoveThatFailsLetsItGoOn()
    {
        startCounting(here);
        m_rig->shell(m_app, QStringLiteral("touch /data/refuse"));
        const Status moved = await(m_rig->fleet->move(m_app, {{there}, {}}), 120'000);
        QVERIFY(!moved.ok());
        QVERIFY2(moved.error().text.contains(QStringLiteral("stays where it is")), problem(moved).constData());
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, here);
        goesOn(here);
        QTRY_VERIFY(countIn(there).isEmpty()); // no copy of its data stays behind
    }

    void aProgramThatDiesLetsItGoOn()
    {
        startCounting(here);
        for (const char *name : {"one", "two"}) // a copy takes a while
            m_rig->shell(m_app, QStringLiteral("head -c 60000000 /dev/urandom > /data/%1").arg(QLatin1String(name)));
        const Witness witness(countIn(here));
        m_rig.reset();
        QProcess mover;
        mover.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("mover"), m_places.dir, m_places.sshConfig, m_places.installation, m_app.value});
        QTRY_VERIFY_WITH_TIMEOUT(serverStates() == "T", 60'000);
        for (const qint64 session : m_server->sessions()) // so that the copy does not end
            ::kill(pid_t(session), SIGSTOP);
        QCOMPARE(serverStates(), QByteArray("T"));
        mover.kill();
        QVERIFY(mover.waitForFinished());
        const int then = witness.last();
        QTRY_VERIFY(witness.last() > then);
        m_server->stop();
        QVERIFY(m_server->start());
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, here);
        goesOn(here);
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{there}, {}}), 120'000));
        const QDir store(m_dir->filePath(QStringLiteral("store")));
        QCOMPARE(store.entryList({QStringLiteral("moving-*")}, QDir::Dirs), QStringList());
    }

    void aRestoreThatFailsKeepsTheData_data()
    {
        QTest::addColumn<QString>("now"); // where its data is
        QTest::newRow("on the snapshot's host") << there;
        QTest::newRow("elsewhere") << here;
    }
    void aRestoreThatFailsKeepsTheData()
    {
        QFETCH(QString, now);
        m_rig->addApp(m_app.value, there);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("echo then > /data/note"));
        const SnapshotInfo taken = snapshotThere();
        if (now != there)
            VERIFY_OK(await(m_rig->fleet->move(m_app, {{now}, {}}), 60'000));
        m_rig->shell(m_app, QStringLiteral("echo now > /data/note"));
        const auto backend = await(m_rig->hosts->backend({there}, {}));
        VERIFY_OK(backend);
        VERIFY_OK(await((*backend)->removeSnapshot(taken.id)));
        QVERIFY(!await(m_rig->fleet->acquireFrom(m_app, taken), 60'000).ok());
        const auto again = await(m_rig->fleet->acquire(m_app), 60'000);
        VERIFY_OK(again);
        QCOMPARE(again->host.value, now);
        QCOMPARE(m_rig->shell(m_app, QStringLiteral("cat /data/note")), QByteArray("now"));
    }

    void aBrokenArchiveKeepsTheData_data()
    {
        QTest::addColumn<QString>("now"); // where its data is
        QTest::addColumn<bool>("cut");    // otherwise two thirds are there, and then garbage
        QTest::newRow("cut") << there << true;
        QTest::newRow("garbage") << there << false;
        QTest::newRow("cut, from elsewhere") << here << true;
        QTest::newRow("garbage, from elsewhere") << here << false;
    }
    /// Much of it is in /data already when the import fails.
    void aBrokenArchiveKeepsTheData()
    {
        QFETCH(QString, now);
        QFETCH(bool, cut);
        m_rig->addApp(m_app.value, there);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("cd /data && echo then > note && mkdir deep && for n in 1 2 3 4 5 6; do "
                                           "head -c 1000000 /dev/urandom > deep/$n; done"));
        const SnapshotInfo taken = snapshotThere();
        if (now != there)
            VERIFY_OK(await(m_rig->fleet->move(m_app, {{now}, {}}), 60'000));
        m_rig->shell(m_app, QStringLiteral("cd /data && echo now > note && rm deep/2 && mkdir -p a/b && echo x > a/b/c "
                                           "&& chmod 500 a/b"));
        const QByteArray before = m_rig->shell(m_app, allOfData);
        breakArchive(cut);
        QVERIFY(!await(m_rig->fleet->acquireFrom(m_app, taken), 60'000).ok());
        QCOMPARE(dataFolders().size(), 1); // there or, when it came for the restore, at the snapshot
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, now);
        QCOMPARE(m_rig->shell(m_app, allOfData), before);
        const QString other = now == there ? here : there;
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{other}, {}}), 60'000));
        QCOMPARE(m_rig->shell(m_app, allOfData), before);
        QCOMPARE(dataFolders(), QStringList(other));
    }

    void whoWakesItMeanwhileFindsItsData()
    {
        m_rig->addApp(m_app.value, here);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("head -c 60000000 /dev/urandom > /data/big; echo kept > /data/note"));
        VERIFY_OK(await(m_rig->fleet->release(m_app), 60'000));
        FleetRig other(m_places); // another program
        const auto moving = m_rig->fleet->move(m_app, {{there}, {}});
        VERIFY_OK(await(other.fleet->acquire(m_app), 120'000));
        const Status moved = await(moving, 120'000);
        QVERIFY2(moved.ok() || moved.error().kind == ErrorKind::Conflict, problem(moved).constData());
        QCOMPARE(other.shell(m_app, QStringLiteral("cat /data/note; echo more >> /data/note")), QByteArray("kept"));
        VERIFY_OK(await(other.fleet->release(m_app), 60'000));
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->shell(m_app, QStringLiteral("cat /data/note")), QByteArray("kept\nmore"));
    }
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.value(1) == QLatin1String("mover"))
        return Flotilla::beMover({args.value(2), args.value(3), args.value(4), {}}, args.value(5));
    Flotilla::TestMoves test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_moves.moc"
