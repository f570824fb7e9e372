// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QAbstractListModel>

namespace Flotilla {

/// The messages of one app, oldest first, one row each. Rows are announced precisely: a growing message is one
/// dataChanged of its row, never a reset. GUI thread; holds value copies.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< qint64
        RevisionRole,              ///< int, grows with every change of the row
        MessageRole,               ///< Message by value
        RoleRole,                  ///< int of Flotilla::Role
        StateRole,                 ///< int of MessageState
        RetryRole,                 ///< bool: the newest message, and a model wrote it
        PausedRole,                ///< bool: waits for the model at this moment
    };

    explicit ConversationModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Another app, or the history of this one changed: keeps the common beginning, so that views keep their place.
    void setMessages(const QList<Message> &messages);
    /// Inserts by id or replaces the row with that id. An equal message changes nothing.
    void put(const Message &message);
    void clear() { setMessages({}); }

    bool canRetry(int row) const;
    int rowOf(qint64 id) const; ///< -1: not there
    Message messageAt(int row) const { return m_rows.at(row).message; }
    int lastRow(Flotilla::Role role) const; ///< -1: none

    /// All the text of a message as Markdown, for the clipboard.
    static bool isPaused(const Message &message);
    static QString plainText(const Message &message);

private:
    struct Row
    {
        Message message;
        int revision = 0;
    };
    void change(int row, const Message &message);
    QList<Row> m_rows;
};

} // namespace Flotilla
