// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/esbuildoutput.h"

#include "backends/agent/serve/json.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxSpecifierBytes = 1024;

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

std::string_view takeLine(std::string_view &text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

bool takeNumber(std::string_view text, int &number)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() && number >= 0 && number < 100'000'000;
}

// "    src/App.tsx:3:9:"
bool parseLocation(std::string_view line, Diagnostic &diagnostic)
{
    if (!startsWith(line, "    ") || line.size() < 9 || line[4] == ' ' || line.back() != ':')
        return false;
    const std::string_view place = line.substr(4, line.size() - 5);
    const std::size_t columnAt = place.rfind(':');
    const std::size_t lineAt =
        columnAt == 0 || columnAt == std::string_view::npos ? columnAt : place.rfind(':', columnAt - 1);
    int lineNumber = 0, column = 0;
    if (lineAt == std::string_view::npos || lineAt == 0 || !takeNumber(place.substr(columnAt + 1), column) ||
        !takeNumber(place.substr(lineAt + 1, columnAt - lineAt - 1), lineNumber))
        return false;
    diagnostic.file = clipped(std::string(place.substr(0, lineAt)), 512);
    diagnostic.line = lineNumber;
    diagnostic.column = column + 1;
    return true;
}

bool parseHeading(std::string_view line, Diagnostic &diagnostic)
{
    constexpr std::string_view error = "✘ [ERROR] ", warning = "▲ [WARNING] ";
    const bool isError = startsWith(line, error);
    if (!isError && !startsWith(line, warning))
        return false;
    diagnostic.error = isError;
    diagnostic.text = clipped(std::string(line.substr(isError ? error.size() : warning.size())), maxDiagnosticText);
    return true;
}

bool isBare(std::string_view specifier)
{
    return !specifier.empty() && specifier[0] != '.' && specifier[0] != '/' && specifier[0] != '<' &&
           specifier.find("://") == std::string_view::npos && !startsWith(specifier, "data:") &&
           !startsWith(specifier, "blob:");
}

bool isAvailable(const std::string &specifier, const std::vector<std::string> &available)
{
    return std::any_of(available.begin(), available.end(), [&](const std::string &name) {
        return name == specifier || (!name.empty() && name.back() == '/' && startsWith(specifier, name));
    });
}

bool isForeign(const std::string &specifier, const std::vector<std::string> &available)
{
    return isBare(specifier) && !isAvailable(specifier, available);
}

// Whether a quoted or bare word after one of the `key`s is foreign: from "word", url(word)
bool anyForeignAfter(std::string_view key, std::string_view text, const std::vector<std::string> &available)
{
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at)) {
        at += key.size();
        const std::string_view rest = text.substr(at);
        const bool isQuoted = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
        const std::string_view word =
            isQuoted ? rest.substr(1, rest.find(rest[0], 1) - 1) : rest.substr(0, rest.find(')'));
        if ((isQuoted || key.back() == '(') && isForeign(std::string(word.substr(0, maxSpecifierBytes)), available))
            return true;
    }
    return false;
}

std::set<std::string> foreignSpecifiers(const Json &meta, const std::vector<std::string> &available)
{
    std::set<std::string> foreign;
    for (const Json &output : memberOf(meta, "outputs")) {
        for (const Json &import : memberOf(output, "imports")) {
            const std::string path = stringOf(import, "path");
            if (boolOf(import, "external") && isForeign(path, available) && foreign.size() < maxDiagnostics)
                foreign.insert(path);
        }
    }
    return foreign;
}

std::string importerOf(const Json &meta, const std::string &specifier)
{
    for (const auto &input : memberOf(meta, "inputs").items()) {
        for (const Json &import : memberOf(input.value(), "imports")) {
            if (stringOf(import, "path") == specifier)
                return input.key();
        }
    }
    return {};
}

std::size_t placeOf(const std::string &specifier, std::string_view source)
{
    for (const char *quote : {"\"", "'", "`"}) {
        const std::size_t at = source.find(quote + specifier + quote);
        if (at != std::string_view::npos)
            return at;
    }
    return std::string_view::npos;
}

} // namespace

std::vector<Diagnostic> parseEsbuildOutput(std::string_view text)
{
    std::vector<Diagnostic> diagnostics;
    bool wantsLocation = false;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        Diagnostic next;
        if (parseHeading(line, next)) {
            if (diagnostics.size() == maxDiagnostics)
                break;
            diagnostics.push_back(std::move(next));
            wantsLocation = true;
        } else if (wantsLocation && parseLocation(line, diagnostics.back())) {
            wantsLocation = false; // what follows are notes
        }
    }
    return diagnostics;
}

void locateInSource(Diagnostic &diagnostic, std::string_view source)
{
    for (int number = 1; number < diagnostic.line && !source.empty(); ++number)
        takeLine(source);
    std::string_view line = takeLine(source);
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    const auto bytes = std::min<std::size_t>(line.size(), std::size_t(std::max(0, diagnostic.column - 1)));
    const auto continuation = std::count_if(line.begin(), line.begin() + std::ptrdiff_t(bytes),
                                            [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; });
    diagnostic.column -= int(continuation);
    diagnostic.lineText = clipped(std::string(line), maxDiagnosticText);
}

void placeAt(Diagnostic &diagnostic, std::string_view source, std::size_t at)
{
    const std::size_t newline = source.rfind('\n', at);
    const std::size_t lineStart = newline == std::string_view::npos ? 0 : newline + 1;
    diagnostic.line = 1 + int(std::count(source.begin(), source.begin() + std::ptrdiff_t(at), '\n'));
    diagnostic.column = 1 + int(at - lineStart);
    locateInSource(diagnostic, source);
}

std::vector<ForeignImport> foreignImports(std::string_view metafile, const std::vector<std::string> &available)
{
    const Json meta = parseJson(metafile, 200'000);
    std::vector<ForeignImport> result;
    for (const std::string &specifier : foreignSpecifiers(meta, available))
        result.push_back({importerOf(meta, specifier), specifier});
    return result;
}

bool mayImportForeign(std::string_view script, std::string_view styles, const std::vector<std::string> &available)
{
    for (const char *call : {"import(", "__require"}) { // what stands in them may be computed or behind a comment
        if (script.find(call) != std::string_view::npos)
            return true;
    }
    return anyForeignAfter("from ", script, available) || anyForeignAfter("import ", script, available) ||
           anyForeignAfter("@import ", styles, available) || anyForeignAfter("url(", styles, available);
}

std::vector<std::string> importMapKeys(std::string_view importMap)
{
    std::vector<std::string> keys;
    const Json json = parseJson(importMap);
    for (const auto &import : memberOf(json, "imports").items())
        keys.push_back(import.key());
    return keys;
}

Diagnostic describeForeignImport(const ForeignImport &import, std::string_view source,
                                 const std::vector<std::string> &available)
{
    Diagnostic diagnostic;
    diagnostic.file = clipped(import.file, 512);
    std::string text = "The package \"" + import.specifier + "\" is not available. Available packages:";
    for (const std::string &name : available)
        text += (text.back() == ':' ? " " : ", ") + name;
    diagnostic.text = clipped(std::move(text), maxDiagnosticText);
    const std::size_t at = placeOf(import.specifier, source);
    if (at != std::string_view::npos)
        placeAt(diagnostic, source, at);
    return diagnostic;
}

} // namespace Flotilla::Agent
