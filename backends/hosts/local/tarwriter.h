// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <memory>

struct archive;
struct archive_entry;

namespace Flotilla {

/// Writes a tar archive to `sink` as it grows; nothing of it stays in memory. Everything in it belongs to root. Every
/// call is false from the first on that `sink` refused, or whose name cannot be written. One thread.
class TarWriter
{
public:
    using Sink = std::function<bool(const char *bytes, qint64 size)>;
    struct Entry
    {
        enum class Kind { Folder, File, Link };
        QByteArray name; ///< relative
        Kind kind = Kind::File;
        int mode = 0644;
        qint64 size = 0;
        qint64 changed = 0; ///< seconds since 1970
        QByteArray target;  ///< of a link
    };

    explicit TarWriter(Sink sink);
    ~TarWriter();

    bool begin(const Entry &entry);
    bool data(const char *bytes, qint64 size); ///< of the file that began, exactly its size in all
    bool finish();

private:
    Sink m_sink;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    std::unique_ptr<archive_entry, void (*)(archive_entry *)> m_entry;
};

} // namespace Flotilla
