// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/previewpage.h"

#include "backends/core/id.h"

#include <QTimer>
#include <QWebEngineCertificateError>
#include <QWebEngineScript>
#include <QWebEngineSettings>

#include <csignal>

namespace Flotilla {

namespace {

constexpr int DialogsPerWindow = 3;
constexpr int DialogWindowMs = 10000;
constexpr int MaxDialogText = 2000;
constexpr int WindowPatienceMs = 10000;

/// Stands in for a new window until its address is known, then goes away: also when none comes.
class LinkCatcher : public QWebEnginePage
{
public:
    LinkCatcher(PreviewPage *owner)
        : QWebEnginePage(owner->profile(), owner)
        , m_owner(owner)
    {
        QTimer::singleShot(WindowPatienceMs, this, &QObject::deleteLater);
    }

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType, bool isMainFrame) override
    {
        if (!isMainFrame || url.scheme() == QLatin1String("about"))
            return false;
        if (sameOrigin(m_owner->own(), url))
            m_owner->load(url);
        else if (judgeRequest(m_owner->own(), url, RequestKind::MainFrame) == RequestVerdict::External)
            Q_EMIT m_owner->externalLink(url);
        deleteLater();
        return false;
    }

private:
    PreviewPage *m_owner;
};

ConsoleEntry::Level levelOf(QWebEnginePage::JavaScriptConsoleMessageLevel level)
{
    switch (level) {
    case QWebEnginePage::ErrorMessageLevel:
        return ConsoleEntry::Level::Error;
    case QWebEnginePage::WarningMessageLevel:
        return ConsoleEntry::Level::Warning;
    default:
        return ConsoleEntry::Level::Info;
    }
}

} // namespace

PreviewPage::PreviewPage(QWebEngineProfile *profile, QObject *parent)
    : QWebEnginePage(profile, parent)
    , m_greeting(randomHex(16))
    , m_going(std::make_shared<bool>(false))
{
    lockDown();
    setUrlRequestInterceptor(&m_filter);
    connect(&m_filter, &RequestFilter::blocked, this, &PreviewPage::report);
    connect(this, &QWebEnginePage::loadStarted, this, [this] { m_leaving = false; });
    connect(this, &QWebEnginePage::certificateError, this,
            [](QWebEngineCertificateError error) { error.rejectCertificate(); });
}

PreviewPage::~PreviewPage()
{
    *m_going = true;
}

void PreviewPage::evaluate(const QString &script, std::function<void(const QVariant &)> answer)
{
    runJavaScript(script, QWebEngineScript::ApplicationWorld,
                  [going = m_going, answer = std::move(answer)](const QVariant &value) {
                      if (!*going)
                          answer(value);
                  });
}

void PreviewPage::lockDown()
{
    using Attribute = QWebEngineSettings::WebAttribute;
    for (const Attribute off :
         {Attribute::LocalContentCanAccessFileUrls, Attribute::LocalContentCanAccessRemoteUrls,
          Attribute::PluginsEnabled, Attribute::PdfViewerEnabled, Attribute::HyperlinkAuditingEnabled,
          Attribute::ScreenCaptureEnabled, Attribute::DnsPrefetchEnabled, Attribute::ErrorPageEnabled,
          Attribute::AllowRunningInsecureContent, Attribute::AllowGeolocationOnInsecureOrigins,
          Attribute::JavascriptCanPaste, Attribute::JavascriptCanOpenWindows, Attribute::AutoLoadIconsForPage})
        settings()->setAttribute(off, false);
    settings()->setAttribute(Attribute::WebRTCPublicInterfacesOnly, true);
    settings()->setAttribute(Attribute::FocusOnNavigationEnabled, false); // typing in the chat goes on over a reload
    settings()->setUnknownUrlSchemePolicy(QWebEngineSettings::DisallowUnknownUrlSchemes);
}

