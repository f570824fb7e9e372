// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/codehighlighter.h"

#include "widgets/common/theme.h"

namespace Flotilla {

namespace {
constexpr int MaxLine = 2000;
}

QTextCharFormat codeFormat(TokenKind kind)
{
    const Palette &c = colors();
    QTextCharFormat format;
    switch (kind) {
    case TokenKind::Text:
        format.setForeground(c.text);
        break;
    case TokenKind::Keyword:
    case TokenKind::Tag:
        format.setForeground(c.working);
        break;
    case TokenKind::String:
        format.setForeground(c.live);
        break;
    case TokenKind::Number:
        format.setForeground(c.partial);
        break;
    case TokenKind::Comment:
        format.setForeground(c.muted);
        format.setFontItalic(true);
        break;
    case TokenKind::Type:
        format.setForeground(c.building);
        break;
    case TokenKind::Attribute:
        format.setForeground(c.accentFill);
        break;
    case TokenKind::Heading:
        format.setForeground(c.working);
        format.setFontWeight(QFont::DemiBold);
        break;
    }
    return format;
}

CodeHighlighter::CodeHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &CodeHighlighter::rehighlight);
}

void CodeHighlighter::setLanguage(CodeLanguage language)
{
    m_language = language;
}

void CodeHighlighter::highlightBlock(const QString &text)
{
    int state = std::max(0, previousBlockState());
    if (text.size() <= MaxLine) {
        for (const CodeToken &token : tokenizeLine(m_language, text, state))
            setFormat(token.start, token.length, codeFormat(token.kind));
    }
    setCurrentBlockState(state);
}

} // namespace Flotilla
