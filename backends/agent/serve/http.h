// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <http_parser.h>

#include <string>
#include <string_view>

namespace Flotilla::Agent {

struct HttpRequest
{
    bool isHead = false;
    bool isGet = false;
    bool keepAlive = false;
    std::string path; ///< decoded, without the leading '/' and the query; valid only when `pathOk`
    bool pathOk = false;
};

/// Parses one request after the other from a stream. Heads larger than 32 KiB are an error; bodies are skipped.
class HttpRequestParser
{
public:
    enum class State { NeedsMore, HasRequest, Broken };

    HttpRequestParser();
    State feed(std::string_view bytes);
    /// After HasRequest: go on with what came behind it.
    State next();
    [[nodiscard]] const HttpRequest &request() const { return m_request; }

private:
    static int onUrl(http_parser *parser, const char *at, size_t length);
    static int onComplete(http_parser *parser);
    static const http_parser_settings &settings();
    State parse();

    http_parser m_parser{};
    HttpRequest m_request;
    std::string m_url;
    std::string m_pending;
    bool m_complete = false;
};

/// "a%20b" -> "a b". False for a broken escape or a NUL.
bool percentDecode(std::string_view text, std::string &decoded);
/// "text/html; charset=utf-8" by the end of the name.
const char *mimeType(std::string_view path);

} // namespace Flotilla::Agent
