// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/previewpane.h"

#include "backends/projects/useerrors.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/preview/askbar.h"
#include "widgets/preview/pagedownloads.h"
#include "widgets/preview/statepage.h"
#include "widgets/preview/troublebar.h"
#include "widgets/preview/webhost.h"

#include <QDesktopServices>
#include <QDir>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int ShutterMs = 1200;
constexpr int AgainMs = 1500; // another program takes the gateway over within a second
constexpr int MostAgain = 3;
constexpr int SlowMs = 10'000;
constexpr int LeaveAloneMs = 2000; // so often a page leaves for a known address without a question

QString featureQuestion(QWebEnginePage::Feature feature)
{
    switch (feature) {
    case QWebEnginePage::Notifications:
        return PreviewPane::tr("This app wants to show notifications.");
    case QWebEnginePage::Geolocation:
        return PreviewPane::tr("This app wants to know where you are.");
    case QWebEnginePage::MediaAudioCapture:
        return PreviewPane::tr("This app wants to use the microphone.");
    case QWebEnginePage::MediaVideoCapture:
        return PreviewPane::tr("This app wants to use the camera.");
    case QWebEnginePage::MediaAudioVideoCapture:
        return PreviewPane::tr("This app wants to use the camera and the microphone.");
    case QWebEnginePage::MouseLock:
        return PreviewPane::tr("This app wants to hide the pointer and follow the mouse.");
    default:
        return {}; // the screen is never shared
    }
}

} // namespace

PreviewPane::PreviewPane(const QString &dataDir, const QString &webViewProblem, QWidget *parent)
    : QWidget(parent)
    , m_dataDir(dataDir)
    , m_console(new ConsoleModel(this))
{
    m_shutter.setSingleShot(true);
    m_shutter.setInterval(ShutterMs);
    connect(&m_shutter, &QTimer::timeout, this, &PreviewPane::takePicture);
    m_again.setSingleShot(true);
    m_again.setInterval(AgainMs);
    connect(&m_again, &QTimer::timeout, this, &PreviewPane::askAgain);
    setupSlow();
    setObjectName(QStringLiteral("previewPane"));
    m_facts.webViewProblem = webViewProblem;
    setupUi();
    update();
}

PreviewPane::~PreviewPane()
{
    delete m_downloads; // its profile ends what still comes, and nobody is there to be told
}

void PreviewPane::setupSlow()
{
    m_slow.setObjectName(QStringLiteral("slowBuildQTimer"));
    m_slow.setSingleShot(true);
    m_slow.setInterval(SlowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        m_facts.slow = true;
        update();
    });
}

void PreviewPane::watchBuild()
{
    m_facts.slow = false;
    m_status.state == PreviewState::Building && !m_facts.turnRunning ? m_slow.start() : m_slow.stop();
}

void PreviewPane::setupUi()
{
    m_ask = new AskBar;
    m_trouble = new TroubleBar;
    m_page = new StatePage;
    m_still = new QLabel;
    m_still->setObjectName(QStringLiteral("previewStillPicture"));
    m_still->setAlignment(Qt::AlignCenter);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_still);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_ask);
    column->addWidget(m_trouble);
    column->addWidget(m_stack, 1);
    connect(m_page, &StatePage::triggered, this, &PreviewPane::act);
    connect(m_page, &StatePage::openFile, this, &PreviewPane::openFile);
    connect(m_trouble, &TroubleBar::fixRequested, this, [this] { Q_EMIT fixRequested(fixPrompt()); });
    connect(m_trouble, &TroubleBar::detailsRequested, this, &PreviewPane::consoleRequested);
    connect(m_trouble, &TroubleBar::dismissed, this, [this] {
        m_facts.errorSeen = true;
        update();
    });
    connect(&Theme::instance(), &Theme::changed, this, &PreviewPane::update);
    setupDownloads();
}

void PreviewPane::setupDownloads()
{
    m_downloads = new PageDownloads(m_ask, this);
    connect(m_downloads, &PageDownloads::kept, this,
            [this](const QString &file) { Toast::show(this, tr("Saved as %1").arg(QDir::toNativeSeparators(file))); });
    connect(m_downloads, &PageDownloads::failed, this, [this](const QString &name, const QString &folder) {
        Toast::show(this, tr("%1 could not be saved in %2.").arg(name, folder), Toast::Kind::Error);
    });
    connect(m_downloads, &PageDownloads::refused, this, [this](const QString &name) {
        m_console->append({ConsoleEntry::Level::Blocked,
                           tr("Not saved, as other questions wait for an answer: %1").arg(name),
                           {},
                           0,
                           false,
                           1,
                           QDateTime::currentDateTimeUtc()});
    });
}

