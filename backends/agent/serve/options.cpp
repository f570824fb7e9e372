// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/options.h"

#include "backends/agent/serve/json.h"

#include <algorithm>
#include <charconv>

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t usualFiles = 100'000;

bool parseLimits(const std::string &text, Limits &limits)
{
    const Json json = parseJson(text);
    if (!json.is_object())
        return false;
    const auto read = [&json](const char *key, std::int64_t &into) {
        into = std::max<std::int64_t>(0, numberOf(json, key, into));
    };
    read("memory_bytes", limits.memoryBytes);
    read("processes", limits.processes);
    read("workspace_bytes", limits.workspaceBytes);
    read("data_bytes", limits.dataBytes);
    limits.files = limits.workspaceBytes > 0 || limits.dataBytes > 0 ? usualFiles : 0;
    read("files", limits.files);
    read("file_bytes", limits.fileBytes);
    read("open_files", limits.openFiles);
    limits.sharedUser = boolOf(json, "shared_user");
    return true;
}

bool parseNumber(const std::string &text, int &number, int least, int most)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && number >= least && number <= most;
}

bool setOption(const std::string &name, const std::string &value, Options &options)
{
    if (name == "--dir")
        options.dir = value;
    else if (name == "--app-dir")
        options.appDir = value;
    else if (name == "--data-dir")
        options.dataDir = value;
    else if (name == "--runtime-dir")
        options.runtimeDir = value;
    else if (name == "--work-dir")
        options.workDir = value;
    else if (name == "--port")
        return parseNumber(value, options.port, 1, 65535);
    else if (name == "--hand")
        options.hand = value;
    else if (name == "--control-fd")
        return parseNumber(value, options.controlFd, 3, 1023);
    else if (name == "--app-fd")
        return parseNumber(value, options.appFd, 3, 1023);
    else if (name == "--limits")
        return parseLimits(value, options.limits);
    else
        return false;
    return true;
}

} // namespace

bool parseOptions(int argc, char **argv, Options &options, std::string &error)
{
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc || !setOption(argv[i], argv[i + 1], options)) {
            error = std::string("not understood: ") + argv[i];
            return false;
        }
    }
    return true;
}

} // namespace Flotilla::Agent
