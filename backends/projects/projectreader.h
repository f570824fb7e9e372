// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"

namespace Flotilla {

class SandboxProvider;
class Store;

/// Reads what views show out of the store. Never caches: another program may have changed it. Store's thread.
class ProjectReader
{
public:
    ProjectReader(Store *store, SandboxProvider *sandboxes)
        : m_store(store)
        , m_sandboxes(sandboxes)
    {
    }

    Result<QList<AppSummary>> apps() const;
    Result<AppSummary> app(const AppId &id) const;
    Result<QList<Message>> conversation(const AppId &id) const;
    Result<QList<VersionSummary>> versions(const AppId &id) const;
    Result<VersionSummary> version(const AppId &id, int number) const;

private:
    Result<AppSummary> summary(const AppRecord &record) const;
    bool isRunning(const AppId &app) const;

    Store *m_store;
    SandboxProvider *m_sandboxes;
};

} // namespace Flotilla
