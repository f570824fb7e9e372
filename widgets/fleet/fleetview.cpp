// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetview.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetrowpainter.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace Flotilla {

namespace {

constexpr int quietMs = 1500;
constexpr int idleMs = 5000;
constexpr int titleMinimum = 132, titleNarrow = 116, titleWanted = 168;

int naturalWidth(int column)
{
    switch (column) {
    case FleetModel::Mark:
        return 40;
    case FleetModel::Title:
        return titleMinimum;
    case FleetModel::State:
        return 148;
    case FleetModel::Host:
        return 120;
    case FleetModel::Cpu:
    case FleetModel::Memory:
        return 164;
    case FleetModel::Labels:
        return 140;
    case FleetModel::Processes:
    case FleetModel::Engine:
        return 96;
    case FleetModel::Up:
        return 92;
    default:
        return 68;
    }
}

} // namespace

FleetView::FleetView(FleetModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("fleetView"));
    setAccessibleName(tr("Apps on all hosts"));
    setStyleProperty(this, "kind", QStringLiteral("bare"));
    setFrameShape(QFrame::NoFrame);
    setModel(model);
    setupHeader();
    setSelectionMode(NoSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    m_lastInput.start();
    followModel();
    model->setUsageProbe([this] { return static_cast<FleetModel::Usage>(usage()); });
}

void FleetView::setupHeader()
{
    auto *header = new FleetHeader(m_model, this);
    setHorizontalHeader(header);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(FleetModel::Mark, QHeaderView::Fixed);
    header->setMinimumSectionSize(40);
    header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    connect(header, &QHeaderView::sectionResized, this, [this] {
        if (m_fitting || !isVisible())
            return;
        m_ownWidths = true;
        Q_EMIT columnsChanged();
    });
    for (int column = 0; column < FleetModel::ColumnCount; ++column)
        setColumnWidth(column, naturalWidth(column));
    for (const int column : {FleetModel::Processes, FleetModel::Labels, FleetModel::Engine})
        setColumnHidden(column, true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Metric::row);
    verticalHeader()->setMinimumSectionSize(Metric::row);
}

void FleetView::followModel()
{
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &FleetView::rememberPlace);
    connect(m_model, &QAbstractItemModel::modelReset, this, &FleetView::restorePlace);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, [this] { setAnchor(m_model->rowOf(m_current)); });
    connect(m_model, &FleetModel::flushed, this, &FleetView::leaveGoneApp);
    connect(m_model, &FleetModel::checksChanged, this, [this] { horizontalHeader()->viewport()->update(); });
}

int FleetView::usage() const
{
    using Usage = FleetModel::Usage;
    if (m_menuOpen || m_dragChecks || !m_lastInput.hasExpired(quietMs) || verticalScrollBar()->isSliderDown())
        return int(Usage::Busy);
    const bool idle = !viewport()->underMouse() && m_lastInput.hasExpired(idleMs);
    return int(idle ? Usage::Idle : Usage::Quiet);
}

void FleetView::rememberPlace()
{
    const int row = rowAt(0);
    m_top = row >= 0 && verticalScrollBar()->value() > 0 ? m_model->at(row).row.app : AppId();
    m_topOffset = row >= 0 ? rowViewportPosition(row) : 0;
    m_currentRow = currentIndex().row();
    m_restoring = true; // the reset clears the current index, which is not what a person did
}

void FleetView::restorePlace()
{
    const int current = m_model->rowOf(m_current);
    setCurrentIndex(m_model->index(current, FleetModel::Title));
    setAnchor(current);
    m_hovered = -1;
    m_restoring = false;
    leaveGoneApp();
    const int top = m_top.isEmpty() ? -1 : m_model->rowOf(m_top);
    if (top < 0)
        return;
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(top * Metric::row - m_topOffset);
}

/// Nobody can look at an app that is no more: then at its neighbour.
void FleetView::leaveGoneApp()
{
    if (m_current.isEmpty() || m_model->find(m_current))
        return;
    const int row = qMin(qMax(m_currentRow, 0), m_model->rowCount() - 1);
    setCurrentApp(row < 0 ? AppId() : m_model->at(row).row.app);
}

void FleetView::setCurrentApp(const AppId &app)
{
    if (m_current == app)
        return;
    m_current = app;
    const int row = m_model->rowOf(app);
    m_restoring = true;
    setCurrentIndex(m_model->index(row, FleetModel::Title));
    m_restoring = false;
    setAnchor(row);
    viewport()->update();
    Q_EMIT currentAppChanged(app);
}

