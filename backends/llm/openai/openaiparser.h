// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/openai/thinktags.h"
#include "backends/llm/wireformat.h"

namespace Flotilla {

/// The chunks of Chat Completions, with the tolerance of protocols.md 2.3.
class OpenAiParser final : public WireParser
{
public:
    OpenAiParser(qint64 requestCharacters, const PeerName &peer);

    void take(const SseEvent &event, QList<StreamEvent> &out) override;
    void end(QList<StreamEvent> &out) override;
    bool canConclude() const override { return !m_over && !m_finish.isEmpty(); }

private:
    struct Call
    {
        ToolCallPart part;
        int serverIndex = -1;
        QString serverId; ///< may be that of another call, too
        QString json;
        bool done = false;
    };
    void takeChoice(const QJsonObject &choice, QList<StreamEvent> &out);
    void takeDelta(const QJsonObject &delta, QList<StreamEvent> &out);
    void takePieces(const QList<ThinkTags::Piece> &pieces, QList<StreamEvent> &out);
    void takeThinking(const QJsonObject &delta, QList<StreamEvent> &out);
    void takeCall(const QJsonObject &fragment, int position, QList<StreamEvent> &out);
    qsizetype callFor(const QJsonObject &fragment, int position, QList<StreamEvent> &out);
    void takeUsage(const QJsonObject &usage, QList<StreamEvent> &out);
    void finishParts(QList<StreamEvent> &out);
    void conclude(QList<StreamEvent> &out);
    void fail(const StreamFailed &failure, QList<StreamEvent> &out);

    PeerName m_peer;
    QList<Call> m_calls;
    QStringList m_ids;
    Usage m_usage;
    QString m_thinking;
    ThinkTags m_thinkTags;
    QString m_finish;
    bool m_anything = false;
    bool m_refused = false;
    qint64 m_requestCharacters;
    qint64 m_answerCharacters = 0;
};

} // namespace Flotilla
