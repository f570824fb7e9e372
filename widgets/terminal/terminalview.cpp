// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalview.h"

#include "widgets/code/findbar.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/common/webviews.h"
#include "widgets/terminal/terminalbridge.h"
#include "widgets/terminal/terminallook.h"
#include "widgets/terminal/terminalscheme.h"
#include "widgets/terminal/terminalzoom.h"

#include <QApplication>
#include <QChildEvent>
#include <QClipboard>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QShortcut>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>
#include <QWebChannel>
#include <QWebEngineProfile>
#include <QWebEngineSettings>
#include <QWebEngineView>
#include <QWheelEvent>

#include <csignal>

namespace Flotilla {

namespace {

constexpr int terminalLostMs = 15000;
constexpr qsizetype mostPasted = 256 * 1024; // characters

/// Goes nowhere, opens nothing, asks nobody.
class TerminalPage : public QWebEnginePage
{
public:
    using QWebEnginePage::QWebEnginePage;

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType, bool) override
    {
        return url == TerminalScheme::page();
    }
    QWebEnginePage *createWindow(WebWindowType) override { return nullptr; }
    QStringList chooseFiles(FileSelectionMode, const QStringList &, const QStringList &) override { return {}; }
    void javaScriptAlert(const QUrl &, const QString &) override {}
    bool javaScriptConfirm(const QUrl &, const QString &) override { return false; }
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString &, int, const QString &) override {}
    bool javaScriptPrompt(const QUrl &, const QString &, const QString &, QString *) override { return false; }
};

/// While the terminal has the focus, a shell gets every key but those that carry the window's own commands.
bool belongsToShell(const QKeyEvent &key)
{
    const Qt::KeyboardModifiers held = key.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const bool shift = key.modifiers() & Qt::ShiftModifier;
    const bool digit = key.key() >= Qt::Key_0 && key.key() <= Qt::Key_9;
    const bool zoom = key.key() == Qt::Key_Plus || key.key() == Qt::Key_Equal || key.key() == Qt::Key_Minus;
    if (held == Qt::NoModifier)
        return key.key() != Qt::Key_F11;
    if (held == Qt::ControlModifier)
        return !shift && !digit && !zoom;
    return held == Qt::AltModifier && !digit;
}

