// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Flotilla::Agent {

/// What a call ends with. `error` is empty for success, else one of the KINDs of protocol.md.
struct Outcome
{
    std::string error;
    std::string text;

    [[nodiscard]] bool ok() const { return error.empty(); }
};

/// The errno `error` of an operation on `what` as an outcome.
Outcome outcomeOfErrno(int error, const std::string &what);

} // namespace Flotilla::Agent
