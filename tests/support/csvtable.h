// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace Flotilla::Test {

/// The cells of a CSV file (RFC 4180) by row and name of the column. An unknown column has empty cells.
class CsvTable
{
public:
    CsvTable() = default;
    explicit CsvTable(const QByteArray &csv)
    {
        QByteArrayList line(1);
        bool quoted = false;
        for (qsizetype i = 0; i < csv.size(); ++i) {
            const char c = csv[i];
            if (c == '"' && quoted && csv.mid(i + 1, 1) == "\"")
                line.last() += csv[++i];
            else if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                line.append(QByteArray());
            else if (c == '\n' && !quoted)
                m_lines.append(std::exchange(line, QByteArrayList(1)));
            else if (c != '\r' || quoted)
                line.last() += c;
        }
        m_names = m_lines.isEmpty() ? QByteArrayList() : m_lines.takeFirst();
    }
    int size() const { return int(m_lines.size()); }
    QByteArray text(int row, const QByteArray &column) const { return m_lines[row].value(m_names.indexOf(column)); }
    double number(int row, const QByteArray &column) const { return text(row, column).toDouble(); }
    int count(const QByteArray &column, const QByteArray &value) const
    {
        int found = 0;
        for (int row = 0; row < size(); ++row)
            found += text(row, column) == value ? 1 : 0;
        return found;
    }

private:
    QByteArrayList m_names;
    QList<QByteArrayList> m_lines;
};

} // namespace Flotilla::Test
