// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewpage.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QWebEngineDownloadRequest;
class QWebEngineLoadingInfo;
class QWebEngineProfile;
class QWebEngineView;

namespace Flotilla {

class DialogScheme;

/// The web view of the pane with its profile and page. Creating one starts the web engine, so the pane makes it late.
/// App data (local storage, cookies) stays in `dataDir`/web, apart by origin; the cache is in memory only.
class WebHost : public QWidget
{
    Q_OBJECT

public:
    explicit WebHost(const QString &dataDir, QWidget *parent = nullptr);
    ~WebHost() override;

    void open(const QUrl &own); ///< forgets the history of the app before
    void reload();
    void back();
    QUrl own() const;
    bool isLoading() const;                    ///< asked for, and asked for again when it does not end
    bool isComing() const { return m_coming; } ///< what is shown is not all of it
    void setDeviceWidth(int width);            ///< 0: all there is
    void setZoom(double factor);
    QPixmap frame() const;
    void answerPermission(const QUrl &origin, QWebEnginePage::Feature feature, bool allow);
    void startPicking();
    void stopPicking();
    QWebEngineView *view() const { return m_view; }

Q_SIGNALS:
    void documentStarted(); ///< console entries from now on are of a new document
    void consoleEntry(const Flotilla::ConsoleEntry &entry);
    void requestBlocked(const QUrl &url);
    void externalLink(const QUrl &url);
    void permissionAsked(const QUrl &origin, QWebEnginePage::Feature feature);
    void dialogAsked(const Flotilla::PageDialog &dialog);
    void printAsked();
    void downloadAsked(QWebEngineDownloadRequest *download);
    void crashed();
    void loaded(bool ok, bool blank); ///< after it was quiet for a moment; not ok: nothing came
    void blankChanged(bool blank);    ///< later on, or isComing() changed
    void answeredBadly(int status);   ///< the page came with this HTTP status instead of 200
    void hung(bool hangs);            ///< it answers nothing, until a reload ends it
    void lost();                      ///< the page never came, however often it was asked for
    void picked(const Flotilla::PickedElement &element);
    void pickingEnded();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setupProfile(const QString &dataDir);
    void setupPage();
    void connectPage();
    void placeView();
    void followLoad(const QWebEngineLoadingInfo &info);
    void checkBlank();
    void lookAgain();
    void setHung(bool hangs);
    void arrive();
    void rendererEnded(QWebEnginePage::RenderProcessTerminationStatus status);
    void askDialog(const QUrl &origin, PageDialog dialog);
    void pollPicker();
    void tryLoad();

    std::unique_ptr<QWebEngineProfile> m_profile;
    std::unique_ptr<DialogScheme> m_dialogs; // goes before its profile, which it tells
    std::unique_ptr<PreviewPage> m_page;     // before its profile
    QWebEngineView *m_view = nullptr;
    QTimer m_quiet;
    QTimer m_again; ///< whether the page changed since it was looked at
    QTimer m_picker;
    QTimer m_load; ///< asks again for a load that never ends
    QUrl m_wanted;
    int m_tries = 0;
    bool m_arrived = false; ///< the document of the last load began
    bool m_coming = false;  ///< and its load has not ended
    bool m_hung = false;
    bool m_ending = false; ///< its renderer was ended by us
    int m_missed = 0;      ///< so often it was looked at without an answer
    int m_dialogsOpen = 0; ///< it waits for a person
    bool m_forgetHistory = false;
    int m_deviceWidth = 0;
    int m_blankChecks = 0;
    bool m_toldComing = false;
    std::optional<bool> m_blank; ///< nothing: not looked at yet
};

} // namespace Flotilla
