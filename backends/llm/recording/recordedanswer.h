// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

namespace Flotilla {

struct RecordedEvent
{
    int atMs = 0; ///< since the request
    StreamEvent event;
};

/// One answer as it came: what was asked, every event with its time, ending with StreamDone.
struct RecordedAnswer
{
    QString model;     ///< ModelRef as text
    QString prompt;    ///< of the conversation's first wish
    int step = 0;      ///< how many answers the conversation had before
    bool tools = true; ///< whether the request offered tools
    QList<RecordedEvent> events;
};

/// The bounds of a recording: more is refused when it is read and not written when it is made.
namespace RecordingLimits {
inline constexpr qsizetype line = 4 * 1024 * 1024;   ///< bytes
inline constexpr qsizetype file = 128 * 1024 * 1024; ///< bytes
inline constexpr int answers = 10'000;
inline constexpr int events = 100'000; ///< of one answer
inline constexpr int milliseconds = 3'600'000;
inline constexpr int steps = 100;
inline constexpr int calls = 256; ///< of one answer
inline constexpr qsizetype name = 256;
inline constexpr qsizetype prompt = 64 * 1024; ///< characters
} // namespace RecordingLimits

/// What a request and its place in the conversation are known by.
QString promptOf(const ModelRequest &request);
int stepOf(const ModelRequest &request);

/// One line of a recording, without its end. Thinking is kept as text only: its signature is good for nothing later.
QByteArray toLine(const RecordedAnswer &answer);
/// Invalid with a sentence that says what is wrong. The answer it gives is one that a model could have sent.
Result<RecordedAnswer> answerFromLine(const QByteArray &line);

} // namespace Flotilla
