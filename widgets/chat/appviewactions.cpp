// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the App screen ask for, and who answers.
#include "widgets/chat/appview.h"

#include "backends/core/continuation.h"

#include "backends/llm/modelcatalog.h"
#include "backends/projects/exporter.h"
#include "backends/projects/useerrors.h"
#include "backends/storage/settingsservice.h"
#include "widgets/chat/appheader.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/draftstore.h"
#include "widgets/chat/screensession.h"
#include "widgets/chat/versionmodel.h"
#include "widgets/chat/versionspage.h"
#include "widgets/chat/versionstrip.h"
#include "widgets/code/codepane.h"
#include "widgets/common/format.h"
#include "widgets/common/modelpicker.h"
#include "widgets/common/toast.h"
#include "widgets/preview/consolepanel.h"
#include "widgets/preview/previewpane.h"
#include "widgets/preview/probeview.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>

namespace Flotilla {

void AppView::connectChat()
{
    Composer *composer = m_chat->composer();
    ConversationView *view = m_chat->view();
    connect(composer, &Composer::submitted, this, &AppView::submit);
    connect(composer, &Composer::stopRequested, m_session.get(), &ScreenSession::stop);
    connect(composer, &Composer::settingsRequested, this, &AppView::settingsRequested);
    connect(composer, &Composer::draftChanged, this,
            [this] { m_drafts->setDraft(m_session->app(), m_chat->composer()->draft()); });
    connect(composer, &Composer::pickRequested, this, [this](bool start) {
        if (start && m_preview->canPick()) {
            showTab(AppTabBar::Preview);
            m_preview->startPicking();
            m_chat->composer()->setPicking(true);
        } else {
            m_preview->stopPicking();
        }
    });
    connect(m_session.get(), &ScreenSession::submitted, this, [this] {
        m_chat->composer()->forgetSent();
        m_drafts->setDraft(m_session->app(), m_chat->composer()->draft());
        m_chat->view()->jumpToEnd();
    });
    connect(view, &ConversationView::retry, m_session.get(), &ScreenSession::retry);
    connect(view, &ConversationView::openDiff, this, &AppView::openDiff);
    connect(view, &ConversationView::openFile, this, &AppView::openFile);
    connect(view, &ConversationView::goToVersion, this, &AppView::restore);
    connect(view, &ConversationView::fixRequested, this, &AppView::fixUseErrors);
    connect(view, &ConversationView::openLink, this, &AppView::openLink);
    connect(view, &ConversationView::copied, this, [this](const QString &what) { Toast::show(this, what); });
}

void AppView::connectHeader()
{
    connect(m_header, &AppHeader::fixRequested, this, &AppView::fixUseErrors);
    connect(m_header, &AppHeader::renamed, m_session.get(), &ScreenSession::rename);
    connect(m_header, &AppHeader::duplicateRequested, m_session.get(), &ScreenSession::duplicate);
    connect(m_header, &AppHeader::restartRequested, m_session.get(), &ScreenSession::restartSandbox);
    connect(m_header, &AppHeader::sleepRequested, m_session.get(), &ScreenSession::sleep);
    connect(m_header, &AppHeader::openInBrowserRequested, this, &AppView::openInBrowser);
    connect(m_header, &AppHeader::exportFolderRequested, this, [this] { exportApp(false); });
    connect(m_header, &AppHeader::exportZipRequested, this, [this] { exportApp(true); });
    connect(m_header, &AppHeader::copyLinkRequested, this, [this] {
        QApplication::clipboard()->setText(m_session->browserUrl().toString());
        Toast::show(this, tr("Link copied. It works on this computer while Flotilla runs."));
    });
}

void AppView::connectPreview()
{
    connect(m_tabs, &AppTabBar::tabChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        if (tab == AppTabBar::Code && m_filesStale)
            refreshFiles();
    });
    connect(m_tabs, &AppTabBar::reloadRequested, m_preview, &PreviewPane::reload);
    connect(m_tabs, &AppTabBar::backRequested, m_preview, &PreviewPane::back);
    connect(m_tabs, &AppTabBar::widthChanged, m_preview, &PreviewPane::setDeviceWidth);
    connect(m_tabs, &AppTabBar::zoomChanged, m_preview, &PreviewPane::setZoom);
    connect(m_tabs, &AppTabBar::blockedClicked, this, [this] { showTab(AppTabBar::Console); });
    connect(m_preview->console(), &ConsoleModel::problemsChanged, m_tabs, &AppTabBar::setConsoleProblems);
    connect(m_preview, &PreviewPane::blockedRequestsChanged, m_tabs, &AppTabBar::setBlocked);
    connect(m_preview, &PreviewPane::seenChanged, m_header, &AppHeader::setPreview);
    connect(m_preview, &PreviewPane::fixRequested, this, &AppView::askToFix);
    connect(m_preview, &PreviewPane::usedWithError, m_session.get(), &ScreenSession::noteUseError);
    connect(m_preview, &PreviewPane::pictureTaken, this, &AppView::keepPicture);
    connect(m_preview, &PreviewPane::goToGoodRequested, this, [this] { restore(m_summary.lastGreen); });
    connect(m_preview, &PreviewPane::wakeRequested, m_session.get(), &ScreenSession::wake);
    connect(m_preview, &PreviewPane::tryAgainRequested, this, [this] { // what hangs would only hang again
        m_summary.running ? m_session->restartSandbox() : m_session->wake();
    });
    connect(m_preview, &PreviewPane::stopRequested, m_session.get(), &ScreenSession::stop);
    connect(m_preview, &PreviewPane::openInBrowserRequested, this, &AppView::openInBrowser);
    connect(m_preview, &PreviewPane::openFile, this, &AppView::openFile);
    connect(m_preview, &PreviewPane::consoleRequested, this, [this] { showTab(AppTabBar::Console); });
    connect(m_preview, &PreviewPane::picked, m_chat->composer(), &Composer::setPicked);
    connect(m_preview, &PreviewPane::pickingEnded, this, [this] { m_chat->composer()->setPicking(false); });
    connect(m_consolePanel, &ConsolePanel::openFile, this, &AppView::openFile);
    connect(m_consolePanel, &ConsolePanel::fixRequested, this, [this](const QString &error) {
        askToFix(tr("The console shows this error. Please fix it:\n%1").arg(error));
    });
}

