// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/wireformat.h"

namespace Flotilla {

/// OpenAI Chat Completions and the servers that imitate it. Facts: protocols.md section 2.
class OpenAiFormat final : public WireFormat
{
public:
    QUrl streamUrl(const QUrl &baseUrl) const override;
    QUrl modelsUrl(const QUrl &baseUrl) const override;
    HttpHeaders authHeaders(const QString &key) const override;
    QByteArray body(const ModelRequest &request, const QUrl &baseUrl, const Quirks &quirks) const override;
    std::unique_ptr<WireParser> parser(const ModelRequest &request, const PeerName &peer) const override;
    Adaptation adapt(const ApiError &error, const ModelRequest &request, const QUrl &baseUrl,
                     Quirks &quirks) const override;
    QList<SseEvent> wholeAnswer(const QByteArray &body) const override;
};

} // namespace Flotilla
