// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/importcheck.h"

#include "backends/agent/serve/esbuildoutput.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>
#include <utility>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxNameBytes = 128;
constexpr std::size_t maxSuggestions = 3;

bool isNameByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

bool isWordAt(std::string_view text, std::size_t at, std::size_t size)
{
    return (at == 0 || !isNameByte(text[at - 1])) && (at + size >= text.size() || !isNameByte(text[at + size]));
}

std::size_t findWord(std::string_view text, std::string_view word, std::size_t from = 0)
{
    for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (isWordAt(text, at, word.size()))
            return at;
    }
    return std::string_view::npos;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
        text.remove_suffix(1);
    return text;
}

std::string_view unquoted(std::string_view text)
{
    const bool isQuoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
    return isQuoted ? text.substr(1, text.size() - 2) : text;
}

void addImport(std::vector<NamedImport> &imports, const NamedImport &place, std::string_view item)
{
    item = trimmed(item);
    if (item.empty() || item.front() == '*')
        return;
    const std::size_t as = findWord(item, "as", 1);
    const std::string_view name = unquoted(trimmed(item.substr(0, as)));
    const std::string_view local = as == std::string_view::npos ? name : trimmed(item.substr(as + 2));
    if (name.size() <= maxNameBytes && local.size() <= maxNameBytes)
        imports.push_back({place.file, place.specifier, std::string(name), std::string(local)});
}

// `clause` is what stands between import and from: a, * as b, { c, d as e }
void addClause(std::vector<NamedImport> &imports, const NamedImport &place, std::string_view clause)
{
    const std::size_t open = clause.find('{');
    const std::string_view local = trimmed(clause.substr(0, std::min(open, clause.find(','))));
    if (!local.empty() && local.front() != '*' && local.size() <= maxNameBytes)
        imports.push_back({place.file, place.specifier, "default", std::string(local)});
    if (open == std::string_view::npos)
        return;
    std::string_view items = clause.substr(open + 1, clause.rfind('}') - open - 1);
    while (!items.empty()) {
        const std::size_t comma = items.find(',');
        addImport(imports, place, items.substr(0, comma));
        items.remove_prefix(comma == std::string_view::npos ? items.size() : comma + 1);
    }
}

// Reads one statement of imports or re-exports and returns its bytes; 0 when there is none here.
std::size_t readStatement(std::string_view text, const std::string &file, std::vector<NamedImport> &imports)
{
    const std::string_view keyword = text.substr(0, 7);
    if (keyword != "import " && keyword != "export ")
        return 0;
    constexpr std::string_view from = " from \"";
    const std::string_view statement = text.substr(0, text.find(";\n"));
    const std::size_t at = statement.find(from);
    if (at != std::string_view::npos) {
        const std::string_view rest = statement.substr(at + from.size());
        addClause(imports, {file, std::string(rest.substr(0, rest.find('"'))), {}, {}}, statement.substr(7, at - 7));
    }
    return std::min(statement.size() + 2, text.size());
}

std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool isSame = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                                std::tolower(static_cast<unsigned char>(b[j - 1]));
            const std::size_t changed = diagonal + (isSame ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row[b.size()];
}

// How far a name is from what was wanted; the limit or more: not near at all.
std::size_t farness(std::string_view wanted, std::string_view name, std::size_t limit)
{
    const std::string_view &shorter = wanted.size() < name.size() ? wanted : name;
    const std::string_view &longer = wanted.size() < name.size() ? name : wanted;
    if (shorter.size() >= 4 && longer.find(shorter) != std::string_view::npos)
        return 1;
    return longer.size() - shorter.size() >= limit ? limit : distance(wanted, name);
}

std::string listed(const std::vector<std::string_view> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "\"" : i + 1 == names.size() ? " or \"" : ", \"") + std::string(names[i]) + '"';
    return text;
}

// The names of one package as they stand in `exports`: "a","b"
std::string_view listOf(std::string_view exports, std::string_view specifier)
{
    const std::string key = '"' + std::string(specifier) + "\":[";
    const std::size_t at = exports.find(key);
    if (at == std::string_view::npos)
        return {};
    const std::string_view list = exports.substr(at + key.size());
    return list.substr(0, list.find(']'));
}

std::vector<std::string_view> namesIn(std::string_view list)
{
    std::vector<std::string_view> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        names.push_back(unquoted(list.substr(0, comma)));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return names;
}

bool hasName(std::string_view list, std::string_view name)
{
    return list.find('"' + std::string(name) + '"') != std::string_view::npos;
}

