// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/wireformat.h"

#include <QMap>

namespace Flotilla {

/// The event stream of Messages. Unknown events, blocks and deltas are ignored; counters replace, they never add.
class AnthropicParser final : public WireParser
{
public:
    AnthropicParser(qint64 requestCharacters, const PeerName &peer);

    void take(const SseEvent &event, QList<StreamEvent> &out) override;
    void end(QList<StreamEvent> &out) override;
    bool canConclude() const override { return false; }

private:
    struct Block
    {
        QString type;
        ThinkingPart thinking;
        ToolCallPart call;
        QString json;
        int ordinal = 0;
    };
    void startBlock(int index, const QJsonObject &content, QList<StreamEvent> &out);
    void addDelta(int index, const QJsonObject &delta, QList<StreamEvent> &out);
    void stopBlock(int index, QList<StreamEvent> &out);
    void readUsage(const QJsonObject &usage, QList<StreamEvent> &out);
    void conclude(QList<StreamEvent> &out);
    void fail(const StreamFailed &failure, QList<StreamEvent> &out);

    PeerName m_peer;
    QMap<int, Block> m_open;
    Usage m_usage;
    bool m_usageSeen = false;
    qint64 m_requestCharacters;
    qint64 m_answerCharacters = 0;
    QStringList m_ids; ///< of the calls so far
    QString m_stopReason;
};

} // namespace Flotilla
