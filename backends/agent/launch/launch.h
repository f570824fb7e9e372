// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla::Agent {

/// `flotilla-agent launch`: runs on the host (over Host::run, so also by SSH) and prints one line of JSON.
///   launch --start SPEC|-          makes a sandbox: {ok, pid, start, existed, hello} when its agent has answered
///   launch --terminate ROOT ID...  kills and removes; fine when there is none: {ok, terminated:[ID]}
///   launch --list ROOT [ID...]     {ok, sandboxes:[{label, alive, oom_kills}]}
///   launch --stats ROOT [ID...]    {ok, stats:[{id, memory_bytes, cpu_ms, processes}]}
///   launch --container SPEC|-      the host's side of a container, before it is created: container.h
///   launch --container-facts ROOT  what base images and profiles need to know of this host: container.h
///   launch --snapshot REQUEST|-    {ok, snapshot:{id, sandbox, bytes, created_ms, ...}}: snapshot.h
///   launch --restore REQUEST|-     fills a new sandbox from a snapshot
///   launch --snapshots FOLDER      {ok, snapshots:[...]}
///   launch --remove-snapshot FOLDER ID...  fine when there is none
///   launch --host-stats ROOT       {ok, cpus, load1, memory_total, ...} of this machine: hoststats.h
///   launch --doctor SPEC|-         facts about this host and the outcome of a trial sandbox
/// A failure is {ok:false, kind, text, detail} and exit code 1; kind as in protocol.md plus "unavailable".
/// The sandbox outlives the launcher: it runs `/opt/flotilla/agent serve --control-fd 3 --app-fd 4 --limits JSON`.
/// `argv[0]` is "launch". Returns the exit code.
int launchMain(int argc, char **argv);

} // namespace Flotilla::Agent