void PreviewPane::ensureWeb()
{
    if (m_web || !m_facts.webViewProblem.isEmpty())
        return;
    m_web = new WebHost(m_dataDir, this);
    m_stack->addWidget(m_web);
    m_web->setDeviceWidth(m_deviceWidth);
    connectWeb();
}

void PreviewPane::connectWeb()
{
    connect(m_web, &WebHost::documentStarted, this, [this] { m_ownDocument = true; });
    connect(m_web, &WebHost::consoleEntry, m_console, &ConsoleModel::append);
    connect(m_web, &WebHost::consoleEntry, this, &PreviewPane::notePageError);
    connect(m_web, &WebHost::requestBlocked, this, [this] { Q_EMIT blockedRequestsChanged(++m_blocked); });
    connect(m_web, &WebHost::externalLink, this, &PreviewPane::askToLeave);
    connect(m_web, &WebHost::dialogAsked, this, &PreviewPane::askDialog);
    connect(m_web, &WebHost::permissionAsked, this, &PreviewPane::askPermission);
    connect(m_web, &WebHost::downloadAsked, m_downloads, &PageDownloads::ask);
    connect(m_web, &WebHost::picked, this, &PreviewPane::picked);
    connect(m_web, &WebHost::pickingEnded, this, &PreviewPane::pickingEnded);
    connect(m_web, &WebHost::crashed, this, [this] {
        m_facts.pageCrashed = true;
        m_ask->cancelAll();
        update();
    });
    connect(m_web, &WebHost::lost, this, [this] {
        m_facts.pageLost = true;
        update();
        askAgainLater();
    });
    connect(m_web, &WebHost::loaded, this, [this](bool ok, bool blank) {
        m_facts.pageBlank = blank;
        m_facts.pageComing = m_web->isComing();
        m_facts.pageLost = !ok;
        m_facts.pageStatus = 0;
        m_web->setZoom(m_zoom);
        update();
        ok ? m_shutter.start() : askAgainLater();
    });
    connect(m_web, &WebHost::blankChanged, this, [this](bool blank) {
        m_facts.pageBlank = blank;
        m_facts.pageComing = m_web->isComing();
        update();
    });
    connectTrouble();
}

void PreviewPane::connectTrouble()
{
    connect(m_web, &WebHost::printAsked, this, [this] {
        m_ask->ask(QStringLiteral("print"), tr("The app wants to print, which works in your browser only."),
                   tr("Open in browser"), [this](bool yes) {
                       if (yes)
                           Q_EMIT openInBrowserRequested();
                   });
    });
    connect(m_web, &WebHost::hung, this, [this](bool hangs) {
        m_facts.pageHung = hangs;
        update();
    });
    connect(m_web, &WebHost::answeredBadly, this, [this](int status) {
        m_facts.pageStatus = status;
        m_facts.pageBlank = m_facts.pageLost = false;
        update();
    });
}

/// The page stays to be seen, but nobody has to open the console to learn that something in it does not work.
void PreviewPane::notePageError(const ConsoleEntry &entry)
{
    if (!entry.uncaught || !m_ownDocument)
        return;
    noteUseError(entry);
    const QString text = ConsoleModel::format(entry);
    m_facts.errorSeen = m_facts.errorSeen && text == m_facts.pageError;
    m_facts.pageError = text;
    update();
}

void PreviewPane::noteUseError(ConsoleEntry entry)
{
    entry.text = useErrorLine(entry.text).left(useErrorLength * 2 / 3); // the place must still fit
    const QString error = useErrorLine(ConsoleModel::format(entry));
    if (m_useErrors.size() < mostUseErrors && !m_useErrors.contains(error))
        m_useErrors.append(error);
    tellUseErrors();
}

/// What a page throws before its version is recorded waits for that.
void PreviewPane::tellUseErrors()
{
    if (m_status.state != PreviewState::Ready || m_status.version == 0)
        return;
    while (m_toldErrors < m_useErrors.size())
        Q_EMIT usedWithError(m_status.version, m_useErrors[m_toldErrors++]);
}

