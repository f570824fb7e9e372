// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/page.h"

#include <algorithm>
#include <cctype>

namespace Flotilla::Agent {

namespace {

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return lower;
}

/// The position after the '>' of the first <tag ...>, or npos.
std::size_t afterTag(const std::string &lower, const std::string &tag)
{
    for (std::size_t at = lower.find('<' + tag); at != std::string::npos; at = lower.find('<' + tag, at + 1)) {
        const char next = at + tag.size() + 1 < lower.size() ? lower[at + tag.size() + 1] : 0;
        if (next != '>' && !std::isspace(static_cast<unsigned char>(next)))
            continue;
        const std::size_t end = lower.find('>', at);
        return end == std::string::npos ? end : end + 1;
    }
    return std::string::npos;
}

/// Whether <script ...> loads a source file that the build replaces.
bool isSourceScript(std::string_view tag)
{
    for (const char *start : {"src=\"/src/", "src='/src/", "src=\"./src/", "src='./src/", "src=\"src/", "src='src/"}) {
        if (tag.find(start) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string withoutSourceScripts(std::string_view html)
{
    const std::string lower = lowered(html);
    std::string result;
    std::size_t from = 0;
    for (std::size_t at = lower.find("<script"); at != std::string::npos; at = lower.find("<script", at + 1)) {
        const std::size_t tagEnd = lower.find('>', at);
        const std::size_t close = lower.find("</script>", at);
        if (tagEnd == std::string::npos || close == std::string::npos)
            break;
        if (!isSourceScript(std::string_view(lower).substr(at, tagEnd - at)))
            continue;
        result.append(html.substr(from, at - from));
        from = close + 9;
    }
    return result.append(html.substr(from));
}

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '<')
            result += "&lt;";
        else if (c == '&')
            result += "&amp;";
        else
            result += c;
    }
    return result;
}

void insertBefore(std::string &html, const std::string &closingTag, const std::string &text)
{
    const std::size_t at = lowered(html).rfind(closingTag);
    html.insert(at == std::string::npos ? html.size() : at, text);
}

} // namespace

std::string withHead(std::string_view html, std::string_view head)
{
    std::string result(html);
    const std::string lower = lowered(html);
    std::size_t at = afterTag(lower, "head");
    if (at == std::string::npos)
        at = afterTag(lower, "html");
    if (at == std::string::npos)
        at = afterTag(lower, "!doctype");
    result.insert(at == std::string::npos ? 0 : at, head);
    return result;
}

std::string reactPage(std::string_view own, std::string_view head, bool hasCss)
{
    constexpr std::string_view plain =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>App</title>\n"
        "</head>\n<body>\n<div id=\"root\"></div>\n</body>\n</html>\n";
    std::string page = withoutSourceScripts(own);
    if (afterTag(lowered(page), "head") == std::string::npos || afterTag(lowered(page), "body") == std::string::npos)
        page = plain;
    page = withHead(page, std::string("\n").append(head));
    if (page.find("id=\"root\"") == std::string::npos && page.find("id='root'") == std::string::npos)
        page.insert(std::min(page.size(), afterTag(lowered(page), "body")), "<div id=\"root\"></div>");
    if (hasCss)
        insertBefore(page, "</head>", "<link rel=\"stylesheet\" href=\"/app.css\">\n");
    insertBefore(page, "</body>", "<script type=\"module\" src=\"/app.js\"></script>\n");
    return page;
}

std::string statusPage(std::string_view title, std::string_view text, const BuildResult *build)
{
    std::string page =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" "
        "content=\"1\"><title>" +
        escaped(title) +
        "</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:40em;padding:0 "
        "1em;color:#444}"
        "h1{font-size:1.3em;color:#222}pre{white-space:pre-wrap;font-size:.9em}@media(prefers-color-scheme:dark){"
        "body{background:#1e1e1e;color:#bbb}h1{color:#eee}}</style></head><body><h1>" +
        escaped(title) + "</h1><p>" + escaped(text) + "</p>";
    for (std::size_t i = 0; build && i < std::min<std::size_t>(build->diagnostics.size(), 10); ++i) {
        const Diagnostic &diagnostic = build->diagnostics[i];
        if (!diagnostic.error)
            continue;
        page += "<pre>" + escaped(diagnostic.file) + ':' + std::to_string(diagnostic.line) + ':' +
                std::to_string(diagnostic.column) + ' ' + escaped(diagnostic.text) + '\n' +
                escaped(diagnostic.lineText) + "</pre>";
    }
    return page + "</body></html>\n";
}

std::string entrySource(std::string_view appModule, std::string_view appSource, const std::vector<std::string> &styles)
{
    const auto contains = [appSource](std::string_view text) { return appSource.find(text) != std::string_view::npos; };
    const bool hasDefault = contains("export default") || contains("as default");
    const bool hasNamed = contains("export function App") || contains("export const App") ||
                          contains("export class App") || contains("export let App");
    std::string source;
    for (const std::string &style : styles)
        source += "import \"./" + style + "\";\n";
    source += hasNamed && !hasDefault ? "import { App } from \"./" : "import App from \"./";
    source += std::string(appModule) + "\";\n";
    return source +
           "import { createElement, StrictMode } from \"react\";\nimport { createRoot } from \"react-dom/client\";\n"
           "createRoot(document.getElementById(\"root\")!).render(createElement(StrictMode, null, "
           "createElement(App)));\n";
}

} // namespace Flotilla::Agent
