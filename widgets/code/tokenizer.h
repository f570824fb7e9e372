// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Flotilla {

enum class CodeLanguage { Plain, Script, Style, Markup, Json, Python, Markdown };

enum class TokenKind { Text, Keyword, String, Number, Comment, Type, Tag, Attribute, Heading };

struct CodeToken
{
    int start = 0;
    int length = 0;
    TokenKind kind = TokenKind::Text;
    bool operator==(const CodeToken &) const = default;
};

/// By the end of a file name ("src/App.tsx") or the word after a Markdown fence ("tsx").
CodeLanguage languageOf(const QString &nameOrWord);

/// Colours one line. Good enough to read by, not a parser. `state` carries what goes over line ends (open comments and
/// template strings); start a text with 0. Text without a token is plain. Any thread.
QList<CodeToken> tokenizeLine(CodeLanguage language, const QString &line, int &state);

} // namespace Flotilla
