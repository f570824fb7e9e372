// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

constexpr std::int64_t maxFileBytes = 8 << 20;
constexpr std::size_t maxFiles = 2000;

/// Relative, '/'-separated, no empty, "." or ".." part, no NUL, at most 512 bytes, parts of at most 255.
bool isValidPath(std::string_view path);
/// openat2(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS): never leaves `folder`, never follows a link. Empty Fd and errno.
Fd openBeneath(int folder, const std::string &path, int flags, mode_t mode = 0);
/// Opens a folder by a trusted path.
Fd openFolder(const std::string &path);
/// Removes a file or a whole folder without following links. True when nothing is left there.
bool removeTree(int folder, const std::string &name);
struct DiskUse
{
    std::int64_t bytes = 0;
    std::int64_t files = 0;
};
/// Everything below a folder, never following links. `files` is maxEntries + 1 when there is more than that.
DiskUse diskUse(int folder, std::int64_t maxEntries = 20'000);
/// All of the tmpfs that the folder is in, at once. False when it is in none.
bool tmpfsUse(int folder, DiskUse &use);
std::string readSmallFile(int folder, const std::string &path, std::size_t limit);
bool writeAll(int fd, std::string_view bytes);

} // namespace Flotilla::Agent
