// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/wallview.h"

#include "widgets/common/format.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/appcard.h"
#include "widgets/loadtest/hovercard.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/wallpictures.h"

#include <QMouseEvent>
#include <QScrollBar>

namespace Flotilla {

namespace {

constexpr int smallestPicture = 14;
constexpr int scrolledPicture = 44;
constexpr qint64 workMicroseconds = 4000;
constexpr int workMs = 12;
constexpr int flashMs = 420;
constexpr int flashFrameMs = 40;
constexpr size_t mostFlashes = 300;

} // namespace

WallView::WallView(LoadBoard *board, WallPictures *pictures, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_board(board)
    , m_pictures(pictures)
    , m_card(new HoverCard(board, pictures, this))
{
    setObjectName(QStringLiteral("wallView"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Wall of apps"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_clock.start();
    m_work.setInterval(workMs);
    m_flashTimer.setInterval(flashFrameMs);
    connect(&m_work, &QTimer::timeout, this, &WallView::work);
    connect(&m_flashTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(board, &LoadBoard::reset, this, [this] {
        m_indexes.clear();
        m_wasLive.clear();
        m_current = -1;
        m_followsNewest = true;
        m_magnification = 1;
        relayout();
    });
    connect(board, &LoadBoard::rowsChanged, this, &WallView::noteRows);
    connect(board, &LoadBoard::progressed, this, &WallView::describe);
    connect(pictures, &WallPictures::ready, this, &WallView::notePicture);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_painter.forget();
        invalidate();
    });
}

void WallView::setZoom(Zoom zoom)
{
    if (m_zoom == zoom)
        return;
    m_zoom = zoom;
    m_magnification = 1;
    relayout();
    Q_EMIT zoomChanged();
}

void WallView::setStage(double scale)
{
    m_card->setStage(scale);
}

void WallView::magnify(double factor)
{
    m_magnification = std::clamp(factor, 1.0, 8.0);
    relayout();
    if (m_current >= 0)
        setCurrent(m_current);
}

int WallView::offset() const
{
    return verticalScrollBar()->value();
}

bool WallView::awaitsPictures() const
{
    const bool stays = m_board->isRunning() || m_board->plan().afterwards == LoadPlan::Afterwards::Keep;
    return stays && m_pictures->isWaiting() && !m_board->snapshot().replay;
}

QRect WallView::cellRect(int index) const
{
    return m_grid.rect(index).translated(0, -offset());
}

void WallView::relayout()
{
    const int count = int(m_board->rows().size());
    const QSize area = maximumViewportSize();
    m_grid = WallGrid::fit(count, area);
    const int least = m_zoom != Zoom::Heat && m_grid.cell.width() < smallestPicture ? scrolledPicture : 0;
    if (least > 0 || m_magnification > 1) {
        const int width = std::max(least, int(m_grid.cell.width() * m_magnification));
        m_grid = WallGrid::fit(count, area - QSize(verticalScrollBar()->sizeHint().width(), 0), width);
    }
    m_isQueued = QBitArray(count);
    m_isDrawn = QBitArray(count);
    m_wasLive.resize(count); // what it knows stays: rows that came alive may not have been told yet
    m_scrollsItself = true;
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setSingleStep(m_grid.cell.height() + m_grid.gap);
    verticalScrollBar()->setRange(0, std::max(0, m_grid.height - area.height()));
    m_scrollsItself = false;
    m_card->dismiss();
    follow();
    invalidate();
}

void WallView::invalidate()
{
    const double ratio = devicePixelRatioF();
    const QSize size = viewport()->size() * ratio;
    if (m_cache.size() != size)
        m_cache = QImage(size, QImage::Format_RGB32);
    m_cache.setDevicePixelRatio(ratio);
    m_cache.fill(colors().surface);
    m_queue.clear();
    m_isQueued.fill(false);
    m_flashes.clear();
    if (m_grid.count > 0) {
        m_painter.prepare(m_grid.cell, ratio);
        repaintPhases();
    }
    viewport()->update();
}

// The phases at once, the pictures by and by.
void WallView::repaintPhases()
{
    QPainter painter(&m_cache);
    const auto &rows = m_board->rows();
    const int end = std::min(m_grid.count, m_grid.firstAt(offset() + viewport()->height()) + m_grid.columns);
    for (int i = m_grid.firstAt(offset()); i < end; ++i) {
        if (showsApp(i) && (AppCard::canDraw(rows[i]) || m_pictures->find(rows[i].app)))
            enqueue(i);
        m_painter.paintPhase(&painter, cellRect(i).topLeft(), rows[i].phase);
    }
}

bool WallView::showsApp(int index) const
{
    return m_zoom != Zoom::Heat && m_board->rows()[index].phase == LoadPhase::Live;
}

void WallView::noteRows(const QList<int> &indexes)
{
    const auto &rows = m_board->rows();
    for (const int index : indexes) {
        const LoadRow &row = rows[index];
        const bool live = row.phase == LoadPhase::Live;
        if (live && !m_wasLive.testBit(index)) {
            m_indexes.insert(row.app, index);
            m_pictures->want(row.app);
            flash(index);
        }
        m_wasLive.setBit(index, live);
        enqueue(index);
    }
    follow();
    work();
}

void WallView::notePicture(const AppId &app)
{
    const auto index = m_indexes.constFind(app);
    if (index == m_indexes.cend())
        return;
    enqueue(*index);
    m_card->note(*index);
}

void WallView::enqueue(int index)
{
    const QRect rect = cellRect(index);
    if (rect.bottom() < 0 || rect.top() >= viewport()->height() || m_isQueued.testBit(index))
        return;
    m_isQueued.setBit(index);
    m_queue.push_back(index);
    if (!m_work.isActive())
        m_work.start();
}

void WallView::work()
{
    QElapsedTimer spent;
    spent.start();
    QPainter painter(&m_cache);
    QRect dirty;
    const bool drewSome = drawnCards() > 0;
    while (!m_queue.empty() && spent.nsecsElapsed() < workMicroseconds * 1000) {
        const int index = m_queue.front();
        m_queue.pop_front();
        m_isQueued.clearBit(index);
        paintCell(&painter, index);
        dirty |= cellRect(index);
    }
    painter.end();
    if (m_queue.empty())
        m_work.stop();
    if (!dirty.isEmpty())
        viewport()->update(dirty);
    if (drewSome != (drawnCards() > 0))
        Q_EMIT drawnChanged();
}

void WallView::paintCell(QPainter *painter, int index)
{
    const LoadRow &row = m_board->rows()[index];
    const QImage *picture = showsApp(index) ? m_pictures->find(row.app) : nullptr;
    const bool drawn = !picture && showsApp(index) && AppCard::canDraw(row);
    const QPoint at = cellRect(index).topLeft();
    if (picture)
        m_painter.paintPicture(painter, at, *picture);
    else if (drawn)
        m_painter.paintCard(painter, at, row);
    else
        m_painter.paintPhase(painter, at, row.phase);
    m_isDrawn.setBit(index, drawn);
}

void WallView::flash(int index)
{
    if (Theme::instance().reducedMotion() || m_flashes.size() >= mostFlashes)
        return;
    m_flashes.push_back({index, m_clock.elapsed()});
    if (!m_flashTimer.isActive())
        m_flashTimer.start();
}

void WallView::paintFlashes(QPainter *painter)
{
    const qint64 now = m_clock.elapsed();
    while (!m_flashes.empty() && now - m_flashes.front().since > flashMs)
        m_flashes.pop_front();
    if (m_flashes.empty())
        m_flashTimer.stop();
    for (const Flash &flash : m_flashes) {
        const double left = 1.0 - double(now - flash.since) / flashMs;
        painter->fillRect(cellRect(flash.index), QColor(255, 255, 255, int(190 * left * left)));
    }
}

void WallView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const double ratio = m_cache.devicePixelRatio();
    const QRect rect = event->rect();
    painter.drawImage(rect, m_cache,
                      QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio));
    paintFlashes(&painter);
    const int grow = m_grid.gap;
    if (m_hovered >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors().text, 2));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawRoundedRect(QRectF(cellRect(m_hovered)).adjusted(-1, -1, 1, 1), 3, 3);
    }
    if (m_current >= 0 && hasFocus())
        drawFocusRing(&painter, QRectF(cellRect(m_current)).adjusted(-grow, -grow, grow, grow), 3);
}

