// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/tarwriter.h"

#include <archive.h>
#include <archive_entry.h>

namespace Flotilla {

namespace {

constexpr int tarBlock = 64 * 1024;

unsigned typeOf(TarWriter::Entry::Kind kind)
{
    switch (kind) {
    case TarWriter::Entry::Kind::Folder:
        return AE_IFDIR;
    case TarWriter::Entry::Kind::Link:
        return AE_IFLNK;
    case TarWriter::Entry::Kind::File:
        break;
    }
    return AE_IFREG;
}

} // namespace

TarWriter::TarWriter(Sink sink)
    : m_sink(std::move(sink))
    , m_archive(archive_write_new(), archive_write_free)
    , m_entry(archive_entry_new(), archive_entry_free)
{
    archive_write_set_format_gnutar(m_archive.get()); // names of any bytes and length
    archive_write_set_bytes_per_block(m_archive.get(), tarBlock);
    const auto write = [](archive *, void *self, const void *bytes, size_t size) -> la_ssize_t {
        const auto *writer = static_cast<const TarWriter *>(self);
        return writer->m_sink(static_cast<const char *>(bytes), qint64(size)) ? la_ssize_t(size) : -1;
    };
    archive_write_open(m_archive.get(), this, nullptr, write, nullptr);
}

TarWriter::~TarWriter()
{
    archive_write_fail(m_archive.get()); // what was not finished stays unfinished
}

bool TarWriter::begin(const Entry &entry)
{
    archive_entry *header = archive_entry_clear(m_entry.get());
    archive_entry_copy_pathname(header, entry.name.constData());
    archive_entry_set_filetype(header, typeOf(entry.kind));
    archive_entry_set_perm(header, mode_t(entry.mode & 0777));
    archive_entry_set_size(header, entry.kind == Entry::Kind::File ? entry.size : 0);
    archive_entry_set_mtime(header, time_t(entry.changed), 0);
    if (entry.kind == Entry::Kind::Link)
        archive_entry_copy_symlink(header, entry.target.constData());
    return archive_write_header(m_archive.get(), header) == ARCHIVE_OK;
}

bool TarWriter::data(const char *bytes, qint64 size)
{
    return archive_write_data(m_archive.get(), bytes, size_t(size)) == la_ssize_t(size);
}

bool TarWriter::finish()
{
    return archive_write_close(m_archive.get()) == ARCHIVE_OK;
}

} // namespace Flotilla