/// Another page comes: what was known of this one is void.
void PreviewPane::forgetPage()
{
    m_facts.pageCrashed = m_facts.pageLost = m_facts.pageBlank = m_facts.showAnyway = m_facts.errorSeen = false;
    m_facts.pageHung = m_facts.pageComing = false;
    m_facts.pageStatus = 0;
    m_facts.pageError.clear();
    m_ownDocument = false;
    m_useErrors.clear();
    m_toldErrors = 0;
    m_console->clear();
    m_ask->cancelAll(); // the page that asked goes
    m_shutter.stop();
    m_again.stop();
    m_asked = 0;
}

void PreviewPane::askAgainLater()
{
    if (m_asked < MostAgain)
        m_again.start();
}

/// What is said about it stays until the page is there.
void PreviewPane::askAgain()
{
    if (!m_facts.pageLost || !m_web || m_status.state != PreviewState::Ready)
        return;
    ++m_asked;
    m_web->open(m_web->own());
}

void PreviewPane::takePicture()
{
    if (scene().web && m_web && m_stack->currentWidget() == m_web && m_deviceWidth == 0 && m_zoom == 1)
        Q_EMIT pictureTaken(m_status.version, m_web->frame().toImage());
}

void PreviewPane::reset()
{
    m_status = {};
    forgetPage();
    m_facts.turnRunning = false;
    watchBuild();
    m_facts.lastGreen = 0;
    m_shownRevision = -1;
    m_page->setLastFrame({});
    m_blocked = 0;
    m_trustedHosts.clear();
    Q_EMIT blockedRequestsChanged(0);
    update();
}

void PreviewPane::setStatus(const PreviewStatus &status)
{
    if (status == m_status && m_shownRevision >= 0)
        return;
    if (status.state == PreviewState::Building && scene().web && m_web)
        m_page->setLastFrame(m_web->frame());
    m_status = status;
    watchBuild();
    m_gone = m_gone || status.state == PreviewState::Stopped || status.state == PreviewState::Starting;
    if (status.state == PreviewState::Ready && m_facts.webViewProblem.isEmpty() && !status.url.isEmpty()) {
        ensureWeb();
        const bool otherApp = !sameOrigin(m_web->own(), status.url);
        if (std::exchange(m_gone, false) || otherApp || status.revision != m_shownRevision) {
            forgetPage();
            otherApp || m_shownRevision < 0 ? m_web->open(status.url) : m_web->reload();
            m_shownRevision = status.revision;
        }
    }
    tellUseErrors();
    update();
}

void PreviewPane::setLastGreen(int version)
{
    m_facts.lastGreen = version;
    update();
}

void PreviewPane::setTurnRunning(bool running)
{
    if (std::exchange(m_facts.turnRunning, running) == running)
        return;
    watchBuild();
    update();
}

PreviewScene PreviewPane::scene() const
{
    return sceneFor(m_status, m_facts);
}

void PreviewPane::update()
{
    const PreviewScene now = scene();
    const bool trouble = now.web && !m_facts.pageError.isEmpty() && !m_facts.errorSeen && !m_facts.turnRunning;
    m_trouble->setText(trouble ? tr("Something in the app went wrong: %1").arg(m_facts.pageError) : QString());
    const PreviewState seen = seenState(m_status, m_facts);
    if (std::exchange(m_seen, seen) != seen)
        Q_EMIT seenChanged(seen);
    if (now.web && m_web)
        return m_stack->setCurrentWidget(m_web);
    m_page->setScene(now, m_facts.lastGreen);
    m_stack->setCurrentWidget(m_page);
}

void PreviewPane::act(PreviewScene::Action action)
{
    switch (action) {
    case PreviewScene::Action::Fix:
        return Q_EMIT fixRequested(fixPrompt());
    case PreviewScene::Action::GoToGood:
        return Q_EMIT goToGoodRequested();
    case PreviewScene::Action::Wake:
        return Q_EMIT wakeRequested();
    case PreviewScene::Action::TryAgain:
        return Q_EMIT tryAgainRequested();
    case PreviewScene::Action::Stop:
        return Q_EMIT stopRequested();
    case PreviewScene::Action::Reload:
        return reload();
    case PreviewScene::Action::OpenInBrowser:
        return Q_EMIT openInBrowserRequested();
    case PreviewScene::Action::ShowAnyway:
        m_facts.showAnyway = true;
        return update();
    case PreviewScene::Action::None:
        return;
    }
}

