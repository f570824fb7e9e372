// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localhost.h"
#include "backends/hosts/local/privatefolder.h"
#include "tests/conformance/hosts/hostconformance.h"

#include <QTest>

#include <sys/stat.h>

namespace Flotilla {

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
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestLocalHost)
#include "tst_localhost.moc"
