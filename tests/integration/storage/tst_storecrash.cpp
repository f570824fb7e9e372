// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Flotilla;

namespace {

const AppId app{QStringLiteral("a")};

int lastNumber(const QByteArray &output)
{
    const qsizetype end = output.lastIndexOf('\n'); // an unfinished line was not said
    return end < 0 ? 0 : output.left(end).split('\n').last().toInt();
}

} // namespace

class TestStoreCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    /// Two writers are killed at changing moments; whatever they said was stored is there, whole, and the store opens.
    void killedInTheMiddleOfCommits()
    {
        int promised = 0;
        for (int round = 0; round < 8; ++round) {
            QProcess first;
            QProcess second;
            first.start(QStringLiteral(STORAGE_HELPER), {QStringLiteral("commits"), m_dir->path()});
            second.start(QStringLiteral(STORAGE_HELPER), {QStringLiteral("commits"), m_dir->path()});
            QByteArray said;
            QByteArray saidToo;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    said += first.readAllStandardOutput();
                    saidToo += second.readAllStandardOutput();
                    return said.count('\n') > 5 + round * 3 && saidToo.count('\n') > 2;
                },
                30'000));
            ::kill(static_cast<pid_t>(first.processId()), SIGKILL);
            ::kill(static_cast<pid_t>(second.processId()), SIGKILL);
            QVERIFY(QTest::qWaitFor(
                [&] { return first.state() == QProcess::NotRunning && second.state() == QProcess::NotRunning; }));
            said += first.readAllStandardOutput();
            saidToo += second.readAllStandardOutput();
            promised = qMax(promised, qMax(lastNumber(said), lastNumber(saidToo)));

            const auto store = Store::open(m_dir->path());
            QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().detail));
            QVERIFY((*store)->report().damagedSetAside.isEmpty());
            const auto versions = (*store)->versions().list(app);
            QVERIFY(versions->size() >= promised);
            for (qsizetype i = 0; i < versions->size(); ++i)
                QCOMPARE(versions->at(i).number, i + 1);
            for (const VersionRecord &version : *versions)
                QCOMPARE((*store)->versions().files(app, version.number)->size(), 2);
        }
    }

    void damageAfterAKillIsFound()
    {
        QProcess helper;
        helper.start(QStringLiteral(STORAGE_HELPER), {QStringLiteral("commits"), m_dir->path()});
        const QString file = m_dir->path() + QStringLiteral("/flotilla.db");
        QVERIFY(QTest::qWaitFor([&] { return QFileInfo(file).size() > 3'000'000; }, 30'000)); // after a checkpoint
        ::kill(static_cast<pid_t>(helper.processId()), SIGKILL);
        QVERIFY(QTest::qWaitFor([&] { return helper.state() == QProcess::NotRunning; }));
        QFile database(file);
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(4096));
        database.write(QByteArray(4096 * 50, '\xa5'));
        database.close();
        const auto store = Store::open(m_dir->path());
        QVERIFY(store.ok());
        QVERIFY(!(*store)->report().damagedSetAside.isEmpty());
    }

    void aFileSizeLimitIsAFullDisk()
    {
        QCOMPARE(run({QStringLiteral("starve"), m_dir->path(), QStringLiteral("600000")}), QByteArray("disk-full"));
        checkWorks();
    }

    void aFullDiskIsAnErrorAndNothingMore()
    {
        const QByteArray mountPoint = QFile::encodeName(m_dir->path());
        if (::mount("flotilla-test", mountPoint.constData(), "tmpfs", 0, "size=1m,mode=0755") != 0)
            QSKIP("needs root to mount a small tmpfs; aFileSizeLimitIsAFullDisk covers most of it");
        const QByteArray verdict = run({QStringLiteral("commits"), m_dir->path()});
        const auto full = Store::open(m_dir->path());
        const ErrorKind kind = full ? ErrorKind::Internal : full.error().kind;
        const bool damaged = full.ok() && !(*full)->report().damagedSetAside.isEmpty();
        ::mount("flotilla-test", mountPoint.constData(), "tmpfs", MS_REMOUNT, "size=16m");
        [&] { checkWorks(); }();
        ::umount2(mountPoint.constData(), MNT_DETACH);
        QCOMPARE(verdict, QByteArray("disk-full"));
        QVERIFY(full.ok() || kind == ErrorKind::DiskFull);
        QVERIFY(!damaged);
    }

    void aReadOnlyFolderIsAnError()
    {
        {
            QVERIFY(Store::open(m_dir->path() + QStringLiteral("/data")).ok());
        }
        ::chmod(QFile::encodeName(m_dir->path()).constData(), 0755);
        ::chmod(QFile::encodeName(m_dir->path() + QStringLiteral("/data")).constData(), 0555);
        if (::getuid() != 0)
            ::chmod(QFile::encodeName(m_dir->path() + QStringLiteral("/data/flotilla.db")).constData(), 0444);
        QCOMPARE(run({QStringLiteral("open"), m_dir->path() + QStringLiteral("/data")}), QByteArray("storage"));
        ::chmod(QFile::encodeName(m_dir->path() + QStringLiteral("/data")).constData(), 0755);
        ::chmod(QFile::encodeName(m_dir->path() + QStringLiteral("/data/flotilla.db")).constData(), 0644);
        QVERIFY(Store::open(m_dir->path() + QStringLiteral("/data")).ok());
    }

private:
    /// The last line that the helper said.
    static QByteArray run(const QStringList &arguments)
    {
        QProcess helper;
        helper.start(QStringLiteral(STORAGE_HELPER), arguments);
        if (!QTest::qWaitFor([&] { return helper.state() == QProcess::NotRunning; }, 60'000))
            return "no end";
        return helper.readAllStandardOutput().trimmed().split('\n').last();
    }
    void checkWorks()
    {
        const auto store = Store::open(m_dir->path());
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().detail));
        QVERIFY((*store)->report().damagedSetAside.isEmpty());
        const qsizetype before = (*store)->versions().list(app)->size();
        QVERIFY(before > 0);
        VersionRecord version;
        version.app = app;
        const FileMap files{{QStringLiteral("f"), "after"}};
        QCOMPARE(*(*store)->versions().commit(version, files, {}), int(before) + 1);
        QCOMPARE(*(*store)->versions().files(app, 0), files);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "tst_storecrash.moc"
