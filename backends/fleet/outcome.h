// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QCoroFuture>

namespace Flotilla {

inline Error cancelledError()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the service went away")};
}

/// The outcome of a future; Cancelled when the other side went away without one.
template <typename T>
QCoro::Task<Result<T>> outcomeOf(Future<T> future)
{
    if (!future.isFinished())
        co_await qCoro(future).waitForFinished();
    if (future.resultCount() == 0)
        co_return cancelledError();
    co_return future.result();
}

} // namespace Flotilla
