// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/outcome.h"

#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

Outcome outcomeOfErrno(int error, const std::string &what)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return {"not-found", what + " does not exist"};
    case ELOOP:
    case EXDEV:
        return {"invalid", what + " goes through a symbolic link"};
    case ENOSPC:
    case EDQUOT:
        return {"limit", "there is no space left for " + what};
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
        return {"limit", what + ": " + std::strerror(error)};
    case ENAMETOOLONG:
    case EISDIR:
    case EINVAL:
    case EILSEQ:
        return {"invalid", what + ": " + std::strerror(error)};
    default:
        return {"internal", what + ": " + std::strerror(error)};
    }
}

} // namespace Flotilla::Agent