void WallView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void WallView::scrollContentsBy(int, int)
{
    if (!m_scrollsItself)
        m_followsNewest = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    hover(-1);
    invalidate();
}

void WallView::follow()
{
    if (!m_followsNewest || verticalScrollBar()->maximum() == 0)
        return;
    const auto &rows = m_board->rows();
    qsizetype newest = rows.size();
    while (newest > 0 && rows[newest - 1].phase == LoadPhase::Queued)
        --newest;
    if (newest == 0)
        return;
    const int bottom = m_grid.rect(int(newest) - 1).bottom() + m_grid.cell.height();
    m_scrollsItself = true;
    verticalScrollBar()->setValue(bottom - viewport()->height());
    m_scrollsItself = false;
}

void WallView::mouseMoveEvent(QMouseEvent *event)
{
    hover(m_grid.at(event->pos() + QPoint(0, offset())));
}

void WallView::mousePressEvent(QMouseEvent *event)
{
    const int index = m_grid.at(event->pos() + QPoint(0, offset()));
    if (event->button() == Qt::LeftButton && index >= 0)
        setCurrent(index);
}

void WallView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int index = m_grid.at(event->pos() + QPoint(0, offset()));
    if (event->button() == Qt::LeftButton && index >= 0)
        Q_EMIT openRequested(index);
}

