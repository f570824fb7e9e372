// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QHash>
#include <QStringList>

namespace Flotilla {

/// Files of this computer on their way into a sandbox: what they hold by their names in its workspace. They get a
/// folder of their own there, so that no file of the app is replaced. Value type.
struct DroppedFiles
{
    QStringList names; ///< in the order they were dropped
    QHash<QString, QByteArray> contents;

    /// As a person would type their paths into a shell, with a space at the end.
    QString typed() const;
};

/// Reads them on a thread of its own: a file may lie on a disk that is slow. Folders and what is larger than the agent
/// takes are refused.
Future<DroppedFiles> readDroppedFiles(const QStringList &paths);

} // namespace Flotilla
