// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"
#include "widgets/chat/draftstore.h"
#include "widgets/common/appservices.h"
#include "widgets/preview/pagescripts.h"
#include "widgets/terminal/terminalpane.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QSplitter;
class QStackedWidget;

namespace Flotilla {

class AppHeader;
class ScreenSession;
class AppTabBar;
class ChatPane;
class CodePane;
class ConsolePanel;
class LogsPage;
class PreviewPane;
class SandboxTerminal;
class VersionModel;
class VersionStrip;
class VersionsPage;
struct ModelChoice;
struct Wish;

/// What the App screen hands to the one that takes its place, in another language.
struct AppViewState
{
    AppId app;
    int tab = 0;
    DraftStore::Drafts drafts;
    qint64 editing = 0; ///< the message that is edited, then its text and pictures
    QString text;
    QList<ImageBlock> images;
    PickedElement picked;
    std::unique_ptr<TerminalPane> terminal; ///< with its shell
};

/// The App screen: chat at the left; preview, code, console, versions and logs of one app at the right. GUI thread.
/// Making one is cheap; the web engine starts with warmUp() or when an app is shown for the first time.
class AppView : public QWidget
{
    Q_OBJECT

public:
    explicit AppView(AppServices services, QWidget *parent = nullptr);
    /// With a session of the caller, for tests. `services` may be empty then.
    AppView(std::unique_ptr<ScreenSession> session, AppServices services, QWidget *parent = nullptr);
    ~AppView() override;

    void openApp(const AppId &id);
    AppId app() const;
    void showTab(int tab);         ///< AppTabBar::Tab
    AppViewState leave();          ///< nothing may be asked of it afterwards
    void goOn(AppViewState state); ///< of a screen that was left and is gone
    void warmUp();                 ///< makes the web view now, not with the first app that is shown
    /// How a shell in the sandbox of an app is opened (TerminalPane::OpenShell); none: there is no terminal.
    using OpenShell = std::function<Future<std::shared_ptr<SandboxTerminal>>(const AppId &app, int columns, int rows)>;
    void setOpenShell(OpenShell openShell) { m_openShell = std::move(openShell); }
    TerminalPane *terminal() const { return m_terminal; }

    ChatPane *chat() const { return m_chat; }
    PreviewPane *preview() const { return m_preview; }
    AppTabBar *tabs() const { return m_tabs; }
    CodePane *code() const { return m_code; }
    VersionModel *versions() const { return m_versions; }

Q_SIGNALS:
    void backRequested();
    void openAppRequested(const Flotilla::AppId &id); ///< a duplicate was made
    void settingsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setupUi();
    QWidget *makeRight();
    QWidget *makePreviewPage();
    void connectTerminal();
    void setupShortcuts();
    void connectSession();
    void connectChat();
    void connectHeader();
    void connectPreview();
    void connectVersions();

    void showSummary(const AppSummary &app);
    void showVersions();
    void showError(const Error &error);
    void submit(const Wish &wish);
    void askToFix(const QString &prompt);
    void fixUseErrors();
    void keepPicture(int version, const QImage &picture);
    void look(int version);
    void restore(int version);
    void openDiff(const QString &path, int version);
    void openFile(const QString &path, int line);
    void refreshFiles();
    void filesArrived(int version, const FileMap &files);
    void exportApp(bool zip);
    void finishExport(const FileMap &files);
    void openInBrowser();
    void openLink(const QUrl &url);
    void goBack();
    void find();
    void loadModels();
    void applyModels(const QList<ModelChoice> &choices);
    void measure();
    void refreshTerminal();
    void rememberWidth();
    void restoreWidth();

    AppServices m_services;
    std::unique_ptr<ScreenSession> m_session;
    DraftStore *m_drafts;
    VersionModel *m_versions;
    AppHeader *m_header;
    QSplitter *m_splitter;
    ChatPane *m_chat;
    AppTabBar *m_tabs;
    QStackedWidget *m_pages;
    PreviewPane *m_preview;
    VersionStrip *m_strip;
    CodePane *m_code;
    ConsolePanel *m_consolePanel;
    VersionsPage *m_versionsPage;
    LogsPage *m_logs;
    TerminalPane *m_terminal;
    OpenShell m_openShell;
    AppSummary m_summary;
    QString m_exportTo; ///< waiting for the files of an export
    bool m_exportZip = false;
    bool m_filesStale = true;
    QTimer m_measure; ///< runs while the screen is visible
    bool m_measuring = false;
};

} // namespace Flotilla
