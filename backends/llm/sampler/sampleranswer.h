// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"
#include "backends/llm/sampler/samplerrecipe.h"

namespace Flotilla {

/// What the sampler says and writes for one request.
struct SampleAnswer
{
    QString before; ///< text before the files
    QList<SampleFile> files;
    QString after;
};

/// Decides from the conversation: a first wish, a change, a repair, or something the sampler does not understand. Pure.
SampleAnswer answerTo(const ModelRequest &request);
/// The events of an answer, complete and in order, ending with StreamDone. Files are write_file calls, or tags in the
/// text when the request offers no tools.
QList<StreamEvent> eventsOf(const SampleAnswer &answer, const ModelRequest &request);

} // namespace Flotilla
