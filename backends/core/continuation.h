// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QFutureWatcher>
#include <QObject>

#include <coroutine>

namespace Flotilla {

/// Calls `function` with the result of `future` on the thread of `context`, unless `context` is gone by then. A
/// cancelled future (its service went away) arrives as an Error of kind Cancelled. Call on the thread of `context`.
template <typename T, typename Function>
void whenDone(QObject *context, const Future<T> &future, Function function)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, function = std::move(function)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             function(watcher->result());
                         else
                             function(Result<T>(Error{ErrorKind::Cancelled, {}, {}}));
                     });
    watcher->setFuture(future);
}

/// Like future.then(context, function), but safe when `context` dies first: the returned future is cancelled then. Qt
/// 6.4's then() asserts in that case. `function` takes a Result<T> and returns a Result<U>. Thread of `context`.
template <typename T, typename Function>
auto continueOn(QObject *context, const Future<T> &future, Function function)
{
    using Returned = std::invoke_result_t<Function, const Result<T> &>;
    auto promise = std::make_shared<QPromise<Returned>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, promise, function = std::move(function)]() mutable {
                         if (watcher->future().resultCount() > 0) {
                             promise->addResult(function(watcher->result()));
                             promise->finish();
                         }
                         watcher->deleteLater();
                     });
    watcher->setFuture(future);
    return promise->future();
}

/// For `co_await outcome(future)`: as awaiting the future itself, but a cancelled one is an Error of kind Cancelled.
template <typename T>
class Outcome
{
public:
    explicit Outcome(Future<T> future)
        : m_future(std::move(future))
    {
    }

    bool await_ready() const noexcept { return m_future.isFinished(); }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        auto *watcher = new QFutureWatcher<Result<T>>();
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, waiting] {
            watcher->deleteLater();
            waiting.resume();
        });
        watcher->setFuture(m_future);
    }
    Result<T> await_resume() const
    {
        return m_future.resultCount() > 0 ? m_future.result() : Result<T>(Error{ErrorKind::Cancelled, {}, {}});
    }

private:
    Future<T> m_future;
};

template <typename T>
Outcome<T> outcome(Future<T> future)
{
    return Outcome<T>(std::move(future));
}

} // namespace Flotilla
