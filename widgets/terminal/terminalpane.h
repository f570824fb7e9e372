// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/sandboxaccess.h"

#include <QSize>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace Flotilla {

struct DroppedFiles;
class EmptyState;
class TerminalView;

/// A shell in the sandbox of one app. It opens when the pane is seen and the app runs. When another app is chosen the
/// shell goes on and comes back with its app; there is one shell and one web view per pane. GUI thread.
class TerminalPane : public QWidget
{
    Q_OBJECT

public:
    using OpenShell = std::function<Future<SandboxTerminalHandle>(const AppId &app, int columns, int rows)>;
    using PutFiles = std::function<Future<void>(const AppId &app, const QHash<QString, QByteArray> &files)>;
    enum class State {
        NoView,     ///< no web view may be made in this process
        Asleep,     ///< nothing to open a shell in
        Connecting, ///< the page or the shell is on its way
        Open,
        Ended,     ///< what it printed is still there to read
        Failed,    ///< the shell could not be opened
        Crashed,   ///< the renderer did; the shell goes on
        Elsewhere, ///< the shell of another app is open
    };

    explicit TerminalPane(OpenShell openShell, QWidget *parent = nullptr);
    ~TerminalPane() override;

    void setOpenShell(OpenShell openShell) { m_openShell = std::move(openShell); }
    /// Where files go that are dropped on the terminal; none: they are not taken.
    void setPutFiles(PutFiles putFiles) { m_putFiles = std::move(putFiles); }

    struct Subject
    {
        AppId app;
        QString title;
        bool alive = false;   ///< a shell can be opened
        bool canWake = false; ///< it could after a wake
        QString absence, why; ///< what is there instead of a sandbox: a title and a sentence
    };
    void setSubject(const Subject &subject);
    State state() const;
    TerminalView *view() const { return m_view; } ///< null before the first shell

Q_SIGNALS:
    void wakeRequested(const Flotilla::AppId &app);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupUi();
    void makeView();
    void refresh();
    void showState();
    void showWaiting();
    void act();
    void open();
    void askForShell();
    void take(const Result<SandboxTerminalHandle> &shell);
    void connectShell();
    void end(const QString &why);
    void release();
    void pageIsReady();
    void viewFailed();
    void restartView();
    void resizeShell();
    void askToOpen(const QString &address);
    void takeFiles(const QStringList &paths);
    void put(const AppId &app, const DroppedFiles &files);
    bool isHeld() const; ///< a shell is there or on its way

    OpenShell m_openShell;
    PutFiles m_putFiles;
    Subject m_subject;
    Subject m_owner; ///< of the shell; an empty app: nobody
    State m_phase = State::Asleep;
    Error m_error;
    SandboxTerminalHandle m_shell;
    int m_attempt = 0;
    QSize m_size;
    QWidget *m_body;
    QWidget *m_cover;
    EmptyState *m_empty;
    QWidget *m_line; ///< above the terminal, when its shell has ended
    QLabel *m_lineText;
    QPushButton *m_again;
    TerminalView *m_view = nullptr;
};

} // namespace Flotilla
