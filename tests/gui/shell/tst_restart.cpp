// SPDX-License-Identifier: GPL-3.0-or-later
// What outlives a quit of the window, and that quitting is quick and clean. Each window is a process of its own.
#include "app/application/application.h"
#include "app/screenshots/samplestore.h"
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class TestRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanupTestCase() { Test::stopSandboxes(m_data.path()); }

    void whatAnAppStoredIsThereAfterAQuit()
    {
        QVERIFY(setSampleSetting(m_data.path(), QStringLiteral("quitPolicy"), QStringLiteral("keep")).ok());
        const auto app =
            addSampleApp(m_data.path(), QStringLiteral("Counter"), {{QStringLiteral("index.html"), page()}});
        QVERIFY(app.ok());
        for (int start = 1; start <= 3; ++start) {
            const QString title = openAndQuit(m_data.path(), *app);
            QCOMPARE(title, QStringLiteral("stored %1 visits=%1").arg(start));
        }
        QVERIFY(QDir(runtimeFolder()).exists()); // "keep": the sandbox goes on
        Test::stopSandboxes(m_data.path());
        QVERIFY(!QDir(runtimeFolder()).exists());
    }

    /// Right away, while the web engine starts, and after it.
    void quitsAtAnyMomentOfTheStart_data()
    {
        QTest::addColumn<int>("afterMs");
        for (const int after : {0, 20, 60, 120, 200, 400})
            QTest::addRow("%d ms", after) << after;
    }

    void quitsAtAnyMomentOfTheStart()
    {
        QFETCH(int, afterMs);
        const QTemporaryDir data;
        QCOMPARE(run({data.path(), QStringLiteral("--close"), QString::number(afterMs)}), QString());
    }

private:
    QString runtimeFolder() const { return ApplicationPaths::resolve(m_data.path()).runtime; }

    /// Counts its visits twice, and gives the engine no time of its own to write: the window closes at once.
    static QByteArray page()
    {
        return "<!doctype html><title>-</title><h1>Counter</h1><script>"
               "const n = Number(localStorage.getItem('n') || 0) + 1; localStorage.setItem('n', n);"
               "const c = Number((document.cookie.match(/visits=(\\d+)/) || [0, 0])[1]) + 1;"
               "document.cookie = `visits=${c};max-age=86400`; document.title = `stored ${n} ${document.cookie}`;"
               "</script>";
    }

    static QString openAndQuit(const QString &data, const AppId &app) { return run({data, app.value}); }

    static QString run(const QStringList &arguments)
    {
        QProcess window;
        window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        window.start(QStringLiteral(WINDOW_PROGRAM), arguments);
        const bool ended = window.waitForFinished(60000);
        if (!ended || window.exitStatus() != QProcess::NormalExit || window.exitCode() != 0)
            return QStringLiteral("it ended badly: %1 %2").arg(window.errorString()).arg(window.exitCode());
        return QString::fromUtf8(window.readAllStandardOutput()).trimmed();
    }

    QTemporaryDir m_data;
};

QTEST_GUILESS_MAIN(TestRestart)
#include "tst_restart.moc"
