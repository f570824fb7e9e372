// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/connection.h"
#include "backends/storage/messagerows.h"
#include "backends/storage/repositories.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

QList<MessageRecord> readMessages(Query &row)
{
    QList<MessageRecord> messages;
    while (row.next()) {
        messages.append({.id = row.integer(0),
                         .app = {row.text(1)},
                         .role = row.text(2),
                         .state = row.text(3),
                         .content = row.bytes(4),
                         .version = row.number(5),
                         .created = row.time(6)});
    }
    return messages;
}

} // namespace

qint64 insertMessage(Connection &connection, const MessageRecord &message)
{
    Query(connection, "INSERT INTO messages(app, role, state, content, version, created) VALUES(?, ?, ?, ?, ?, ?)",
          message.app.value, message.role, message.state, message.content, message.version, message.created)
        .run();
    return connection.lastInsertId();
}

bool updateMessage(Connection &connection, const MessageRecord &message)
{
    return Query(connection,
                 "UPDATE messages SET role = ?, state = ?, content = ?, version = ?, created = ?"
                 " WHERE id = ? AND app = ?",
                 message.role, message.state, message.content, message.version, message.created, message.id,
                 message.app.value)
               .run() == 1;
}

Error messageGone(qint64 id)
{
    return storageError(ErrorKind::NotFound, QCoreApplication::translate("Storage", "This message is gone."),
                        QString::number(id));
}

Result<qint64> ConversationRepository::append(const MessageRecord &message)
{
    return guarded(m_connection, "append message",
                   [&]() -> Result<qint64> { return insertMessage(m_connection, message); });
}

Result<QList<qint64>> ConversationRepository::append(const QList<MessageRecord> &messages, qint64 hideFrom)
{
    return guarded(m_connection, "append messages", [&]() -> Result<QList<qint64>> {
        WriteTransaction transaction(m_connection);
        QList<qint64> ids;
        if (hideFrom > 0 && !messages.isEmpty())
            Query(m_connection, "UPDATE messages SET hidden = 1 WHERE app = ? AND id >= ?", messages.first().app.value,
                  hideFrom)
                .run();
        for (const MessageRecord &message : messages)
            ids.append(insertMessage(m_connection, message));
        transaction.commit();
        return ids;
    });
}

Status ConversationRepository::update(const MessageRecord &message)
{
    return guarded(m_connection, "update message", [&]() -> Status {
        return updateMessage(m_connection, message) ? Status() : Status(messageGone(message.id));
    });
}

Result<QList<MessageRecord>> ConversationRepository::list(const AppId &app)
{
    return guarded(m_connection, "list messages", [&]() -> Result<QList<MessageRecord>> {
        Query row(m_connection,
                  "SELECT id, app, role, state, content, version, created FROM messages"
                  " WHERE app = ? AND hidden = 0 ORDER BY id",
                  app.value);
        return readMessages(row);
    });
}

Result<QHash<AppId, qint64>> ConversationRepository::newest(qint64 after)
{
    using Newest = QHash<AppId, qint64>;
    return guarded(m_connection, "list new messages", [&]() -> Result<Newest> {
        Query row(m_connection, "SELECT app, max(id) FROM messages WHERE id > ? GROUP BY app", after);
        Newest newest;
        while (row.next())
            newest.insert({row.text(0)}, row.integer(1));
        return newest;
    });
}

Result<QList<MessageRecord>> ConversationRepository::streaming()
{
    return guarded(m_connection, "list streaming messages", [&]() -> Result<QList<MessageRecord>> {
        Query row(m_connection, "SELECT id, app, role, state, content, version, created FROM messages"
                                " WHERE state = 'streaming' AND hidden = 0 ORDER BY id");
        return readMessages(row);
    });
}

Result<QList<MessageRecord>> ConversationRepository::withoutVersion(const AppId &app)
{
    return guarded(m_connection, "list turns without a version", [&]() -> Result<QList<MessageRecord>> {
        Query row(m_connection,
                  "SELECT id, app, role, state, content, version, created FROM messages"
                  " WHERE app = ? AND version = 0 AND role = 'assistant' AND state <> 'streaming' ORDER BY id",
                  app.value);
        return readMessages(row);
    });
}

} // namespace Flotilla
