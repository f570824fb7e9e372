// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/tar.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t nameField = 100;
constexpr std::size_t maxLongName = 8192;
constexpr std::int64_t maxMember = std::int64_t(8) << 30;

void putOctal(std::string &block, std::size_t at, std::size_t digits, std::int64_t value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%0*llo", int(digits),
                  static_cast<unsigned long long>(std::max<std::int64_t>(0, value)));
    block.replace(at, digits, text, digits);
}

std::int64_t checksum(const std::string &block)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < tarBlock; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(block[i]);
    return sum;
}

std::string plainHeader(const TarEntry &entry)
{
    std::string block(tarBlock, '\0');
    block.replace(0, std::min(entry.name.size(), nameField), entry.name, 0, nameField);
    putOctal(block, 100, 7, entry.mode & 07777);
    putOctal(block, 108, 7, 0);
    putOctal(block, 116, 7, 0);
    putOctal(block, 124, 11, entry.size);
    putOctal(block, 136, 11, entry.mtime);
    block[156] = entry.type;
    block.replace(157, std::min(entry.target.size(), nameField), entry.target, 0, nameField);
    block.replace(257, 8, std::string_view("ustar\00000", 8));
    putOctal(block, 148, 6, checksum(block));
    block[155] = ' ';
    return block;
}

std::string longMember(char type, const std::string &text)
{
    TarEntry entry;
    entry.name = "././@LongLink";
    entry.type = type;
    entry.size = std::int64_t(text.size() + 1);
    return plainHeader(entry) + text + std::string(1 + tarPadding(entry.size), '\0');
}

std::string field(const std::string &block, std::size_t at, std::size_t size)
{
    return block.substr(at, strnlen(block.data() + at, size));
}

bool readOctal(const std::string &block, std::size_t at, std::size_t size, std::int64_t &value)
{
    const std::string text = field(block, at, size);
    char *end = nullptr;
    value = std::strtoll(text.c_str(), &end, 8);
    return value >= 0 && end != text.c_str() && (*end == '\0' || *end == ' ');
}

} // namespace

std::string tarHeader(const TarEntry &entry)
{
    std::string header;
    if (entry.target.size() > nameField)
        header += longMember('K', entry.target);
    if (entry.name.size() > nameField)
        header += longMember('L', entry.name);
    return header + plainHeader(entry);
}

bool TarReader::takeLongName()
{
    (m_longType == 'L' ? m_nextName : m_nextTarget) = m_long.substr(0, m_long.find('\0'));
    m_longType = 0;
    m_long.clear();
    return true;
}

bool TarReader::begin(TarEntry entry)
{
    m_left = entry.size;
    m_padding = tarPadding(entry.size);
    if (entry.type == 'L' || entry.type == 'K') {
        m_longType = entry.type;
        return entry.size > 0 && std::size_t(entry.size) <= maxLongName;
    }
    if (!m_nextName.empty())
        entry.name = std::move(m_nextName);
    if (!m_nextTarget.empty())
        entry.target = std::move(m_nextTarget);
    m_nextName.clear();
    m_nextTarget.clear();
    if (entry.type != '0' && entry.size != 0)
        return false;
    m_open = true;
    if (!m_sink.entry(entry))
        return false;
    if (m_left > 0)
        return true;
    m_open = false;
    return m_sink.endOfEntry();
}

bool TarReader::takeHeader()
{
    if (m_block.find_first_not_of('\0') == std::string::npos) {
        m_complete = true;
        return true;
    }
    TarEntry entry;
    std::int64_t sum = 0, mode = 0;
    const bool good = readOctal(m_block, 148, 8, sum) && sum == checksum(m_block) && readOctal(m_block, 100, 8, mode) &&
                      readOctal(m_block, 124, 12, entry.size) && readOctal(m_block, 136, 12, entry.mtime) &&
                      entry.size <= maxMember;
    if (!good)
        return false;
    entry.mode = int(mode & 07777);
    entry.type = m_block[156] == '\0' ? '0' : m_block[156];
    entry.name = field(m_block, 0, nameField);
    entry.target = field(m_block, 157, nameField);
    if (const std::string prefix = field(m_block, 345, 155); !prefix.empty())
        entry.name = prefix + '/' + entry.name;
    return begin(std::move(entry));
}

bool TarReader::takeBlock()
{
    const bool good = takeHeader();
    m_block.clear();
    return good;
}

bool TarReader::feed(std::string_view bytes)
{
    while (!bytes.empty() && !m_complete) {
        std::size_t taken = 0;
        if (m_left > 0) {
            taken = std::min(bytes.size(), std::size_t(m_left));
            m_left -= std::int64_t(taken);
            if (m_longType != 0)
                m_long.append(bytes.substr(0, taken));
            else if (!m_sink.content(bytes.substr(0, taken)))
                return false;
            if (m_left == 0 && m_longType != 0 && !takeLongName())
                return false;
            if (m_left == 0 && m_open) {
                m_open = false;
                if (!m_sink.endOfEntry())
                    return false;
            }
        } else if (m_padding > 0) {
            taken = std::min(bytes.size(), m_padding);
            m_padding -= taken;
        } else {
            taken = std::min(bytes.size(), tarBlock - m_block.size());
            m_block.append(bytes.substr(0, taken));
            if (m_block.size() == tarBlock && !takeBlock())
                return false;
        }
        bytes.remove_prefix(taken);
    }
    return true;
}

} // namespace Flotilla::Agent
