// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace Flotilla {

/// The tab and the search above the gallery. Every word of the search must be in the title or the first wish.
class AppFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Tab { All, Running, Starred };
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setTab(Tab tab);
    void setSearch(const QString &text);
    Tab tab() const { return m_tab; }
    bool isFiltering() const { return m_tab != Tab::All || !m_words.isEmpty(); }
    QString search() const { return m_words.join(QLatin1Char(' ')); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Tab m_tab = Tab::All;
    QStringList m_words;
};

} // namespace Flotilla
