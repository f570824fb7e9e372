// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/appfiltermodel.h"

#include "widgets/home/applistmodel.h"

namespace Flotilla {

void AppFilterModel::setTab(Tab tab)
{
    m_tab = tab;
    invalidateFilter();
}

void AppFilterModel::setSearch(const QString &text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool AppFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_tab == Tab::Running && !index.data(AppListModel::RunningRole).toBool())
        return false;
    if (m_tab == Tab::Starred && !index.data(AppListModel::StarredRole).toBool())
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(AppListModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace Flotilla
