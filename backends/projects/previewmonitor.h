// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/projects/workbench.h"

#include <QObject>

namespace Flotilla {

/// What the preview pane of one app shows, from what its sandbox reports. One thread.
class PreviewMonitor : public QObject
{
    Q_OBJECT

public:
    PreviewMonitor(Workbench *bench, QObject *parent = nullptr);

    const PreviewStatus &status() const { return m_status; }
    void setUrl(const QUrl &url) { m_status.url = url; }
    void show(PreviewState state, const QString &text = {}, const QString &detail = {});
    /// Brings `files`, those of `version`, into the sandbox (waking it) and builds. Answers with the status that comes
    /// of it.
    Future<PreviewStatus> open(const FileMap &files, int version);
    /// Builds from now on are of files that a turn writes.
    void beginTurn() { m_next = 0; }
    /// The turn is over; the newest build is of the files of this version.
    void endTurn(int version);
    /// Nobody starts or builds any more: what still waited for that has failed, or is asleep when `why` is empty.
    void endWaiting(const QString &why);

Q_SIGNALS:
    void changed(const Flotilla::PreviewStatus &status);

private:
    void takeBuild(const AgentBuild &build);
    void takeServer(const AgentServer &server);
    void set(PreviewStatus status);

    Workbench *m_bench;
    PreviewStatus m_status;
    int m_next = 0; ///< the version of the next build
};

} // namespace Flotilla
