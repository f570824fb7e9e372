// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/faultyprovider.h"

#include "backends/core/continuation.h"

#include <QCoreApplication>
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
            Error{ErrorKind::Internal,
                  QCoreApplication::translate("LoadTest", "The sandbox was not created: a fault of the load test."),
                  {}});
    const auto promise = std::make_shared<QPromise<Result<SandboxInfo>>>();
    promise->start();
    QTimer::singleShot(std::chrono::milliseconds(found->until.remainingTime()), this, [this, app, promise] {
        whenDone(this, m_provider->acquire(app), [promise](const Result<SandboxInfo> &info) {
            promise->addResult(info);
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace Flotilla
