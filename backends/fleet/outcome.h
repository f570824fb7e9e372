// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/continuation.h"

#include <QCoroFuture>

namespace Flotilla {

inline Error cancelledError()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the service went away")};
}

/// The outcome of a future; Cancelled when the other side went away without one.
template <typename T>
Outcome<T> outcomeOf(Future<T> future)
{
    return outcome(std::move(future)); // qCoro(future).waitForFinished() would read a result that is not there
}

} // namespace Flotilla
