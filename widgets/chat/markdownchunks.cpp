// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/markdownchunks.h"

#include <QStringList>

namespace Flotilla {

namespace {

struct Fence
{
    QChar mark;
    int length = 0;
    int indent = 0;
    QString info;
};

Fence fenceOf(QStringView line)
{
    int indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' '))
        ++indent;
    Fence fence;
    if (indent > 3 || indent >= line.size())
        return fence;
    fence.mark = line[indent];
    if (fence.mark != QLatin1Char('`') && fence.mark != QLatin1Char('~'))
        return fence;
    int end = indent;
    while (end < line.size() && line[end] == fence.mark)
        ++end;
    fence.indent = indent;
    fence.info = line.mid(end).trimmed().toString();
    const bool inlineCode = fence.mark == QLatin1Char('`') && fence.info.contains(QLatin1Char('`'));
    fence.length = end - indent >= 3 && !inlineCode ? end - indent : 0;
    return fence;
}

bool isListItem(QStringView line)
{
    const QStringView text = line.trimmed();
    if (text.size() < 2)
        return false;
    if (text[1].isSpace())
        return text[0] == QLatin1Char('-') || text[0] == QLatin1Char('*') || text[0] == QLatin1Char('+');
    int digits = 0;
    while (digits < text.size() && text[digits].isDigit())
        ++digits;
    return digits > 0 && digits + 1 < text.size() &&
           (text[digits] == QLatin1Char('.') || text[digits] == QLatin1Char(')')) && text[digits + 1].isSpace();
}

class Splitter
{
public:
    QList<MarkdownChunk> run(const QString &markdown)
    {
        const auto lines = QStringView(markdown).split(QLatin1Char('\n'));
        for (const QStringView line : lines)
            m_open.length > 0 ? codeLine(line) : proseLine(line);
        flush();
        return m_chunks;
    }

private:
    void proseLine(QStringView line)
    {
        if (const Fence fence = fenceOf(line); fence.length > 0) {
            flush();
            m_open = fence;
            return;
        }
        if (line.trimmed().isEmpty()) {
            m_gap = true;
            return;
        }
        const bool goesOn = m_list && (isListItem(line) || line.front().isSpace());
        if (m_gap && !goesOn)
            flush();
        if (m_lines.isEmpty())
            m_list = isListItem(line);
        else if (m_gap)
            m_lines.append(QString());
        m_gap = false;
        m_lines.append(line.toString());
    }

    void codeLine(QStringView line)
    {
        const Fence fence = fenceOf(line);
        if (fence.length >= m_open.length && fence.mark == m_open.mark && fence.info.isEmpty()) {
            flush();
            return;
        }
        int skip = 0;
        while (skip < m_open.indent && skip < line.size() && line[skip] == QLatin1Char(' '))
            ++skip;
        m_lines.append(line.mid(skip).toString());
    }

    void flush()
    {
        if (m_open.length > 0)
            m_chunks.append({true, m_open.info.section(QLatin1Char(' '), 0, 0), m_lines.join(QLatin1Char('\n'))});
        else if (!m_lines.isEmpty())
            m_chunks.append({false, {}, m_lines.join(QLatin1Char('\n'))});
        m_lines.clear();
        m_open = {};
        m_gap = m_list = false;
    }

    QList<MarkdownChunk> m_chunks;
    QStringList m_lines;
    Fence m_open;
    bool m_gap = false;
    bool m_list = false;
};

} // namespace

QList<MarkdownChunk> splitMarkdown(const QString &markdown)
{
    return Splitter().run(markdown);
}

} // namespace Flotilla
