// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/partialjson.h"
#include "backends/projects/projecttypes.h"
#include "backends/projects/tagparser.h"

#include <QHash>
#include <QList>

namespace Flotilla {

/// A complete call of an answer, waiting to be run. `block` is the index of its card.
struct PendingCall
{
    ToolCallPart call;
    QString error; ///< the input was cut off or malformed
    qsizetype block = 0;
};

/// One answer of a model while it streams: turns events into blocks for the views, calls to be run, and the parts that
/// go into the history. With `tags` files come in the text (TagParser) and become calls of write_file and delete_file.
class Answer
{
public:
    /// `asked`: about how many tokens the request has.
    Answer(QList<Block> *blocks, bool tags, qint64 asked = 0)
        : m_blocks(blocks)
        , m_tags(tags)
        , m_asked(asked)
    {
    }

    void take(const StreamEvent &event);
    /// The stream ended. Not `complete` (cut off, broken, stopped): what is unfinished is dropped and its card failed.
    void finish(bool complete);
    /// Calls that became complete since the last time, in order.
    QList<PendingCall> takeCalls();
    /// Reads files out of plain text, for models that were given tools and wrote code into the chat.
    void adoptFilesFromText();
    /// Brings the cards of unfinished calls up to date; cheap enough for ten times a second.
    void refresh();

    QList<Part> parts() const;
    bool receivedAnything() const { return m_received; }
    QString cutFile() const { return m_cutFile; } ///< known after finish()
    int calls() const { return m_callCount; }
    /// What the server counted. Before it said so (most servers do at the end only) estimated from what came, so that
    /// money is known while it is spent, and when the answer breaks or is stopped.
    Usage usage() const;

private:
    struct Growing
    {
        qsizetype block = 0;
        PartialJson json;
    };

    void on(const TextDelta &event);
    void on(const ThinkingDelta &event);
    void on(const ThinkingDone &event);
    void on(const ToolCallStarted &event);
    void on(const ToolCallDelta &event);
    void on(const ToolCallDone &event);
    void on(const UsageUpdate &event) { m_usage = event.usage; }
    void on(const StreamDone &) { m_counted = true; }
    void on(const StreamWaiting &event);
    void on(const StreamFailed &) {}

    void addText(const QString &text);
    void takeTags(const QList<TagEvent> &events);
    void addFileCall(const QString &path, const std::optional<QString> &content);
    ToolBlock &card(qsizetype block) { return std::get<ToolBlock>((*m_blocks)[block]); }
    qsizetype addCard(const QString &id, const QString &tool);
    void dropCard(qsizetype block, bool complete);

    QList<Block> *m_blocks;
    bool m_tags;
    qint64 m_asked;
    qint64 m_characters = 0; ///< received
    bool m_counted = false;  ///< the usage is final
    bool m_received = false;
    int m_callCount = 0;
    Usage m_usage;
    QString m_text;      ///< everything said, with tags
    QList<Part> m_parts; ///< without the text of tags
    QList<PendingCall> m_pending;
    QHash<int, Growing> m_growing;
    TagParser m_parser;
    qsizetype m_fileBlock = -1; ///< card of the file under way in tags
    QString m_fileText;
    QString m_cutFile;
    qsizetype m_firstBlock = -1;
};

} // namespace Flotilla
