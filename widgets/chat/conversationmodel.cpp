// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/conversationmodel.h"

#include <algorithm>

namespace Flotilla {

ConversationModel::ConversationModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return plainText(row.message);
    case Qt::AccessibleTextRole: {
        const QString who = row.message.role == Flotilla::Role::User ? tr("You") : tr("Flotilla");
        return QStringLiteral("%1: %2").arg(who, plainText(row.message).left(2000));
    }
    case IdRole:
        return row.message.id;
    case RevisionRole:
        return row.revision;
    case MessageRole:
        return QVariant::fromValue(row.message);
    case RoleRole:
        return int(row.message.role);
    case StateRole:
        return int(row.message.state);
    case PausedRole:
        return isPaused(row.message);
    case RetryRole:
        return canRetry(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert(IdRole, "id");
    names.insert(RevisionRole, "revision");
    names.insert(MessageRole, "message");
    names.insert(RoleRole, "role");
    names.insert(StateRole, "state");
    names.insert(RetryRole, "retry");
    names.insert(PausedRole, "paused");
    return names;
}

void ConversationModel::setMessages(const QList<Message> &messages)
{
    int same = 0;
    while (same < m_rows.size() && same < messages.size() && m_rows[same].message.id == messages[same].id &&
           m_rows[same].message.app == messages[same].app) {
        change(same, messages[same]);
        ++same;
    }
    if (same < m_rows.size()) {
        beginRemoveRows({}, same, int(m_rows.size()) - 1);
        m_rows.erase(m_rows.begin() + same, m_rows.end());
        endRemoveRows();
    }
    if (same < messages.size()) {
        beginInsertRows({}, same, int(messages.size()) - 1);
        for (int i = same; i < messages.size(); ++i)
            m_rows.append({messages[i], 0});
        endInsertRows();
    }
}

void ConversationModel::put(const Message &message)
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), message.id,
                                     [](const Row &row, qint64 id) { return row.message.id < id; });
    const int row = int(it - m_rows.begin());
    if (it != m_rows.end() && it->message.id == message.id) {
        change(row, message);
        return;
    }
    beginInsertRows({}, row, row);
    m_rows.insert(it, {message, 0});
    endInsertRows();
    if (row > 0)
        Q_EMIT dataChanged(index(row - 1), index(row - 1), {RetryRole});
}

void ConversationModel::change(int row, const Message &message)
{
    Row &old = m_rows[row];
    if (old.message == message)
        return;
    QList<int> roles{RevisionRole, MessageRole, Qt::DisplayRole, Qt::AccessibleTextRole};
    if (old.message.state != message.state)
        roles.append(StateRole);
    old.message = message;
    ++old.revision;
    Q_EMIT dataChanged(index(row), index(row), roles);
}

/// Files that came from outside have no model that could write them again.
bool ConversationModel::canRetry(int row) const
{
    const int wish = lastRow(Flotilla::Role::User);
    return row == m_rows.size() - 1 && (wish < 0 || !m_rows[wish].message.imported);
}

int ConversationModel::rowOf(qint64 id) const
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_rows[row].message.id == id)
            return row;
    }
    return -1;
}

int ConversationModel::lastRow(Flotilla::Role role) const
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_rows[row].message.role == role)
            return row;
    }
    return -1;
}

bool ConversationModel::isPaused(const Message &message)
{
    if (message.state != MessageState::Streaming || message.blocks.isEmpty())
        return false;
    const auto *notice = std::get_if<NoticeBlock>(&message.blocks.last());
    return notice && notice->until.isValid();
}

QString ConversationModel::plainText(const Message &message)
{
    QStringList parts;
    for (const Block &block : message.blocks) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            parts.append(text->markdown);
        else if (const auto *notice = std::get_if<NoticeBlock>(&block))
            parts.append(notice->text);
        else if (const auto *tool = std::get_if<ToolBlock>(&block); tool && !tool->path.isEmpty())
            parts.append(tool->path);
    }
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace Flotilla
