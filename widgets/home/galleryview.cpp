// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/galleryview.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/gallerydelegate.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace Flotilla {

namespace {
constexpr int cardGap = 17;
constexpr int skeletonCards = 10;
} // namespace

GalleryView::GalleryView(QWidget *parent)
    : QAbstractItemView(parent)
{
    setObjectName(QStringLiteral("galleryView"));
    setAccessibleName(tr("Your apps"));
    setStyleProperty(this, "kind", QStringLiteral("bare"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(EditKeyPressed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    viewport()->setMouseTracking(true);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void GalleryView::setModel(QAbstractItemModel *model)
{
    QAbstractItemView::setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &GalleryView::relayout);
    connect(model, &QAbstractItemModel::modelReset, this, &GalleryView::relayout);
    connect(model, &QAbstractItemModel::layoutChanged, this, &GalleryView::relayout);
    relayout();
}

void GalleryView::setHeader(QWidget *header)
{
    m_header = header;
    m_header->setParent(viewport());
    m_header->installEventFilter(this);
    m_header->show();
    relayout();
}

void GalleryView::setLoading(bool loading)
{
    m_loading = loading;
    relayout();
}

int GalleryView::columns() const
{
    const int room = viewport()->width() - 2 * Space::page;
    return qMax(1, (room + cardGap) / (Metric::cardMinWidth + cardGap));
}

int GalleryView::cardWidth() const
{
    const int count = columns();
    return qMax(120, (viewport()->width() - 2 * Space::page - cardGap * (count - 1)) / count);
}

int GalleryView::rowStride() const
{
    return CardLayout::heightFor(cardWidth()) + cardGap;
}

int GalleryView::headerHeight() const
{
    return m_header ? m_header->height() : 0;
}

QRect GalleryView::cellRect(int cell) const
{
    const int count = columns();
    const int column = cell % count;
    const int room = viewport()->width() - 2 * Space::page - cardGap * (count - 1);
    // The rounding of the widths is spread, so that the last column ends on the margin.
    const int left = Space::page + room * column / count + cardGap * column;
    const int right = Space::page + room * (column + 1) / count + cardGap * column;
    return {left, headerHeight() + cell / count * rowStride(), right - left, rowStride() - cardGap};
}

int GalleryView::contentsHeight() const
{
    int cells = model() ? model()->rowCount() : 0;
    if (cells == 0 && m_loading)
        cells = skeletonCards;
    const int rows = (cells + columns() - 1) / columns();
    return headerHeight() + rows * rowStride() + Space::xl;
}

int GalleryView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect GalleryView::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? cellRect(index.row()).translated(0, -verticalOffset()) : QRect();
}

QModelIndex GalleryView::indexAt(const QPoint &point) const
{
    if (!model())
        return {};
    const QPoint contents = point + QPoint(0, verticalOffset());
    const int row = (contents.y() - headerHeight()) / rowStride();
    if (contents.y() < headerHeight())
        return {};
    for (int column = 0; column < columns(); ++column) {
        const int cell = row * columns() + column;
        if (cell < model()->rowCount() && cellRect(cell).contains(contents))
            return model()->index(cell, 0);
    }
    return {};
}

void GalleryView::scrollTo(const QModelIndex &index, ScrollHint)
{
    if (!index.isValid())
        return;
    const QRect rect = cellRect(index.row());
    const int top = verticalOffset();
    if (rect.top() - cardGap < top)
        verticalScrollBar()->setValue(rect.top() - cardGap);
    else if (rect.bottom() + cardGap > top + viewport()->height())
        verticalScrollBar()->setValue(rect.bottom() + cardGap - viewport()->height());
}

QModelIndex GalleryView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int count = model()->rowCount();
    if (count == 0)
        return {};
    const int page = columns() * qMax(1, viewport()->height() / rowStride());
    int cell = currentIndex().isValid() ? currentIndex().row() : -1;
    if (cell < 0)
        return model()->index(0, 0);
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        cell -= 1;
        break;
    case MoveRight:
    case MoveNext:
        cell += 1;
        break;
    case MoveUp:
        cell = cell >= columns() ? cell - columns() : cell;
        break;
    case MoveDown:
        cell = qMin(cell + columns(), qMax(cell, count - 1));
        break;
    case MovePageUp:
        cell -= page;
        break;
    case MovePageDown:
        cell += page;
        break;
    case MoveHome:
        cell = 0;
        break;
    case MoveEnd:
        cell = count - 1;
        break;
    }
    return model()->index(qBound(0, cell, count - 1), 0);
}

void GalleryView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.center());
    if (index.isValid())
        selectionModel()->select(index, command);
}

