// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/http.h"

#include "backends/agent/serve/paths.h"

#include <array>
#include <utility>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxUrl = 8 * 1024;

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// The decoded path of a request target without its leading '/'; a folder keeps no '/' at the end.
bool pathOfTarget(const std::string &target, std::string &path)
{
    http_parser_url url;
    http_parser_url_init(&url);
    if (http_parser_parse_url(target.data(), target.size(), 0, &url) != 0 || !(url.field_set & (1 << UF_PATH)))
        return false;
    std::string_view raw(target.data() + url.field_data[UF_PATH].off, url.field_data[UF_PATH].len);
    while (!raw.empty() && raw.front() == '/')
        raw.remove_prefix(1);
    while (!raw.empty() && raw.back() == '/')
        raw.remove_suffix(1);
    return percentDecode(raw, path) && (path.empty() || isValidPath(path));
}

} // namespace

bool percentDecode(std::string_view text, std::string &decoded)
{
    decoded.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexValue(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = char(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            return false;
        decoded += c;
    }
    return true;
}

const char *mimeType(std::string_view path)
{
    static constexpr std::array<std::pair<std::string_view, const char *>, 36> types{{
        {"html", "text/html; charset=utf-8"},
        {"htm", "text/html; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"webmanifest", "application/manifest+json"},
        {"txt", "text/plain; charset=utf-8"},
        {"md", "text/plain; charset=utf-8"},
        {"ts", "text/plain; charset=utf-8"},
        {"tsx", "text/plain; charset=utf-8"},
        {"jsx", "text/plain; charset=utf-8"},
        {"csv", "text/csv; charset=utf-8"},
        {"xml", "application/xml"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"gif", "image/gif"},
        {"webp", "image/webp"},
        {"avif", "image/avif"},
        {"ico", "image/x-icon"},
        {"bmp", "image/bmp"},
        {"woff", "font/woff"},
        {"woff2", "font/woff2"},
        {"ttf", "font/ttf"},
        {"otf", "font/otf"},
        {"mp3", "audio/mpeg"},
        {"wav", "audio/wav"},
        {"ogg", "audio/ogg"},
        {"mp4", "video/mp4"},
        {"webm", "video/webm"},
        {"pdf", "application/pdf"},
        {"wasm", "application/wasm"},
        {"glb", "model/gltf-binary"},
    }};
    const std::size_t dot = path.rfind('.');
    const std::string_view extension = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    for (const auto &[name, type] : types) {
        if (name == extension)
            return type;
    }
    return "application/octet-stream";
}

HttpRequestParser::HttpRequestParser()
{
    http_parser_init(&m_parser, HTTP_REQUEST);
    m_parser.data = this;
    http_parser_set_max_header_size(32 * 1024);
}

const http_parser_settings &HttpRequestParser::settings()
{
    static const http_parser_settings callbacks = [] {
        http_parser_settings made;
        http_parser_settings_init(&made);
        made.on_url = onUrl;
        made.on_message_complete = onComplete;
        return made;
    }();
    return callbacks;
}

int HttpRequestParser::onUrl(http_parser *parser, const char *at, size_t length)
{
    auto *self = static_cast<HttpRequestParser *>(parser->data);
    self->m_url.append(at, length);
    return self->m_url.size() > maxUrl ? 1 : 0;
}

int HttpRequestParser::onComplete(http_parser *parser)
{
    auto *self = static_cast<HttpRequestParser *>(parser->data);
    HttpRequest &request = self->m_request;
    request.isHead = parser->method == HTTP_HEAD;
    request.isGet = parser->method == HTTP_GET;
    request.keepAlive = http_should_keep_alive(parser) != 0;
    request.pathOk = pathOfTarget(self->m_url, request.path);
    self->m_url.clear();
    self->m_complete = true;
    http_parser_pause(parser, 1);
    return 0;
}

HttpRequestParser::State HttpRequestParser::feed(std::string_view bytes)
{
    m_pending.append(bytes);
    return parse();
}

HttpRequestParser::State HttpRequestParser::next()
{
    m_complete = false;
    http_parser_pause(&m_parser, 0);
    return parse();
}

HttpRequestParser::State HttpRequestParser::parse()
{
    if (m_complete)
        return State::HasRequest;
    if (m_pending.empty())
        return State::NeedsMore;
    const std::size_t used = http_parser_execute(&m_parser, &settings(), m_pending.data(), m_pending.size());
    m_pending.erase(0, used);
    if (m_pending.empty())
        std::string().swap(m_pending);
    if (m_complete)
        return State::HasRequest;
    return HTTP_PARSER_ERRNO(&m_parser) != HPE_OK || m_parser.upgrade ? State::Broken : State::NeedsMore;
}

} // namespace Flotilla::Agent
