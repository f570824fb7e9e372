// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/syntaxguard.h"

#include <QJsonDocument>
#include <QList>
#include <QStringList>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype shrinkMinimumLines = 40;

enum class Language { None, Script, Style, Json };

Language languageOf(const QString &path)
{
    const QString suffix = path.mid(path.lastIndexOf(QLatin1Char('.')) + 1).toLower();
    static const QStringList scripts{QStringLiteral("js"),  QStringLiteral("jsx"), QStringLiteral("ts"),
                                     QStringLiteral("tsx"), QStringLiteral("mjs"), QStringLiteral("cjs")};
    if (scripts.contains(suffix))
        return Language::Script;
    if (suffix == QLatin1String("css"))
        return Language::Style;
    return suffix == QLatin1String("json") ? Language::Json : Language::None;
}

class BracketWalker
{
public:
    BracketWalker(const QString &text, Language language)
        : m_text(text)
        , m_language(language)
    {
    }

    std::optional<QString> problem()
    {
        while (m_at < m_text.size() && !m_problem)
            step();
        if (!m_problem && !m_open.isEmpty())
            m_problem =
                QStringLiteral("\"%1\" of line %2 is never closed").arg(m_open.last().mark).arg(m_open.last().line);
        return m_problem;
    }

private:
    struct Open
    {
        QChar mark; ///< a bracket, or '`' for a template text
        int line = 0;
    };

    QChar at(qsizetype index) const { return index < m_text.size() ? m_text[index] : QChar(); }
    bool looksAt(const char *token) const { return QStringView(m_text).mid(m_at).startsWith(QLatin1String(token)); }
    bool inTemplate() const { return !m_open.isEmpty() && m_open.last().mark == QLatin1Char('`'); }

    void step()
    {
        if (inTemplate())
            return stepTemplate();
        const QChar c = m_text[m_at];
        if (looksAt("/*"))
            return skipPast("*/");
        if (m_language == Language::Script && looksAt("//") && at(m_at - (m_at > 0 ? 1 : 0)) != QLatin1Char(':'))
            return skipPast("\n");
        if (c == QLatin1Char('"') || c == QLatin1Char('\''))
            return skipString(c);
        if (c == QLatin1Char('`') && m_language == Language::Script)
            return push(c);
        if (c == QLatin1Char('/') && m_language == Language::Script && regexMayStart())
            return skipRegex();
        bracket(c);
    }

    void stepTemplate()
    {
        const QChar c = m_text[m_at];
        if (c == QLatin1Char('\\')) {
            advance();
            advance();
        } else if (looksAt("${")) {
            advance();
            push(QLatin1Char('{'));
        } else {
            if (c == QLatin1Char('`'))
                m_open.removeLast();
            advance();
        }
    }

    void bracket(QChar c)
    {
        static const QString opening = QStringLiteral("([{");
        static const QString closing = QStringLiteral(")]}");
        if (opening.contains(c))
            return push(c);
        if (const qsizetype index = closing.indexOf(c); index >= 0) {
            if (m_open.isEmpty() || m_open.last().mark != opening[index])
                m_problem = QStringLiteral("\"%1\" in line %2 closes nothing").arg(c).arg(m_line);
            else
                m_open.removeLast();
        }
        if (!c.isSpace())
            m_previous = c;
        advance();
    }

    void push(QChar mark)
    {
        m_open.append({mark, m_line});
        m_previous = mark;
        advance();
    }

    void advance()
    {
        if (at(m_at) == QLatin1Char('\n'))
            ++m_line;
        ++m_at;
    }

    void skipPast(const char *token)
    {
        const qsizetype length = qstrlen(token);
        const qsizetype end = m_text.indexOf(QLatin1String(token), m_at + (length > 1 ? 2 : 0));
        const qsizetype stop = end < 0 ? m_text.size() : end + length;
        while (m_at < stop)
            advance();
    }

    void skipString(QChar quote)
    {
        const qsizetype end = endOnLine(quote, false);
        m_at = end < 0 ? m_at + 1 : end + 1;
        m_previous = quote;
    }

    /// The index of the closing mark on this line; -1 when there is none. CSS and JS let a back-slash continue a line.
    qsizetype endOnLine(QChar mark, bool classes) const
    {
        bool inClass = false;
        for (qsizetype i = m_at + 1; i < m_text.size() && m_text[i] != QLatin1Char('\n'); ++i) {
            if (m_text[i] == QLatin1Char('\\'))
                ++i;
            else if (classes && m_text[i] == QLatin1Char('['))
                inClass = true;
            else if (classes && m_text[i] == QLatin1Char(']'))
                inClass = false;
            else if (m_text[i] == mark && !inClass)
                return i;
        }
        return -1;
    }

    bool regexMayStart() const
    {
        static const QString before = QStringLiteral("(,=:[!&|?{;+-*%~^");
        return m_previous.isNull() || before.contains(m_previous) || endsWithReturn();
    }

    bool endsWithReturn() const
    {
        const QString start = m_text.mid(std::max<qsizetype>(0, m_at - 8), std::min<qsizetype>(m_at, 8)).trimmed();
        return start.endsWith(QLatin1String("return"));
    }

    void skipRegex()
    {
        const qsizetype end = endOnLine(QLatin1Char('/'), true);
        m_at = end < 0 ? m_at + 1 : end + 1;
        m_previous = QLatin1Char('/');
    }

    const QString &m_text;
    Language m_language;
    qsizetype m_at = 0;
    int m_line = 1;
    QChar m_previous;
    QList<Open> m_open;
    std::optional<QString> m_problem;
};

std::optional<QString> jsonProblem(const QString &text)
{
    QJsonParseError error;
    const QByteArray bytes = text.toUtf8();
    QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::NoError)
        return std::nullopt;
    const qsizetype line = bytes.left(error.offset).count('\n') + 1;
    return QStringLiteral("the JSON does not parse at line %1: %2").arg(line).arg(error.errorString());
}

} // namespace

std::optional<QString> syntaxProblem(const QString &path, const QString &text)
{
    const Language language = languageOf(path);
    if (language == Language::None)
        return std::nullopt;
    return language == Language::Json ? jsonProblem(text) : BracketWalker(text, language).problem();
}

std::optional<QString> syntaxDamage(const QString &path, const QString &before, const QString &after)
{
    const auto damage = syntaxProblem(path, after);
    return damage && !syntaxProblem(path, before) ? damage : std::nullopt;
}

bool shrinksTooMuch(const QByteArray &before, const QByteArray &after)
{
    const qsizetype linesBefore = before.count('\n') + 1;
    const qsizetype linesAfter = after.count('\n') + 1;
    return linesBefore > shrinkMinimumLines && linesAfter * 2 < linesBefore;
}

} // namespace Flotilla
