// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QListView>
#include <QTimer>

namespace Flotilla {

class ConversationStops;
class MessageActions;
class MessageDelegate;
struct ConversationStop;
struct MessageHit;

/// The messages of one app. Stays at the end while it is at the end; a person who scrolled up keeps their place while
/// text streams below. Long histories are laid out in slices of a few milliseconds. Tab goes through the controls in
/// the messages on screen.
class ConversationView : public QListView
{
    Q_OBJECT

public:
    explicit ConversationView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    MessageDelegate *messageDelegate() const { return m_delegate; }

    bool isAtEnd() const { return m_stick; }
    void jumpToEnd();
    void setLastGreen(int version);
    void setActivity(const QString &activity);
    /// By version, what went wrong while it was used, and which version can be fixed now (0: none).
    void setUseErrors(const QHash<int, QString> &errors, int fixable);
    void setTurnRunning(bool running);
    /// While a model writes: after ten seconds without a word the conversation says so.
    void setModelWriting(bool writing);
    void restyle(); ///< after the theme changed
    /// Copies the selection, or else the message under the mouse or the last one.
    void copySelection();
    void doItemsLayout() override;

Q_SIGNALS:
    void atEndChanged(bool atEnd);
    void openDiff(const QString &path, int version);
    void openFile(const QString &path, int line);
    void goToVersion(int version);
    void fixRequested(); ///< what went wrong while the newest version was used
    void retry();
    void editMessage(qint64 id);
    void openLink(const QUrl &url);
    void copied(const QString &what);

protected:
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void updateGeometries() override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct TextPlace
    {
        qint64 message = 0;
        int item = -1;
        int position = 0;
    };
    QPoint toMessage(const QModelIndex &index, const QPoint &pos) const;
    TextPlace textPlaceAt(const QPoint &pos, bool exact) const;
    QString linkAt(const QPoint &pos) const;
    void hover(const QPoint &pos);
    void activate(const QModelIndex &index, const MessageHit &hit);
    void connectSignals();
    void placeActions(const QModelIndex &index);
    void copyMessage(const QModelIndex &index);
    void openMenu(const QModelIndex &index, const QPoint &globalPos);
    void placeStops();
    void addStops(QList<ConversationStop> &stops, const QModelIndex &index) const;
    void activateStop(const ConversationStop &stop);
    void bringIntoView(const ConversationStop &stop);
    QModelIndex indexOf(qint64 message) const;
    void setStick(bool stick);
    void continueLayout();
    void relayoutLater();
    void countDown();
    void heard();
    bool tellsQuiet();

    MessageDelegate *m_delegate;
    MessageActions *m_actions;
    ConversationStops *m_stops;
    QTimer m_layoutTimer;
    QTimer m_stopsTimer; ///< many changes, one placing
    QTimer m_countDown;  ///< runs while the last message waits for the model
    QElapsedTimer m_lastWord;
    bool m_stick = true;
    bool m_adjusting = false;
    bool m_turnRunning = false;
    bool m_modelWriting = false;
    bool m_dragging = false;
    bool m_keyboardFocus = false; ///< the focus came by a key: show it
    QPoint m_pressedAt;
};

} // namespace Flotilla
