// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/consolemodel.h"
#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewscene.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <QWebEnginePage>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace Flotilla {

class AskBar;
class PageDownloads;
class StatePage;
class TroubleBar;
class WebHost;
struct PageDialog;

/// The app, or a designed page that says why it cannot be shown. Never blank. The web view is made when an app is ready
/// for the first time.
class PreviewPane : public QWidget
{
    Q_OBJECT

public:
    PreviewPane(const QString &dataDir, const QString &webViewProblem, QWidget *parent = nullptr);
    ~PreviewPane() override;

    void reset(); ///< another app
    void setStatus(const PreviewStatus &status);
    void setLastGreen(int version);
    void setTurnRunning(bool running);
    const PreviewStatus &status() const { return m_status; }
    PreviewScene scene() const;
    ConsoleModel *console() const { return m_console; }
    int blockedRequests() const { return m_blocked; }
    void ensureWeb();                      ///< makes the web view now, unless there may be none
    WebHost *web() const { return m_web; } ///< null: not made yet

    void reload();
    void back();
    void setDeviceWidth(int width);
    void setZoom(double factor);
    bool canPick() const;
    void startPicking();
    void stopPicking();
    void setStillPicture(const QPixmap &picture); ///< an older version to look at; null: back to the app

Q_SIGNALS:
    void fixRequested(const QString &prompt);
    /// The page of this version threw what nobody caught; each error once, and few of one page.
    void usedWithError(int version, const QString &error);
    /// How the page of this version looks, a moment after it has loaded; 0: of a turn under way. Only at full width.
    void pictureTaken(int version, const QImage &picture);
    void goToGoodRequested();
    void wakeRequested();
    void tryAgainRequested(); ///< the sandbox did not start, or did not answer
    void stopRequested();     ///< the turn
    void openInBrowserRequested();
    void openFile(const QString &path, int line);
    void consoleRequested();
    void blockedRequestsChanged(int count);
    void seenChanged(Flotilla::PreviewState state); ///< what the pane shows, the web view's own finding included
    void picked(const Flotilla::PickedElement &element);
    void pickingEnded();

private:
    void setupUi();
    void connectWeb();
    void connectTrouble();
    void update();
    void act(PreviewScene::Action action);
    void notePageError(const ConsoleEntry &entry);
    void noteUseError(ConsoleEntry entry);
    void tellUseErrors();
    void takePicture();
    void askAgain();
    void askAgainLater();
    void forgetPage();
    QString fixPrompt() const;
    void askToLeave(const QUrl &url);
    void setupSlow();
    void watchBuild();
    void askDialog(const PageDialog &dialog);
    void askPermission(const QUrl &origin, QWebEnginePage::Feature feature);
    void setupDownloads();

    QString m_dataDir;
    PreviewStatus m_status;
    PreviewFacts m_facts;
    ConsoleModel *m_console;
    AskBar *m_ask;
    PageDownloads *m_downloads;
    TroubleBar *m_trouble;
    QStackedWidget *m_stack;
    StatePage *m_page;
    QLabel *m_still;
    WebHost *m_web = nullptr;
    PreviewState m_seen = PreviewState::Nothing;
    qint64 m_shownRevision = -1;
    bool m_gone = false;        ///< the sandbox ended since: its revisions begin again
    bool m_ownDocument = false; ///< the page that was asked for last is there; before, the one before it speaks
    QStringList m_useErrors;    ///< of that page
    qsizetype m_toldErrors = 0;
    QTimer m_shutter;    ///< the page has loaded: a moment for its first animations
    QTimer m_again;      ///< a page that did not arrive is asked for again by itself, a few times
    QTimer m_slow{this}; ///< a build that takes longer may never end
    int m_asked = 0;
    int m_blocked = 0;
    int m_deviceWidth = 0;
    double m_zoom = 1;
    QSet<QString> m_trustedHosts; ///< links to them leave without a question, while the app is shown
    QElapsedTimer m_left;         ///< since a link wanted to leave
};

} // namespace Flotilla
