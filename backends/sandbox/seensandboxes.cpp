// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/seensandboxes.h"

#include "backends/hosts/host.h"

#include <QTimer>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype mostHitText = 500;
constexpr std::chrono::milliseconds moment{500};

} // namespace

SeenSandboxes::SeenSandboxes(Watch watch)
    : m_watch(std::move(watch))
    , m_following(QObject::connect(m_watch.host, &Host::stateChanged, m_watch.context, [this] { hostChanged(); }))
{
}

SeenSandbox *SeenSandboxes::find(const SandboxId &id)
{
    const auto found = m_seen.find(id.value);
    return found == m_seen.end() ? nullptr : &found->second;
}

const SeenSandbox *SeenSandboxes::find(const SandboxId &id) const
{
    const auto found = m_seen.find(id.value);
    return found == m_seen.end() ? nullptr : &found->second;
}

AgentClient *SeenSandboxes::client(const SandboxId &id) const
{
    const SeenSandbox *seen = find(id);
    return seen ? seen->client.get() : nullptr;
}

const SandboxInfo &SeenSandboxes::adopt(const SandboxInfo &info)
{
    SeenSandbox &seen = m_seen[info.id.value];
    const bool died = seen.info.state == SandboxState::Failed && info.state == SandboxState::Failed;
    if (!died) // what we saw ourselves says more than what is left of it
        seen.info = info;
    if (info.state == SandboxState::Running && !seen.client)
        attach(seen);
    return seen.info;
}

void SeenSandboxes::attach(SeenSandbox &seen)
{
    const SandboxId id = seen.info.id;
    seen.client = std::make_unique<AgentClient>(m_watch.opener(id));
    AgentClient *client = seen.client.get();
    QObject::connect(client, &AgentClient::lost, m_watch.context, [this, id] { m_watch.lost(id); });
    if (m_watch.found)
        QObject::connect(client, &AgentClient::found, m_watch.context, [this, id] { m_watch.found(id); });
    QObject::connect(client, &AgentClient::limitHit, m_watch.context,
                     [this, id](const QString &reason, const QString &text) {
                         SeenSandbox *hit = find(id);
                         if (!hit)
                             return;
                         hit->hit = sandboxReasonFromString(reason).value_or(SandboxReason::None);
                         hit->hitText = text.left(mostHitText);
                     });
    client->watch();
}

QList<SandboxInfo> SeenSandboxes::withDead(QList<SandboxInfo> found) const
{
    for (const auto &[id, seen] : m_seen) {
        const auto same = [&dead = seen.info](const SandboxInfo &info) { return info.id == dead.id; };
        if (seen.info.state == SandboxState::Failed && std::none_of(found.cbegin(), found.cend(), same))
            found.append(seen.info);
    }
    return found;
}

void SeenSandboxes::watchAgain(const SandboxId &id)
{
    if (m_watch.host->state() != HostState::Ready) {
        m_away.insert(id);
        return;
    }
    QTimer::singleShot(moment, m_watch.context, [this, id] {
        if (AgentClient *again = client(id))
            again->watch();
    });
}

void SeenSandboxes::hostChanged()
{
    if (m_watch.host->state() != HostState::Ready)
        return;
    const QSet<SandboxId> back = std::exchange(m_away, {});
    for (const SandboxId &id : back) {
        if (AgentClient *again = client(id))
            again->watch();
    }
}

void SeenSandboxes::forget(const SandboxId &id)
{
    auto node = m_seen.extract(id.value);
    if (!node.empty() && node.mapped().client)
        node.mapped().client.release()->deleteLater(); // we may be inside one of its signals
}

} // namespace Flotilla
