// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QCoroTask>
#include <QFuture>
#include <QObject>
#include <QPromise>

#include <memory>
#include <type_traits>

namespace Flotilla {

/// What a service method returns. Finished exactly once with a Result; cancelled when the service went away first.
template <typename T>
using Future = QFuture<Result<T>>;

template <typename T>
Future<T> readyFuture(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// Runs a coroutine to its end and hands its result to a Future. Stays on the thread of the caller.
template <typename T>
Future<T> toFuture(QCoro::Task<Result<T>> task)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    task.then([promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    });
    return future;
}

namespace Detail {
template <typename T>
struct FutureOf;
template <typename T>
struct FutureOf<Result<T>>
{
    using Value = T;
};
template <typename T>
struct FutureOf<QFuture<Result<T>>>
{
    using Value = T;
};
template <typename T>
struct FutureOf<QCoro::Task<Result<T>>>
{
    using Value = T;
};
} // namespace Detail

/// Calls `function` on the thread of `context` and returns its outcome as a Future. `function` may return a Result, a
/// Future or a coroutine Task; of a lambda that is itself a coroutine the captures would dangle, so call a member
/// coroutine instead. Runs at once when already on that thread. Any thread.
template <typename Function>
auto onThread(QObject *context, Function function)
{
    using Returned = std::invoke_result_t<Function>;
    using T = typename Detail::FutureOf<Returned>::Value;
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    auto finish = [promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    QMetaObject::invokeMethod(context, [finish, function = std::move(function)]() mutable {
        if constexpr (std::is_same_v<Returned, Result<T>>) {
            finish(function());
        } else {
            function().then(finish);
        }
    });
    return future;
}

} // namespace Flotilla
