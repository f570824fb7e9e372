// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/webhost.h"

#include "widgets/common/theme.h"
#include "widgets/preview/dialogscheme.h"

#include <QDir>
#include <QLoggingCategory>
#include <QPainter>
#include <QPointer>
#include <QWebEngineDownloadRequest>
#include <QWebEngineFullScreenRequest>
#include <QWebEngineHistory>
#include <QWebEngineLoadingInfo>
#include <QWebEngineProfile>
#include <QWebEngineScriptCollection>
#include <QWebEngineSettings>
#include <QWebEngineView>

namespace Flotilla {

namespace {
Q_LOGGING_CATEGORY(logPreview, "flotilla.preview")
constexpr int HostQuietMs = 500;
constexpr int PickerMs = 80;
constexpr int BlankChecks = 3;
constexpr int LookAgainMs = 2000;
constexpr int MostMissed = 5;
constexpr int LostMs = 2500; // no end of a load for so long: ask again, and wait twice as long
constexpr int MaxTries = 4;
constexpr int RefusedMs = 250;    // for a page that asks without an end
constexpr int GatewayWaits = 503; // with a page of its own, until the app is there

/// What was registered before there were none would go on.
void forgetServiceWorkers(const QString &web)
{
    for (const char *part : {"/Service Worker/Database", "/Service Worker/ScriptCache"})
        QDir(web + QLatin1String(part)).removeRecursively();
}

} // namespace

WebHost::WebHost(const QString &dataDir, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("webHost"));
    setupProfile(dataDir);
    setupPage();
    connectPage();
}

WebHost::~WebHost()
{
    m_page->disconnect(this);
    delete m_view;
}

void WebHost::setupProfile(const QString &dataDir)
{
    DialogScheme::registerScheme();
    forgetServiceWorkers(dataDir + QStringLiteral("/web"));
    m_profile = std::make_unique<QWebEngineProfile>(QStringLiteral("previews"));
    m_profile->setPersistentStoragePath(dataDir + QStringLiteral("/web"));
    m_profile->setCachePath(dataDir + QStringLiteral("/web/cache"));
    // Not NoCache: with a folder of its own, Qt 6.4 then loses most first loads without a word. Reloads bypass the
    // cache.
    m_profile->setHttpCacheType(QWebEngineProfile::MemoryHttpCache);
    m_profile->setPersistentCookiesPolicy(QWebEngineProfile::ForcePersistentCookies);
    m_profile->setSpellCheckEnabled(false);
    m_dialogs = std::make_unique<DialogScheme>();
    m_profile->installUrlSchemeHandler(DialogScheme::name(), m_dialogs.get());
    connect(m_dialogs.get(), &DialogScheme::asked, this, &WebHost::askDialog);
    auto *filter = new RequestFilter(m_profile.get());
    m_profile->setUrlRequestInterceptor(filter);
    connect(filter, &RequestFilter::blocked, this,
            [this](const QUrl &url, RequestVerdict verdict) { m_page->report(url, verdict); });
    connect(m_profile.get(), &QWebEngineProfile::downloadRequested, this, &WebHost::downloadAsked);
}

void WebHost::setupPage()
{
    m_page = std::make_unique<PreviewPage>(m_profile.get());
    m_page->scripts().insert(PageScripts::watcher(m_page->greeting()));
    m_page->scripts().insert(PageScripts::noServiceWorkers());
    m_page->scripts().insert(PageScripts::copying());
    m_page->scripts().insert(DialogScheme::script());
    m_view = new QWebEngineView(this);
    m_view->setObjectName(QStringLiteral("previewWebView"));
    m_view->setAccessibleName(tr("The app"));
    m_view->setContextMenuPolicy(Qt::NoContextMenu);
    m_page->settings()->setAttribute(QWebEngineSettings::FullScreenSupportEnabled, true);
    m_view->setPage(m_page.get());
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(HostQuietMs);
    m_again.setInterval(LookAgainMs);
    m_picker.setInterval(PickerMs);
}