void FleetView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    if (m_restoring || !current.isValid())
        return;
    const AppId app = m_model->at(current.row()).row.app;
    if (app == m_current)
        return;
    m_current = app;
    Q_EMIT currentAppChanged(app);
}

// The view paints rows as a whole, and only those on the screen, so a change elsewhere costs nothing.
void FleetView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &)
{
    const int first = rowAt(0);
    if (first < 0 || !isVisible())
        return;
    const int below = rowAt(viewport()->height() - 1);
    const int last = below < 0 ? m_model->rowCount() - 1 : below;
    if (bottomRight.row() >= first && topLeft.row() <= last)
        viewport()->update();
}

QRect FleetView::rowRect(int row) const
{
    return {0, rowViewportPosition(row), viewport()->width(), Metric::row};
}

void FleetView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), colors().window);
    const int first = rowAt(event->rect().top());
    if (first < 0)
        return;
    std::vector<FleetRowPainter::Span> columns;
    for (int column = 0; column < FleetModel::ColumnCount; ++column) {
        const int left = columnViewportPosition(column);
        if (!isColumnHidden(column) && left < viewport()->width() && left + columnWidth(column) > 0)
            columns.push_back({column, left, columnWidth(column)});
    }
    FleetRowPainter rows(&painter, std::move(columns));
    const int current = currentIndex().row();
    for (int row = first; row < m_model->rowCount() && rowViewportPosition(row) <= event->rect().bottom(); ++row) {
        const BoardEntry &entry = m_model->at(row);
        rows.paint(rowRect(row), entry,
                   {m_model->isChecked(entry.row.app), row == current, row == m_hovered,
                    row == current && hasFocus() && m_byKeyboard});
    }
}

void FleetView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void FleetView::showSqueezed()
{
    for (const int column : std::as_const(m_squeezed))
        setColumnHidden(column, false);
    m_squeezed.clear();
}

// Figures lose their lines before names lose their letters; what finds no room even then is left out.
void FleetView::fitColumns()
{
    if (m_fitting || viewport()->width() <= 0)
        return;
    m_fitting = true;
    showSqueezed();
    if (!m_ownWidths)
        shareWidth();
    m_fitting = false;
}

void FleetView::shareWidth()
{
    int total = 0;
    for (int column = 0; column < FleetModel::ColumnCount; ++column)
        total += isColumnHidden(column) ? 0 : naturalWidth(column);
    int room = viewport()->width() - total;
    for (const int column : {FleetModel::Memory, FleetModel::Cpu}) {
        const int figureOnly = column == FleetModel::Memory ? 72 : 62; // its title and the arrow
        const bool narrow = room < 0 && !isColumnHidden(column);
        setColumnWidth(column, narrow ? figureOnly : naturalWidth(column));
        room += narrow ? naturalWidth(column) - figureOnly : 0;
    }
    for (const int column : {FleetModel::Version, FleetModel::Up}) {
        if (room >= 0 || isColumnHidden(column))
            continue;
        setColumnHidden(column, true);
        m_squeezed.insert(column);
        room += naturalWidth(column);
    }
    for (const int column : {FleetModel::Host, FleetModel::State})
        setColumnWidth(column, naturalWidth(column));
    // "This computer" stays whole longest
    const std::pair<int, int> slack[] = {
        {FleetModel::Host, 8}, {FleetModel::State, 16}, {FleetModel::State, 16}, {FleetModel::Host, 24}};
    const bool figuresOnly =
        !isColumnHidden(FleetModel::Cpu) && columnWidth(FleetModel::Cpu) < naturalWidth(FleetModel::Cpu);
    for (const auto &[column, pixels] : slack) {
        const bool spare = figuresOnly && pixels <= 16; // a small window: longer names rather than air
        if (room >= (spare ? titleWanted : titleNarrow) - titleMinimum || isColumnHidden(column))
            continue;
        setColumnWidth(column, columnWidth(column) - pixels);
        room += pixels;
    }
    for (const int column : {FleetModel::Memory, FleetModel::Cpu}) { // the pane beside has them
        if (room >= titleNarrow - titleMinimum || isColumnHidden(column))
            continue;
        room += columnWidth(column);
        setColumnHidden(column, true);
        m_squeezed.insert(column);
    }
    setColumnWidth(FleetModel::Title, qMax(titleNarrow, titleMinimum + room));
}

void FleetView::setColumnShown(int column, bool shown)
{
    m_fitting = true; // showing one is not dragging one
    m_squeezed.remove(column);
    setColumnHidden(column, !shown);
    if (shown && columnWidth(column) == 0)
        setColumnWidth(column, naturalWidth(column));
    m_fitting = false;
    fitColumns();
    Q_EMIT columnsChanged();
}

} // namespace Flotilla
