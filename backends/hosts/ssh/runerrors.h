// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

namespace Flotilla {

/// Why a program on a host did not run to its end, in sentences for a person.
namespace RunErrors {

Error closed(const QString &label);
Error timeout(const CommandSpec &command);
Error tooMuch(const CommandSpec &command);
Error noProgram(const CommandSpec &command, const QString &label);
Error noFolder(const CommandSpec &command, const QString &label);
Error helperGone(const CommandSpec &command, const QString &label);
Error noSense(const CommandSpec &command, const QString &label);

} // namespace RunErrors

} // namespace Flotilla
