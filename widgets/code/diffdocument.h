// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/linediff.h"

#include <QList>
#include <QString>

namespace Flotilla {

/// One line of the diff as shown: a line of the file, or a mark for lines left out.
struct DiffRow
{
    enum class Kind { Same, Added, Removed, Gap };
    Kind kind = Kind::Same;
    int oldNumber = 0;
    int newNumber = 0;
    int hidden = 0; ///< of a Gap
    QString text;
    bool operator==(const DiffRow &) const = default;
};

/// The changed lines with `context` lines around each; longer unchanged stretches become one Gap. Pure.
QList<DiffRow> diffRows(const QByteArray &before, const QByteArray &after, int context = 3);

} // namespace Flotilla
