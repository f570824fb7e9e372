// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/thumbnailcache.h"
#include "widgets/common/async.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QPointer>
#include <QThreadPool>

namespace Flotilla {

namespace {
constexpr int cacheKilobytes = 64 * 1024;
constexpr int loadsAtOnce = 4;
constexpr int longestQueue = 64;
constexpr qint64 largestThumbnail = 16'000'000;
} // namespace

QImage decodeThumbnail(const QByteArray &data, const QSize &size)
{
    QBuffer buffer;
    buffer.setData(data);
    QImageReader reader(&buffer);
    const QSize original = reader.size();
    if (!original.isValid() || qint64(original.width()) * original.height() > largestThumbnail)
        return {};
    QImage image = reader.read();
    if (image.isNull())
        return {};
    image = image.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    return image.copy(QRect((image.width() - size.width()) / 2, 0, size.width(), size.height()))
        .convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

ThumbnailCache::ThumbnailCache(Loader loader, QObject *parent)
    : QObject(parent)
    , m_loader(std::move(loader))
    , m_pixmaps(cacheKilobytes)
{
}

QPixmap ThumbnailCache::get(const AppId &id, const QSize &size)
{
    const QPixmap *pixmap = m_pixmaps.object(id);
    const bool fits = pixmap && pixmap->size() == size && !m_stale.contains(id);
    if (!fits && !m_missing.contains(id) && !m_loading.contains(id)) {
        m_waiting.removeIf([&id](const Request &request) { return request.id == id; });
        m_waiting.append({id, size});
        if (m_waiting.size() > longestQueue)
            m_waiting.removeFirst();
        pump();
    }
    return pixmap ? *pixmap : QPixmap();
}

void ThumbnailCache::invalidate(const AppId &id)
{
    m_missing.remove(id);
    m_stale.insert(id);
    Q_EMIT ready(id);
}

void ThumbnailCache::clear()
{
    m_pixmaps.clear();
    m_missing.clear();
    m_waiting.clear();
}

void ThumbnailCache::pump()
{
    while (!m_waiting.isEmpty() && m_loading.size() < loadsAtOnce)
        load(m_waiting.takeLast());
}

void ThumbnailCache::load(const Request &request)
{
    m_loading.insert(request.id);
    m_stale.remove(request.id);
    whenDone(m_loader(request.id), this, [this, request](const Result<QByteArray> &result) {
        if (!result.ok() || result->isEmpty())
            return store(request, {});
        QPointer<ThumbnailCache> self(this);
        QThreadPool::globalInstance()->start([self, request, data = *result] {
            const QImage image = decodeThumbnail(data, request.size);
            QMetaObject::invokeMethod(qApp, [self, request, image] {
                if (self)
                    self->store(request, image);
            });
        });
    });
}

void ThumbnailCache::store(const Request &request, const QImage &image)
{
    m_loading.remove(request.id);
    if (image.isNull()) {
        m_missing.insert(request.id);
    } else {
        const int kilobytes = int(image.sizeInBytes() / 1024) + 1;
        m_pixmaps.insert(request.id, new QPixmap(QPixmap::fromImage(image)), kilobytes);
        Q_EMIT ready(request.id);
    }
    pump();
}

} // namespace Flotilla
