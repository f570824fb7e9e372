// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/httpclient.h"
#include "backends/llm/languagemodel.h"

#include <QJsonValue>

namespace Flotilla {

/// Who was asked, in words for people.
struct PeerName
{
    QString host;  ///< "api.anthropic.com", "127.0.0.1:11434"
    QString model; ///< the server's name of the model
};

/// A refused or failed request as the server told it, bounded.
struct ApiError
{
    int status = 0;
    QString type;
    QString code;
    QString message;
    QString requestId;
    std::optional<std::chrono::milliseconds> retryAfter;
    std::optional<bool> shouldRetry;

    /// `word` occurs in the message or is the code's or type's text (case does not matter).
    bool mentions(QLatin1String word) const;
};

/// From an HTTP answer: both vendors' JSON shapes, plain text, HTML pages of proxies.
ApiError readApiError(int status, const HttpHeaders &headers, const QByteArray &body);
/// From an "error" value inside a stream (object or string); the status is inferred from its type or code.
ApiError streamedApiError(const QJsonValue &error);
/// The words and the retry rule. Facts: protocols.md 1.7 and 2.2.
StreamFailed failureOf(const ApiError &error, const PeerName &peer);

} // namespace Flotilla
