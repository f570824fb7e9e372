// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

using Json = nlohmann::json;

/// Discarded (is_discarded()) when the text is no JSON, nests deeper than 16 or has more than `maxValues` values.
Json parseJson(std::string_view text, std::size_t maxValues = 20'000);
/// Never throws: invalid UTF-8 becomes U+FFFD.
std::string dump(const Json &json);

/// The member when it is there with the right type, else the fallback.
std::string stringOf(const Json &object, const char *key, const std::string &fallback = {});
std::int64_t numberOf(const Json &object, const char *key, std::int64_t fallback = 0);
bool boolOf(const Json &object, const char *key, bool fallback = false);
/// A reference to the member, or to a null value.
const Json &memberOf(const Json &object, const char *key);

} // namespace Flotilla::Agent