void PreviewPage::open(const QUrl &own)
{
    m_own = own;
    m_filter.setOwn(own);
    m_leaving = true;
    load(own);
}

void PreviewPage::reloadAll()
{
    m_leaving = true;
    triggerAction(ReloadAndBypassCache);
}

void PreviewPage::goBack()
{
    m_leaving = true;
    triggerAction(Back);
}

void PreviewPage::setSilent(bool silent)
{
    m_silent = silent;
    setAudioMuted(silent);
}

bool PreviewPage::endRenderer()
{
    const auto renderer = pid_t(renderProcessPid());
    return renderer > 1 && ::kill(renderer, SIGKILL) == 0;
}

void PreviewPage::report(const QUrl &url, RequestVerdict verdict)
{
    Q_EMIT requestBlocked(url, verdict);
    Q_EMIT consoleEntry(
        {ConsoleEntry::Level::Blocked, describe(verdict, url), {}, 0, false, 1, QDateTime::currentDateTimeUtc()});
}

bool PreviewPage::acceptNavigationRequest(const QUrl &url, NavigationType type, bool isMainFrame)
{
    const RequestVerdict verdict =
        judgeRequest(m_own, url, isMainFrame ? RequestKind::MainFrame : RequestKind::SubFrame);
    if (verdict == RequestVerdict::Allow)
        return true;
    const bool asked = type == NavigationTypeLinkClicked || type == NavigationTypeFormSubmitted;
    if (verdict == RequestVerdict::External && asked && !m_silent)
        Q_EMIT externalLink(url);
    else
        report(url, verdict == RequestVerdict::External ? RequestVerdict::Internet : verdict);
    return false;
}

/// One at a time, after a click or a key (JavascriptCanOpenWindows): each is a page of the engine.
QWebEnginePage *PreviewPage::createWindow(WebWindowType)
{
    if (m_silent)
        return nullptr;
    if (m_window)
        m_window->deleteLater();
    m_window = new LinkCatcher(this);
    return m_window;
}

void PreviewPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message, int line,
                                           const QString &source)
{
    if (message == m_greeting)
        return Q_EMIT documentStarted();
    ConsoleEntry entry;
    entry.level = levelOf(level);
    entry.text = message;
    entry.uncaught = entry.level == ConsoleEntry::Level::Error && message.startsWith(QLatin1String("Uncaught"));
    const QUrl url(source);
    entry.source = sameOrigin(m_own, url) ? url.path().mid(1) : source.left(200);
    if (entry.source.isEmpty() && !source.isEmpty())
        entry.source = QStringLiteral("index.html");
    entry.line = line;
    entry.time = QDateTime::currentDateTimeUtc();
    Q_EMIT consoleEntry(entry);
}

bool PreviewPage::mayShowDialog()
{
    if (m_silent)
        return false;
    if (!m_dialogWindow.isValid() || m_dialogWindow.elapsed() > DialogWindowMs) {
        m_dialogWindow.start();
        m_dialogs = 0;
    }
    const bool few = ++m_dialogs <= DialogsPerWindow;
    if (!few)
        m_dialogWindow.start();
    return few;
}

void PreviewPage::javaScriptAlert(const QUrl &, const QString &text)
{
    if (mayShowDialog())
        Q_EMIT dialogAsked({PageDialog::Kind::Alert, text.left(MaxDialogText), {}, [](bool, const QString &) {}});
}

/// Only what leaves the page asks here: confirm() and prompt() of a page go through DialogScheme, because an answer
/// given here would have to be waited for in a loop that holds up every other page.
bool PreviewPage::javaScriptConfirm(const QUrl &, const QString &)
{
    return m_leaving;
}

bool PreviewPage::javaScriptPrompt(const QUrl &, const QString &, const QString &, QString *)
{
    return false;
}

bool PreviewPage::mayAsk(const QUrl &origin)
{
    return sameOrigin(m_own, origin) && mayShowDialog();
}

} // namespace Flotilla
