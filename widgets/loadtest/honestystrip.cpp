// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/honestystrip.h"

#include "backends/fleet/loadtest/loadmachine.h"
#include "widgets/common/chip.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"

#include <QPainter>
#include <QThread>

#include <numeric>

namespace Flotilla {

namespace {
constexpr int widestModel = 420;
}

HonestyStrip::HonestyStrip(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_model(new Chip({}, this))
{
    setObjectName(QStringLiteral("honestyStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_model->setObjectName(QStringLiteral("modelChip"));
    m_model->setStatic(true);
    setStage(0);
    connect(board, &LoadBoard::progressed, this, &HonestyStrip::take);
    connect(board, &LoadBoard::reset, this, &HonestyStrip::take);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HonestyStrip::setStage(double scale)
{
    m_stage = scale > 0 ? (1 + scale) / 2 : 0; // one line has to hold it
    const TextSize size = m_stage >= 1 ? TextSize::Large : TextSize::Base;
    m_model->setMaximumTextWidth(qRound(widestModel * std::max(1.0, m_stage)));
    m_model->setFont(scaled(Theme::instance().font(size), m_stage));
    m_font = scaled(Theme::instance().tabular(size), m_stage);
    updateGeometry();
    take();
}

void HonestyStrip::setHintsShown(bool shown)
{
    m_hints = shown;
    update();
}

QSize HonestyStrip::sizeHint() const
{
    return {600, m_stage > 0 ? qRound(34 * m_stage) : Metric::control};
}

QString HonestyStrip::machine()
{
    return tr("%n core(s), %1", nullptr, QThread::idealThreadCount()).arg(formatBytes(LoadMachine::memoryTotal()));
}

QStringList HonestyStrip::facts() const
{
    const LoadSnapshot &now = m_board->snapshot();
    const double cores = m_board->samples().isEmpty() ? 0 : m_board->samples().last().generatorCpu;
    QStringList facts{tr("generator CPU %1 %").arg(qRound(cores * 100))};
    if (m_stall)
        facts.append(tr("longest window stall %1 ms").arg(m_stall()));
    facts.append(tr("dropped starts %1").arg(formatCount(now.droppedStarts)));
    facts.append(tr("retries %1").arg(formatCount(now.retries)));
    const QString backend = m_board->plan().backend.isEmpty() ? QStringLiteral("bubblewrap") : m_board->plan().backend;
    facts.append(QStringLiteral("%1, %2").arg(machine(), backend));
    return facts;
}

void HonestyStrip::take()
{
    const LoadSnapshot &now = m_board->snapshot();
    const QString label = modelLabel(now);
    m_model->setVisible(!label.isEmpty());
    m_model->setText(label);
    m_model->setStatus(now.simulated ? std::optional(StatusKind::Building) : std::nullopt);
    m_model->resize(m_model->sizeHint());
    m_model->move(0, (height() - m_model->height()) / 2);
    m_facts = m_board->hasRun() ? facts() : QStringList();
    setAccessibleName(text());
    update();
}

QString HonestyStrip::text() const
{
    QStringList all{m_model->text()};
    all += m_facts;
    return all.join(QStringLiteral(" · "));
}

void HonestyStrip::resizeEvent(QResizeEvent *)
{
    m_model->move(0, (height() - m_model->height()) / 2);
}

int HonestyStrip::wanted(const QFont &font, int between) const
{
    const QFontMetrics metrics(font);
    return std::accumulate(m_facts.begin(), m_facts.end(), -between, [&](int sum, const QString &fact) {
        return sum + metrics.horizontalAdvance(fact) + between;
    });
}

// Small rather than without the last facts.
void HonestyStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int x = m_model->isVisible() ? m_model->width() + Space::l : 0;
    const bool tight = wanted(m_font, Space::l + Space::xs) > width() - x;
    const int between = tight ? Space::m : Space::l + Space::xs;
    painter.setFont(tight ? Theme::instance().tabular(TextSize::Small) : m_font);
    painter.setPen(colors().muted);
    const QFontMetrics metrics = painter.fontMetrics();
    for (const QString &fact : std::as_const(m_facts)) {
        const int width = metrics.horizontalAdvance(fact);
        if (x + width > this->width())
            return;
        painter.drawText(QRect(x, 0, width, height()), Qt::AlignVCenter, fact);
        x += width + between;
    }
    const QString keys = m_stage > 0 ? tr("Esc back · Space freeze · 1 2 3 zoom · M mark · H hide")
                                     : tr("F11 show · Space freeze · 1 2 3 zoom · M mark");
    const int width = metrics.horizontalAdvance(keys);
    if (m_hints && m_board->hasRun() && x + Space::xl + width < this->width())
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight, keys);
}

} // namespace Flotilla
