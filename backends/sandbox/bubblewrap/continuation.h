// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QFutureWatcher>

namespace Flotilla {

/// Like future.then(context, function), but safe when `context` dies first: the returned future is cancelled then. Qt
/// 6.4's then() asserts in that case. `function` takes a Result<T> and returns a Result<U>. Context's thread.
template <typename T, typename Function>
auto continueOn(QObject *context, const Future<T> &future, Function function)
{
    using Returned = std::invoke_result_t<Function, const Result<T> &>;
    auto promise = std::make_shared<QPromise<Returned>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, promise, function = std::move(function)] {
                         if (watcher->future().resultCount() > 0) {
                             promise->addResult(function(watcher->result()));
                             promise->finish();
                         }
                         watcher->deleteLater();
                     });
    watcher->setFuture(future);
    return promise->future();
}

} // namespace Flotilla
