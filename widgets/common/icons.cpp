// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/icons.h"

#include "backends/core/log.h"
#include "widgets/common/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

static void initIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace Flotilla {

namespace {

constexpr double largestLineSize = 24;

QByteArray iconSource(const QString &name)
{
    static QHash<QString, QByteArray> sources;
    const auto found = sources.constFind(name);
    if (found != sources.constEnd())
        return *found;
    initIconResources();
    QFile file(QStringLiteral(":/flotilla/icons/%1.svg").arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    FLOTILLA_ASSERT(opened, return {});
    return *sources.insert(name, file.readAll());
}

class LineIconEngine : public QIconEngine
{
public:
    LineIconEngine(QString name, QColor color)
        : m_name(std::move(name))
        , m_color(color)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        const int side = qMin(rect.width(), rect.height());
        const QPoint origin = rect.center() - QPoint((side - 1) / 2, (side - 1) / 2);
        painter->drawPixmap(origin, iconPixmap(m_name, color(mode, state), side, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        // Qt passes the size in device pixels.
        QPixmap pixmap = iconPixmap(m_name, color(mode, state), qMin(size.width(), size.height()), 1);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }
    QIconEngine *clone() const override { return new LineIconEngine(*this); }
    bool isNull() override { return false; }
    QString key() const override { return QStringLiteral("flotilla-line-icon"); }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const auto &c = colors();
        if (mode == QIcon::Disabled)
            return c.faint;
        if (m_color.isValid())
            return m_color;
        return state == QIcon::On ? c.accent : c.muted;
    }
    QString m_name;
    QColor m_color;
};

} // namespace

QIcon icon(const QString &name)
{
    return icon(name, QColor());
}

QIcon icon(const QString &name, const QColor &color)
{
    return QIcon(new LineIconEngine(name, color));
}

QPixmap iconPixmap(const QString &name, const QColor &color, int size, double pixelRatio)
{
    const int side = qRound(size * pixelRatio);
    if (side <= 0) // a button that is on its way in asks for that
        return {};
    const QString key = QStringLiteral("flotilla/%1/%2/%3").arg(name, color.name(QColor::HexArgb)).arg(side);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        QByteArray source = iconSource(name);
        source.replace("currentColor", color.name().toLatin1());
        if (size > largestLineSize) // large drawings keep the thin line of the small ones
            source.replace("stroke-width=\"1.5\"",
                           "stroke-width=\"" + QByteArray::number(1.5 * largestLineSize / size) + '"');
        pixmap = QPixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        QSvgRenderer(source).render(&painter);
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

} // namespace Flotilla
