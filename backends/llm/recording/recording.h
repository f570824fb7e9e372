// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/recording/recordedanswer.h"

#include <functional>

namespace Flotilla {

/// The answers of a file, one JSON line each.
struct Recording
{
    QList<RecordedAnswer> answers;

    /// Blocking. Bounded; the error names the line.
    static Result<Recording> read(const QString &path);
    /// Whether the file begins as a recording does; its first line only.
    static Status look(const QString &path);
    QStringList prompts() const; ///< of the conversations, each once, in the order of the file
    QStringList models() const;  ///< each once
};

/// A model that answers as `model` and tells every complete answer to `keep`, on its thread.
std::shared_ptr<LanguageModel> recordingModel(std::shared_ptr<LanguageModel> model,
                                              std::function<void(const RecordedAnswer &)> keep);
/// Appends answers to a new file that only the user can read. Conflict when it exists. The first answer that cannot be
/// written is the end of the recording, which holds those before it; `failed` is told why, once.
Result<std::function<void(const RecordedAnswer &)>> newRecordingFile(const QString &path,
                                                                     std::function<void(const Error &)> failed = {});

/// A model that replays `recording` with its times. A conversation gets the answers that were recorded for its first
/// prompt, or those of another prompt that the text chooses; one that asks for more than was recorded fails.
/// The display name says that it is a replay.
std::shared_ptr<LanguageModel> replayModel(const Recording &recording);

} // namespace Flotilla
