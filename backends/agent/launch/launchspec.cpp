// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/launchspec.h"

#include <unistd.h>

#include <algorithm>
#include <sys/un.h>

namespace Flotilla::Agent {

namespace {

bool isSafeEnvName(const std::string &name)
{
    const auto legal = [](char c) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    return !name.empty() && name.size() <= 128 && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), legal);
}

bool isSafePath(const std::string &path)
{
    return !path.empty() && path[0] == '/' && path.size() < 1024 && path.find('\0') == std::string::npos;
}

bool readEnv(const Json &json, LaunchSpec &spec)
{
    const Json &env = memberOf(json, "env");
    if (!env.is_object())
        return env.is_null();
    for (const auto &[name, value] : env.items()) {
        if (!isSafeEnvName(name) || !value.is_string() ||
            value.get_ref<const std::string &>().find('\0') != std::string::npos)
            return false;
        spec.env.emplace_back(name, value.get<std::string>());
    }
    return spec.env.size() <= 200;
}

bool readLimits(const Json &json, LaunchSpec &spec)
{
    spec.limitsJson = memberOf(json, "limits");
    const auto positive = [&](const char *key, std::int64_t &into) {
        into = numberOf(spec.limitsJson, key);
        return into > 0;
    };
    const Json &cpus = memberOf(spec.limitsJson, "cpus");
    spec.cpus = cpus.is_number() ? cpus.get<double>() : 0;
    Limits &l = spec.limits;
    return positive("memory_bytes", l.memoryBytes) && positive("processes", l.processes) &&
           positive("workspace_bytes", l.workspaceBytes) && positive("data_bytes", l.dataBytes) &&
           positive("file_bytes", l.fileBytes) && positive("open_files", l.openFiles) && spec.cpus > 0 &&
           spec.cpus < 10'000;
}

std::string thisProgram()
{
    char path[4096];
    const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    return size > 0 ? std::string(path, std::size_t(size)) : std::string();
}

std::string systemBwrap()
{
    for (const char *path : {"/usr/bin/bwrap", "/usr/local/bin/bwrap"}) {
        if (access(path, X_OK) == 0)
            return path;
    }
    return "/usr/bin/bwrap";
}

bool checkPaths(const LaunchSpec &spec, Failure &failure)
{
    for (const std::string *path : {&spec.root, &spec.agent, &spec.bwrap}) {
        if (!isSafePath(*path))
            return fail(failure, "invalid", "A path of the sandbox is not absolute.", *path);
    }
    for (const std::string *path : {&spec.runtime, &spec.data, &spec.snapshots}) {
        if (!path->empty() && !isSafePath(*path))
            return fail(failure, "invalid", "A path of the sandbox is not absolute.", *path);
    }
    if (spec.root.size() + spec.id.size() + sizeof "/sb//control.sock" > sizeof sockaddr_un{}.sun_path)
        return fail(failure, "invalid", "The path of the runtime folder is too long for a socket.", spec.root);
    return true;
}

} // namespace

bool isSafeId(const std::string &id)
{
    const auto legal = [](char c) { return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !id.empty() && id.size() <= 40 && id[0] != '-' && std::all_of(id.begin(), id.end(), legal);
}

bool parseSpec(const std::string &text, LaunchSpec &spec, Failure &failure)
{
    const Json json = parseJson(text);
    if (!json.is_object())
        return fail(failure, "invalid", "The description of the sandbox is not JSON.");
    spec.id = stringOf(json, "id");
    spec.app = stringOf(json, "app");
    spec.owner = stringOf(json, "owner");
    spec.root = stringOf(json, "root");
    spec.runtime = stringOf(json, "runtime");
    spec.data = stringOf(json, "data");
    spec.agent = stringOf(json, "agent", thisProgram());
    spec.from = stringOf(json, "from");
    spec.snapshots = stringOf(json, "snapshots");
    spec.engine = stringOf(json, "engine");
    spec.bwrap = stringOf(json, "bwrap", systemBwrap());
    spec.program = int(std::clamp<std::int64_t>(numberOf(json, "program"), 0, 4'194'304)); // PID_MAX_LIMIT
    spec.deadlineMs = int(std::clamp<std::int64_t>(numberOf(json, "deadline_ms", 5000), 100, 60'000));
    if (!isSafeId(spec.id) || !isSafeId(spec.owner) || !(spec.app.empty() || isSafeId(spec.app)) ||
        !(spec.from.empty() || isSafeId(spec.from)))
        return fail(failure, "invalid", "The name of the sandbox is not acceptable.", spec.id);
    if (stringOf(json, "network", "none") != "none")
        return fail(failure, "unsupported", "Only sandboxes without network are offered.");
    if (!readLimits(json, spec))
        return fail(failure, "invalid", "Every limit of a sandbox must be a positive number.", dump(spec.limitsJson));
    if (!readEnv(json, spec))
        return fail(failure, "invalid", "The environment of the sandbox is not acceptable.");
    return checkPaths(spec, failure);
}

} // namespace Flotilla::Agent
