// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/core/result.h"

#include <memory>

namespace Flotilla {

/// Held while a turn of an app runs, so that no second program runs one on the same app. An OFD lock (fcntl(2)) on one
/// byte of <dir>/apps.lock, whose place is a hash of the app's id: no file is made or removed for an app, and the
/// system lets go of it when the program dies, however it dies.
class AppLock
{
public:
    /// Conflict when another program holds it. `dir` is created when missing.
    static Result<std::unique_ptr<AppLock>> take(const QString &dir, const AppId &app);
    ~AppLock();
    AppLock(const AppLock &) = delete;
    AppLock &operator=(const AppLock &) = delete;

private:
    explicit AppLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor;
};

} // namespace Flotilla
