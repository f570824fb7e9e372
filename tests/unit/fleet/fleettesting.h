// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QTest>

namespace Flotilla {

template <typename T>
Result<T> wait(Future<T> future)
{
    const bool finished = QTest::qWaitFor([&] { return future.isFinished(); }, 10'000);
    if (!finished || future.resultCount() == 0)
        return Error{ErrorKind::Internal, QStringLiteral("no answer"), {}};
    return future.result();
}

} // namespace Flotilla
