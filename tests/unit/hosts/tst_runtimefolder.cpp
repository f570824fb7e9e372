// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/runtimefolder.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Flotilla;

class TestRuntimeFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("base/folder"));
    }

    void anEmptyOneGoesWithItsHolder()
    {
        {
            const RuntimeFolder folder(m_path);
            QVERIFY(folder.isHeld());
            QVERIFY(QDir(m_path).mkdir(QStringLiteral("sb")));
        }
        QVERIFY(!QDir(m_path).exists());
        QVERIFY(QFileInfo(m_path).dir().exists());
    }

    void whatRunsInItKeepsIt()
    {
        RuntimeFolder folder(m_path);
        QVERIFY(QDir(m_path).mkpath(QStringLiteral("sb/one/empty")));
        folder.release();
        QVERIFY(!folder.isHeld());
        QVERIFY(QDir(m_path + QStringLiteral("/sb/one/empty")).exists());
    }

    void throwawayGoesOnlyWithEverythingElse()
    {
        const QStringList throwaway{QStringLiteral("etc-*"), QStringLiteral("filter-*")};
        RuntimeFolder first(m_path);
        QVERIFY(QDir(m_path).mkpath(QStringLiteral("etc-1/sub")));
        QFile file(m_path + QStringLiteral("/filter-1"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(QDir(m_path).mkpath(QStringLiteral("sb/one")));
        first.release(throwaway);
        QVERIFY(file.exists() && QDir(m_path + QStringLiteral("/etc-1/sub")).exists());
        QVERIFY(QDir(m_path).rmdir(QStringLiteral("sb/one")));
        RuntimeFolder second(m_path);
        second.release(throwaway);
        QVERIFY(!QDir(m_path).exists());
    }

    void anotherHolderKeepsIt()
    {
        RuntimeFolder first(m_path);
        RuntimeFolder second(m_path);
        QVERIFY(QDir(m_path).mkpath(QStringLiteral("ssh/gpu-box")));
        first.release({QStringLiteral("ssh")});
        QVERIFY(QDir(m_path + QStringLiteral("/ssh/gpu-box")).exists());
        second.release({QStringLiteral("ssh")});
        QVERIFY(!QDir(m_path).exists());
    }

    void releasingTwiceLeavesTheNextOnesAlone()
    {
        RuntimeFolder first(m_path);
        first.release();
        const RuntimeFolder next(m_path);
        first.release();
        QVERIFY(QDir(m_path).exists());
    }

    void aFolderThatCannotBeMadeIsNotHeld()
    {
        QFile file(m_dir->filePath(QStringLiteral("base")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const RuntimeFolder folder(m_path);
        QVERIFY(!folder.isHeld());
    }

    /// Whoever holds the folder has it under its path, however many come and go meanwhile.
    void comingAndGoingAtOnce()
    {
        std::atomic<int> held = 0;
        std::atomic<int> missing = 0;
        const auto program = [&](const QString &mark) {
            for (int i = 0; i < 200; ++i) {
                RuntimeFolder folder(m_path);
                if (!folder.isHeld())
                    continue; // the others kept it locked all the time: allowed, it is then never removed by us
                ++held;
                missing += QDir(m_path).mkdir(mark) || QDir(m_path).exists(mark) ? 0 : 1;
                folder.release();
            }
        };
        std::vector<std::thread> programs;
        for (int i = 0; i < 4; ++i)
            programs.emplace_back(program, QString::number(i));
        for (std::thread &each : programs)
            each.join();
        QVERIFY(held > 100);
        QCOMPARE(missing, 0);
        QVERIFY(!QDir(m_path).exists());
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestRuntimeFolder)
#include "tst_runtimefolder.moc"
