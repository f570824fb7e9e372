// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla {

/// One line of a program's words, as letters only: without the sequences that colour a terminal, with signs for the
/// characters that would break the line, hide a part of it or turn it round.
QString formatForeign(const QString &text);

/// The same for several lines, whose breaks stay: what may be written to a terminal.
QString formatForeignLines(const QString &text);

} // namespace Flotilla
