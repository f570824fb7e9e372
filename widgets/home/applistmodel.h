// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QAbstractListModel>
#include <QHash>

namespace Flotilla {

/// The apps as values, fed by ProjectService's signals. A new app goes to the top, a changed one keeps its place;
/// sortByRecent() puts the order right when nobody is looking. GUI thread.
class AppListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, SummaryRole, StarredRole, RunningRole, SearchRole };

    using QAbstractListModel::QAbstractListModel;

    /// What the service listed. Rows that are known already keep their place.
    void setApps(const QList<AppSummary> &apps);
    void upsert(const AppSummary &app);
    void remove(const AppId &id);
    void sortByRecent();

    const QList<AppSummary> &apps() const { return m_apps; }
    const AppSummary *find(const AppId &id) const; ///< valid until the next change
    int rowOf(const AppId &id) const { return m_rows.value(id, -1); }
    int runningCount() const;
    int starredCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void renameRequested(const Flotilla::AppId &id,
                         const QString &title); ///< an editor finished; the change comes back
    void countsChanged();

private:
    void reindex(int from);
    QList<AppSummary> m_apps;
    QHash<AppId, int> m_rows;
};

} // namespace Flotilla
