// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/faultyprovider.h"

#include "backends/core/continuation.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <QTimer>

namespace Flotilla {

FaultyProvider::FaultyProvider(SandboxProvider *provider)
    : m_provider(provider)
{
    connect(provider, &SandboxProvider::changed, this, &SandboxProvider::changed);
}

Future<SandboxInfo> FaultyProvider::acquire(const AppId &app)
{
    const auto found = m_faults.constFind(app);
    if (found == m_faults.constEnd())
        return m_provider->acquire(app);
    if (found->refuse)
        return readyFuture<SandboxInfo>(
            Error{ErrorKind::Internal, LoadWords::tr("The sandbox was not created: a fault of the load test."), {}});
    return acquireLater(app, std::chrono::milliseconds(found->until.remainingTime()));
}

Future<SandboxInfo> FaultyProvider::acquireLater(const AppId &app, std::chrono::milliseconds wait)
{
    const auto promise = std::make_shared<QPromise<Result<SandboxInfo>>>();
    promise->start();
    m_waiting[app].append(promise);
    // a coarse one may be early by a twentieth, and the fault would not be seen in the times
    QTimer::singleShot(wait + std::chrono::milliseconds(1), Qt::PreciseTimer, this, [this, app, promise] {
        const auto waiting = m_waiting.find(app);
        if (waiting == m_waiting.end() || !waiting->removeOne(promise))
            return; // dropped meanwhile
        if (waiting->isEmpty())
            m_waiting.erase(waiting);
        answer(app, promise);
    });
    return promise->future();
}

void FaultyProvider::answer(const AppId &app, const Promise &promise)
{
    whenDone(this, m_provider->acquire(app), [promise](const Result<SandboxInfo> &info) {
        promise->addResult(info);
        promise->finish();
    });
}

void FaultyProvider::drop(const AppId &app)
{
    m_faults.remove(app);
    const QList<Promise> waiting = m_waiting.take(app);
    for (const Promise &promise : waiting) {
        promise->addResult(Error{ErrorKind::Cancelled, LoadWords::tr("The load test was ended."), {}});
        promise->finish();
    }
}

} // namespace Flotilla
