// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor's point about the web engine's own sandbox. Runs itself again where no user namespace may be made.
#include "app/flotilla/webviewcheck.h"

#include <QProcess>
#include <QTest>

using namespace Flotilla;

class TestWebViewCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesWhetherNamespacesAreRefused()
    {
        const bool inside = qEnvironmentVariableIsSet("FLOTILLA_TEST_INSIDE");
        QCOMPARE(mayMakeNamespaces(), !inside);
        if (!inside)
            runInside();
    }

    void saysWhatToDo()
    {
        const PreflightCheck good = webViewCheck(true);
        QVERIFY(good.ok && good.remedy.isEmpty());
        const PreflightCheck bad = webViewCheck(false);
        QVERIFY(!bad.ok && !bad.required); // apps can be seen all the same
        QVERIFY(!bad.remedy.isEmpty());
    }

private:
    static void runInside()
    {
        QProcess inside;
        inside.setProcessChannelMode(QProcess::MergedChannels);
        inside.start(QStringLiteral("bwrap"),
                     {QStringLiteral("--unshare-user"), QStringLiteral("--disable-userns"),
                      QStringLiteral("--dev-bind"), QStringLiteral("/"), QStringLiteral("/"),
                      QStringLiteral("--setenv"), QStringLiteral("FLOTILLA_TEST_INSIDE"), QStringLiteral("1"),
                      QCoreApplication::applicationFilePath(), QStringLiteral("seesWhetherNamespacesAreRefused")});
        QVERIFY(inside.waitForFinished(60'000));
        QVERIFY2(inside.exitCode() == 0, inside.readAll().constData());
    }
};

QTEST_GUILESS_MAIN(TestWebViewCheck)
#include "tst_webviewcheck.moc"
