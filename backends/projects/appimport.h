// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/storage/records.h"

#include <atomic>
#include <memory>

namespace Flotilla {

/// Files from outside that are to become an app.
struct ImportedApp
{
    QString title;
    QString source; ///< the name of the archive or folder
    FileMap files;
    int leftOut = 0; ///< files that belong to tools: .git, node_modules, __MACOSX ...
};

/// How far a read is; may be asked and cancelled on any thread.
struct ImportProgress
{
    std::atomic<bool> cancelled{false};
    std::atomic<qint64> bytes{0};
};

/// What an import may cost. The files themselves are bounded by WorkspaceLimits.
struct ImportLimits
{
    qint64 archiveBytes = 256ll * 1024 * 1024;
    qint64 unpackedBytes = 1024ll * 1024 * 1024; ///< what is left out included
    int entries = 20'000;
};

/// Reads a zip or tar archive or a folder. Everything in it is hostile: nothing is written anywhere, links and names
/// that could lead elsewhere are refused with the whole import.
namespace AppImport {

/// Whether the name of the file says that it could be imported, or it is a folder.
bool canRead(const QString &path);
/// On a pool thread. A cancelled one ends with an Error of kind Cancelled.
Future<ImportedApp> read(const QString &path, std::shared_ptr<ImportProgress> progress = {});
Result<ImportedApp> readNow(const QString &path, ImportProgress &progress, const ImportLimits &limits = {});

} // namespace AppImport

} // namespace Flotilla
