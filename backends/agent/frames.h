// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

constexpr std::size_t maxPayload = std::size_t(1) << 20;

struct Frame
{
    char type = 0; ///< one of J B I O E R
    std::string payload;
};

/// Cuts a byte stream into the frames of protocol.md. Never holds more than was fed; an announced length beyond
/// maxPayload or an unknown type breaks it for good. No thread affinity, no Qt: both sides use it.
class FrameDecoder
{
public:
    void feed(std::string_view bytes);
    /// True when `frame` was filled. False: more bytes are needed, or broken().
    bool next(Frame &frame);
    [[nodiscard]] bool broken() const { return m_broken; }
    [[nodiscard]] std::size_t buffered() const { return m_buffer.size() - m_offset; }

private:
    void compact();

    std::string m_buffer;
    std::size_t m_offset = 0;
    bool m_broken = false;
};

void appendFrame(std::string &out, char type, std::string_view payload);
/// False when the text nests deeper than `maxDepth` or holds more than `maxValues` separators: cheap to ask before
/// parsing.
bool jsonIsBounded(std::string_view json, int maxDepth, std::size_t maxValues);

} // namespace Flotilla::Agent
