// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetrowpainter.h"

#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/sparkline.h"

#include <QApplication>
#include <QStyle>
#include <QStyleOptionButton>

namespace Flotilla {

namespace {
constexpr int figureWidth = 66; // "100.0 %" and "1,023 MB" at the base size
constexpr float cpuFloor = 2;
constexpr float memoryFloor = 8 * 1024 * 1024;
constexpr int currentBar = 3;

QRect textBox(const QRect &cell)
{
    return cell.adjusted(FleetRowPainter::padding, 0, -Space::xs, 0);
}
} // namespace

FleetRowPainter::FleetRowPainter(QPainter *painter, std::vector<Span> columns)
    : m_painter(painter)
    , m_columns(std::move(columns))
    , m_colors(colors())
    , m_font(Theme::instance().font())
    , m_figures(Theme::instance().tabular())
    , m_metrics(m_font)
    , m_figureMetrics(m_figures)
{
}

void FleetRowPainter::paint(const QRect &row, const BoardEntry &entry, const Look &look)
{
    const QColor &fill = look.checked ? m_colors.accentSoft : look.current ? m_colors.raised : m_colors.window;
    m_painter->fillRect(row, fill);
    if (look.hovered)
        m_painter->fillRect(row, m_colors.hover);
    m_painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), m_colors.border);
    if (look.current)
        m_painter->fillRect(QRect(row.left(), row.top(), currentBar, row.height() - 1), m_colors.accent);
    m_painter->setRenderHint(QPainter::Antialiasing);
    for (const Span &span : m_columns)
        paintCell(QRect(span.left, row.top(), span.width, row.height() - 1), span, entry, look);
    if (look.focused)
        drawFocusRing(m_painter, QRectF(row).adjusted(0, 0, 0, -1), 4);
}

void FleetRowPainter::paintCell(const QRect &cell, const Span &span, const BoardEntry &entry, const Look &look)
{
    const bool alive = entry.row.state == SandboxState::Running && entry.row.hostReachable;
    switch (span.column) {
    case FleetModel::Mark:
        return paintCheckBox(m_painter, cell, look.checked ? Qt::Checked : Qt::Unchecked, look.hovered);
    case FleetModel::Title:
        return paintText(cell, entry.row.title, m_colors.text, m_font, m_metrics, Qt::ElideMiddle); // "... 3" tells
    case FleetModel::State:
        return paintState(cell, entry);
    case FleetModel::Cpu:
        return paintFigure(cell, alive ? entry.cpuText : QString(), entry.cpu, m_colors.working, cpuFloor);
    case FleetModel::Memory:
        return paintFigure(cell, alive ? entry.memoryText : QString(), entry.memory, m_colors.accent, memoryFloor);
    case FleetModel::Host:
        return paintText(cell, entry.row.hostLabel, m_colors.muted, m_font, m_metrics);
    case FleetModel::Processes:
        return paintText(cell, entry.row.processes > 0 ? QString::number(entry.row.processes) : QString(),
                         m_colors.muted, m_figures, m_figureMetrics);
    case FleetModel::Up:
        return paintText(cell, uptimeOf(entry.row, QDateTime::currentDateTimeUtc()), m_colors.muted, m_figures,
                         m_figureMetrics);
    case FleetModel::Version:
        return paintText(cell, entry.versionText, m_colors.muted, m_figures, m_figureMetrics);
    case FleetModel::Labels:
        return paintText(cell, entry.labelText, m_colors.muted, m_font, m_metrics);
    default:
        return paintText(cell, entry.row.backend, m_colors.muted, m_font, m_metrics);
    }
}

void FleetRowPainter::paintText(const QRect &cell, const QString &text, const QColor &color, const QFont &font,
                                const QFontMetrics &metrics, Qt::TextElideMode elide)
{
    if (text.isEmpty())
        return;
    const QRect box = textBox(cell);
    m_painter->setFont(font);
    m_painter->setPen(color);
    const bool fits = metrics.horizontalAdvance(text) <= box.width();
    m_painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                        fits ? text : metrics.elidedText(text, elide, box.width()));
}

void FleetRowPainter::paintState(const QRect &cell, const BoardEntry &entry)
{
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(m_colors.status(entry.status.kind));
    const double radius = Metric::dot / 2.0;
    m_painter->drawEllipse(QPointF(cell.left() + padding + radius, cell.center().y() + 0.5), radius, radius);
    const QRect words = cell.adjusted(Metric::dot + 6, 0, 0, 0);
    const bool fits = m_metrics.horizontalAdvance(entry.status.word) <= textBox(words).width();
    paintText(words, fits || entry.status.brief.isEmpty() ? entry.status.word : entry.status.brief, m_colors.text,
              m_font, m_metrics);
}

QRect FleetRowPainter::figureBox(const QRect &cell)
{
    return {cell.left(), cell.top(), qMin(padding + figureWidth, cell.width() - Space::s), cell.height()};
}

// The figure ends at a fixed place whatever its length, so that the column can be read down.
void FleetRowPainter::paintFigure(const QRect &cell, const QString &text, const SampleHistory &samples,
                                  const QColor &color, float floor)
{
    m_painter->setFont(m_figures);
    m_painter->setPen(m_colors.text);
    const QRect figure = figureBox(cell);
    m_painter->drawText(figure, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
    if (cell.width() < widthForSpark || text.isEmpty())
        return;
    const double height = 14;
    const QRectF box(figure.right() + Space::m, cell.center().y() - height / 2, sparkWidth, height);
    drawSparkline(m_painter, box, samples, color, floor);
}

void FleetRowPainter::paintCheckBox(QPainter *painter, const QRect &cell, Qt::CheckState state, bool hovered)
{
    QStyleOptionButton option;
    option.rect = cell.adjusted(Space::xs, 0, 0, 0);
    option.state = QStyle::State_Enabled;
    if (state == Qt::Checked)
        option.state |= QStyle::State_On;
    if (state == Qt::PartiallyChecked)
        option.state |= QStyle::State_NoChange;
    if (hovered)
        option.state |= QStyle::State_MouseOver;
    QApplication::style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &option, painter, nullptr);
}

} // namespace Flotilla
