// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Flotilla {

/// One step of an answer: exactly one kind of content, a pause, bytes as they are, or a fault.
struct FakeStep
{
    enum class Kind { Text, Thinking, Tool, Wait, Raw, Ping, Unknown, Duplicate, Malformed, Error, Drop, Stall };
    Kind kind = Kind::Text;
    QString text; ///< text, thinking, raw bytes, or the type of an error
    QString name; ///< of a tool
    QString id;
    QString json; ///< the input of a tool as text; may be cut off on purpose
    int waitMs = 0;
};

struct FakeUsage
{
    qint64 input = 100;
    qint64 cacheRead = 0;
    qint64 cacheWrite = 0;
    qint64 output = 20;
};

/// One answer.
struct FakeTurn
{
    // When it is used; an empty condition matches everything. See README.md.
    int request = 0;
    int depth = -1;
    QString contains;
    QString model;
    bool conditional = false;

    QList<FakeStep> steps;
    QString stop; ///< "end", "tool", "length", "refusal", "none"; empty: tool when there is a call, else end
    std::optional<FakeUsage> usage = FakeUsage{};

    int status = 200;
    QJsonObject headers;
    QByteArray body;
    bool hasBody = false;
    QString contentType;

    double tokensPerSecond = -1; ///< below 0: the script's
    int firstTokenMs = -1;
    int piece = 4;      ///< characters in one delta
    int chunkBytes = 0; ///< cut the body into HTTP chunks of so many bytes
    bool crlf = false;
    bool done = true; ///< send [DONE]
    bool comments = false;
    bool pings = false;
    bool wholeCalls = false;      ///< OpenAI: a call in one chunk, as Ollama does
    bool argumentsObject = false; ///< OpenAI: arguments as an object
    bool noIndex = false;
    bool noId = false;
    bool stopFinish = false; ///< OpenAI: finish_reason "stop" although there are calls
    QString reasoningField = QStringLiteral("reasoning_content");
};

/// What a FakeLlmServer says. README.md describes the JSON.
struct FakeScript
{
    QList<FakeTurn> turns;
    QStringList models = {QStringLiteral("fake-model")};
    QString key;        ///< required; empty: none
    QStringList reject; ///< fields of a request that are answered with 400
    double tokensPerSecond = 0;
    int firstTokenMs = 0;
    double requestsPerMinute = 0; ///< more are answered 429 with retry-after; 0: no limit
    double burst = 0;             ///< so many at once; 0: those of a minute
    bool limitHeaders = false;    ///< every answer says what is left
    bool byDepth = false;

    /// Fills `error` and returns an empty script when the JSON is not a script.
    static FakeScript fromJson(const QByteArray &json, QString *error);
    /// One answer of plain text.
    static FakeScript saying(const QString &text);
};

} // namespace Flotilla
