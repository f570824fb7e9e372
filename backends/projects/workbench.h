// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/storage/records.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace Flotilla {

class SandboxProvider;

/// What one app needs of its sandbox. One thread. The newest call of sync() decides what the sandbox holds.
class Workbench : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Running and its agent at hand; at once when it is already.
    virtual Future<void> acquire() = 0;
    virtual bool isReady() const = 0;
    /// Makes the sandbox hold exactly `files` and, with `build`, builds. Sends only what differs from the last time.
    virtual Future<AgentBuild> sync(const FileMap &files, bool build) = 0;
    /// Somebody else may have changed the sandbox: the next sync() sends everything.
    virtual void distrust() = 0;
    /// Runs a shell command; the answer is its output and how it ended, bounded, for a model.
    virtual Future<QString> run(const QString &command, std::chrono::seconds timeout) = 0;
    virtual void cancelRun() = 0;
    virtual Future<QList<AgentLogLine>> logs() = 0;

Q_SIGNALS:
    void buildChanged(const Flotilla::AgentBuild &build);
    void serverChanged(const Flotilla::AgentServer &server);
    void logAdded(const Flotilla::AgentLogLine &line);
    void limitHit(const QString &reason, const QString &text);
    void lost();
    void starting(const QString &text); ///< what its start waits for
    void ready();                       ///< its agent is at hand
};

/// The real one: the sandbox that the provider gives to the app.
class SandboxWorkbench : public Workbench
{
    Q_OBJECT

public:
    SandboxWorkbench(AppId app, SandboxProvider *provider, QObject *parent = nullptr);
    ~SandboxWorkbench() override;

    Future<void> acquire() override;
    bool isReady() const override;
    Future<AgentBuild> sync(const FileMap &files, bool build) override;
    void distrust() override { m_held.reset(); }
    Future<QString> run(const QString &command, std::chrono::seconds timeout) override;
    void cancelRun() override;
    Future<QList<AgentLogLine>> logs() override;

private:
    struct Change
    {
        QHash<QString, QByteArray> files;
        QStringList deleted;
        bool replace = false;
    };
    QCoro::Task<Status> doAcquire();
    QCoro::Task<Result<AgentBuild>> doSync(FileMap files, bool build);
    Status adopt(AgentClient *agent);
    void forget();
    Change changeTo(const FileMap &files) const;

    AppId m_app;
    SandboxProvider *m_provider;
    QPointer<AgentClient> m_agent;
    std::optional<FileMap> m_held; ///< what the sandbox holds, when known
    Future<AgentBuild> m_last;     ///< the sync before, so that they never overlap
    std::unique_ptr<ExecProcess> m_process;
};

} // namespace Flotilla
