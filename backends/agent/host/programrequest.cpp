// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/programrequest.h"

#include <algorithm>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxWords = 4096;
constexpr std::int64_t maxTimeoutMs = 24 * 3600 * 1000;

bool isText(const Json &value)
{
    return value.is_string() && value.get_ref<const std::string &>().find('\0') == std::string::npos;
}

bool readWords(const Json &list, std::vector<std::string> &words)
{
    if (!list.is_array() || list.empty() || list.size() > maxWords || !std::all_of(list.begin(), list.end(), isText))
        return false;
    words = list.get<std::vector<std::string>>();
    return !words[0].empty();
}

bool readVariables(const Json &object, std::vector<std::string> &variables)
{
    if (!object.is_object())
        return object.is_null();
    for (const auto &entry : object.items()) {
        const std::string &name = entry.key();
        if (name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string::npos ||
            !isText(entry.value()))
            return false;
        variables.push_back(name + '=' + entry.value().get<std::string>());
    }
    return true;
}

} // namespace

bool readProgramRequest(const Json &request, ProgramSpec &spec, std::int64_t &timeoutMs, std::string &error)
{
    if (stringOf(request, "op") != "run")
        error = "this call is not known";
    else if (!readWords(memberOf(request, "argv"), spec.argv))
        error = "\"argv\" is not a list of words";
    else if (!readVariables(memberOf(request, "env"), spec.env))
        error = "\"env\" holds something that is no variable";
    spec.cwd = stringOf(request, "cwd");
    if (spec.cwd.find('\0') != std::string::npos)
        error = "\"cwd\" is no folder";
    timeoutMs = std::clamp<std::int64_t>(numberOf(request, "timeout_ms", 60'000), 1, maxTimeoutMs);
    return error.empty();
}

} // namespace Flotilla::Agent
