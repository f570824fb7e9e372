// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/counterstrip.h"

#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"

#include <QLocale>
#include <QPainter>

#include <numeric>

namespace Flotilla {

namespace {
constexpr int steps = 5;
constexpr int stepMs = 18;
} // namespace

CounterStrip::CounterStrip(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
{
    setObjectName(QStringLiteral("counterStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Live apps"));
    m_timer.setInterval(stepMs);
    connect(&m_timer, &QTimer::timeout, this, &CounterStrip::step);
    connect(board, &LoadBoard::progressed, this, &CounterStrip::take);
    connect(board, &LoadBoard::reset, this, [this] {
        m_shown = m_target = 0;
        update();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CounterStrip::setStage(double scale)
{
    m_stage = scale;
    updateGeometry();
    update();
}

int CounterStrip::length(int inWindow, int onStage) const
{
    return isLarge() ? qRound(onStage * m_stage) : inWindow;
}

QFont CounterStrip::font(TextSize inWindow, TextSize onStage, QFont::Weight weight) const
{
    return scaled(Theme::instance().tabular(isLarge() ? onStage : inWindow, weight), m_stage);
}

QFont CounterStrip::numberFont() const
{
    return font(TextSize::Display, TextSize::Counter, QFont::Bold);
}

int CounterStrip::baseline() const
{
    return QFontMetrics(numberFont()).capHeight() + length(Space::xs, Space::s);
}

int CounterStrip::captionLine() const
{
    return baseline() + length(19, 28);
}

QSize CounterStrip::sizeHint() const
{
    return {length(560, 900), baseline() + length(24, 36)};
}

QSize CounterStrip::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

void CounterStrip::take()
{
    m_target = m_board->snapshot().live();
    if (m_target < m_shown || Theme::instance().reducedMotion())
        m_shown = m_target;
    m_stepsLeft = steps;
    if (m_shown != m_target && !m_timer.isActive())
        m_timer.start();
    describe();
    update();
}

void CounterStrip::describe()
{
    QStringList parts{tr("%1 of %2").arg(formatCount(m_target), formatCount(m_board->snapshot().target))};
    const QList<Figure> all = figures();
    for (const Figure &figure : all)
        parts.append(figure.value + QLatin1Char(' ') + figure.caption);
    setAccessibleDescription(parts.join(QLatin1String(", ")));
}

void CounterStrip::step()
{
    m_shown += (m_target - m_shown) / std::max(1, m_stepsLeft--);
    if (m_shown == m_target)
        m_timer.stop();
    update();
}

QList<CounterStrip::Figure> CounterStrip::figures() const
{
    const LoadSnapshot &now = m_board->snapshot();
    const auto &c = colors();
    const double perSecond = now.appsPerMinute / 60;
    const QString rate = perSecond >= 1 ? tr("%1 /s").arg(QLocale().toString(perSecond, 'f', 1))
                                        : tr("%1 /min").arg(QLocale().toString(now.appsPerMinute, 'f', 0));
    const bool over = isOver(now.state);
    const Figure failed{formatCount(now.failed()), tr("failed"), now.failed() > 0 ? c.failed : c.muted};
    if (now.live() > 0 && (over || now.state == LoadRunState::Holding || now.state == LoadRunState::Ending)) {
        const double seconds = std::max(0.1, m_board->liveSeconds());
        return {{stageSeconds(seconds), tr("until the last"), c.text},
                {tr("%1 /s").arg(QLocale().toString(now.live() / seconds, 'f', 1)), tr("on average"), c.text},
                failed};
    }
    const QString toGo = now.live() >= now.target && now.target > 0 ? tr("0 s")
                         : over || now.estimateSeconds < 0          ? QStringLiteral("–")
                                                                    : stageSeconds(now.estimateSeconds);
    return {{stageSeconds(now.seconds), tr("elapsed"), c.text},
            {rate, tr("now"), c.text},
            {toGo, tr("to go"), c.text},
            failed};
}

int CounterStrip::paintNumber(QPainter *painter) const
{
    const LoadSnapshot &now = m_board->snapshot();
    const QFont number = numberFont();
    const QFont total = font(TextSize::Title, TextSize::Display);
    const int gap = length(Space::s, Space::l);
    const QString of = tr("/ %1").arg(formatCount(now.target));
    const QString caption = tr("apps live, each in its own sandbox");
    painter->setFont(number);
    painter->setPen(colors().text);
    painter->drawText(0, baseline(), formatCount(m_shown));
    const QFontMetrics metrics(number);
    painter->setFont(total);
    painter->setPen(colors().muted);
    painter->drawText(metrics.horizontalAdvance(formatCount(m_shown)) + gap, baseline(), of);
    painter->setFont(font(TextSize::Base, TextSize::Large));
    painter->drawText(0, captionLine(), caption);
    // the place of the largest number, so that nothing moves while it counts
    const int widest =
        metrics.horizontalAdvance(formatCount(now.target)) + gap + QFontMetrics(total).horizontalAdvance(of);
    return std::max(widest, painter->fontMetrics().horizontalAdvance(caption));
}

// So wide that nothing moves while they count; narrower where that would lose one.
QList<int> CounterStrip::columnsOf(const QList<Figure> &figures, int room) const
{
    const QFontMetrics value(font(TextSize::Title, TextSize::Hero, QFont::DemiBold));
    const QFontMetrics caption(font(TextSize::Base, TextSize::Large));
    const int gap = length(Space::xl, 40);
    const std::pair<const char *, int> ways[] = {{"000.0 s", gap}, {"00.0 s", gap / 2}, {"0", Space::m}};
    QList<int> columns;
    for (const auto &[least, between] : ways) {
        int needed = 0;
        columns.clear();
        for (const Figure &figure : figures) {
            const int words =
                std::max(value.horizontalAdvance(figure.value), caption.horizontalAdvance(figure.caption));
            needed = std::accumulate(columns.begin(), columns.end(), words);
            columns.append(std::max(words, value.horizontalAdvance(QLatin1String(least))) + between);
        }
        if (needed <= room)
            break;
    }
    return columns;
}

void CounterStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::TextAntialiasing);
    int x = paintNumber(&painter) + length(32, 48);
    const QFont value = font(TextSize::Title, TextSize::Hero, QFont::DemiBold);
    const QFont caption = font(TextSize::Base, TextSize::Large);
    const QList<Figure> all = figures();
    const QList<int> columns = columnsOf(all, width() - x);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Figure &figure = all[i];
        painter.setFont(value);
        painter.setPen(figure.color);
        painter.drawText(x, baseline(), figure.value);
        painter.setFont(caption);
        painter.setPen(colors().muted);
        painter.drawText(x, captionLine(), figure.caption);
        x += columns[i];
    }
}

} // namespace Flotilla
