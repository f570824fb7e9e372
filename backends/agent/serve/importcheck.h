// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/build.h"

#include <string_view>
#include <vector>

namespace Flotilla::Agent {

/// One name that the built app takes from a package: `import { name } from "specifier"`.
struct NamedImport
{
    std::string file;      ///< the app's file, as the compiler names it
    std::string specifier; ///< "lucide-react"
    std::string name;      ///< "default" for `import local from`
    std::string local;
};

/// What esbuild left to the browser, read from its own output: every file's part begins with "// path" and its import
/// statements, so text inside strings is never taken for one. What the app imports and does not use is not there.
std::vector<NamedImport> namedImports(std::string_view script);

/// At most three of `names` that a person may have meant, best first.
std::vector<std::string_view> nearNames(std::string_view wanted, const std::vector<std::string_view> &names);

/// An import that fails in the browser ("does not provide an export named"). The compiler cannot know.
/// The place is filled by placeNamedImport().
struct WrongName
{
    NamedImport import;
    Diagnostic diagnostic;
};
/// `exports` is exports.json of the runtime: {specifier:[names]} without spaces. Packages it does not know pass.
std::vector<WrongName> wrongNames(std::string_view script, std::string_view exports);

/// Puts the diagnostic at the name in the app's own text, or at its import when the name is not found.
void placeNamedImport(WrongName &wrong, std::string_view source);

} // namespace Flotilla::Agent