// The first package that has the name, or "".
std::string_view homeOf(std::string_view exports, const std::string &name)
{
    for (std::size_t open = exports.find('['); open != std::string_view::npos; open = exports.find('[', open + 1)) {
        const std::size_t end = exports.rfind('"', open);
        const std::size_t start = end == 0 || end == std::string_view::npos ? end : exports.rfind('"', end - 1);
        if (start == std::string_view::npos)
            return {};
        if (hasName(exports.substr(open, exports.find(']', open) - open), name))
            return exports.substr(start + 1, end - start - 1);
    }
    return {};
}

std::string advice(const NamedImport &import, std::string_view list, std::string_view exports)
{
    if (import.name == "default") {
        const std::string name = hasName(list, import.local) ? import.local : std::string("name");
        return ". Import by name: import { " + name + " } from \"" + import.specifier + '"';
    }
    const std::string_view home = homeOf(exports, import.name);
    if (!home.empty())
        return "; it comes from \"" + std::string(home) + '"';
    const std::vector<std::string_view> near = nearNames(import.name, namesIn(list));
    return near.empty() ? std::string() : ". Did you mean " + listed(near) + '?';
}

WrongName describe(const NamedImport &import, std::string_view list, std::string_view exports)
{
    WrongName wrong{import, {}};
    wrong.diagnostic.file = clipped(import.file, 512);
    const std::string what = import.name == "default" ? "no default export" : "no export named \"" + import.name + '"';
    wrong.diagnostic.text =
        clipped('"' + import.specifier + "\" has " + what + advice(import, list, exports), maxDiagnosticText);
    return wrong;
}

// Where the statement that ends with the specifier at `end` begins.
std::size_t statementStart(std::string_view source, std::size_t end)
{
    for (std::size_t at = source.rfind("port", end); at != std::string_view::npos && at >= 2;
         at = source.rfind("port", at - 1)) {
        const std::string_view word = source.substr(at - 2, 6);
        if ((word == "import" || word == "export") && isWordAt(source, at - 2, 6))
            return at - 2;
    }
    return 0;
}

} // namespace

std::vector<NamedImport> namedImports(std::string_view script)
{
    std::vector<NamedImport> imports;
    std::string file;
    bool isHead = false;
    while (!script.empty()) {
        const std::size_t statement = isHead ? readStatement(script, file, imports) : 0;
        const std::size_t lineEnd = script.find('\n');
        const std::string_view line = script.substr(0, lineEnd);
        if (statement == 0) {
            isHead = line.substr(0, 3) == "// ";
            if (isHead)
                file = line.substr(3);
        }
        const std::size_t lineBytes = lineEnd == std::string_view::npos ? script.size() : lineEnd + 1;
        script.remove_prefix(statement > 0 ? statement : lineBytes);
    }
    return imports;
}

std::vector<std::string_view> nearNames(std::string_view wanted, const std::vector<std::string_view> &names)
{
    const std::size_t limit = 2 + wanted.size() / 4;
    std::vector<std::pair<std::size_t, std::string_view>> near;
    for (const std::string_view name : names) {
        const std::size_t far = name == "default" ? limit : farness(wanted, name, limit);
        if (far < limit)
            near.emplace_back(far, name);
    }
    std::sort(near.begin(), near.end(), [](const auto &a, const auto &b) {
        return std::tuple(a.first, a.second.size(), a.second) < std::tuple(b.first, b.second.size(), b.second);
    });
    std::vector<std::string_view> best;
    for (std::size_t i = 0; i < std::min(near.size(), maxSuggestions); ++i)
        best.push_back(near[i].second);
    return best;
}

std::vector<WrongName> wrongNames(std::string_view script, std::string_view exports)
{
    std::vector<WrongName> wrong;
    for (const NamedImport &import : namedImports(script)) {
        const std::string_view list = listOf(exports, import.specifier);
        if (!list.empty() && !hasName(list, import.name) && wrong.size() < maxDiagnostics)
            wrong.push_back(describe(import, list, exports));
    }
    return wrong;
}

void placeNamedImport(WrongName &wrong, std::string_view source)
{
    const NamedImport &import = wrong.import;
    const std::string &word = import.name == "default" ? import.local : import.name;
    std::size_t fallback = std::string_view::npos;
    for (const char quote : {'"', '\''}) {
        const std::string specifier = quote + import.specifier + quote;
        for (std::size_t at = source.find(specifier); at != std::string_view::npos;
             at = source.find(specifier, at + 1)) {
            fallback = std::min(fallback, at);
            const std::size_t name = findWord(source.substr(0, at), word, statementStart(source, at));
            if (name != std::string_view::npos)
                return placeAt(wrong.diagnostic, source, name);
        }
    }
    if (fallback != std::string_view::npos)
        placeAt(wrong.diagnostic, source, fallback);
}

} // namespace Flotilla::Agent
