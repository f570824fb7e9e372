// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/json.h"

#include "backends/agent/frames.h"

#include <cmath>

namespace Flotilla::Agent {

Json parseJson(std::string_view text, std::size_t maxValues)
{
    if (!jsonIsBounded(text, 16, maxValues))
        return Json(Json::value_t::discarded);
    return Json::parse(text, nullptr, false);
}

std::string dump(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json &memberOf(const Json &object, const char *key)
{
    static const Json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

std::string stringOf(const Json &object, const char *key, const std::string &fallback)
{
    const Json &member = memberOf(object, key);
    return member.is_string() ? member.get_ref<const std::string &>() : fallback;
}

std::int64_t numberOf(const Json &object, const char *key, std::int64_t fallback)
{
    const Json &member = memberOf(object, key);
    if (member.is_number_integer())
        return member.get<std::int64_t>();
    if (member.is_number_float() && std::fabs(member.get<double>()) < 9e15)
        return std::int64_t(member.get<double>());
    return fallback;
}

bool boolOf(const Json &object, const char *key, bool fallback)
{
    const Json &member = memberOf(object, key);
    return member.is_boolean() ? member.get<bool>() : fallback;
}

} // namespace Flotilla::Agent
