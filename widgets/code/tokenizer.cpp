// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/tokenizer.h"

#include <QHash>
#include <QSet>

namespace Flotilla {

namespace {

enum LineState {
    Normal = 0,
    BlockComment = 1,
    Template = 2,
    HtmlComment = 3,
    TripleDouble = 4,
    TripleSingle = 5,
    Fence = 6
};

const QSet<QString> &scriptKeywords()
{
    static const QSet<QString> words{
        QStringLiteral("abstract"),  QStringLiteral("as"),        QStringLiteral("async"),
        QStringLiteral("await"),     QStringLiteral("break"),     QStringLiteral("case"),
        QStringLiteral("catch"),     QStringLiteral("class"),     QStringLiteral("const"),
        QStringLiteral("continue"),  QStringLiteral("default"),   QStringLiteral("delete"),
        QStringLiteral("do"),        QStringLiteral("else"),      QStringLiteral("enum"),
        QStringLiteral("export"),    QStringLiteral("extends"),   QStringLiteral("false"),
        QStringLiteral("finally"),   QStringLiteral("for"),       QStringLiteral("from"),
        QStringLiteral("function"),  QStringLiteral("if"),        QStringLiteral("implements"),
        QStringLiteral("import"),    QStringLiteral("in"),        QStringLiteral("instanceof"),
        QStringLiteral("interface"), QStringLiteral("keyof"),     QStringLiteral("let"),
        QStringLiteral("new"),       QStringLiteral("null"),      QStringLiteral("of"),
        QStringLiteral("private"),   QStringLiteral("public"),    QStringLiteral("readonly"),
        QStringLiteral("return"),    QStringLiteral("satisfies"), QStringLiteral("static"),
        QStringLiteral("super"),     QStringLiteral("switch"),    QStringLiteral("this"),
        QStringLiteral("throw"),     QStringLiteral("true"),      QStringLiteral("try"),
        QStringLiteral("type"),      QStringLiteral("typeof"),    QStringLiteral("undefined"),
        QStringLiteral("var"),       QStringLiteral("void"),      QStringLiteral("while"),
        QStringLiteral("yield")};
    return words;
}

const QSet<QString> &pythonKeywords()
{
    static const QSet<QString> words{
        QStringLiteral("False"),   QStringLiteral("None"),     QStringLiteral("True"),     QStringLiteral("and"),
        QStringLiteral("as"),      QStringLiteral("assert"),   QStringLiteral("async"),    QStringLiteral("await"),
        QStringLiteral("break"),   QStringLiteral("class"),    QStringLiteral("continue"), QStringLiteral("def"),
        QStringLiteral("del"),     QStringLiteral("elif"),     QStringLiteral("else"),     QStringLiteral("except"),
        QStringLiteral("finally"), QStringLiteral("for"),      QStringLiteral("from"),     QStringLiteral("global"),
        QStringLiteral("if"),      QStringLiteral("import"),   QStringLiteral("in"),       QStringLiteral("is"),
        QStringLiteral("lambda"),  QStringLiteral("nonlocal"), QStringLiteral("not"),      QStringLiteral("or"),
        QStringLiteral("pass"),    QStringLiteral("raise"),    QStringLiteral("return"),   QStringLiteral("self"),
        QStringLiteral("try"),     QStringLiteral("while"),    QStringLiteral("with"),     QStringLiteral("yield")};
    return words;
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('$');
}

/// Walks over one line. Every step takes at least one character.
class Scanner
{
public:
    Scanner(CodeLanguage language, const QString &line, int &state)
        : m_language(language)
        , m_line(line)
        , m_state(state)
    {
    }

    QList<CodeToken> run()
    {
        if (m_language == CodeLanguage::Markdown)
            markdown();
        else if (m_language != CodeLanguage::Plain)
            code();
        return std::move(m_tokens);
    }

private:
    void code()
    {
        if (m_state != Normal)
            resume();
        while (m_pos < m_line.size())
            step();
    }

    void resume()
    {
        switch (m_state) {
        case BlockComment:
            return until(QStringLiteral("*/"), 0, TokenKind::Comment);
        case HtmlComment:
            return until(QStringLiteral("-->"), 0, TokenKind::Comment);
        case Template:
            return quoted(QLatin1Char('`'), 0);
        case TripleDouble:
            return until(QStringLiteral("\"\"\""), 0, TokenKind::String);
        case TripleSingle:
            return until(QStringLiteral("'''"), 0, TokenKind::String);
        default:
            m_state = Normal;
        }
    }

