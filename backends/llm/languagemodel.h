// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

namespace Flotilla {

/// Tokens of one request. Counters of a stream are totals: a later value replaces an earlier one.
struct Usage
{
    qint64 inputTokens = 0; ///< not read from and not written to the cache
    qint64 cacheReadTokens = 0;
    qint64 cacheWriteTokens = 0;
    qint64 outputTokens = 0;
    bool estimated = false; ///< the server did not say; counted at 4 characters a token

    Usage &operator+=(const Usage &other);
    bool operator==(const Usage &) const = default;
    qint64 total() const { return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens; }
};

enum class Role { User, Assistant };

struct TextPart
{
    QString text;
    bool operator==(const TextPart &) const = default;
};
/// Thinking of the model; goes back unchanged to the same model, is dropped for another one.
struct ThinkingPart
{
    QString text;
    QString signature;
    QString redacted; ///< opaque data of a redacted block
    bool operator==(const ThinkingPart &) const = default;
};
struct ImagePart
{
    QString mediaType; ///< image/png, image/jpeg, image/gif or image/webp
    QByteArray data;
    bool operator==(const ImagePart &) const = default;
};
struct ToolCallPart
{
    QString id;
    QString name;
    QJsonObject input;
    bool operator==(const ToolCallPart &) const = default;
};
struct ToolResultPart
{
    QString callId;
    QString text;
    bool isError = false;
    bool operator==(const ToolResultPart &) const = default;
};
using Part = std::variant<TextPart, ThinkingPart, ImagePart, ToolCallPart, ToolResultPart>;

struct ModelMessage
{
    Role role = Role::User;
    QList<Part> parts;
};

struct ToolDefinition
{
    QString name;
    QString description;
    QJsonObject schema; ///< JSON schema of the input, type object
};

struct ModelRequest
{
    QString model; ///< the server's name of the model
    QString system;
    QList<ModelMessage> messages;
    QList<ToolDefinition> tools;
    int maxOutputTokens = 32000;
};

/// Stream events, in this order: any of the deltas, then exactly one StreamDone or StreamFailed.
struct TextDelta
{
    QString text;
};
struct ThinkingDelta
{
    QString text;
};
/// A complete thinking block, to be kept in the history.
struct ThinkingDone
{
    ThinkingPart part;
};
struct ToolCallStarted
{
    int index = 0;
    QString id;
    QString name;
};
/// A piece of the call's input as JSON text; may be cut anywhere.
struct ToolCallDelta
{
    int index = 0;
    QString json;
};
/// The complete call. When the JSON was cut off or malformed, `error` says so and `call.input` is empty.
struct ToolCallDone
{
    int index = 0;
    ToolCallPart call;
    QString error;
};
struct UsageUpdate
{
    Usage usage;
};
/// A pause before attempt number `attempt`: shown as "waiting for the model until ...".
struct StreamWaiting
{
    std::chrono::milliseconds delay{0};
    Error reason;
    int attempt = 1;
};
enum class StopReason { EndOfTurn, ToolUse, MaxTokens, Refusal, ContextFull, Paused, Other };
struct StreamDone
{
    StopReason reason = StopReason::EndOfTurn;
    QString rawReason;
};
/// The end of a broken answer. Everything that could be retried without showing text twice was retried already.
/// kind Unsupported and retryable: the server turned out to know no tools or images, which info() now says too; ask
/// again in the other mode. kind Network or Timeout and retryable: the answer broke off after content was shown.
struct StreamFailed
{
    Error error;
    bool retryable = false;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString requestId;
};
using StreamEvent = std::variant<TextDelta, ThinkingDelta, ThinkingDone, ToolCallStarted, ToolCallDelta, ToolCallDone,
                                 UsageUpdate, StreamWaiting, StreamDone, StreamFailed>;

/// One answer being streamed. Lives on the thread that called LanguageModel::stream; deleting it cancels.
class ModelStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Stops at once; no further event is emitted.
    virtual void cancel() = 0;

Q_SIGNALS:
    void event(const Flotilla::StreamEvent &event);
};

struct ModelCapabilities
{
    bool tools = true;
    bool images = true;
    std::optional<qint64> contextTokens;
    std::optional<qint64> maxOutputTokens;
};

/// Prices in US dollars per million tokens. Source and date stand in resources/prices.
struct Price
{
    double input = 0;
    double output = 0;
    double cacheRead = 0;
    double cacheWrite = 0;
};

struct ModelInfo
{
    QString id;  ///< what ModelRequest::model takes
    QString ref; ///< ModelRef as text: what settings, the store and flotillactl --model take
    QString displayName;
    QString provider; ///< "sampler", "anthropic", "openai", or the label of a local server
    ModelCapabilities capabilities;
    std::optional<Price> price;  ///< nothing: not known; zero for local and built-in models
    bool isLanguageModel = true; ///< false for the sampler, which every view must then say
};

/// A model behind an endpoint. All methods on the service thread.
class LanguageModel
{
public:
    virtual ~LanguageModel() = default;
    virtual ModelInfo info() const = 0;
    /// Starts a request. Events begin after control returned to the event loop. Never null.
    virtual std::unique_ptr<ModelStream> stream(const ModelRequest &request) = 0;
};

/// The money for `usage`, in US dollars; nothing when the price is not known.
std::optional<double> costOf(const Usage &usage, const std::optional<Price> &price);

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::StreamEvent)
