// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QTest>

namespace Flotilla {

/// Spins the test's event loop until the outcome is there. Timeout when it does not come, Cancelled when it never will.
template <typename T>
Result<T> await(QFuture<Result<T>> future, int milliseconds = 30'000)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, milliseconds))
        return Error{ErrorKind::Timeout, QStringLiteral("the test waited in vain"), {}};
    if (future.resultCount() == 0)
        return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}};
    return future.result();
}

template <typename T>
QByteArray problem(const Result<T> &result)
{
    return result ? QByteArray("ok") : (result.error().text + QLatin1String(" | ") + result.error().detail).toUtf8();
}

} // namespace Flotilla

/// QVERIFY that shows the error of a Result; evaluates its argument once.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto &verified = (result);                                                                               \
        QVERIFY2(verified.ok(), Flotilla::problem(verified).constData());                                              \
    } while (false)
#define COMPARE_KIND(result, expected)                                                                                 \
    do {                                                                                                               \
        QVERIFY(!(result).ok());                                                                                       \
        QCOMPARE((result).error().kind, expected);                                                                     \
    } while (false)