void WallView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        magnify(m_magnification * (event->angleDelta().y() > 0 ? 1.25 : 0.8));
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

bool WallView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave || event->type() == QEvent::Hide)
        hover(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void WallView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_card->dismiss();
}

void WallView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void WallView::keyPressEvent(QKeyEvent *event)
{
    const int page =
        std::max(1, viewport()->height() / std::max(1, m_grid.cell.height() + m_grid.gap)) * m_grid.columns;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Up:
        return step(-m_grid.columns);
    case Qt::Key_Down:
        return step(m_grid.columns);
    case Qt::Key_PageUp:
        return step(-page);
    case Qt::Key_PageDown:
        return step(page);
    case Qt::Key_Home:
        return step(-m_grid.count);
    case Qt::Key_End:
        return step(m_grid.count);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT openRequested(m_current);
        return;
    default:
        event->ignore();
    }
}

void WallView::step(int by)
{
    if (m_grid.count > 0)
        setCurrent(m_current < 0 ? (by > m_grid.columns ? m_grid.count - 1 : 0)
                                 : std::clamp(m_current + by, 0, m_grid.count - 1));
}

void WallView::setCurrent(int index)
{
    m_current = index;
    m_followsNewest = false;
    const QRect cell = m_grid.rect(index);
    if (cell.top() < offset())
        verticalScrollBar()->setValue(cell.top());
    else if (cell.bottom() > offset() + viewport()->height())
        verticalScrollBar()->setValue(cell.bottom() - viewport()->height());
    m_card->showFor(index, viewport()->mapTo(window(), cellRect(index).topLeft()), cellRect(index).size());
    setAccessibleDescription(m_card->text());
    viewport()->update();
}

void WallView::hover(int index)
{
    if (std::exchange(m_hovered, index) == index)
        return;
    viewport()->update();
    if (index < 0)
        return m_card->dismiss();
    m_card->showFor(index, viewport()->mapTo(window(), cellRect(index).topLeft()), cellRect(index).size());
}

QString WallView::summary() const
{
    const LoadSnapshot &now = m_board->snapshot();
    return tr("%1 of %2 apps are live, %3 failed.")
        .arg(formatCount(now.live()), formatCount(now.target), formatCount(now.failed()));
}

void WallView::describe()
{
    if (m_current < 0)
        setAccessibleDescription(summary());
}

} // namespace Flotilla
