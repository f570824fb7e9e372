// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/build.h"

#include <string_view>

namespace Flotilla::Agent {

/// Reads what esbuild prints on stderr (protocols.md 7.2). The text derives from the app, so anything may come:
/// at most maxDiagnostics, each text bounded. Columns are still bytes from 1; see locateInSource().
std::vector<Diagnostic> parseEsbuildOutput(std::string_view text);

/// Fills lineText from the file's own text (esbuild shortens it) and turns a byte column into a character column.
void locateInSource(Diagnostic &diagnostic, std::string_view source);

/// Gives the diagnostic the place of the byte `at` of the file's own text.
void placeAt(Diagnostic &diagnostic, std::string_view source, std::size_t at);

/// A package the app imports that its page cannot load.
struct ForeignImport
{
    std::string file; ///< "" when unknown
    std::string specifier;
};
/// Bare imports left in the output that are not in `available` (exact names, or prefixes that end in '/').
std::vector<ForeignImport> foreignImports(std::string_view metafile, const std::vector<std::string> &available);
/// False only when neither file of a built app loads a package that is not in `available`: all that they load stands in
/// them as esbuild writes it. Looking for it here costs nothing, the metafile costs esbuild 1 of 15 ms.
bool mayImportForeign(std::string_view script, std::string_view styles, const std::vector<std::string> &available);
/// The keys of {"imports":{...}}.
std::vector<std::string> importMapKeys(std::string_view importMap);
/// A diagnostic at the place in `source` where the specifier is imported.
Diagnostic describeForeignImport(const ForeignImport &import, std::string_view source,
                                 const std::vector<std::string> &available);

} // namespace Flotilla::Agent
