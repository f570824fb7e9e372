// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse and the keyboard do in the table of the board.
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetrowpainter.h"
#include "widgets/fleet/fleetview.h"

#include <QMouseEvent>
#include <QPainter>

namespace Flotilla {

namespace {
constexpr int arrowHalf = 4;
} // namespace

void FleetView::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(rowRect(row));
}

void FleetView::setHovered(int row)
{
    if (row == m_hovered)
        return;
    updateRow(m_hovered);
    m_hovered = row;
    updateRow(row);
}

void FleetView::extendTo(int row)
{
    const int from = m_anchor < 0 ? row : m_anchor;
    m_extended = m_model->moveChecks(m_extended, qMin(from, row), qMax(from, row));
}

void FleetView::setAnchor(int row)
{
    m_anchor = row;
    m_extended.clear();
}

void FleetView::mousePressEvent(QMouseEvent *event)
{
    m_lastInput.restart();
    m_byKeyboard = false;
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || event->button() == Qt::MiddleButton)
        return;
    const AppId app = m_model->at(index.row()).row.app;
    const bool left = event->button() == Qt::LeftButton;
    if (left && event->modifiers() & Qt::ShiftModifier)
        return extendTo(index.row());
    if (left && (index.column() == FleetModel::Mark || event->modifiers() & Qt::ControlModifier)) {
        m_dragChecks = index.column() == FleetModel::Mark;
        m_dragValue = !m_model->isChecked(app);
        setAnchor(index.row());
        return m_model->setChecked(app, m_dragValue);
    }
    setAnchor(index.row());
    setCurrentIndex(m_model->index(index.row(), FleetModel::Title));
}

void FleetView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(int(event->position().y()));
    if (m_dragChecks && row >= 0)
        m_model->setChecked(m_model->at(row).row.app, m_dragValue);
    setHovered(row);
}

void FleetView::mouseReleaseEvent(QMouseEvent *)
{
    m_dragChecks = false;
    m_lastInput.restart();
}

void FleetView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.column() == FleetModel::Mark)
        return mousePressEvent(event);
    if (index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT openRequested(m_model->at(index.row()).row.app);
}

void FleetView::contextMenuEvent(QContextMenuEvent *event)
{
    m_lastInput.restart();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid()) {
        const QRect row = rowRect(currentIndex().row());
        return Q_EMIT menuRequested(viewport()->mapToGlobal(QPoint(Metric::rail, row.bottom())));
    }
    if (indexAt(viewport()->mapFromGlobal(event->globalPos())).isValid())
        Q_EMIT menuRequested(event->globalPos());
}

void FleetView::wheelEvent(QWheelEvent *event)
{
    m_lastInput.restart();
    QTableView::wheelEvent(event);
}

// Esc belongs to the check marks as long as there are some; the window would go back one page.
bool FleetView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
        m_model->checkedCount() > 0) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

bool FleetView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    return QTableView::viewportEvent(event);
}

QModelIndex FleetView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (action == MoveHome || action == MoveEnd) {
        const int row = action == MoveHome ? 0 : m_model->rowCount() - 1;
        return m_model->index(row, FleetModel::Title);
    }
    if (action == MoveLeft || action == MoveRight)
        return currentIndex();
    return QTableView::moveCursor(action, modifiers);
}

void FleetView::keyPressEvent(QKeyEvent *event)
{
    m_lastInput.restart();
    m_byKeyboard = true;
    if (handleKey(event))
        return event->accept();
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const int before = currentIndex().row();
    QTableView::keyPressEvent(event);
    const int after = currentIndex().row();
    if (extend && after >= 0 && after != before) {
        if (m_anchor < 0)
            setAnchor(before);
        extendTo(after);
    } else if (after != before) {
        setAnchor(after);
    }
}

bool FleetView::handleKey(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    switch (event->key()) {
    case Qt::Key_Space:
        if (current.isValid()) {
            const AppId app = m_model->at(current.row()).row.app;
            m_model->setChecked(app, !m_model->isChecked(app));
        }
        return true;
    case Qt::Key_A:
        if (!(event->modifiers() & Qt::ControlModifier))
            return false;
        m_model->checkAll();
        return true;
    case Qt::Key_Escape:
        if (m_model->checkedCount() == 0)
            return false;
        m_model->clearChecks();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current.isValid())
            Q_EMIT openRequested(m_model->at(current.row()).row.app);
        return true;
    case Qt::Key_Delete:
        Q_EMIT deleteRequested();
        return true;
    case Qt::Key_F5:
        m_model->settle();
        return true;
    default:
        return false;
    }
}

FleetHeader::FleetHeader(FleetModel *model, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_model(model)
{
    setSectionsClickable(true);
    setSectionsMovable(false);
    setHighlightSections(false);
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
}

QSize FleetHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), Metric::control};
}

void FleetHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const PainterState keep(painter);
    const auto &c = colors();
    painter->fillRect(rect, c.window);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c.border);
    if (section == FleetModel::Mark) {
        const int checked = m_model->checkedCount();
        const bool all = checked > 0 && checked >= m_model->rowCount();
        const auto state = checked == 0 ? Qt::Unchecked : all ? Qt::Checked : Qt::PartiallyChecked;
        return FleetRowPainter::paintCheckBox(painter, rect.adjusted(0, 0, 0, -1), state, false);
    }
    paintTitle(painter, rect, section);
}

/// Above figures it ends where they do, and the arrow stands before it.
void FleetHeader::paintTitle(QPainter *painter, const QRect &rect, int section) const
{
    const auto &c = colors();
    const bool sorted = section == m_model->sortColumn();
    const bool figures = section == FleetModel::Cpu || section == FleetModel::Memory;
    const QString title = FleetModel::columnTitle(section);
    painter->setFont(Theme::instance().font(TextSize::Base));
    painter->setPen(sorted ? c.text : c.muted);
    const QRect box = figures ? FleetRowPainter::figureBox(rect) : rect.adjusted(FleetRowPainter::padding, 0, 0, 0);
    painter->drawText(box, Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft), title);
    if (!sorted)
        return;
    const int width = painter->fontMetrics().horizontalAdvance(title);
    const double x =
        figures ? qMax(rect.left() + arrowHalf, box.right() - width - 2 * arrowHalf) : box.left() + width + Space::m;
    const double up = m_model->sortOrder() == Qt::AscendingOrder ? 1 : -1;
    const double y = rect.center().y() + 0.5;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{{x - 3.5, y + up * 1.75}, {x, y - up * 1.75}, {x + 3.5, y + up * 1.75}});
}

void FleetHeader::mouseReleaseEvent(QMouseEvent *event)
{
    const int section = logicalIndexAt(event->position().toPoint());
    const bool resizing = cursor().shape() == Qt::SplitHCursor;
    QHeaderView::mouseReleaseEvent(event);
    if (resizing || section < 0 || event->button() != Qt::LeftButton)
        return;
    if (section == FleetModel::Mark) {
        if (m_model->checkedCount() > 0)
            m_model->clearChecks();
        else
            m_model->checkAll();
        return;
    }
    const bool figures = section == FleetModel::Cpu || section == FleetModel::Memory; // the greatest first
    const bool flip = section == m_model->sortColumn() ? m_model->sortOrder() == Qt::AscendingOrder : figures;
    m_model->sort(section, flip ? Qt::DescendingOrder : Qt::AscendingOrder);
    setSortIndicator(section, m_model->sortOrder());
    viewport()->update();
}

} // namespace Flotilla
