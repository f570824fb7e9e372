// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/gallerydelegate.h"

#include "backends/projects/projecttypes.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/thumbnailcache.h"

#include <QLineEdit>
#include <QPainterPath>

namespace Flotilla {

namespace {

constexpr double thumbnailRatio = 0.59;
constexpr int textHeight = 62;

// Only the top corners are round; the lower edge meets the text.
QPainterPath topRounded(const QRectF &rect, double radius)
{
    QPainterPath path;
    path.moveTo(rect.bottomLeft());
    path.lineTo(rect.left(), rect.top() + radius);
    path.quadTo(rect.topLeft(), QPointF(rect.left() + radius, rect.top()));
    path.lineTo(rect.right() - radius, rect.top());
    path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + radius));
    path.lineTo(rect.bottomRight());
    path.closeSubpath();
    return path;
}

QString placeholderIcon(const AppSummary &app)
{
    if (turnRuns(app.turn))
        return QStringLiteral("spark");
    return app.problem.isEmpty() ? QStringLiteral("app") : QStringLiteral("warning");
}

} // namespace

int CardLayout::heightFor(int width)
{
    return qRound(width * thumbnailRatio) + textHeight;
}

CardLayout CardLayout::of(const QRect &card)
{
    CardLayout layout;
    layout.card = card;
    layout.thumbnail = QRect(card.left() + 1, card.top() + 1, card.width() - 2, card.height() - textHeight);
    const QRect text = card.adjusted(Space::m, card.height() - textHeight + Space::s, -Space::m, -Space::s);
    layout.star = QRect(text.right() - Metric::icon, text.top() - 1, Metric::icon + Space::xs, Metric::icon + 2);
    layout.title = QRect(text.left(), text.top(), text.width() - Metric::icon - Space::s, 20);
    layout.status = QRect(text.left(), text.top() + 24, text.width() / 2, 18);
    layout.meta = QRect(text.left() + text.width() / 2, text.top() + 24, text.width() - text.width() / 2, 18);
    return layout;
}

GalleryDelegate::GalleryDelegate(ThumbnailCache *thumbnails, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_thumbnails(thumbnails)
{
}

QString GalleryDelegate::metaText(const AppSummary &app)
{
    const QString age = formatAge(app.updated);
    const QString cost = app.cost.value_or(0) > 0 ? formatMoney(app.cost) : QString();
    return cost.isEmpty() ? age : tr("%1 · %2", "age and cost").arg(age, cost);
}

void GalleryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PainterState keep(painter);
    const auto app = index.data(AppListModel::SummaryRole).value<AppSummary>();
    const auto layout = CardLayout::of(option.rect);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const auto &c = colors();
    drawRounded(painter, QRectF(layout.card), Metric::cardRadius, c.surface);
    paintThumbnail(painter, layout, app);
    paintText(painter, layout, app, hovered);
    drawRounded(painter, QRectF(layout.card), Metric::cardRadius, {}, hovered ? c.faint : c.border);
    if (option.state & QStyle::State_HasFocus)
        drawFocusRing(painter, QRectF(layout.card), Metric::cardRadius);
}

void GalleryDelegate::paintThumbnail(QPainter *painter, const CardLayout &layout, const AppSummary &app) const
{
    const PainterState keep(painter);
    const double ratio = painter->device()->devicePixelRatioF();
    const QPixmap picture = m_thumbnails ? m_thumbnails->get(app.id, layout.thumbnail.size() * ratio) : QPixmap();
    const auto &c = colors();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter->setClipPath(topRounded(QRectF(layout.thumbnail), Metric::cardRadius - 1));
    painter->fillRect(layout.thumbnail, c.raised);
    if (!picture.isNull()) {
        painter->drawPixmap(layout.thumbnail, picture);
    } else {
        constexpr int side = 28;
        const QRectF box = squareIn(QRectF(layout.thumbnail), side);
        painter->drawPixmap(box.topLeft(), iconPixmap(placeholderIcon(app), c.faint, side, ratio));
    }
    painter->setClipping(false);
    painter->fillRect(QRect(layout.card.left(), layout.thumbnail.bottom(), layout.card.width(), 1), c.border);
}

void GalleryDelegate::paintText(QPainter *painter, const CardLayout &layout, const AppSummary &app, bool hovered) const
{
    const auto &c = colors();
    const auto &theme = Theme::instance();
    const double ratio = painter->device()->devicePixelRatioF();
    painter->setFont(theme.font(TextSize::Base, QFont::Bold));
    painter->setPen(c.text);
    painter->drawText(layout.title, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(app.title, Qt::ElideRight, layout.title.width()));
    if (app.starred || hovered) {
        const QString name = app.starred ? QStringLiteral("star-filled") : QStringLiteral("star");
        const QRectF box = squareIn(QRectF(layout.star), Metric::smallIcon);
        painter->drawPixmap(box.topLeft(), iconPixmap(name, app.starred ? c.text : c.muted, Metric::smallIcon, ratio));
    }
    const StatusWord status = statusOf(app);
    painter->setFont(theme.tabular(TextSize::Base));
    const QString meta = metaText(app);
    const int metaWidth = painter->fontMetrics().horizontalAdvance(meta);
    painter->setPen(c.muted);
    painter->drawText(layout.meta, Qt::AlignVCenter | Qt::AlignRight, meta);
    drawDot(painter, QRectF(layout.status), c.status(status.kind));
    QRect word = layout.status.adjusted(Metric::dot + 6, 0, 0, 0);
    word.setRight(layout.meta.right() - metaWidth - Space::s);
    painter->drawText(word, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(status.word, Qt::ElideRight, word.width()));
}

void GalleryDelegate::paintSkeleton(QPainter *painter, const QRect &card)
{
    const PainterState keep(painter);
    const auto layout = CardLayout::of(card);
    const auto &c = colors();
    drawRounded(painter, QRectF(card), Metric::cardRadius, c.surface, c.border);
    painter->setClipPath(topRounded(QRectF(layout.thumbnail), Metric::cardRadius - 1));
    painter->fillRect(layout.thumbnail, c.raised);
    painter->setClipping(false);
    const QRectF title(layout.title.left(), layout.title.top() + 5, layout.title.width() * 0.6, 10);
    const QRectF status(layout.status.left(), layout.status.top() + 5, layout.status.width() * 0.5, 8);
    drawRounded(painter, title, 5, c.raised);
    drawRounded(painter, status, 4, c.raised);
}

QSize GalleryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {Metric::cardMinWidth, CardLayout::heightFor(Metric::cardMinWidth)};
}

QWidget *GalleryDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setObjectName(QStringLiteral("renameQLineEdit"));
    editor->setMaxLength(120);
    editor->setFont(Theme::instance().font(TextSize::Base, QFont::Bold));
    return editor;
}

void GalleryDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                           const QModelIndex &) const
{
    const auto layout = CardLayout::of(option.rect);
    const int height = editor->sizeHint().height();
    const QRect row = layout.title.united(layout.star);
    editor->setGeometry(row.left() - Space::s, row.center().y() - height / 2, row.width() + 2 * Space::s, height);
}

} // namespace Flotilla