QString PreviewPane::fixPrompt() const
{
    QStringList lines{m_status.state == PreviewState::BuildError ? tr("It does not build. Please fix this:")
                      : m_status.state == PreviewState::Crashed  ? tr("The app crashed. Please fix this:")
                      : m_facts.pageHung ? tr("The page does not answer any more. Please fix it.")
                      : m_facts.pageStatus > 0
                          ? tr("The page comes with the HTTP status %1. Please fix it.").arg(m_facts.pageStatus)
                      : scene().web ? tr("The app shows, but something in it does not work. Please fix this:")
                                    : tr("The page stays empty. Please fix it.")};
    for (const Diagnostic &diagnostic : m_status.diagnostics.mid(0, 10))
        lines.append(QStringLiteral("%1:%2:%3 %4")
                         .arg(diagnostic.file)
                         .arg(diagnostic.line)
                         .arg(diagnostic.column)
                         .arg(diagnostic.text.left(2000)));
    if (m_status.diagnostics.isEmpty() && !m_status.detail.isEmpty())
        lines.append(m_status.detail.right(2000));
    if (const ConsoleEntry error = m_console->lastError(); m_status.diagnostics.isEmpty() && !error.text.isEmpty())
        lines.append(ConsoleModel::format(error));
    return lines.join(QLatin1Char('\n'));
}

// ---- what the page asks for ----

void PreviewPane::askToLeave(const QUrl &url)
{
    const bool often = m_left.isValid() && m_left.elapsed() < LeaveAloneMs;
    m_left.start();
    if (!often && m_trustedHosts.contains(url.host())) {
        QDesktopServices::openUrl(url);
        return;
    }
    const QString target = url.host().isEmpty() ? url.toDisplayString() : url.host();
    m_ask->ask(QStringLiteral("leave:") + target, tr("The app wants to open %1 in your browser.").arg(target),
               tr("Open"), [this, url](bool yes) {
                   if (!yes)
                       return;
                   if (!url.host().isEmpty())
                       m_trustedHosts.insert(url.host());
                   QDesktopServices::openUrl(url);
               });
}

void PreviewPane::askDialog(const PageDialog &dialog)
{
    const bool alert = dialog.kind == PageDialog::Kind::Alert;
    AskBar::Question question{QStringLiteral("dialog:%1:").arg(int(dialog.kind)) + dialog.text,
                              alert ? tr("The app says: %1").arg(dialog.text) : tr("The app asks: %1").arg(dialog.text),
                              tr("OK"),
                              alert ? QString() : tr("Cancel"),
                              std::nullopt,
                              dialog.answer};
    if (dialog.kind == PageDialog::Kind::Prompt)
        question.field = dialog.value;
    m_ask->ask(std::move(question));
}

void PreviewPane::askPermission(const QUrl &origin, QWebEnginePage::Feature feature)
{
    const auto answer = [this, origin, feature](bool yes) { m_web->answerPermission(origin, feature, yes); };
    const QString question = featureQuestion(feature);
    if (question.isEmpty())
        return answer(false);
    m_ask->ask(QStringLiteral("feature:%1").arg(int(feature)), question, tr("Allow"), answer);
}

// ---- controls ----

void PreviewPane::reload()
{
    const bool lost = m_facts.pageLost;
    forgetPage();
    if (m_web)
        lost ? m_web->open(m_web->own()) : m_web->reload();
    update();
}

void PreviewPane::back()
{
    if (m_web)
        m_web->back();
}

void PreviewPane::setDeviceWidth(int width)
{
    m_deviceWidth = width;
    if (m_web)
        m_web->setDeviceWidth(width);
}

void PreviewPane::setZoom(double factor)
{
    m_zoom = factor;
    if (m_web)
        m_web->setZoom(factor);
}

bool PreviewPane::canPick() const
{
    return m_web && scene().web;
}

void PreviewPane::startPicking()
{
    if (canPick())
        m_web->startPicking();
}

void PreviewPane::stopPicking()
{
    if (m_web)
        m_web->stopPicking();
}

void PreviewPane::setStillPicture(const QPixmap &picture)
{
    if (picture.isNull())
        return update();
    m_still->setPixmap(picture.scaled(m_stack->size(), Qt::KeepAspectRatio, Qt::SmoothTransformation));
    m_stack->setCurrentWidget(m_still);
}

} // namespace Flotilla
