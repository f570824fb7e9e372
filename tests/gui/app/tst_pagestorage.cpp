// SPDX-License-Identifier: GPL-3.0-or-later
// What a page keeps on this computer is never shown in place of what the app is now.
#include "tests/gui/app/localserver.h"
#include "tests/support/webfolders.h"
#include "widgets/common/theme.h"
#include "widgets/preview/consolemodel.h"
#include "widgets/preview/previewpane.h"
#include "widgets/preview/webhost.h"
#include "widgets/preview/webprobe.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QWebEngineView>

#include <memory>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_PageStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init();
    void cleanup() { m_pane.reset(); }
    void aServiceWorkerShowsNothingOld();
    void aServiceWorkerOfBeforeIsForgotten();
    void theProbeSeesTheNewPage();

private:
    QString pageTitle() { return m_pane->web()->view()->title(); }
    void show();

    LocalServer m_server;
    QString m_folder;
    std::unique_ptr<PreviewPane> m_pane;
};

namespace {

/// A page that works without a network as many do: what was fetched once is never fetched again.
constexpr char keepsItself[] =
    "<h1 id=h>x</h1><script>navigator.serviceWorker.register('/sw.js').then(registration => {"
    "  const kept = () => { document.title = 'kept'; document.getElementById('h').textContent = 'kept'; };"
    "  const worker = registration.installing || registration.waiting || registration.active;"
    "  worker ? worker.onstatechange = () => worker.state === 'activated' && kept() : kept(); })</script>";
constexpr char worker[] =
    "oninstall = e => e.waitUntil(caches.open('x').then(cache => cache.add('/')).then(() => skipWaiting()));"
    "onactivate = e => e.waitUntil(clients.claim());"
    "onfetch = e => e.respondWith(caches.match(e.request).then(kept => kept || fetch(e.request)))";

} // namespace

void tst_PageStorage::init()
{
    m_folder = newWebFolder();
    m_pane = std::make_unique<PreviewPane>(m_folder, QString());
    m_pane->resize(900, 600);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    m_server.pages.clear();
    m_server.pages[QStringLiteral("/sw.js")] = worker;
}

void tst_PageStorage::show()
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = m_server.url();
    status.revision = 1;
    m_pane->setStatus(status);
    QSignalSpy loaded(m_pane->web(), &WebHost::loaded);
    QVERIFY(loaded.wait(20000));
}

void tst_PageStorage::aServiceWorkerShowsNothingOld()
{
    m_server.setPage(keepsItself);
    show();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("kept"), 20000);
    m_server.pages[QStringLiteral("/")] = "<title>new</title><h1>y</h1>";
    m_pane->reset(); // as when another app was looked at meanwhile
    show();
    QCOMPARE(pageTitle(), QStringLiteral("new"));
    QVERIFY(!m_server.asked.contains(QStringLiteral("/sw.js")));
}

/// One from a time when they were allowed.
void tst_PageStorage::aServiceWorkerOfBeforeIsForgotten()
{
    const QString web = m_folder + QStringLiteral("/web/");
    const QStringList folders{web + QStringLiteral("Service Worker/Database"),
                              web + QStringLiteral("Service Worker/ScriptCache")};
    for (const QString &folder : folders) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile(folder + QStringLiteral("/of-before")).open(QIODevice::WriteOnly));
    }
    m_pane->ensureWeb();
    for (const QString &folder : folders)
        QVERIFY2(!QFile::exists(folder + QStringLiteral("/of-before")), qPrintable(folder));
}

/// "Fixed" is said of what was looked at.
void tst_PageStorage::theProbeSeesTheNewPage()
{
    WebProbe probe;
    const auto look = [&] {
        const Future<ProbeReport> looked = probe.probe(m_server.url());
        [&] { QTRY_VERIFY_WITH_TIMEOUT(looked.isFinished(), 30000); }();
        return looked.isFinished() ? *looked.result() : ProbeReport();
    };
    m_server.setPage(keepsItself);
    for (int i = 0; i < 3; ++i) {
        const ProbeReport report = look();
        QVERIFY2(report.errors.isEmpty(), qPrintable(report.errors.join(QLatin1Char(' '))));
    }
    m_server.setPage("<h1>y</h1><script>throw new Error('broken since')</script>");
    QVERIFY(look().errors.join(QLatin1Char(' ')).contains(QLatin1String("broken since")));
}

QTEST_MAIN(tst_PageStorage)
#include "tst_pagestorage.moc"
