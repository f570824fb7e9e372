// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>

#include <functional>

namespace Flotilla {

/// Thumbnails for the gallery: loaded when first painted, decoded and scaled off the GUI thread, kept up to 64 MiB.
/// The newest request is served first, so that what is on the screen wins over what was scrolled past.
class ThumbnailCache : public QObject
{
    Q_OBJECT

public:
    using Loader = std::function<Future<QByteArray>(const AppId &)>; ///< PNG; empty: there is none
    explicit ThumbnailCache(Loader loader, QObject *parent = nullptr);

    /// The picture cut to fill `size` device pixels, or nothing yet: then ready() follows, unless there is none.
    QPixmap get(const AppId &id, const QSize &size);
    void invalidate(const AppId &id); ///< it changed; the old one shows until the new one is there
    void clear();

Q_SIGNALS:
    void ready(const Flotilla::AppId &id);

private:
    struct Request
    {
        AppId id;
        QSize size;
    };
    void pump();
    void load(const Request &request);
    void store(const Request &request, const QImage &image);

    Loader m_loader;
    QCache<AppId, QPixmap> m_pixmaps;
    QSet<AppId> m_missing;
    QSet<AppId> m_stale;
    QSet<AppId> m_loading;
    QList<Request> m_waiting;
};

/// Decodes at most 16 megapixels and cuts to `size` from the top. Any thread.
QImage decodeThumbnail(const QByteArray &data, const QSize &size);

} // namespace Flotilla
