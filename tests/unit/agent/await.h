// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QTest>

namespace Flotilla::Test {

/// Runs the event loop until the future is finished, at most `timeoutMs`.
template <typename T>
Result<T> await(Future<T> future, int timeoutMs = 30'000)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, timeoutMs))
        return Error{ErrorKind::Timeout, QStringLiteral("the test waited too long"), {}};
    if (future.resultCount() == 0)
        return Error{ErrorKind::Cancelled, QStringLiteral("cancelled without a result"), {}};
    return future.result();
}

} // namespace Flotilla::Test
