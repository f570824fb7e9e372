// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/tagparser.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype longestTag = 700; ///< a longer "<file ..." is text

const QRegularExpression &openingTag()
{
    static const QRegularExpression expression(QStringLiteral("<(file|delete) [^<>\\n]{0,690}>"));
    return expression;
}

const QRegularExpression &closingTag()
{
    static const QRegularExpression expression(QStringLiteral("</file\\s*>|\\n(?=<file [^<>\\n]{0,690}>)"));
    return expression;
}

/// A line that only opens or closes a fence, or the beginning of one, at the end of the text.
const QRegularExpression &trailingFence()
{
    static const QRegularExpression expression(
        QStringLiteral("(?:^|\\n)([ \\t]*(?:`(?:`(?:`[\\w.+-]*[ \\t]*(?:\\n\\s*)?)?)?)?)\\z"));
    return expression;
}

QString pathOf(const QString &tag)
{
    static const QRegularExpression expression(
        QStringLiteral("\\b(?:path|name|filename|file)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>/\"'][^\\s>]*))"));
    const auto match = expression.match(tag.mid(5));
    return (match.captured(1) + match.captured(2) + match.captured(3)).trimmed();
}

bool mayBeginWith(QStringView text, QStringView token)
{
    return text.size() < token.size() ? token.startsWith(text) : text.startsWith(token);
}

/// Where a tag may be beginning that is not complete yet; the size of the text when there is none.
qsizetype openTagAt(const QString &text, const QStringList &tokens)
{
    const qsizetype at = text.lastIndexOf(QLatin1Char('<'));
    if (at < 0 || text.size() - at > longestTag)
        return text.size();
    const QStringView tail = QStringView(text).mid(at);
    const bool begins =
        std::any_of(tokens.begin(), tokens.end(), [tail](const QString &t) { return mayBeginWith(tail, t); });
    return begins && !tail.contains(QLatin1Char('\n')) && !tail.contains(QLatin1Char('>')) ? at : text.size();
}

QString withoutFence(const QString &content)
{
    static const QRegularExpression fenced(QStringLiteral("\\A\\s*```[^\\n`]*\\n(.*?)\\n?[ \\t]*```\\s*\\z"),
                                           QRegularExpression::DotMatchesEverythingOption);
    const auto match = fenced.match(content);
    return match.hasMatch() ? match.captured(1) + QLatin1Char('\n') : content;
}

QString withoutEntities(const QString &path, QString content)
{
    if (path.endsWith(QLatin1String(".md")) || content.contains(QLatin1Char('<')) ||
        !content.contains(QLatin1String("&lt;")))
        return content;
    content.replace(QLatin1String("&lt;"), QLatin1String("<")).replace(QLatin1String("&gt;"), QLatin1String(">"));
    content.replace(QLatin1String("&quot;"), QLatin1String("\"")).replace(QLatin1String("&#39;"), QLatin1String("'"));
    return content.replace(QLatin1String("&amp;"), QLatin1String("&"));
}

QString cleaned(const QString &path, QString content)
{
    if (content.startsWith(QLatin1String("\r\n")))
        content.remove(0, 2);
    else if (content.startsWith(QLatin1Char('\n')))
        content.remove(0, 1);
    content = withoutEntities(path, path.endsWith(QLatin1String(".md")) ? content : withoutFence(content));
    if (!content.isEmpty() && !content.endsWith(QLatin1Char('\n')))
        content += QLatin1Char('\n');
    return content;
}

bool looksLikePath(const QString &text)
{
    static const QRegularExpression path(QStringLiteral("\\A[\\w@.-]+(?:/[\\w@.-]+)*\\.[A-Za-z0-9]{1,5}\\z"));
    return path.match(text).hasMatch();
}

/// The path that the info line ("tsx src/App.tsx") or the first comment ("// src/App.tsx") of a fence names.
QString pathOfFence(const QString &info, const QString &content)
{
    for (const QString &word : info.split(QRegularExpression(QStringLiteral("[\\s:=\"']+")), Qt::SkipEmptyParts))
        if (looksLikePath(word))
            return word;
    static const QRegularExpression comment(
        QStringLiteral("\\A\\s*(?://|/\\*|#|<!--)\\s*(\\S+?)\\s*(?:\\*/|-->)?\\s*(?:\\n|\\z)"));
    const QString word = comment.match(content).captured(1);
    return looksLikePath(word) ? word : QString();
}

} // namespace

QList<TagEvent> TagParser::feed(const QString &piece)
{
    m_buffer += piece;
    QList<TagEvent> events;
    while (step(events, false)) {
    }
    return events;
}

QList<TagEvent> TagParser::finish()
{
    QList<TagEvent> events;
    while (step(events, true)) {
    }
    if (m_state == State::File)
        endFile(events, false);
    return events;
}

