// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/runerrors.h"

#include <QCoreApplication>

namespace Flotilla::RunErrors {

Error closed(const QString &label)
{
    return {
        ErrorKind::Cancelled, QCoreApplication::translate("Hosts", "The connection to %1 was closed.").arg(label), {}};
}

Error timeout(const CommandSpec &command)
{
    return {ErrorKind::Timeout,
            QCoreApplication::translate("Hosts", "%1 did not finish in time.").arg(command.program),
            {}};
}

Error tooMuch(const CommandSpec &command)
{
    return {ErrorKind::Protocol, QCoreApplication::translate("Hosts", "%1 printed too much.").arg(command.program), {}};
}

Error noProgram(const CommandSpec &command, const QString &label)
{
    return {ErrorKind::Unavailable,
            QCoreApplication::translate("Hosts", "%1 was not found on %2.").arg(command.program, label),
            {}};
}

Error noFolder(const CommandSpec &command, const QString &label)
{
    return {ErrorKind::Unavailable,
            QCoreApplication::translate("Hosts", "The folder %1 was not found on %2.").arg(command.cwd, label),
            {}};
}

Error helperGone(const CommandSpec &command, const QString &label)
{
    return {ErrorKind::Network,
            QCoreApplication::translate("Hosts", "Flotilla's helper on %2 ended while %1 ran. Try again.")
                .arg(command.program, label),
            {}};
}

Error noSense(const CommandSpec &command, const QString &label)
{
    return {ErrorKind::Protocol,
            QCoreApplication::translate("Hosts", "Flotilla's helper on %2 could not run %1. Connect to %2 again.")
                .arg(command.program, label),
            {}};
}

} // namespace Flotilla::RunErrors
