// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Flotilla {

/// The aliases that a person can choose from: every name of every Host line without a pattern, in the order of the
/// file, Include followed as ssh_config(5) says. Bounded: 64 files of 1 MB, 16 deep, 1000 names. `file` empty: the
/// person's own. Blocking, milliseconds.
QStringList readSshConfigHosts(const QString &file = {});

} // namespace Flotilla
