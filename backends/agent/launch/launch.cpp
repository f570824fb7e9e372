// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/launch.h"

#include "backends/agent/launch/container.h"
#include "backends/agent/launch/doctor.h"
#include "backends/agent/launch/end.h"
#include "backends/agent/launch/hoststats.h"
#include "backends/agent/launch/inspect.h"
#include "backends/agent/launch/snapshot.h"
#include "backends/agent/launch/start.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace Flotilla::Agent {

namespace {

using Args = std::vector<std::string>;

/// The argument itself, or what comes on stdin.
std::string readText(const Args &args)
{
    std::string text = args.empty() ? "-" : args[0];
    if (text != "-")
        return text;
    text.clear();
    char buffer[16 * 1024];
    for (ssize_t size = 0; text.size() < 1024 * 1024 && (size = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
        text.append(buffer, std::size_t(size));
    return text;
}

bool readSpec(const Args &args, LaunchSpec &spec, Failure &failure)
{
    return parseSpec(readText(args), spec, failure);
}

bool readIds(const Args &args, std::string &root, Args &ids, Failure &failure)
{
    if (args.empty() || args[0].empty() || args[0][0] != '/')
        return fail(failure, "invalid", "The runtime folder must be an absolute path.");
    root = args[0];
    ids.assign(args.begin() + 1, args.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (!std::all_of(ids.begin(), ids.end(), isSafeId))
        return fail(failure, "invalid", "The name of a sandbox is not acceptable.");
    return true;
}

bool start(const Args &args, Json &answer, Failure &failure)
{
    LaunchSpec spec;
    return readSpec(args, spec, failure) && startSandbox(spec, answer, failure);
}

bool examine(const Args &args, Json &answer, Failure &failure)
{
    LaunchSpec spec;
    if (!readSpec(args, spec, failure))
        return false;
    answer = examineHost(spec);
    return true;
}

bool terminate(const Args &args, Json &answer, Failure &failure)
{
    std::string root;
    Args ids;
    if (!readIds(args, root, ids, failure))
        return false;
    const Args gone = endSandboxes(root, ids);
    answer["terminated"] = gone;
    return gone.size() >= ids.size() || fail(failure, "timeout", "A sandbox did not end in time.");
}

bool list(const Args &args, Json &answer, Failure &failure)
{
    std::string root;
    Args ids;
    if (!readIds(args, root, ids, failure))
        return false;
    answer["sandboxes"] = listSandboxes(root, ids);
    return true;
}

bool stats(const Args &args, Json &answer, Failure &failure)
{
    std::string root;
    Args ids;
    if (!readIds(args, root, ids, failure))
        return false;
    answer["stats"] = statsOfSandboxes(root, ids);
    return true;
}

bool hostStatsOf(const Args &args, Json &answer, Failure &failure)
{
    std::string root;
    Args none;
    if (!readIds(args, root, none, failure))
        return false;
    answer = hostStats(root);
    return true;
}

bool container(const Args &args, Json &answer, Failure &failure)
{
    LaunchSpec spec;
    return readSpec(args, spec, failure) && prepareContainer(spec, answer, failure);
}

bool factsForContainers(const Args &args, Json &answer, Failure &failure)
{
    std::string root;
    Args none;
    return readIds(args, root, none, failure) && containerFacts(root, answer, failure);
}

bool snapshot(const Args &args, Json &answer, Failure &failure)
{
    SnapshotRequest request;
    Json meta;
    if (!parseSnapshotRequest(readText(args), request, failure) || !takeSnapshot(request, meta, failure))
        return false;
    answer["snapshot"] = meta;
    return true;
}

bool restore(const Args &args, Json &answer, Failure &failure)
{
    SnapshotRequest request;
    return parseSnapshotRequest(readText(args), request, failure) && restoreSnapshot(request, answer, failure);
}

bool snapshots(const Args &args, Json &answer, Failure &failure)
{
    std::string folder;
    Args none;
    if (!readIds(args, folder, none, failure))
        return false;
    answer["snapshots"] = listSnapshots(folder);
    return true;
}

bool forgetSnapshots(const Args &args, Json &, Failure &failure)
{
    std::string folder;
    Args ids;
    return readIds(args, folder, ids, failure) && removeSnapshots(folder, ids, failure);
}

struct Command
{
    const char *name;
    bool (*run)(const Args &, Json &, Failure &);
};
constexpr Command commands[] = {{"--start", start},         {"--terminate", terminate},
                                {"--list", list},           {"--stats", stats},
                                {"--doctor", examine},      {"--host-stats", hostStatsOf},
                                {"--snapshot", snapshot},   {"--restore", restore},
                                {"--snapshots", snapshots}, {"--remove-snapshot", forgetSnapshots},
                                {"--container", container}, {"--container-facts", factsForContainers}};

int print(bool good, Json answer, const Failure &failure)
{
    if (!good)
        answer = Json{{"kind", failure.kind}, {"text", failure.text}, {"detail", failure.detail}};
    answer["ok"] = good;
    const std::string line = dump(answer) + '\n';
    const bool written = write(STDOUT_FILENO, line.data(), line.size()) == ssize_t(line.size());
    return good && written ? 0 : 1;
}

} // namespace

int launchMain(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    const std::string name = argc > 1 ? argv[1] : "";
    const Args args(argv + std::min(argc, 2), argv + argc);
    for (const Command &command : commands) {
        if (name != command.name)
            continue;
        Json answer = Json::object();
        Failure failure;
        const bool good = command.run(args, answer, failure);
        return print(good, std::move(answer), failure);
    }
    return print(
        false, {},
        {"invalid", "usage: flotilla-agent launch --start|--terminate|--list|--stats|--doctor|--host-stats", name});
}

} // namespace Flotilla::Agent
