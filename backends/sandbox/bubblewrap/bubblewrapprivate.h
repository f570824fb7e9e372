// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/core/continuation.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "backends/sandbox/bubblewrap/launchprotocol.h"
#include "backends/sandbox/sandboxrules.h"
#include "backends/sandbox/seensandboxes.h"

namespace Flotilla {

struct BubblewrapBackend::Private
{
    using Launched = Result<QJsonObject>;
    using Infos = QList<SandboxInfo>;

    BubblewrapBackend *q;
    Host *host;
    Layout layout;
    SeenSandboxes seen{{q, host, [this](const SandboxId &id) { return opener(id, QLatin1String("control.sock")); },
                        [this](const SandboxId &id) { lost(id); }}};
    QString limitsNote{};
    bool mayHaveLimits = true; ///< until a launcher of this computer found no way to them

    /// Sandboxes whose end was asked for while a launcher was busy ending others: the next one ends them all.
    struct Ending
    {
        SandboxId id;
        std::shared_ptr<QPromise<Status>> promise;
    };
    QList<Ending> toEnd{};
    bool endingSome = false;

    Future<CommandResult> run(const QStringList &args, const QByteArray &input);
    QString snapshotFolder() const;
    /// Runs the launcher and hands its answer, a Launched, to `function`, which returns a Result.
    template <typename Function>
    auto launch(const QStringList &args, Function function, const QByteArray &input = {})
    {
        return continueOn(q, run(args, input), [this, function](const Result<CommandResult> &ran) {
            return function(LaunchProtocol::parse(ran, host->label()));
        });
    }
    /// The same for a command about sandboxes below our runtime folder.
    template <typename Function>
    auto launchOn(const char *command, const QStringList &ids, Function function)
    {
        return launch(QStringList{QLatin1String(command), host->runtimeDir()} + ids, std::move(function));
    }

    QJsonObject snapshotMeta(const SandboxId &id, const QString &label) const;
    QByteArray specJson(const SandboxSpec &spec) const;
    QString socketPath(const SandboxId &id, QLatin1String name) const;
    StreamOpener opener(const SandboxId &id, QLatin1String name) const;
    SandboxInfo infoOf(const LaunchedSandbox &sandbox) const;
    QList<SandboxInfo> adoptAll(const QList<LaunchedSandbox> &sandboxes);
    /// The living that are `known`, and the ids of everything else of ours.
    std::pair<QList<LaunchedSandbox>, QStringList> divide(const QList<LaunchedSandbox> &found,
                                                          const QList<SandboxId> &known);
    Result<SandboxInfo> started(const SandboxSpec &spec, const QJsonObject &answer);
    Future<void> endSoon(const SandboxId &id);
    void endWaiting();
    void endTogether(const QList<Ending> &endings);
    Status endedTogether(const QList<Ending> &endings, const Launched &answer);
    void lost(const SandboxId &id);
    void lookFor(const SandboxId &id, const Launched &answer);
    void ended(const SandboxId &id, const LaunchedSandbox &found);
    void noteLimits(const QString &cgroup);
};

} // namespace Flotilla
