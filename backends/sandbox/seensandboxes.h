// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QSet>

#include <functional>
#include <map>
#include <memory>

namespace Flotilla {

class Host;

/// One sandbox that a backend has seen. Dead ones stay until they are forgotten, so that their reason can be asked for.
struct SeenSandbox
{
    SandboxInfo info;
    std::unique_ptr<AgentClient> client; ///< while it runs
    SandboxReason hit = SandboxReason::None;
    QString hitText;
    int unanswered = 0; ///< how often in a row neither its agent nor its engine answered
};

/// What a backend has seen, by id, each watched by its agent's client while it runs. Thread of `context`.
class SeenSandboxes
{
public:
    struct Watch
    {
        QObject *context = nullptr; ///< outlives this object
        Host *host = nullptr;       ///< outlives `context`
        std::function<StreamOpener(const SandboxId &)> opener;
        std::function<void(const SandboxId &)> lost;    ///< its agent went away
        std::function<void(const SandboxId &)> found{}; ///< its agent can be reached
    };
    explicit SeenSandboxes(Watch watch);
    ~SeenSandboxes() { QObject::disconnect(m_following); }
    SeenSandboxes(const SeenSandboxes &) = delete;
    SeenSandboxes &operator=(const SeenSandboxes &) = delete;

    [[nodiscard]] SeenSandbox *find(const SandboxId &id);
    [[nodiscard]] const SeenSandbox *find(const SandboxId &id) const;
    [[nodiscard]] AgentClient *client(const SandboxId &id) const; ///< null unless it runs
    SeenSandbox &operator[](const SandboxId &id) { return m_seen[id.value]; }
    /// `found` and the dead that are not among them.
    [[nodiscard]] QList<SandboxInfo> withDead(QList<SandboxInfo> found) const;
    /// Its agent, if it has not been given up meanwhile: in a moment, or when its host is back.
    void watchAgain(const SandboxId &id);

    /// Takes what was found out just now; begins to watch what runs. What we saw ourselves of a death is kept.
    const SandboxInfo &adopt(const SandboxInfo &info);
    void forget(const SandboxId &id);
    void clear() { m_seen.clear(); }

private:
    void attach(SeenSandbox &seen);
    void hostChanged();

    Watch m_watch;
    std::map<QString, SeenSandbox> m_seen;
    QSet<SandboxId> m_away; ///< to be watched when the host is back
    QMetaObject::Connection m_following;
};

} // namespace Flotilla
