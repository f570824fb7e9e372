// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/hosttiles.h"

#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"

#include <QPainter>
#include <QPainterPath>

namespace Flotilla {

namespace {

constexpr qsizetype mostTiles = 12;
constexpr qsizetype mostPoints = 160;

QPolygonF curveIn(const QRectF &box, const HostCurve &curve, double end, double top)
{
    QPolygonF line;
    const qsizetype step = std::max<qsizetype>(1, curve.seconds.size() / mostPoints);
    for (qsizetype i = 0; i < curve.seconds.size(); i += step)
        line.append(
            {box.left() + curve.seconds[i] / end * box.width(), box.bottom() - curve.lives[i] / top * box.height()});
    if (!curve.seconds.isEmpty())
        line.append({box.left() + curve.seconds.last() / end * box.width(),
                     box.bottom() - curve.lives.last() / top * box.height()});
    return line;
}

/// "12 live, 1 failed" at the right of `head`, the failures in their colour. The width that it takes.
int paintCounts(QPainter *painter, const QRect &head, const HostCurve &curve)
{
    const bool narrow = head.width() < 220; // the name of the host needs the place
    const QString failed = curve.failed == 0 ? QString()
                           : narrow          ? QStringLiteral("× ") + formatCount(curve.failed)
                                             : HostTiles::tr("%1 failed").arg(formatCount(curve.failed));
    const QString live = narrow ? formatCount(curve.live) : HostTiles::tr("%1 live").arg(formatCount(curve.live));
    const int space = failed.isEmpty() ? 0 : Space::s;
    const int failedWidth = painter->fontMetrics().horizontalAdvance(failed);
    painter->setPen(colors().failed);
    painter->drawText(head, Qt::AlignRight | Qt::AlignVCenter, failed);
    painter->setPen(colors().muted);
    painter->drawText(head.adjusted(0, 0, -failedWidth - space, 0), Qt::AlignRight | Qt::AlignVCenter, live);
    return painter->fontMetrics().horizontalAdvance(live) + space + failedWidth;
}

void paintTile(QPainter *painter, const QRect &tile, const HostCurve &curve, double end, double top, TextSize size)
{
    const auto &c = colors();
    painter->setFont(Theme::instance().tabular(size));
    const int text = painter->fontMetrics().height() + Space::xs;
    const QRect head(tile.left(), tile.top(), tile.width(), text);
    const int room = tile.width() - paintCounts(painter, head, curve) - Space::s;
    painter->setPen(c.text);
    painter->drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(hostName(curve.host), Qt::ElideRight, room));
    const QRectF box = QRectF(tile).adjusted(0, text, 0, -1);
    painter->setPen(QPen(c.border, 1));
    painter->drawLine(box.bottomLeft(), box.bottomRight());
    QPolygonF line = curveIn(box, curve, end, top);
    if (line.size() < 2)
        return;
    painter->setPen(QPen(c.live, 1.5));
    painter->drawPolyline(line);
    line << QPointF(line.last().x(), box.bottom()) << QPointF(line.first().x(), box.bottom());
    QColor fill = c.live;
    fill.setAlphaF(0.25f);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawPolygon(line);
    painter->setBrush(Qt::NoBrush);
}

} // namespace

HostTiles::HostTiles(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
{
    connect(board, &LoadBoard::sampled, this, qOverload<>(&QWidget::update));
    connect(board, &LoadBoard::reset, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HostTiles::setTextSize(TextSize size)
{
    m_size = size;
    update();
}

void HostTiles::paintEvent(QPaintEvent *)
{
    const auto &hosts = m_board->hosts();
    const int count = int(std::min(hosts.size(), mostTiles));
    if (count == 0)
        return;
    const int columns = count == 1 ? 1 : count <= 4 || width() < 420 ? 2 : 3;
    const int rows = (count + columns - 1) / columns;
    double end = 1;
    double top = 1;
    for (const HostCurve &curve : hosts) {
        end = std::max(end, curve.seconds.isEmpty() ? 1 : curve.seconds.last());
        top = std::max(top, curve.lives.isEmpty() ? 1 : *std::max_element(curve.lives.begin(), curve.lives.end()));
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QSize tile((width() - (columns - 1) * Space::l) / columns, (height() - (rows - 1) * Space::s) / rows);
    for (int i = 0; i < count; ++i) {
        const QPoint at(i % columns * (tile.width() + Space::l), i / columns * (tile.height() + Space::s));
        paintTile(&painter, QRect(at, tile), hosts[i], end, top, m_size);
    }
}

} // namespace Flotilla
