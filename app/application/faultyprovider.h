// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxprovider.h"

#include <QDeadlineTimer>
#include <QHash>

namespace Flotilla {

/// Passes everything on to the fleet, except for apps that a load test marked: those get the fault that was put in.
/// Service thread.
class FaultyProvider : public SandboxProvider
{
    Q_OBJECT

public:
    explicit FaultyProvider(SandboxProvider *provider);

    struct Fault
    {
        bool refuse = false;  ///< acquire() fails
        QDeadlineTimer until; ///< acquire() does not begin before
    };
    void setFault(const AppId &app, Fault fault) { m_faults.insert(app, fault); }
    void drop(const AppId &app); ///< its fault, and with an error the calls that wait because of it

    Future<SandboxInfo> acquire(const AppId &app) override;
    Result<SandboxInfo> current(const AppId &app) const override { return m_provider->current(app); }
    Result<AgentClient *> agent(const AppId &app) override { return m_provider->agent(app); }
    Future<void> release(const AppId &app) override { return m_provider->release(app); }
    void giveUpStart(const AppId &app) override { m_provider->giveUpStart(app); }

private:
    using Promise = std::shared_ptr<QPromise<Result<SandboxInfo>>>;
    Future<SandboxInfo> acquireLater(const AppId &app, std::chrono::milliseconds wait);
    void answer(const AppId &app, const Promise &promise);

    SandboxProvider *m_provider;
    QHash<AppId, Fault> m_faults;
    QHash<AppId, QList<Promise>> m_waiting;
};

} // namespace Flotilla