void WebHost::connectPage()
{
    connect(m_page.get(), &PreviewPage::documentStarted, this, &WebHost::arrive);
    connect(m_page.get(), &PreviewPage::consoleEntry, this, &WebHost::consoleEntry);
    connect(m_page.get(), &PreviewPage::requestBlocked, this, &WebHost::requestBlocked);
    connect(m_page.get(), &PreviewPage::externalLink, this, &WebHost::externalLink);
    connect(m_page.get(), &PreviewPage::dialogAsked, this, &WebHost::dialogAsked);
    connect(m_page.get(), &QWebEnginePage::featurePermissionRequested, this, &WebHost::permissionAsked);
    connect(m_page.get(), &QWebEnginePage::renderProcessTerminated, this, &WebHost::rendererEnded);
    connect(m_page.get(), &QWebEnginePage::printRequested, this, [this] {
        if (m_page->mayAsk(m_page->own()))
            Q_EMIT printAsked();
    });
    // As large as the preview: over everything else it could pass itself off as another program.
    connect(m_page.get(), &QWebEnginePage::fullScreenRequested, this,
            [](QWebEngineFullScreenRequest request) { request.accept(); });
    connect(m_page.get(), &QWebEnginePage::loadingChanged, this, &WebHost::followLoad);
    connect(m_page.get(), &PreviewPage::consoleEntry, this, [this](const ConsoleEntry &entry) {
        if (entry.uncaught && m_blank == false)
            m_quiet.start();
    });
    connect(&m_quiet, &QTimer::timeout, this, &WebHost::checkBlank);
    connect(&m_again, &QTimer::timeout, this, &WebHost::lookAgain);
    m_load.setSingleShot(true);
    connect(&m_load, &QTimer::timeout, this, &WebHost::tryLoad);
    connect(&m_picker, &QTimer::timeout, this, &WebHost::pollPicker);
}

void WebHost::arrive()
{
    m_arrived = true;
    m_coming = true;
    m_ending = false;
    m_missed = 0;
    setHung(false);
    m_again.start();
    Q_EMIT documentStarted();
}

void WebHost::rendererEnded(QWebEnginePage::RenderProcessTerminationStatus status)
{
    setHung(false);
    m_again.stop();
    m_quiet.stop();
    if (m_ending) // until the next load
        m_load.start(0);
    else if (status != QWebEnginePage::NormalTerminationStatus)
        Q_EMIT crashed();
}

void WebHost::open(const QUrl &own)
{
    stopPicking();
    m_forgetHistory = true;
    m_wanted = own;
    m_arrived = false;
    m_tries = 0;
    m_load.start(m_hung ? LostMs : 0);
    m_ending = m_hung && m_page->endRenderer(); // the load begins when it has ended
}

/// A page that never comes is asked again: the pane must not stay white, whatever the engine does. One that came and
/// waits for something of its own, such as a slow picture, is left alone: it may be in use.
void WebHost::tryLoad()
{
    if (m_arrived)
        return m_quiet.start();
    if (m_tries > 0)
        qCWarning(logPreview, "a preview did not load, asking again (%d)", m_tries);
    if (++m_tries > MaxTries) {
        m_hung = true; // perhaps: the next one begins in a renderer of its own
        return Q_EMIT lost();
    }
    m_load.start(LostMs << (m_tries - 1));
    m_ending = m_tries == MaxTries - 1 && m_page->endRenderer(); // the page before may not let go: in a new one then
    if (!m_ending)
        m_page->open(m_wanted);
}

void WebHost::reload()
{
    if (m_hung)
        return open(m_wanted);
    m_arrived = false;
    m_tries = 1; // when it does not end it is asked for again, as open() is
    m_load.start(LostMs);
    m_page->reloadAll();
}

void WebHost::back()
{
    m_page->goBack();
}

bool WebHost::isLoading() const
{
    return m_load.isActive();
}

QUrl WebHost::own() const
{
    return m_wanted;
}

void WebHost::followLoad(const QWebEngineLoadingInfo &info)
{
    if (info.status() == QWebEngineLoadingInfo::LoadStartedStatus) {
        m_quiet.stop();
        m_again.stop();
        m_blank.reset();
        return;
    }
    if (m_ending)
        return;
    m_blankChecks = 0;
    m_coming = false;
    const bool stopped = info.status() == QWebEngineLoadingInfo::LoadStoppedStatus;
    if (stopped && !m_arrived)
        return m_quiet.start(); // another load or none took its place: the page is what it was
    m_load.stop(); // stopped by the page itself, which tried to leave: asked again it would only do the same
    if (std::exchange(m_forgetHistory, false))
        m_page->history()->clear();
    if (stopped || info.status() == QWebEngineLoadingInfo::LoadSucceededStatus)
        m_quiet.start();
    else if (info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain && info.errorCode() != GatewayWaits)
        Q_EMIT answeredBadly(info.errorCode());
    else
        Q_EMIT loaded(false, false);
}

