// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFutureWatcher>

#include <cstdio>
#include <cstdlib>
#include <type_traits>

namespace Flotilla {

/// A benchmark is its own event loop; the programs of Flotilla never do this. An error ends the benchmark.
template <typename T>
T wait(QFuture<Result<T>> future)
{
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    const Result<T> result = future.result();
    if (!result) {
        std::fprintf(stderr, "%s %s\n", qPrintable(result.error().text), qPrintable(result.error().detail));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *result;
}

inline double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace Flotilla