    void step()
    {
        const QChar c = m_line[m_pos];
        if (comment() || string(c) || (m_language == CodeLanguage::Markup && tag(c)))
            return;
        if (c.isDigit() && (m_pos == 0 || !isWord(m_line[m_pos - 1])))
            return number();
        if (m_language == CodeLanguage::Style && (c == QLatin1Char('#') || c == QLatin1Char('@')))
            return sigil();
        if (m_language == CodeLanguage::Script && c == QLatin1Char('<') && jsxTag())
            return;
        if (isWord(c))
            return word();
        ++m_pos;
    }

    bool comment()
    {
        const bool braces = m_language == CodeLanguage::Script || m_language == CodeLanguage::Style;
        if (braces && at(QStringLiteral("/*"))) {
            m_state = BlockComment;
            until(QStringLiteral("*/"), 2, TokenKind::Comment);
            return true;
        }
        const bool slashes = m_language == CodeLanguage::Script && at(QStringLiteral("//"));
        if (slashes || (m_language == CodeLanguage::Python && at(QStringLiteral("#")))) {
            add(m_pos, int(m_line.size()) - m_pos, TokenKind::Comment);
            return true;
        }
        if (m_language == CodeLanguage::Markup && at(QStringLiteral("<!--"))) {
            m_state = HtmlComment;
            until(QStringLiteral("-->"), 4, TokenKind::Comment);
            return true;
        }
        return false;
    }

    bool string(QChar c)
    {
        if (m_language == CodeLanguage::Python) {
            for (const auto &[mark, state] :
                 {std::pair(QStringLiteral("\"\"\""), TripleDouble), std::pair(QStringLiteral("'''"), TripleSingle)}) {
                if (at(mark)) {
                    m_state = state;
                    until(mark, 3, TokenKind::String);
                    return true;
                }
            }
        }
        if (m_language == CodeLanguage::Markup && !m_inTag)
            return false;
        const bool quote = c == QLatin1Char('"') || (c == QLatin1Char('\'') && !apostrophe());
        const bool backtick = c == QLatin1Char('`') && m_language == CodeLanguage::Script;
        if (!quote && !backtick)
            return false;
        if (backtick)
            m_state = Template;
        quoted(c, 1);
        return true;
    }

    /// "don't" in JSX text is not the start of a string.
    bool apostrophe() const
    {
        return m_pos > 0 && m_line[m_pos - 1].isLetter() && m_pos + 1 < m_line.size() && m_line[m_pos + 1].isLetter();
    }

    void quoted(QChar quote, int skip)
    {
        int end = m_pos + skip;
        while (end < m_line.size() && m_line[end] != quote)
            end += m_line[end] == QLatin1Char('\\') ? 2 : 1;
        const bool closed = end < m_line.size();
        if (closed && quote == QLatin1Char('`'))
            m_state = Normal;
        end = closed ? end + 1 : int(m_line.size());
        const bool key = m_language == CodeLanguage::Json && m_line.mid(end).trimmed().startsWith(QLatin1Char(':'));
        add(m_pos, end - m_pos, key ? TokenKind::Attribute : TokenKind::String);
    }

    void until(const QString &mark, int skip, TokenKind kind)
    {
        const qsizetype found = m_line.indexOf(mark, m_pos + skip);
        if (found >= 0)
            m_state = Normal;
        add(m_pos, int((found < 0 ? m_line.size() : found + mark.size()) - m_pos), kind);
    }

    bool tag(QChar c)
    {
        if (c == QLatin1Char('>'))
            m_inTag = false;
        if (c != QLatin1Char('<'))
            return false;
        m_inTag = true;
        int end = m_pos + 1;
        while (end < m_line.size() && (isWord(m_line[end]) || QStringLiteral("/!-").contains(m_line[end])))
            ++end;
        add(m_pos, end - m_pos, TokenKind::Tag);
        return true;
    }

    bool jsxTag()
    {
        int end = m_pos + 1;
        if (end < m_line.size() && m_line[end] == QLatin1Char('/'))
            ++end;
        const int name = end;
        while (end < m_line.size() && (isWord(m_line[end]) || m_line[end] == QLatin1Char('.')))
            ++end;
        const bool generic = m_pos > 0 && isWord(m_line[m_pos - 1]);
        if (generic || end == name)
            return false;
        add(name, end - name, TokenKind::Tag);
        return true;
    }

    void number()
    {
        int end = m_pos;
        while (end < m_line.size() &&
               (isWord(m_line[end]) || m_line[end] == QLatin1Char('.') || m_line[end] == QLatin1Char('%')))
            ++end;
        add(m_pos, end - m_pos, TokenKind::Number);
    }