/// A page that stays blank is looked at a few times before it is called so.
void WebHost::checkBlank()
{
    m_page->evaluate(PageScripts::watcherReport(), [this](const QVariant &value) {
        const PageReport page = PageReport::fromVariant(value);
        const bool blank =
            !page.hasText && !page.hasBoxes && (!m_view->isVisible() || isUniform(m_view->grab().toImage()));
        if (blank && m_blank != true && ++m_blankChecks < BlankChecks)
            return m_quiet.start();
        m_blankChecks = 0;
        const auto before = std::exchange(m_blank, blank);
        const bool came = std::exchange(m_toldComing, m_coming) && !m_coming;
        m_again.start();
        if (!before)
            Q_EMIT loaded(true, blank);
        else if (*before != blank || came)
            Q_EMIT blankChanged(blank);
    });
}

/// An error may empty a page long after it loaded, and a loop without an end keeps it from answering.
void WebHost::lookAgain()
{
    if (m_dialogsOpen > 0)
        return;
    if (++m_missed > MostMissed)
        setHung(true);
    m_page->evaluate(PageScripts::changedSinceAsked(), [this](const QVariant &changed) {
        m_missed = 0;
        setHung(false);
        if (changed.toBool() && m_again.isActive() && m_blank)
            checkBlank();
    });
}

void WebHost::setHung(bool hangs)
{
    if (std::exchange(m_hung, hangs) != hangs)
        Q_EMIT hung(hangs);
}

void WebHost::askDialog(const QUrl &origin, PageDialog dialog)
{
    if (!m_page->mayAsk(origin))
        return QTimer::singleShot(RefusedMs, this, [answer = std::move(dialog.answer)] { answer(false, {}); });
    ++m_dialogsOpen;
    dialog.answer = [host = QPointer(this), answer = std::move(dialog.answer)](bool yes, const QString &text) {
        if (host) {
            --host->m_dialogsOpen;
            host->m_missed = 0;
        }
        answer(yes, text);
    };
    Q_EMIT dialogAsked(dialog);
}

void WebHost::setDeviceWidth(int width)
{
    m_deviceWidth = width;
    placeView();
    update();
}

void WebHost::setZoom(double factor)
{
    m_page->setZoomFactor(factor);
}

QPixmap WebHost::frame() const
{
    return m_view->isVisible() ? m_view->grab() : QPixmap();
}

void WebHost::answerPermission(const QUrl &origin, QWebEnginePage::Feature feature, bool allow)
{
    m_page->setFeaturePermission(
        origin, feature, allow ? QWebEnginePage::PermissionGrantedByUser : QWebEnginePage::PermissionDeniedByUser);
}

void WebHost::startPicking()
{
    m_page->runJavaScript(PageScripts::startPicker(), QWebEngineScript::ApplicationWorld);
    m_view->setFocus();
    m_picker.start();
}

void WebHost::stopPicking()
{
    if (!m_picker.isActive())
        return;
    m_picker.stop();
    m_page->runJavaScript(PageScripts::stopPicker(), QWebEngineScript::ApplicationWorld);
    Q_EMIT pickingEnded();
}

void WebHost::pollPicker()
{
    m_page->evaluate(PageScripts::pollPicker(), [this](const QVariant &value) {
        if (!m_picker.isActive() || value.isNull())
            return;
        const PickedElement element = PickedElement::fromVariant(value);
        stopPicking();
        if (!element.selector.isEmpty())
            Q_EMIT picked(element);
    });
}

void WebHost::placeView()
{
    if (m_deviceWidth <= 0 || m_deviceWidth >= width()) {
        m_view->setGeometry(rect());
        return;
    }
    m_view->setGeometry((width() - m_deviceWidth) / 2, 0, m_deviceWidth, height());
}

void WebHost::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeView();
}

void WebHost::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().window);
    const QRect frame = m_view->geometry().adjusted(-1, 0, 1, 0);
    painter.setPen(colors().border);
    painter.drawLine(frame.topLeft(), frame.bottomLeft());
    painter.drawLine(frame.topRight(), frame.bottomRight());
}

} // namespace Flotilla
