// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QObject>

namespace Flotilla {

class AgentClient;

/// Gives an app its sandbox, wherever that is. Implemented by the fleet; used by turns and the preview.
/// Service thread only.
class SandboxProvider : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// The app's running sandbox; creates one when there is none. Callers at the same time share one creation.
    virtual Future<SandboxInfo> acquire(const AppId &app) = 0;
    /// The present one, without creating. NotFound when the app has none.
    virtual Result<SandboxInfo> current(const AppId &app) const = 0;
    virtual Result<AgentClient *> agent(const AppId &app) = 0;
    virtual Future<void> release(const AppId &app) = 0; ///< terminates; fine when there is none
    /// Ends a start that fetches an image; acquire() then fails with Cancelled. Fine when there is none.
    virtual void giveUpStart(const AppId &) {}

Q_SIGNALS:
    void changed(const Flotilla::SandboxInfo &info);
    /// What makes a start long: "Pulling node:20 - 34 of 120 MB".
    void startProgress(const Flotilla::AppId &app, const QString &text);
};

} // namespace Flotilla
