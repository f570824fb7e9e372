// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

/// One member of a POSIX ustar archive with GNU long names; what snapshots are made of.
struct TarEntry
{
    std::string name; ///< "app/src/main.js", "data/"
    char type = '0';  ///< '0' file, '5' folder, '2' symbolic link
    int mode = 0644;
    std::int64_t size = 0;
    std::int64_t mtime = 0;
    std::string target; ///< of a link
};

constexpr std::size_t tarBlock = 512;
/// Its header block or blocks; the content, padded to whole blocks, follows.
std::string tarHeader(const TarEntry &entry);
constexpr std::size_t tarPadding(std::int64_t size)
{
    return (tarBlock - std::size_t(size) % tarBlock) % tarBlock;
}

/// Reads an archive as it comes. Everything is hostile: names, sizes and checksums are checked by the caller or here.
class TarReader
{
public:
    class Sink
    {
    public:
        virtual ~Sink() = default;
        /// False ends it: the sink says why.
        virtual bool entry(const TarEntry &entry) = 0;
        virtual bool content(std::string_view bytes) = 0;
        virtual bool endOfEntry() = 0;
    };
    explicit TarReader(Sink &sink)
        : m_sink(sink)
    {
    }
    /// False: the archive is broken (or the sink refused).
    bool feed(std::string_view bytes);
    /// The end marker came, nothing is missing.
    [[nodiscard]] bool complete() const { return m_complete; }

private:
    bool takeBlock();
    bool takeHeader();
    bool takeLongName();
    bool begin(TarEntry entry);

    Sink &m_sink;
    std::string m_block;
    std::string m_long;     ///< content of an 'L' or 'K' member
    char m_longType = 0;    ///< while one is read
    std::string m_nextName; ///< for the next member
    std::string m_nextTarget;
    std::int64_t m_left = 0; ///< content that is still to come
    std::size_t m_padding = 0;
    bool m_open = false;
    bool m_complete = false;
};

} // namespace Flotilla::Agent
