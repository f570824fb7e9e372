// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/httpclient.h"
#include "backends/http/sseparser.h"
#include "backends/llm/apierror.h"
#include "backends/llm/languagemodel.h"

#include <QUrl>

#include <memory>

namespace Flotilla {

/// What one model on one endpoint turned out not to accept. Learned from its 400 answers, kept for the session.
struct Quirks
{
    bool noStreamOptions = false;
    bool noTools = false;
    bool noImages = false;
    bool noThinking = false;
    bool noCacheControl = false;
    bool dropThinkingHistory = false;
    enum class TokenLimitField { Usual, Other, None } tokenLimit = TokenLimitField::Usual;
    std::optional<qint64> maxOutputTokens;
};

/// Turns the events of one answer into StreamEvents. Pure: no clock, no network.
class WireParser
{
public:
    virtual ~WireParser() = default;
    virtual void take(const SseEvent &event, QList<StreamEvent> &out) = 0;
    /// The body ended: concludes the answer, or fails it when it was not complete.
    virtual void end(QList<StreamEvent> &out) = 0;
    /// The answer is complete although the server may still say something (usage, [DONE]).
    virtual bool canConclude() const = 0;
    /// StreamDone or StreamFailed was produced.
    bool isOver() const { return m_over; }

protected:
    bool m_over = false;
};

/// One vendor's HTTP API. Stateless.
class WireFormat
{
public:
    enum class Adaptation { None, Retry, ToolsUnsupported, ImagesUnsupported };

    virtual ~WireFormat() = default;
    virtual QUrl streamUrl(const QUrl &baseUrl) const = 0;
    virtual QUrl modelsUrl(const QUrl &baseUrl) const = 0;
    virtual HttpHeaders authHeaders(const QString &key) const = 0;
    virtual QByteArray body(const ModelRequest &request, const QUrl &baseUrl, const Quirks &quirks) const = 0;
    virtual std::unique_ptr<WireParser> parser(const ModelRequest &request, const PeerName &peer) const = 0;
    /// Learns from a refused request.
    virtual Adaptation adapt(const ApiError &error, const ModelRequest &request, const QUrl &baseUrl,
                             Quirks &quirks) const = 0;
    /// An answer that came as one JSON document although a stream was asked for; empty when it is not one.
    virtual QList<SseEvent> wholeAnswer(const QByteArray &body) const = 0;
};

/// The limit to send: what was asked, what the model can do.
inline qint64 outputLimit(const ModelRequest &request, const Quirks &quirks)
{
    return qMax<qint64>(
        1, qMin<qint64>(request.maxOutputTokens, quirks.maxOutputTokens.value_or(request.maxOutputTokens)));
}

} // namespace Flotilla
