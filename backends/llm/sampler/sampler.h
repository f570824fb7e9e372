// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"
#include "backends/llm/modelcatalog.h"

#include <memory>

namespace Flotilla {

/// The built-in model that is no language model: it composes a React app from parts (resources/sampler), offline and
/// deterministic for each conversation, and understands a few follow-ups (title, colours, dark or light, sections,
/// size, corners, names). It ends with StopReason::EndOfTurn after its write_file calls, so one request is one turn;
/// without tools in the request it sends files in tags. Costs nothing. Service thread.
std::shared_ptr<LanguageModel> makeSampler(SamplerPace pace);

} // namespace Flotilla
