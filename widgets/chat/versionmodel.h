// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPixmap>

namespace Flotilla {

/// The versions of one app, oldest first, with their pictures. GUI thread.
class VersionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { NumberRole = Qt::UserRole + 1, VersionRole, ThumbnailRole, GreenRole };

    explicit VersionModel(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setVersions(const QList<VersionSummary> &versions);
    void put(const VersionSummary &version);
    void setThumbnail(int version, const QByteArray &png);
    QPixmap thumbnail(int version) const { return m_thumbnails.value(version); }
    int rowOf(int version) const;
    int newest() const { return m_versions.isEmpty() ? 0 : m_versions.last().number; }
    int lastGreen() const;
    const QList<VersionSummary> &versions() const { return m_versions; }

Q_SIGNALS:
    void thumbnailNeeded(int version); ///< once per version, when a view asks for it

private:
    QList<VersionSummary> m_versions;
    QHash<int, QPixmap> m_thumbnails;
    mutable QSet<int> m_asked;
};

} // namespace Flotilla
