// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/versionmodel.h"

#include "backends/projects/useerrors.h"
#include "widgets/common/appstatus.h"

#include <QSet>

namespace Flotilla {

namespace {

QString tip(const VersionSummary &version)
{
    QStringList lines{VersionModel::tr("Version %1: %2").arg(version.number).arg(version.message.left(200))};
    if (const QStringList errors = useErrorsOf(version.checks); !errors.isEmpty())
        lines += statusOf(version).word + QLatin1String(":\n") + errors.join(QLatin1Char('\n'));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

VersionModel::VersionModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int VersionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_versions.size());
}

QVariant VersionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VersionSummary &version = m_versions[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return tr("v%1").arg(version.number);
    case Qt::ToolTipRole:
        return tip(version);
    case Qt::AccessibleTextRole:
        return tr("Version %1, %2. %3").arg(version.number).arg(statusOf(version).word, version.message.left(200));
    case NumberRole:
        return version.number;
    case VersionRole:
        return QVariant::fromValue(version);
    case GreenRole:
        return version.state == QLatin1String("green");
    case ThumbnailRole:
        if (!m_thumbnails.contains(version.number) && !m_asked.contains(version.number)) {
            m_asked.insert(version.number);
            Q_EMIT const_cast<VersionModel *>(this)->thumbnailNeeded(version.number);
        }
        return m_thumbnails.value(version.number);
    default:
        return {};
    }
}

void VersionModel::setVersions(const QList<VersionSummary> &versions)
{
    beginResetModel();
    m_versions = versions;
    m_thumbnails.clear();
    m_asked.clear();
    endResetModel();
}

void VersionModel::put(const VersionSummary &version)
{
    if (const int row = rowOf(version.number); row >= 0) {
        m_versions[row] = version;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    const auto place = std::find_if(m_versions.cbegin(), m_versions.cend(),
                                    [&](const VersionSummary &known) { return known.number > version.number; });
    const int row = int(place - m_versions.cbegin());
    beginInsertRows({}, row, row);
    m_versions.insert(row, version);
    endInsertRows();
}

void VersionModel::setThumbnail(int version, const QByteArray &png)
{
    QPixmap pixmap;
    if (!pixmap.loadFromData(png))
        return;
    m_thumbnails.insert(version, pixmap);
    if (const int row = rowOf(version); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole});
}

int VersionModel::rowOf(int version) const
{
    for (int row = 0; row < m_versions.size(); ++row) {
        if (m_versions[row].number == version)
            return row;
    }
    return -1;
}

int VersionModel::lastGreen() const
{
    for (auto it = m_versions.crbegin(); it != m_versions.crend(); ++it) {
        if (it->state == QLatin1String("green"))
            return it->number;
    }
    return 0;
}

} // namespace Flotilla
