// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/endcard.h"

#include "widgets/charts/chart.h"
#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/honestystrip.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/runcharts.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>

namespace Flotilla {

EndCard::EndCard(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_number(makeLabel({}, TextSize::Counter, Tone::Text, QFont::Bold))
    , m_of(makeLabel({}, TextSize::Display, Tone::Muted))
    , m_sentence(makeLabel({}, TextSize::Hero, Tone::Text, QFont::DemiBold))
    , m_subline(makeLabel({}, TextSize::Title, Tone::Muted))
    , m_conditions(makeLabel({}, TextSize::Large, Tone::Muted))
    , m_buttons(new QWidget)
    , m_replay(new Chip(tr("REPLAY")))
    , m_simulated(new Chip(tr("SIMULATED")))
    , m_chart(new Chart)
{
    setObjectName(QStringLiteral("endCard"));
    setSurface(this, "window");
    setupLabels();
    m_chart->setGround(&Palette::window);
    m_chart->addSeries({.kind = ChartSeries::Kind::Area, .color = &Palette::live, .opacity = 0.85});
    m_chart->addSeries({.color = &Palette::muted, .width = 2});
    auto *close = makeButton(tr("Back to the wall"), QStringLiteral("endCardCloseQPushButton"));
    auto *report = makeButton(tr("Report"), QStringLiteral("endCardReportQPushButton"), ButtonKind::Primary);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(close);
    buttons->addWidget(report);
    connect(close, &QPushButton::clicked, this, &EndCard::closeRequested);
    connect(report, &QPushButton::clicked, this, &EndCard::reportRequested);
    setStage(0);
}

void EndCard::setupLabels()
{
    auto *number = new QHBoxLayout;
    number->setSpacing(Space::l);
    number->addWidget(m_number, 0, Qt::AlignBottom);
    number->addWidget(m_of, 0, Qt::AlignBottom);
    number->addStretch(1);
    for (Chip *chip : {m_replay, m_simulated}) {
        chip->setStatic(true);
        chip->setStatus(StatusKind::Building);
        number->addWidget(chip, 0, Qt::AlignTop);
    }
    number->addWidget(m_buttons, 0, Qt::AlignTop);
    m_of->setContentsMargins(0, 0, 0, Space::m);
    m_conditions->setWordWrap(true);
    m_subline->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::page, Space::xl, Space::page, Space::xl);
    layout->setSpacing(Space::s);
    layout->addLayout(number);
    layout->addWidget(m_sentence);
    layout->addWidget(m_subline);
    layout->addSpacing(Space::l);
    layout->addWidget(m_chart, 1);
    layout->addSpacing(Space::s);
    layout->addWidget(m_conditions);
}

void EndCard::setStage(double scale)
{
    const Theme &theme = Theme::instance();
    m_number->setFont(scaled(theme.font(TextSize::Counter, QFont::Bold), scale));
    m_of->setFont(scaled(theme.font(TextSize::Display), scale));
    m_sentence->setFont(scaled(theme.font(TextSize::Hero, QFont::DemiBold), scale));
    m_subline->setFont(scaled(theme.font(TextSize::Title), scale));
    m_conditions->setFont(scaled(theme.font(TextSize::Large), scale));
    for (Chip *chip : {m_replay, m_simulated})
        chip->setFont(scaled(theme.font(scale > 0 ? TextSize::Large : TextSize::Base), scale));
    m_chart->setTextSize(chartText(scale, TextSize::Base));
    m_buttons->setVisible(scale == 0);
}

QString EndCard::headline() const
{
    if (m_board->snapshot().live() == 0)
        return tr("No app came alive");
    return tr("apps live in %1, each in its own sandbox").arg(stageSeconds(m_board->liveSeconds()));
}

QString EndCard::subline() const
{
    const QJsonObject summary = m_board->result().summary;
    const QJsonObject times = summary.value(QStringLiteral("time_to_live_s")).toObject();
    QStringList parts;
    if (times.contains(QStringLiteral("p50")))
        parts.append(tr("Time to live: half within %1, 95 of 100 within %2")
                         .arg(stageSeconds(times.value(QStringLiteral("p50")).toDouble()),
                              stageSeconds(times.value(QStringLiteral("p95")).toDouble())));
    const LoadSnapshot &now = m_board->snapshot();
    parts.append(now.failed() == 0 ? tr("none failed") : tr("%1 failed").arg(formatCount(now.failed())));
    if (const int cancelled = now.counts[size_t(LoadPhase::Cancelled)]; cancelled > 0)
        parts.append(tr("%1 cancelled").arg(formatCount(cancelled)));
    return parts.join(QStringLiteral(" · "));
}

double EndCard::chartEnd() const
{
    return std::max(1.0, m_board->liveSeconds() * 1.15);
}

/// In a short run the table's line lies on the axis, where nobody can see it.
bool EndCard::showsReference(int target, double end)
{
    double seconds = 0, apps = 0;
    for (const auto &row : RunCharts::reference()) {
        if (row.seconds >= end)
            return apps + (row.apps - apps) * (end - seconds) / (row.seconds - seconds) > target * 0.004;
        seconds = row.seconds;
        apps = row.apps;
    }
    return true;
}

/// The milestone of the published table that is next to the size of the run.
QString EndCard::referenceWords(int target, double end)
{
    const auto &table = RunCharts::reference();
    const auto found =
        std::find_if(table.begin(), table.end(), [target](const auto &row) { return row.apps >= target; });
    const auto &row = found == table.end() ? table.last() : *found;
    const QString words = showsReference(target, end) ? tr("grey line: Modal Vibe's published table, %1 in %2 s")
                                                      : tr("Modal Vibe's published table: %1 in %2 s");
    return words.arg(formatCount(int(row.apps))).arg(row.seconds);
}

QString EndCard::conditions() const
{
    const LoadSnapshot &now = m_board->snapshot();
    const QString backend = m_board->plan().backend.isEmpty() ? QStringLiteral("bubblewrap") : m_board->plan().backend;
    QStringList parts{
        HonestyStrip::machine(), backend, modelLabel(now),
        tr("dropped starts %1, retries %2").arg(formatCount(now.droppedStarts), formatCount(now.retries))};
    if (!now.run.isEmpty())
        parts.append(tr("run %1").arg(now.run));
    parts.append(referenceWords(now.target, chartEnd()));
    parts.removeAll(QString());
    return parts.replaceInStrings(QStringLiteral(" "), QStringLiteral("\u00a0")).join(QStringLiteral(" · "));
}

void EndCard::take()
{
    const LoadSnapshot &now = m_board->snapshot();
    m_number->setText(formatCount(now.live()));
    m_of->setText(tr("of %1").arg(formatCount(now.target)));
    m_sentence->setText(headline());
    m_subline->setText(subline());
    m_conditions->setText(conditions());
    m_replay->setVisible(now.replay);
    m_simulated->setText(now.recorded ? tr("RECORDED ANSWERS") : tr("SIMULATED"));
    m_simulated->setVisible(now.simulated);
    drawChart();
}

QList<QPointF> EndCard::curve(const QList<LoadSample> &samples, double reached, int live)
{
    QList<QPointF> points;
    for (const LoadSample &sample : samples) {
        if (reached > 0 && sample.t / 1000 >= reached)
            break;
        points.append({sample.t / 1000, double(sample.counts[size_t(LoadPhase::Live)])});
    }
    if (reached > 0)
        points.append({reached, double(live)});
    return points;
}

void EndCard::drawChart()
{
    m_chart->clearData();
    const double reached = m_board->liveSeconds();
    const double end = chartEnd();
    const int target = m_board->snapshot().target;
    QList<double> x;
    QList<double> y;
    for (const QPointF &point : curve(m_board->samples(), reached, m_board->snapshot().live())) {
        x.append(point.x());
        y.append(point.y());
    }
    if (!y.isEmpty()) { // it stays so until the hold ends
        x.append(end);
        y.append(y.last());
    }
    m_chart->setData(0, x, y);
    QList<double> referenceX{0};
    QList<double> referenceY{0};
    for (const auto &milestone : RunCharts::reference()) {
        referenceX.append(milestone.seconds);
        referenceY.append(milestone.apps);
    }
    m_chart->setData(1, referenceX, referenceY);
    m_chart->setXRange(0, end);
    m_chart->setYRange(0, target * 1.12);
    if (reached > 0)
        m_chart->addNote(reached, tr("%1 live").arg(formatCount(m_board->snapshot().live())));
}

} // namespace Flotilla