QRegion GalleryView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QModelIndex &index : selection.indexes())
        region += visualRect(index);
    return region;
}

void GalleryView::relayout()
{
    if (m_header) {
        const int width = viewport()->width();
        const int height =
            m_header->hasHeightForWidth() ? m_header->heightForWidth(width) : m_header->sizeHint().height();
        m_header->setGeometry(0, -verticalOffset(), width, height);
    }
    updateGeometries();
    viewport()->update();
}

void GalleryView::updateGeometries()
{
    const int page = viewport()->height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(qMax(24, rowStride() / 4));
    verticalScrollBar()->setRange(0, qMax(0, contentsHeight() - page));
    QAbstractItemView::updateGeometries();
}

void GalleryView::scrollContentsBy(int, int)
{
    if (m_header)
        m_header->move(0, -verticalOffset());
    viewport()->update();
}

void GalleryView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    updateGeometries();
    viewport()->update();
}

void GalleryView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const int count = model() ? model()->rowCount() : 0;
    const bool skeleton = m_loading && count == 0;
    const int cells = skeleton ? skeletonCards : count;
    const QRect dirty = event->rect().translated(0, verticalOffset());
    const int firstRow = qMax(0, (dirty.top() - headerHeight()) / rowStride());
    const int lastRow = (dirty.bottom() - headerHeight()) / rowStride();
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int cell = firstRow * columns(); cell < qMin(cells, (lastRow + 1) * columns()); ++cell) {
        option.rect = cellRect(cell).translated(0, -verticalOffset());
        if (skeleton) {
            GalleryDelegate::paintSkeleton(&painter, option.rect);
            continue;
        }
        const QModelIndex index = model()->index(cell, 0);
        option.state = QStyle::State_Enabled;
        option.state.setFlag(QStyle::State_MouseOver, m_hovered == index);
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        itemDelegate()->paint(&painter, option, index);
    }
}

void GalleryView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    relayout();
}

/// Whoever comes by key sees where they are.
void GalleryView::focusInEvent(QFocusEvent *event)
{
    QAbstractItemView::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
}

void GalleryView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    const bool editing = state() == EditingState;
    if (!editing && index.isValid()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT opened(index);
            return;
        case Qt::Key_Delete:
            Q_EMIT deleteRequested(index);
            return;
        case Qt::Key_Menu:
            Q_EMIT menuRequested(index, viewport()->mapToGlobal(visualRect(index).center()));
            return;
        case Qt::Key_Asterisk:
            Q_EMIT starToggled(index);
            return;
        default:
            break;
        }
    }
    QAbstractItemView::keyPressEvent(event);
}

bool GalleryView::isOnStar(const QModelIndex &index, const QPoint &point) const
{
    return index.isValid() && CardLayout::of(visualRect(index)).star.adjusted(-4, -4, 4, 4).contains(point);
}

void GalleryView::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const QModelIndex index = indexAt(point);
    m_pressed = QPersistentModelIndex();
    if (index.isValid())
        setCurrentIndex(index);
    if (event->button() == Qt::RightButton && index.isValid())
        Q_EMIT menuRequested(index, event->globalPosition().toPoint());
    else if (event->button() == Qt::LeftButton && isOnStar(index, point))
        Q_EMIT starToggled(index);
    else if (event->button() == Qt::LeftButton)
        m_pressed = index;
}

void GalleryView::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool same = index.isValid() && m_pressed == index;
    m_pressed = QPersistentModelIndex();
    if (same && event->button() == Qt::LeftButton)
        Q_EMIT opened(index);
}

void GalleryView::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(indexAt(event->position().toPoint()));
}

void GalleryView::setHovered(const QModelIndex &index)
{
    if (m_hovered == index)
        return;
    viewport()->update(visualRect(m_hovered));
    m_hovered = index;
    viewport()->update(visualRect(m_hovered));
    viewport()->setCursor(index.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool GalleryView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered({});
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QModelIndex index = indexAt(help->pos());
        const auto app = index.data(AppListModel::SummaryRole).value<AppSummary>();
        const QStringList texts{app.problem, app.useErrors.join(QLatin1Char('\n')), app.prompt.left(200)};
        const auto first =
            std::find_if(texts.begin(), texts.end(), [](const QString &text) { return !text.isEmpty(); });
        QToolTip::showText(help->globalPos(), first == texts.end() ? QString() : *first, viewport());
        return true;
    }
    return QAbstractItemView::viewportEvent(event);
}

bool GalleryView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_header && event->type() == QEvent::LayoutRequest)
        relayout();
    return QAbstractItemView::eventFilter(watched, event);
}

} // namespace Flotilla