QStringList localFiles(const QMimeData &dragged)
{
    QStringList paths;
    for (const QUrl &url : dragged.urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

TerminalView::TerminalView(QWidget *parent)
    : QWidget(parent)
    , m_bridge(std::make_unique<TerminalBridge>())
    , m_find(new FindBar)
{
    setObjectName(QStringLiteral("terminalView"));
    setAccessibleName(tr("Terminal"));
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setupProfile();
    setupPage();
    setupView();
    setupSearch();
    setupKeys();
    const auto dress = [this] { m_bridge->setLook(terminalLook()); };
    connect(&Theme::instance(), &Theme::changed, this, dress);
    connect(&TerminalZoom::instance(), &TerminalZoom::changed, this, dress);
    connect(m_bridge.get(), &TerminalBridge::stalled, this, &TerminalView::endRenderer);
    connect(m_bridge.get(), &TerminalBridge::pageReady, this, [this] {
        m_ready = true;
        m_bridge->watch(isVisible());
        Q_EMIT ready();
    });
}

TerminalView::~TerminalView()
{
    m_page->disconnect(this);
    delete m_view;
}

QString TerminalView::problem()
{
    if (mayMakeWebViews())
        return {};
    return tr("A terminal shows what a stranger's program prints, and the web view for it cannot protect this computer "
              "while Flotilla runs as the administrator. Start it as an ordinary user.");
}

void TerminalView::setupProfile()
{
    TerminalScheme::registerScheme();
    m_profile = std::make_unique<QWebEngineProfile>(); // off the record
    m_profile->setHttpCacheType(QWebEngineProfile::NoCache);
    m_profile->setPersistentCookiesPolicy(QWebEngineProfile::NoPersistentCookies);
    m_profile->setSpellCheckEnabled(false);
    m_profile->setUrlRequestInterceptor(new TerminalFilter(m_profile.get()));
    m_scheme = std::make_unique<TerminalScheme>();
    m_profile->installUrlSchemeHandler(TerminalScheme::name(), m_scheme.get());
    connect(m_profile.get(), &QWebEngineProfile::downloadRequested, this, [] {}); // nobody accepts it
}

void TerminalView::setupPage()
{
    m_page = std::make_unique<TerminalPage>(m_profile.get());
    m_page->setBackgroundColor(colors().surface);
    using Attribute = QWebEngineSettings::WebAttribute;
    for (const Attribute off :
         {Attribute::LocalStorageEnabled, Attribute::PluginsEnabled, Attribute::JavascriptCanOpenWindows,
          Attribute::JavascriptCanAccessClipboard, Attribute::JavascriptCanPaste, Attribute::ErrorPageEnabled,
          Attribute::WebGLEnabled, Attribute::FullScreenSupportEnabled, Attribute::ScreenCaptureEnabled,
          Attribute::DnsPrefetchEnabled, Attribute::LocalContentCanAccessFileUrls,
          Attribute::LocalContentCanAccessRemoteUrls, Attribute::NavigateOnDropEnabled})
        m_page->settings()->setAttribute(off, false);
    m_bridge->setLook(terminalLook());
    auto *channel = new QWebChannel(m_page.get());
    channel->registerObject(QStringLiteral("bridge"), m_bridge.get());
    m_page->setWebChannel(channel);
    connect(m_page.get(), &QWebEnginePage::renderProcessTerminated, this,
            [this](QWebEnginePage::RenderProcessTerminationStatus status) {
                m_ready = false;
                m_bridge->watch(false);
                if (status != QWebEnginePage::NormalTerminationStatus)
                    Q_EMIT crashed();
            });
}

void TerminalView::setupView()
{
    m_view = new QWebEngineView(this);
    m_view->installEventFilter(this);
    m_view->setObjectName(QStringLiteral("terminalWebView"));
    m_view->setAccessibleName(tr("Terminal"));
    m_view->setAcceptDrops(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setPage(m_page.get());
    connect(m_view, &QWidget::customContextMenuRequested, this, &TerminalView::showMenu);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_view, 1);
}

void TerminalView::setupSearch()
{
    m_find->setUpwards(true);
    connect(m_find, &FindBar::search, this,
            [this](const QString &text, bool up) { Q_EMIT m_bridge->searched(text, up, m_find->matchesCase()); });
    connect(m_find, &FindBar::closed, this, [this] {
        Q_EMIT m_bridge->searchEnded();
        setFocus();
    });
    connect(m_bridge.get(), &TerminalBridge::resultsChanged, m_find, &FindBar::setCount);
}

void TerminalView::setupKeys()
{
    const auto add = [this](const char *keys, auto run) {
        auto *shortcut = new QShortcut(QKeySequence(QLatin1String(keys)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    const auto zoom = [](int step) {
        return [step] { TerminalZoom::instance().setSteps(step == 0 ? 0 : TerminalZoom::instance().steps() + step); };
    };
    add("Ctrl+Shift+C", &TerminalView::copy);
    add("Ctrl+Shift+V", &TerminalView::paste);
    add("Ctrl+Shift+F", &TerminalView::openSearch);
    for (const char *keys : {"Ctrl++", "Ctrl+="})
        add(keys, zoom(1));
    add("Ctrl+-", zoom(-1));
    add("Ctrl+0", zoom(0));
}

// The widget in the view that takes the keys is another one after each crash.
void TerminalView::takeInner(QWidget *inner)
{
    inner->installEventFilter(this);
    inner->setAcceptDrops(false); // drops are for the terminal, not for its page
}

void TerminalView::load()
{
    m_ready = false;
    m_bridge->watch(false);
    m_page->load(TerminalScheme::page());
    QTimer::singleShot(terminalLostMs, this, [this] {
        if (!m_ready)
            Q_EMIT lost();
    });
}

/// A page that hangs does not even go away by itself; its end is told like a crash.
void TerminalView::endRenderer()
{
    if (const auto renderer = pid_t(m_page->renderProcessPid()); renderer > 1)
        ::kill(renderer, SIGKILL);
}

void TerminalView::copy()
{
    m_page->runJavaScript(QStringLiteral("terminal.getSelection()"), [](const QVariant &selection) {
        if (const QString text = selection.toString(); !text.isEmpty())
            QApplication::clipboard()->setText(text);
    });
}

void TerminalView::paste()
{
    const QString text = pasteable(QApplication::clipboard()->text());
    if (!text.isEmpty())
        Q_EMIT m_bridge->pasted(text);
}

QString TerminalView::pasteable(const QString &text)
{
    QString clean;
    for (const QChar letter : text.left(mostPasted)) {
        const bool acts = letter.category() == QChar::Other_Control;
        if (!acts || letter == QLatin1Char('\t') || letter == QLatin1Char('\n') || letter == QLatin1Char('\r'))
            clean += letter;
    }
    return clean;
}

void TerminalView::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    QAction *copies = menu->addAction(icon("copy"), tr("Copy"), keys("Ctrl+Shift+C"), this, &TerminalView::copy);
    copies->setEnabled(m_bridge->hasSelection());
    QAction *pastes = menu->addAction(tr("Paste"), keys("Ctrl+Shift+V"), this, &TerminalView::paste);
    pastes->setEnabled(!QApplication::clipboard()->text().isEmpty());
    menu->addAction(tr("Select all"), this, [this] { m_page->runJavaScript(QStringLiteral("terminal.selectAll()")); });
    menu->addSeparator();
    menu->addAction(icon("search"), tr("Search…"), keys("Ctrl+Shift+F"), this, &TerminalView::openSearch);
    menu->addSeparator();
    TerminalZoom &zoom = TerminalZoom::instance();
    menu->addAction(tr("Larger letters"), keys("Ctrl++"), &zoom, [&zoom] { zoom.setSteps(zoom.steps() + 1); });
    menu->addAction(tr("Smaller letters"), keys("Ctrl+-"), &zoom, [&zoom] { zoom.setSteps(zoom.steps() - 1); });
    menu->addAction(tr("Usual size"), keys("Ctrl+0"), &zoom, [&zoom] { zoom.setSteps(0); });
    menu->popup(m_view->mapToGlobal(position));
}

void TerminalView::openSearch()
{
    m_find->open();
}

void TerminalView::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_ready && !localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void TerminalView::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT filesDropped(localFiles(*event->mimeData()));
}

void TerminalView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_bridge->watch(m_ready);
}

void TerminalView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_bridge->watch(false);
}

void TerminalView::focusInEvent(QFocusEvent *)
{
    m_view->setFocus();
    m_page->runJavaScript(QStringLiteral("terminal.focus()"));
}

bool TerminalView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view) {
        auto *inner = event->type() == QEvent::ChildPolished ? static_cast<QChildEvent *>(event)->child() : nullptr;
        if (inner && inner->isWidgetType())
            takeInner(static_cast<QWidget *>(inner));
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride)
        return filterKey(static_cast<QKeyEvent *>(event));
    return event->type() == QEvent::Wheel && filterWheel(static_cast<QWheelEvent *>(event));
}

bool TerminalView::filterKey(QKeyEvent *key)
{
    if (!belongsToShell(*key))
        return false;
    key->accept();
    return true;
}

bool TerminalView::filterWheel(const QWheelEvent *wheel)
{
    const int turned = wheel->angleDelta().y();
    if (!(wheel->modifiers() & Qt::ControlModifier) || turned == 0)
        return false;
    TerminalZoom &zoom = TerminalZoom::instance();
    zoom.setSteps(zoom.steps() + (turned > 0 ? 1 : -1));
    return true;
}

} // namespace Flotilla
