// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/fleet/fleetrig.h"

#include "backends/agent/agentclient.h"
#include "backends/storage/repositories.h"
#include "tests/conformance/await.h"
#include "tests/support/cliprocess.h"

namespace Flotilla::Test {

namespace {

HostService::Parts hostParts(const FleetPlaces &places, FleetRig *rig)
{
    HostService::Parts parts;
    parts.store = rig->store.get();
    parts.clock = &rig->clock;
    parts.http = &rig->http;
    parts.runtimeDir = places.dir + QStringLiteral("/run");
    parts.agent = binDir() + QStringLiteral("/flotilla-agent");
    parts.runtime = places.runtime.isEmpty() ? binDir() + QStringLiteral("/../share/flotilla/runtime") : places.runtime;
    parts.sshConfig = places.sshConfig;
    parts.installation = places.installation;
    parts.dataDir = places.dir + QStringLiteral("/appdata");
    parts.snapshotDir = places.dir + QStringLiteral("/snapshots");
    parts.stopApp = [rig](const AppId &app) { return rig->fleet->release(app); };
    return parts;
}

} // namespace

FleetRig::FleetRig(const FleetPlaces &places)
    : store(std::move(*Store::open(places.dir + QStringLiteral("/store"))))
{
    hosts = std::make_unique<HostService>(hostParts(places, this));
    Fleet::Parts parts;
    parts.store = store.get();
    parts.clock = &clock;
    parts.hosts = hosts.get();
    parts.idleAfter = [this] { return idleAfter; };
    parts.reconnectWait = places.reconnectWait;
    parts.wake = [this](const AppId &app) { woken.append(app); };
    fleet = std::make_unique<Fleet>(std::move(parts));
}

FleetRig::~FleetRig()
{
    fleet.reset();
    hosts.reset();
}

void FleetRig::addApp(const QString &id, const QString &host)
{
    AppRecord record;
    record.id = {id};
    record.title = id;
    record.host = host;
    record.created = record.updated = clock.now();
    VERIFY_OK(store->apps().insert(record));
}

Status FleetRig::addBox()
{
    HostConfig config;
    config.id = {QStringLiteral("box")};
    config.label = QStringLiteral("Box");
    config.target = QStringLiteral("box");
    return await(hosts->add(config));
}

QByteArray FleetRig::shell(const AppId &app, const QString &script)
{
    const auto agent = fleet->agent(app);
    if (!agent)
        return problem(agent);
    ExecSpec spec;
    spec.argv = QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), script};
    const auto ran = await((*agent)->run(spec));
    return ran ? ran->second.trimmed() : problem(ran);
}

} // namespace Flotilla::Test
