// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/frames.h"

namespace Flotilla::Agent {

namespace {

constexpr std::size_t headerSize = 5;

std::uint32_t lengthAt(const std::string &buffer, std::size_t offset)
{
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length |= std::uint32_t(std::uint8_t(buffer[offset + i])) << (8 * i);
    return length;
}

} // namespace

void FrameDecoder::feed(std::string_view bytes)
{
    if (!m_broken)
        m_buffer.append(bytes);
}

bool FrameDecoder::next(Frame &frame)
{
    if (m_broken || buffered() < headerSize)
        return false;
    const std::size_t length = lengthAt(m_buffer, m_offset);
    const char type = m_buffer[m_offset + 4];
    if (length > maxPayload || std::string_view("JBIOER").find(type) == std::string_view::npos) {
        m_broken = true;
        std::string().swap(m_buffer);
        m_offset = 0;
        return false;
    }
    if (buffered() < headerSize + length)
        return false;
    frame.type = type;
    frame.payload.assign(m_buffer, m_offset + headerSize, length);
    m_offset += headerSize + length;
    compact();
    return true;
}

void FrameDecoder::compact()
{
    if (m_offset == m_buffer.size()) {
        std::string().swap(m_buffer);
    } else if (m_offset > m_buffer.size() / 2) {
        m_buffer.erase(0, m_offset);
    } else {
        return;
    }
    m_offset = 0;
}

void appendFrame(std::string &out, char type, std::string_view payload)
{
    const auto length = std::uint32_t(payload.size());
    for (int i = 0; i < 4; ++i)
        out.push_back(char(std::uint8_t(length >> (8 * i))));
    out.push_back(type);
    out.append(payload);
}

bool jsonIsBounded(std::string_view json, int maxDepth, std::size_t maxValues)
{
    int depth = 0;
    std::size_t values = 0;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > maxDepth)
                return false;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && ++values > maxValues) {
            return false;
        }
    }
    return true;
}

} // namespace Flotilla::Agent
