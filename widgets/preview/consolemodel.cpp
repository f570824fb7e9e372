// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/consolemodel.h"

namespace Flotilla {

namespace {
constexpr int MaxText = 4096;
constexpr int MaxSource = 512;
constexpr int TenthMs = 100;

bool sameEntry(const ConsoleEntry &a, const ConsoleEntry &b)
{
    return a.level == b.level && a.line == b.line && a.source == b.source && a.text == b.text;
}

bool isProblem(const ConsoleEntry &entry)
{
    return entry.level == ConsoleEntry::Level::Error || entry.level == ConsoleEntry::Level::Blocked;
}
} // namespace

ConsoleModel::ConsoleModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_showHeld.setSingleShot(true);
    m_showHeld.setInterval(TenthMs);
    connect(&m_showHeld, &QTimer::timeout, this, &ConsoleModel::showHeld);
}

int ConsoleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ConsoleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConsoleEntry &entry = m_entries[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return format(entry);
    case LevelRole:
        return int(entry.level);
    case SourceRole:
        return entry.source;
    case LineRole:
        return entry.line;
    case UncaughtRole:
        return entry.uncaught;
    case CountRole:
        return entry.count;
    case SerialRole:
        return entry.serial;
    default:
        return {};
    }
}

void ConsoleModel::append(ConsoleEntry entry)
{
    entry.text.truncate(MaxText);
    entry.source.truncate(MaxSource);
    entry.serial = ++m_serial;
    if (!m_held.empty() || !mayShowNow())
        return hold(std::move(entry));
    if (!m_entries.empty() && sameEntry(m_entries.back(), entry)) {
        ++m_entries.back().count;
        const QModelIndex last = index(rowCount() - 1);
        Q_EMIT dataChanged(last, last, {CountRole});
        return;
    }
    makeRoom(1);
    beginInsertRows({}, rowCount(), rowCount());
    countProblem(entry, 1);
    m_entries.push_back(std::move(entry));
    endInsertRows();
    Q_EMIT problemsChanged(m_problems);
}

bool ConsoleModel::mayShowNow()
{
    if (!m_since.isValid() || m_since.elapsed() >= TenthMs) {
        m_since.start();
        m_shown = 0;
    }
    return ++m_shown <= MostAtOnce;
}

void ConsoleModel::hold(ConsoleEntry entry)
{
    if (!m_showHeld.isActive())
        m_showHeld.start();
    if (!m_held.empty() && sameEntry(m_held.back(), entry)) {
        ++m_held.back().count;
        return;
    }
    if (m_held.size() >= MaxEntries)
        m_held.pop_front();
    m_held.push_back(std::move(entry));
}

void ConsoleModel::showHeld()
{
    makeRoom(m_held.size());
    beginInsertRows({}, rowCount(), rowCount() + int(m_held.size()) - 1);
    for (ConsoleEntry &entry : m_held) {
        countProblem(entry, 1);
        m_entries.push_back(std::move(entry));
    }
    m_held.clear();
    endInsertRows();
    Q_EMIT problemsChanged(m_problems);
}

void ConsoleModel::makeRoom(size_t count)
{
    if (m_entries.size() + count <= MaxEntries)
        return;
    const auto gone = std::ptrdiff_t(m_entries.size() + count - MaxEntries);
    beginRemoveRows({}, 0, int(gone) - 1);
    for (auto entry = m_entries.begin(); entry != m_entries.begin() + gone; ++entry)
        countProblem(*entry, -1);
    m_entries.erase(m_entries.begin(), m_entries.begin() + gone);
    endRemoveRows();
}

void ConsoleModel::clear()
{
    m_held.clear();
    m_showHeld.stop();
    if (m_entries.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_entries.clear();
    m_problems = 0;
    endRemoveRows();
    Q_EMIT problemsChanged(0);
}

ConsoleEntry ConsoleModel::lastError() const
{
    for (auto it = m_entries.rbegin(); it != m_entries.rend(); ++it) {
        if (it->level == ConsoleEntry::Level::Error)
            return *it;
    }
    return {};
}

QString ConsoleModel::toText() const
{
    QString text;
    for (const ConsoleEntry &entry : m_entries)
        text += format(entry) + QLatin1Char('\n');
    return text;
}

QString ConsoleModel::format(const ConsoleEntry &entry)
{
    if (entry.source.isEmpty())
        return entry.text;
    if (entry.line <= 0)
        return QStringLiteral("%1 (%2)").arg(entry.text, entry.source);
    return QStringLiteral("%1 (%2:%3)").arg(entry.text, entry.source).arg(entry.line);
}

void ConsoleModel::countProblem(const ConsoleEntry &entry, int sign)
{
    if (isProblem(entry))
        m_problems += sign;
}

} // namespace Flotilla