void AppView::connectVersions()
{
    connect(m_versions, &VersionModel::thumbnailNeeded, m_session.get(), &ScreenSession::requestThumbnail,
            Qt::QueuedConnection);
    connect(m_strip, &VersionStrip::lookRequested, this, &AppView::look);
    connect(m_strip, &VersionStrip::restoreRequested, this, &AppView::restore);
    connect(m_versionsPage, &VersionsPage::lookRequested, this, [this](int version) {
        showTab(AppTabBar::Preview);
        look(version);
    });
    connect(m_versionsPage, &VersionsPage::restoreRequested, this, &AppView::restore);
    connect(m_versionsPage, &VersionsPage::fixRequested, this, &AppView::fixUseErrors);
    connect(m_versionsPage, &VersionsPage::compareRequested, this, [this](int version) {
        showTab(AppTabBar::Code);
        m_code->compareWith(version);
    });
    connect(m_code, &CodePane::versionNeeded, m_session.get(), &ScreenSession::requestFiles, Qt::QueuedConnection);
    connect(m_session.get(), &ScreenSession::restored, this, [this](int version, int made) {
        look(0);
        Toast::show(this, tr("Version %1 is back, as version %2. Nothing was lost.").arg(version).arg(made));
    });
    connect(m_splitter, &QSplitter::splitterMoved, this, &AppView::rememberWidth);
}

void AppView::submit(const Wish &wish)
{
    if (const qint64 message = m_chat->composer()->editing(); message > 0)
        m_session->editAndResend(message, wish);
    else
        m_session->submit(wish);
}

void AppView::askToFix(const QString &prompt)
{
    if (!isEnd(m_summary.turn) && m_summary.turn != TurnState::Idle)
        return;
    Wish wish;
    wish.prompt = prompt;
    wish.model = m_chat->composer()->model();
    m_session->fix(wish);
    m_chat->view()->jumpToEnd();
}

void AppView::fixUseErrors()
{
    if (!m_summary.useErrors.isEmpty())
        askToFix(useErrorsWish(m_summary.useErrors));
}

/// Versions that another program made, and those that were stopped, have no picture before somebody looks at them.
void AppView::keepPicture(int version, const QImage &picture)
{
    if (version <= 0 || m_versions->rowOf(version) < 0 || !m_versions->thumbnail(version).isNull())
        return;
    if (const QByteArray png = thumbnailOf(picture); !png.isEmpty())
        m_session->keepThumbnail(version, png);
}

void AppView::look(int version)
{
    if (version == m_versions->newest())
        version = 0;
    m_strip->setLooking(version);
    m_preview->setStillPicture(version > 0 ? m_versions->thumbnail(version) : QPixmap());
}

void AppView::restore(int version)
{
    if (version > 0)
        m_session->restore(version);
}

void AppView::openDiff(const QString &path, int version)
{
    showTab(AppTabBar::Code);
    m_code->showChange(path, version);
}

