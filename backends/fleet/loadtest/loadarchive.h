// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/loadtest/loadtypes.h"

namespace Flotilla {

/// The stored runs of one installation: a folder with two files a run, ID.json (what lists show) and ID.run (all of it,
/// compressed JSON). Each is replaced as a whole, so a crash leaves the state before. Any thread; blocking.
class LoadArchive
{
public:
    explicit LoadArchive(QString dir)
        : m_dir(std::move(dir))
    {
    }

    Status save(const LoadRecord &record) const;
    Result<QList<LoadRunInfo>> list() const; ///< newest first; files that cannot be read are left out
    /// `id` may be the beginning of one id. NotFound, or Invalid when several fit.
    Result<LoadRecord> load(const QString &id) const;
    Status remove(const QString &id) const;

private:
    Result<QString> find(const QString &id) const;

    QString m_dir;
};

} // namespace Flotilla
