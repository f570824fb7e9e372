// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/hosts/local/tarwriter.h"

#include <QList>
#include <QString>

#include <atomic>

namespace Flotilla {

/// What an image is built from: the files of a folder of this computer that go to the engine. A symbolic link goes as a
/// link and is never followed, whatever somebody puts in its place meanwhile. Blocking: for a thread of its own.
struct BuildContext
{
    static constexpr qint64 mostBytes = 1'000'000'000;

    QString folder;
    QString file;                    ///< the Containerfile, relative to the folder
    QByteArray text;                 ///< of the Containerfile
    QList<TarWriter::Entry> entries; ///< folders before what is in them
    qint64 bytes = 0;
    int skipped = 0; ///< sockets, pipes and devices, which no engine takes

    /// Finds what goes, after .containerignore or .dockerignore. `file` empty: Containerfile, else Dockerfile. A
    /// sentence when it is too much, or not there. Ends early, with Cancelled, when `stop` becomes true.
    static Result<BuildContext> look(const QString &folder, const QString &file, const std::atomic<bool> &stop);
    /// As a tar archive. A file that shrinks or goes meanwhile is an error, one that grows is cut.
    [[nodiscard]] Status send(const TarWriter::Sink &sink) const;
};

} // namespace Flotilla
