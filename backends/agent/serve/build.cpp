// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/build.h"

namespace Flotilla::Agent {

const char *nameOf(Kind kind)
{
    switch (kind) {
    case Kind::React:
        return "react";
    case Kind::Static:
        return "static";
    case Kind::Server:
        return "server";
    case Kind::None:
        break;
    }
    return "none";
}

std::string clipped(std::string text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80)
        --bytes;
    text.resize(bytes);
    return text;
}

} // namespace Flotilla::Agent
