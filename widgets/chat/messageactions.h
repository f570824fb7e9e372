// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QWidget>

class QMenu;
class QToolButton;

namespace Flotilla {

/// The small buttons beside the message under the pointer: copy, edit and send again, try again.
class MessageActions : public QWidget
{
    Q_OBJECT

public:
    explicit MessageActions(QWidget *parent);

    /// Which message, and what may be done with it. No message, or one that is still written: nothing.
    void setMessage(const QModelIndex &index, bool turnRunning);
    QModelIndex message() const { return m_message; }
    bool isEmpty() const { return !m_message.isValid(); }
    /// The same actions in a menu.
    void addTo(QMenu *menu);

Q_SIGNALS:
    void copyRequested(const QModelIndex &message);
    void editRequested(const QModelIndex &message);
    void retryRequested();

private:
    QToolButton *m_copy;
    QToolButton *m_edit;
    QToolButton *m_retry;
    QPersistentModelIndex m_message;
};

} // namespace Flotilla