    void sigil()
    {
        int end = m_pos + 1;
        while (end < m_line.size() && (isWord(m_line[end]) || m_line[end] == QLatin1Char('-')))
            ++end;
        add(m_pos, end - m_pos, m_line[m_pos] == QLatin1Char('@') ? TokenKind::Keyword : TokenKind::Number);
    }

    void word()
    {
        int end = m_pos;
        const bool dashes = m_language == CodeLanguage::Style || m_language == CodeLanguage::Markup;
        while (end < m_line.size() && (isWord(m_line[end]) || (dashes && m_line[end] == QLatin1Char('-'))))
            ++end;
        add(m_pos, end - m_pos, kindOfWord(m_line.mid(m_pos, end - m_pos), end));
    }

    TokenKind kindOfWord(const QString &text, int end) const
    {
        const QChar next = end < m_line.size() ? m_line[end] : QChar();
        switch (m_language) {
        case CodeLanguage::Script:
            if (scriptKeywords().contains(text))
                return TokenKind::Keyword;
            if (next == QLatin1Char('=') && end + 1 < m_line.size() && QStringLiteral("\"{").contains(m_line[end + 1]))
                return TokenKind::Attribute;
            return text[0].isUpper() ? TokenKind::Type : TokenKind::Text;
        case CodeLanguage::Python:
            return pythonKeywords().contains(text) ? TokenKind::Keyword
                   : text[0].isUpper()             ? TokenKind::Type
                                                   : TokenKind::Text;
        case CodeLanguage::Style:
            return next == QLatin1Char(':') && m_line.startsWith(QLatin1Char(' ')) ? TokenKind::Attribute
                                                                                   : TokenKind::Text;
        case CodeLanguage::Markup:
            return m_inTag ? TokenKind::Attribute : TokenKind::Text;
        case CodeLanguage::Json:
            return TokenKind::Keyword;
        default:
            return TokenKind::Text;
        }
    }

    void markdown()
    {
        const QString text = m_line.trimmed();
        if (text.startsWith(QLatin1String("```"))) {
            m_state = m_state == Fence ? Normal : Fence;
            return add(0, int(m_line.size()), TokenKind::Comment);
        }
        if (m_state == Fence)
            return add(0, int(m_line.size()), TokenKind::String);
        if (text.startsWith(QLatin1Char('#')))
            add(0, int(m_line.size()), TokenKind::Heading);
        else if (text.startsWith(QLatin1Char('>')))
            add(0, int(m_line.size()), TokenKind::Comment);
    }

    bool at(const QString &mark) const { return QStringView(m_line).mid(m_pos).startsWith(mark); }

    void add(int start, int length, TokenKind kind)
    {
        if (kind != TokenKind::Text && length > 0)
            m_tokens.append({start, length, kind});
        m_pos = start + std::max(length, 1);
    }

    CodeLanguage m_language;
    const QString &m_line;
    int &m_state;
    int m_pos = 0;
    bool m_inTag = false;
    QList<CodeToken> m_tokens;
};

} // namespace

CodeLanguage languageOf(const QString &nameOrWord)
{
    static const QHash<QString, CodeLanguage> table{
        {QStringLiteral("ts"), CodeLanguage::Script},         {QStringLiteral("tsx"), CodeLanguage::Script},
        {QStringLiteral("js"), CodeLanguage::Script},         {QStringLiteral("jsx"), CodeLanguage::Script},
        {QStringLiteral("mjs"), CodeLanguage::Script},        {QStringLiteral("cjs"), CodeLanguage::Script},
        {QStringLiteral("typescript"), CodeLanguage::Script}, {QStringLiteral("javascript"), CodeLanguage::Script},
        {QStringLiteral("css"), CodeLanguage::Style},         {QStringLiteral("scss"), CodeLanguage::Style},
        {QStringLiteral("html"), CodeLanguage::Markup},       {QStringLiteral("htm"), CodeLanguage::Markup},
        {QStringLiteral("svg"), CodeLanguage::Markup},        {QStringLiteral("xml"), CodeLanguage::Markup},
        {QStringLiteral("json"), CodeLanguage::Json},         {QStringLiteral("py"), CodeLanguage::Python},
        {QStringLiteral("python"), CodeLanguage::Python},     {QStringLiteral("md"), CodeLanguage::Markdown},
        {QStringLiteral("markdown"), CodeLanguage::Markdown}};
    return table.value(nameOrWord.section(QLatin1Char('.'), -1).toLower(), CodeLanguage::Plain);
}

QList<CodeToken> tokenizeLine(CodeLanguage language, const QString &line, int &state)
{
    return Scanner(language, line, state).run();
}

} // namespace Flotilla
