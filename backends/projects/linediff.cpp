// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/linediff.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace Flotilla {

namespace {

constexpr int maxDifferences = 1500;

QList<QByteArray> linesOf(const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

using Numbers = std::vector<int>;

/// Equal lines get equal numbers, so that the search compares integers.
Numbers numbered(const QList<QByteArray> &lines, QHash<QByteArray, int> &known)
{
    Numbers numbers;
    numbers.reserve(static_cast<size_t>(lines.size()));
    for (const QByteArray &line : lines) {
        const auto found = known.constFind(line);
        numbers.push_back(found != known.constEnd() ? *found
                                                    : known.insert(line, static_cast<int>(known.size())).value());
    }
    return numbers;
}

struct Range
{
    int begin = 0;
    int end = 0;
    int size() const { return end - begin; }
};

/// For each line whether it is part of the common subsequence.
struct Matches
{
    std::vector<bool> before;
    std::vector<bool> after;
};

class Myers
{
public:
    Myers(const Numbers &a, const Numbers &b, Range ra, Range rb)
        : m_a(a)
        , m_b(b)
        , m_ra(ra)
        , m_rb(rb)
    {
    }

    /// False when there are too many differences.
    bool run(Matches &matches)
    {
        const int limit = std::min(m_ra.size() + m_rb.size(), maxDifferences);
        m_reach.assign(static_cast<size_t>(2 * limit + 3), 0);
        m_offset = limit + 1;
        for (int d = 0; d <= limit; ++d) {
            m_trace.push_back(slice(d));
            if (step(d)) {
                backtrack(d, matches);
                return true;
            }
        }
        return false;
    }

private:
    int &reach(int k) { return m_reach[static_cast<size_t>(k + m_offset)]; }
    Numbers slice(int d) const
    {
        const auto middle = m_reach.begin() + m_offset;
        return {middle - d - 1, middle + d + 2};
    }
    static int traced(const Numbers &trace, int d, int k) { return trace[static_cast<size_t>(k + d + 1)]; }

    bool step(int d)
    {
        for (int k = -d; k <= d; k += 2) {
            int x = k == -d || (k != d && reach(k - 1) < reach(k + 1)) ? reach(k + 1) : reach(k - 1) + 1;
            int y = x - k;
            while (x < m_ra.size() && y < m_rb.size() && same(x, y)) {
                ++x;
                ++y;
            }
            reach(k) = x;
            if (x >= m_ra.size() && y >= m_rb.size())
                return true;
        }
        return false;
    }

    bool same(int x, int y) const
    {
        return m_a[static_cast<size_t>(m_ra.begin + x)] == m_b[static_cast<size_t>(m_rb.begin + y)];
    }

    void backtrack(int d, Matches &matches) const
    {
        int x = m_ra.size();
        int y = m_rb.size();
        for (; d >= 0; --d) {
            const Numbers &trace = m_trace[static_cast<size_t>(d)];
            const int k = x - y;
            const bool down = k == -d || (k != d && traced(trace, d, k - 1) < traced(trace, d, k + 1));
            const int previousK = down ? k + 1 : k - 1;
            const int previousX = d == 0 ? 0 : traced(trace, d, previousK);
            const int previousY = d == 0 ? 0 : previousX - previousK;
            while (x > previousX && y > previousY) {
                matches.before[static_cast<size_t>(m_ra.begin + --x)] = true;
                matches.after[static_cast<size_t>(m_rb.begin + --y)] = true;
            }
            x = previousX;
            y = previousY;
        }
    }

    const Numbers &m_a;
    const Numbers &m_b;
    Range m_ra;
    Range m_rb;
    Numbers m_reach;
    int m_offset = 0;
    std::vector<Numbers> m_trace;
};

Matches matched(const Numbers &a, const Numbers &b)
{
    Matches matches{std::vector<bool>(a.size()), std::vector<bool>(b.size())};
    Range ra{0, static_cast<int>(a.size())};
    Range rb{0, static_cast<int>(b.size())};
    const auto mark = [&](int i, int j) {
        matches.before[static_cast<size_t>(i)] = true;
        matches.after[static_cast<size_t>(j)] = true;
    };
    while (ra.size() > 0 && rb.size() > 0 && a[static_cast<size_t>(ra.begin)] == b[static_cast<size_t>(rb.begin)])
        mark(ra.begin++, rb.begin++);
    while (ra.size() > 0 && rb.size() > 0 && a[static_cast<size_t>(ra.end - 1)] == b[static_cast<size_t>(rb.end - 1)])
        mark(--ra.end, --rb.end);
    if (ra.size() > 0 && rb.size() > 0)
        Myers(a, b, ra, rb).run(matches);
    return matches;
}

QString hunkHead(const QList<DiffLine> &lines, qsizetype begin, qsizetype end)
{
    int oldStart = 0;
    int newStart = 0;
    int oldCount = 0;
    int newCount = 0;
    for (qsizetype i = 0; i < end; ++i) {
        const bool inside = i >= begin;
        if (lines[i].oldNumber > 0) {
            oldStart = inside && oldCount > 0 ? oldStart : lines[i].oldNumber;
            oldCount += inside ? 1 : 0;
        }
        if (lines[i].newNumber > 0) {
            newStart = inside && newCount > 0 ? newStart : lines[i].newNumber;
            newCount += inside ? 1 : 0;
        }
    }
    return QStringLiteral("@@ -%1,%2 +%3,%4 @@\n").arg(oldStart).arg(oldCount).arg(newStart).arg(newCount);
}

QString hunk(const QList<DiffLine> &lines, qsizetype begin, qsizetype end)
{
    QString text = hunkHead(lines, begin, end);
    for (qsizetype i = begin; i < end; ++i) {
        const DiffLine &line = lines[i];
        const char mark = line.kind == DiffLine::Kind::Added ? '+' : line.kind == DiffLine::Kind::Removed ? '-' : ' ';
        text += QLatin1Char(mark) + QString::fromUtf8(line.text) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

QList<DiffLine> diffLines(const QByteArray &before, const QByteArray &after)
{
    const QList<QByteArray> a = linesOf(before);
    const QList<QByteArray> b = linesOf(after);
    QHash<QByteArray, int> known;
    const Numbers numbersA = numbered(a, known);
    const Matches matches = matched(numbersA, numbered(b, known));
    QList<DiffLine> lines;
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && !matches.before[static_cast<size_t>(i)]) {
            lines.append({DiffLine::Kind::Removed, i + 1, 0, a[i]});
            ++i;
        } else if (j < b.size() && !matches.after[static_cast<size_t>(j)]) {
            lines.append({DiffLine::Kind::Added, 0, j + 1, b[j]});
            ++j;
        } else {
            lines.append({DiffLine::Kind::Same, i + 1, j + 1, a[i]});
            ++i;
            ++j;
        }
    }
    return lines;
}

LineCounts countLines(const QByteArray &before, const QByteArray &after)
{
    LineCounts counts;
    if (before.isEmpty() || after.isEmpty()) {
        counts.added = int(linesOf(after).size());
        counts.removed = int(linesOf(before).size());
        return counts;
    }
    const QList<DiffLine> lines = diffLines(before, after);
    for (const DiffLine &line : lines) {
        counts.added += line.kind == DiffLine::Kind::Added ? 1 : 0;
        counts.removed += line.kind == DiffLine::Kind::Removed ? 1 : 0;
    }
    return counts;
}

QString unifiedDiff(const QByteArray &before, const QByteArray &after, const QString &path, int context)
{
    const QList<DiffLine> lines = diffLines(before, after);
    QString text;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffLine::Kind::Same)
            continue;
        const qsizetype begin = std::max<qsizetype>(0, i - context);
        qsizetype last = i;
        for (qsizetype j = i + 1; j < lines.size() && j - last <= 2 * context; ++j)
            last = lines[j].kind == DiffLine::Kind::Same ? last : j;
        const qsizetype end = std::min(lines.size(), last + context + 1);
        text += hunk(lines, begin, end);
        i = end - 1;
    }
    if (text.isEmpty())
        return {};
    return QStringLiteral("--- a/%1\n+++ b/%1\n").arg(path) + text;
}

} // namespace Flotilla