void AppView::openFile(const QString &path, int line)
{
    showTab(AppTabBar::Code);
    m_code->showFile(path, line);
}

/// The files are read only while somebody looks at them.
void AppView::refreshFiles()
{
    m_filesStale = m_tabs->current() != AppTabBar::Code;
    if (!m_filesStale)
        m_session->requestFiles(0);
}

void AppView::filesArrived(int version, const FileMap &files)
{
    if (version > 0)
        return m_code->setVersionFiles(version, files);
    m_code->setFiles(files);
    if (!m_exportTo.isEmpty())
        finishExport(files);
}

void AppView::exportApp(bool zip)
{
    const QString start = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(this, zip ? tr("Export as zip") : tr("Export into a folder"), start);
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(zip ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(zip ? QFileDialog::AnyFile : QFileDialog::Directory);
    if (zip) {
        dialog->setDefaultSuffix(QStringLiteral("zip"));
        dialog->selectFile(Exporter::fileName(m_summary.title) + QStringLiteral(".zip"));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, zip](const QString &path) {
        m_exportTo = path;
        m_exportZip = zip;
        m_session->requestFiles(0);
    });
    dialog->open();
}

void AppView::finishExport(const FileMap &files)
{
    const QString target = std::exchange(m_exportTo, {});
    Future<QString> done = m_exportZip ? Exporter::toZip(files, target)
                                       : Exporter::toFolder(files, target, Exporter::fileName(m_summary.title));
    whenDone(this, done, [this](const Result<QString> &path) {
        if (path)
            Toast::show(this, tr("Exported to %1").arg(*path));
        else
            showError(path.error());
    });
}

void AppView::openInBrowser()
{
    if (const QUrl url = m_session->browserUrl(); url.isValid() && !url.isEmpty())
        QDesktopServices::openUrl(url);
}

/// Links in a model's text: web and mail addresses only.
void AppView::openLink(const QUrl &url)
{
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("mailto")};
    if (!schemes.contains(url.scheme()))
        return;
    Toast::showWithAction(this, tr("Open %1?").arg(url.host().isEmpty() ? url.toDisplayString() : url.host()),
                          tr("Open"), [url] { QDesktopServices::openUrl(url); });
}

void AppView::showError(const Error &error)
{
    Toast::show(this, error.text, Toast::Kind::Error);
}

void AppView::loadModels()
{
    if (!m_services.models)
        return;
    connect(m_services.models, &ModelCatalog::changed, this, &AppView::loadModels, Qt::UniqueConnection);
    whenDone(this, m_services.models->models(), [this](const Result<QList<ModelInfo>> &models) {
        if (!models)
            return showError(models.error());
        whenDone(this, m_services.models->endpoints(),
                 [this, found = *models](const Result<QList<Endpoint>> &endpoints) {
                     applyModels(modelChoices(found, endpoints ? *endpoints : QList<Endpoint>()));
                 });
    });
}

void AppView::applyModels(const QList<ModelChoice> &choices)
{
    Composer *composer = m_chat->composer();
    composer->setModels(choices);
    const QString chosen = m_services.settings ? m_services.settings->string(Setting::DefaultModel) : QString();
    if (composer->model().isEmpty()) // of an import: what Home would take
        composer->setModel(chosen.isEmpty() ? m_services.models->defaultModel().toString() : chosen);
    const double budget = m_services.settings ? m_services.settings->value(Setting::BudgetPerTurn).toDouble() : 0;
    composer->setNote(budget > 0 ? tr("A wish may cost up to %1.").arg(formatMoney(budget)) : QString());
}

/// One question at a time, about the app that is seen.
void AppView::measure()
{
    if (!m_services.metrics || !m_summary.running || m_measuring)
        return;
    m_measuring = true;
    whenDone(this, m_services.metrics(m_summary.id), [this, id = m_summary.id](const Result<SandboxMetrics> &metrics) {
        m_measuring = false;
        if (id == m_summary.id && m_summary.running)
            m_header->setMemory(metrics ? metrics->memoryBytes : 0);
    });
}

void AppView::rememberWidth()
{
    if (m_services.settings)
        m_services.settings->set(Setting::ChatWidth, m_chat->width());
}

void AppView::restoreWidth()
{
    const int stored = m_services.settings ? m_services.settings->value(Setting::ChatWidth).toInt() : 0;
    const int width =
        stored > 0 ? std::clamp(stored, ChatPane::MinimumWidth, ChatPane::MaximumWidth) : ChatPane::PreferredWidth;
    m_splitter->setSizes({width, 4 * ChatPane::PreferredWidth});
}

} // namespace Flotilla
