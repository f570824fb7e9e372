// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localhost.h"
#include "backends/hosts/local/privatefolder.h"
#include "tests/conformance/await.h"
#include "tests/conformance/hosts/hostconformance.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

/// Each with what it leads to, but for the one that reads the folder.
QStringList descriptors()
{
    QStringList list;
    const QDir folder(QStringLiteral("/proc/self/fd"));
    const QStringList names = folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QByteArray link = QFile::encodeName(folder.filePath(name));
        char target[256];
        const ssize_t size = readlink(link.constData(), target, sizeof target);
        if (size > 0)
            list.append(name + QLatin1Char(' ') + QString::fromLocal8Bit(target, int(size)));
    }
    return list;
}

} // namespace

class TestLocalHost : public HostConformance
{
    Q_OBJECT

protected:
    std::unique_ptr<Host> makeHost(const QString &runtimeDir) override
    {
        return std::make_unique<LocalHost>(runtimeDir);
    }

private Q_SLOTS:
    void refusesAFolderThatOthersCanChange()
    {
        QTemporaryDir dir;
        const QString open = dir.filePath(QStringLiteral("open"));
        QVERIFY(QDir().mkpath(open));
        QCOMPARE(chmod(QFile::encodeName(open).constData(), 0777), 0);
        QVERIFY(!makePrivateFolder(open + QLatin1String("/ours")));
        const LocalHost host(open + QLatin1String("/ours"));
        QCOMPARE(host.state(), HostState::Unreachable);
        QVERIFY(host.stateText().contains(open));
    }

    /// The child shares them with us for a moment.
    void leavesOurDescriptorsAlone_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("it runs") << QStringLiteral("true");
        QTest::newRow("there is none") << QStringLiteral("/usr/bin/no-such-program");
    }
    void leavesOurDescriptorsAlone()
    {
        QFETCH(QString, program);
        QTemporaryDir dir;
        LocalHost host(dir.filePath(QStringLiteral("run")));
        CommandSpec command;
        command.program = program;
        QCOMPARE(await(host.run(command)).ok(), program == QLatin1String("true")); // leaves what is kept for all others
        const QStringList before = descriptors();
        QVERIFY(before.size() >= 3);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(await(host.run(command)).ok(), program == QLatin1String("true"));
        QCOMPARE(descriptors(), before);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestLocalHost)
#include "tst_localhost.moc"
