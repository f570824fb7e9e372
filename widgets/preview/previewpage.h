// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/consolemodel.h"
#include "widgets/preview/requestfilter.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWebEnginePage>

#include <functional>
#include <memory>

namespace Flotilla {

/// What alert(), confirm() and prompt() ask. Call `answer` once, at any time. An alert does not wait for it.
struct PageDialog
{
    enum class Kind { Alert, Confirm, Prompt };
    Kind kind = Kind::Alert;
    QString text;
    QString value; ///< of a prompt, to begin with
    std::function<void(bool yes, const QString &text)> answer;
};

/// The page of one app: keeps to its own origin, reports its console, asks for everything else by signals.
class PreviewPage : public QWebEnginePage
{
    Q_OBJECT

public:
    explicit PreviewPage(QWebEngineProfile *profile, QObject *parent = nullptr);
    ~PreviewPage() override;

    void open(const QUrl &own);
    void reloadAll(); ///< past the cache, and without asking the app whether it may
    void goBack();    ///< without asking either
    QUrl own() const { return m_own; }
    /// Something of this app was blocked: by the page's filter, or by the profile's, which is asked first.
    void report(const QUrl &url, RequestVerdict verdict);
    /// Whether a person may be asked what the page at `origin` asks: not too often, and not again while it goes on.
    bool mayAsk(const QUrl &origin);
    /// Written to the console by a script that runs before everything else in a document, it is told as
    /// documentStarted(). A page cannot know it.
    const QString &greeting() const { return m_greeting; }
    /// What `script` gives in the world of PageScripts, later. Nothing once the page is going: QWebEnginePage answers
    /// what is still open from its destructor, when those who asked are half gone.
    void evaluate(const QString &script, std::function<void(const QVariant &)> answer);
    /// For one that hangs: no other page of this app could begin in it. Its end is told like a crash, soon. False:
    /// there is none.
    bool endRenderer();
    /// No dialogs, no new windows, no sound: alert() and the like answer at once. For pages nobody looks at.
    void setSilent(bool silent);

Q_SIGNALS:
    void documentStarted(); ///< console entries from now on are of a new document
    void consoleEntry(const Flotilla::ConsoleEntry &entry);
    void requestBlocked(const QUrl &url, Flotilla::RequestVerdict verdict);
    void dialogAsked(const Flotilla::PageDialog &dialog);
    void externalLink(const QUrl &url); ///< a person clicked a link to another site, or a new window was asked for

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType type, bool isMainFrame) override;
    QWebEnginePage *createWindow(WebWindowType type) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message, int line,
                                  const QString &source) override;
    void javaScriptAlert(const QUrl &origin, const QString &text) override;
    bool javaScriptConfirm(const QUrl &origin, const QString &text) override;
    bool javaScriptPrompt(const QUrl &origin, const QString &text, const QString &value, QString *result) override;

private:
    void lockDown();
    bool mayShowDialog();

    const QString m_greeting;
    RequestFilter m_filter;
    std::shared_ptr<bool> m_going; ///< shared with the answers that are on their way
    QUrl m_own;
    bool m_silent = false;
    bool m_leaving = false;            ///< the program loads a page: beforeunload has nothing to ask
    QPointer<QWebEnginePage> m_window; ///< that the page asked for last
    QElapsedTimer m_dialogWindow;
    int m_dialogs = 0;
};

} // namespace Flotilla
