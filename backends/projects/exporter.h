// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/storage/records.h"

namespace Flotilla {

/// Writes an app's files outside of the store. Paths that would leave the target are refused as a whole; what git
/// would take for its own (isOfGit) is left out.
namespace Exporter {

/// Into a new sub-folder `name` of `folder` ("name (2)" when it exists). Runs on a pool thread; answers with the path.
Future<QString> toFolder(const FileMap &files, const QString &folder, const QString &name);
/// As a zip archive (stored, not compressed). Runs on a pool thread; answers with the path.
Future<QString> toZip(const FileMap &files, const QString &file);
/// The bytes of the archive. Pure.
QByteArray zip(const FileMap &files);
/// A title as a file name.
QString fileName(const QString &title);

} // namespace Exporter

} // namespace Flotilla
