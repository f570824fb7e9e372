// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/llm/wireformat.h"

#include <functional>

namespace Flotilla {

/// How long a stream may say nothing before it counts as stalled.
struct StallLimits
{
    std::chrono::milliseconds firstByte{300'000}; ///< from the request to the first byte of the answer's body
    std::chrono::milliseconds nextByte{90'000};   ///< between bytes; pings and comments count
    std::chrono::milliseconds content{600'000};   ///< between pieces of content, when only pings arrive
};

struct HttpModelConfig
{
    HttpClient *http = nullptr;
    std::shared_ptr<const WireFormat> format;
    QUrl baseUrl;
    std::function<Future<QString>()> key; ///< asked for every request; an empty key is a valid answer
    QString missingKey;                   ///< the words when a key is needed and there is none; empty: none is needed
    StallLimits stall;
    std::function<void(const HttpHeaders &)> observeHeaders; ///< rate limits for the Governor
    std::shared_ptr<Quirks> quirks = std::make_shared<Quirks>();
    ModelInfo info;
};

/// A model behind an HTTP API: one attempt per stream, no retries (the Governor's business), except without a field
/// that the server turned out not to know.
class HttpModel final : public LanguageModel
{
public:
    explicit HttpModel(HttpModelConfig config);
    ModelInfo info() const override;
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    HttpModelConfig m_config;
};

/// Host and port of a base URL, for messages.
QString hostOf(const QUrl &baseUrl);

} // namespace Flotilla
