// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/build.h"

#include <string>
#include <string_view>

namespace Flotilla::Agent {

/// The page of a react app. `own` is the app's index.html or empty: its title, head and body are kept, its scripts from
/// src/ are replaced by the built one.
std::string reactPage(std::string_view own, std::string_view head, bool hasCss);
/// `html` with `head` after its <head>, or before everything when it has none.
std::string withHead(std::string_view html, std::string_view head);
/// A small page in plain words that asks again after a second.
std::string statusPage(std::string_view title, std::string_view text, const BuildResult *build);
/// The module that mounts src/App when the app has no src/main.
std::string entrySource(std::string_view appModule, std::string_view appSource, const std::vector<std::string> &styles);

} // namespace Flotilla::Agent
