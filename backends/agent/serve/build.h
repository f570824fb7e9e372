// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Flotilla::Agent {

enum class Kind { None, React, Static, Server };
const char *nameOf(Kind kind);

struct Diagnostic
{
    std::string file;
    int line = 0;   ///< 1-based; 0: unknown
    int column = 0; ///< 1-based, in characters
    std::string text;
    std::string lineText;
    bool error = true;
};

struct BuildResult
{
    enum class State { None, Ok, Failed };
    State state = State::None;
    std::int64_t revision = 0;
    Kind kind = Kind::None;
    double ms = 0;
    std::vector<Diagnostic> diagnostics;
    std::string text;
};

constexpr std::size_t maxDiagnostics = 50;
constexpr std::size_t maxDiagnosticText = 2048;

/// At most `bytes` of it, never cutting a UTF-8 character.
std::string clipped(std::string text, std::size_t bytes);

} // namespace Flotilla::Agent