bool TagParser::step(QList<TagEvent> &events, bool last)
{
    switch (m_state) {
    case State::Text:
        return stepText(events, last);
    case State::File:
        return stepFile(events, last);
    case State::AfterFile:
        return stepAfterFile(last);
    }
    return false;
}

/// True when more can be done with what is in the buffer.
bool TagParser::stepText(QList<TagEvent> &events, bool last)
{
    const auto tag = openingTag().match(m_buffer);
    if (tag.hasMatch() && !pathOf(tag.captured()).isEmpty()) {
        const auto fence = trailingFence().match(m_buffer.left(tag.capturedStart()));
        const bool atLine = fence.hasMatch() && (fence.capturedStart(1) > 0 || m_lineStart);
        emitText(events, atLine ? fence.capturedStart(1) : tag.capturedStart());
        m_buffer.remove(0, tag.capturedEnd() - (atLine ? fence.capturedStart(1) : tag.capturedStart()));
        m_path = pathOf(tag.captured());
        const bool isFile = tag.captured(1) == QLatin1String("file");
        m_sawFile = true;
        m_state = isFile ? State::File : State::AfterFile;
        events.append(isFile ? TagEvent(TagFileStarted{m_path}) : TagEvent(TagDelete{m_path}));
        return true;
    }
    qsizetype safe = m_buffer.size();
    if (tag.hasMatch()) {
        safe = tag.capturedEnd();
    } else if (!last) {
        safe = openTagAt(m_buffer, {QStringLiteral("<file "), QStringLiteral("<delete ")});
        const auto fence = trailingFence().match(m_buffer.left(safe));
        if (fence.hasMatch() && (fence.capturedStart(1) > 0 || m_lineStart))
            safe = fence.capturedStart(1);
    }
    emitText(events, safe);
    return tag.hasMatch();
}

bool TagParser::stepFile(QList<TagEvent> &events, bool last)
{
    const auto tag = closingTag().match(m_buffer);
    if (tag.hasMatch()) {
        emitFileText(events, tag.capturedStart());
        m_buffer.remove(0, tag.capturedLength());
        endFile(events, true);
        return true;
    }
    qsizetype safe = m_buffer.size();
    if (!last) {
        safe = openTagAt(m_buffer, {QStringLiteral("</file"), QStringLiteral("<file ")});
        if (safe > 0 && m_buffer[safe - 1] == QLatin1Char('\n'))
            --safe;
    }
    emitFileText(events, safe);
    return false;
}

/// A fence that was closed after the end tag says nothing.
bool TagParser::stepAfterFile(bool last)
{
    const auto isSpace = [](QChar c) { return c.isSpace(); };
    const auto begin = std::find_if_not(m_buffer.cbegin(), m_buffer.cend(), isSpace);
    m_buffer.remove(0, begin - m_buffer.cbegin());
    static const QRegularExpression fence(QStringLiteral("\\A```[ \\t]*(?:\\n|\\z)"));
    static const QRegularExpression undecided(QStringLiteral("\\A`{0,3}[ \\t]*\\z"));
    if (!last && undecided.match(m_buffer).hasMatch())
        return false;
    const auto match = fence.match(m_buffer);
    m_buffer.remove(0, match.hasMatch() ? match.capturedLength() : 0);
    m_lineStart = true;
    m_state = State::Text;
    return true;
}

void TagParser::emitText(QList<TagEvent> &events, qsizetype length)
{
    if (length <= 0)
        return;
    events.append(TagText{m_buffer.left(length)});
    m_lineStart = m_buffer[length - 1] == QLatin1Char('\n');
    m_buffer.remove(0, length);
}

void TagParser::emitFileText(QList<TagEvent> &events, qsizetype length)
{
    if (length <= 0)
        return;
    events.append(TagFileText{m_buffer.left(length)});
    m_content += m_buffer.left(length);
    m_buffer.remove(0, length);
}

void TagParser::endFile(QList<TagEvent> &events, bool closed)
{
    events.append(TagFileEnded{m_path, cleaned(m_path, m_content), closed});
    m_content.clear();
    m_state = State::AfterFile;
}

QList<FencedFile> fencedFiles(const QString &text)
{
    static const QRegularExpression fence(QStringLiteral("(?:^|\\n)```([^\\n`]*)\\n(.*?\\n)```[ \\t]*(?=\\n|\\z)"),
                                          QRegularExpression::DotMatchesEverythingOption);
    QList<FencedFile> files;
    for (auto matches = fence.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const QString path = pathOfFence(match.captured(1), match.captured(2));
        if (!path.isEmpty())
            files.append({path, match.captured(2)});
    }
    return files;
}

} // namespace Flotilla
