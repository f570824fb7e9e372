// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Flotilla {

/// All that the terminal's page and the window say to each other. What comes from the page is untrusted: the page shows
/// what a sandbox prints. GUI thread.
class TerminalBridge : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QJsonObject look READ look CONSTANT)

public:
    explicit TerminalBridge(QObject *parent = nullptr);

    static constexpr qint64 mostWaiting = 256 * 1024; ///< bytes on their way to the page

    QJsonObject look() const { return m_look; }
    void setLook(const QJsonObject &look);
    /// A new shell: what is still to come of the one before is dropped.
    void beginShell();
    /// Gives the page as much as it can take; the rest waits here.
    void feed(const QByteArray &bytes);
    bool hasSelection() const { return m_hasSelection; }
    qint64 unshown() const { return m_waiting + m_queue.size(); } ///< here or on its way
    /// Asks the page from time to time whether it is still alive; no answer until the next time: stalled(). For a page
    /// that is seen: others take their time.
    void watch(bool on);
    void setPatience(std::chrono::milliseconds patience) { m_watch.setInterval(patience); }

    // for the page
    Q_INVOKABLE void ready(int columns, int rows);
    Q_INVOKABLE void typed(const QString &base64);
    Q_INVOKABLE void resized(int columns, int rows);
    Q_INVOKABLE void shown(int shell, int bytes);
    Q_INVOKABLE void alive() { m_asked = false; }
    Q_INVOKABLE void linkClicked(const QString &address);
    Q_INVOKABLE void selectionChanged(bool something) { m_hasSelection = something; }
    Q_INVOKABLE void found(int current, int count); ///< by the search; current -1: none, or too many to number
    Q_INVOKABLE void failed(const QString &text);   ///< its script did; it shows nothing more

Q_SIGNALS:
    // for the page
    void looked(const QJsonObject &look);
    void output(int shell, const QString &base64);
    void cleared();
    void pasted(const QString &text);
    void searched(const QString &text, bool backwards, bool caseSensitive);
    void searchEnded();
    void asked(); ///< answered by alive()

    // for the window
    void pageReady(int columns, int rows);
    void keys(const QByteArray &bytes);
    void sizeChanged(int columns, int rows);
    void acknowledged(qint64 bytes);
    void linkAsked(const QString &address);
    void resultsChanged(int current, int count); ///< current counts from 1; 0: none, or too many to number
    void stalled(); ///< the page does not answer or its script failed: it shows nothing more

private:
    void pass();
    void ask();

    QJsonObject m_look;
    QByteArray m_queue;
    qint64 m_waiting = 0;
    int m_shell = 0;
    QTimer m_watch;
    bool m_asked = false;
    bool m_hasSelection = false;
};

} // namespace Flotilla
