// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <cstring>
#include <string>

namespace Flotilla::Agent {

/// Why launch could not do it. `kind` is for code: invalid, not-found, unavailable, unsupported, timeout, disk-full,
/// internal.
struct Failure
{
    std::string kind;
    std::string text;
    std::string detail;
};

/// For `return fail(...)` in functions that answer with bool.
inline bool fail(Failure &failure, const char *kind, std::string text, std::string detail = {})
{
    failure = {kind, std::move(text), std::move(detail)};
    return false;
}

/// The same for a system call that failed just now.
inline bool failErrno(Failure &failure, const char *what, const std::string &object)
{
    const int error = errno;
    const char *kind = error == ENOENT ? "unavailable" : "internal";
    return fail(failure, kind, std::string("Could not ") + what + ' ' + object + ".", std::strerror(error));
}

/// The same for writing a file, where a lack of space is one of the disk (for others it may be a limit of the kernel).
inline bool failWrite(Failure &failure, const std::string &object)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    failErrno(failure, "write to", object);
    if (full)
        failure.kind = "disk-full";
    return false;
}

} // namespace Flotilla::Agent
