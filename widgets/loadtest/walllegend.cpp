// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/walllegend.h"

#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/appcard.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/wallview.h"

#include <QPainter>

namespace Flotilla {

namespace {

// What a look at the wall asks for first, first.
constexpr std::array usualPhases{LoadPhase::Live,       LoadPhase::Building, LoadPhase::Generating, LoadPhase::Failed,
                                 LoadPhase::Allocating, LoadPhase::Starting, LoadPhase::Queued};
// Said only while there is one; last, so that nothing moves then.
constexpr std::array rarePhases{LoadPhase::Partial, LoadPhase::Cancelled};

constexpr int mostLines = 2; ///< above, drawn cards are said in short

} // namespace

WallLegend::WallLegend(LoadBoard *board, WallView *wall, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_wall(wall)
{
    setObjectName(QStringLiteral("wallLegend"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(wall, &WallView::drawnChanged, this, &WallLegend::note);
    connect(wall, &WallView::zoomChanged, this, &WallLegend::note);
    connect(board, &LoadBoard::progressed, this, &WallLegend::note);
    connect(board, &LoadBoard::ended, this, &WallLegend::note);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    fit();
    note();
}

void WallLegend::setStage(double scale)
{
    m_stage = scale;
    fit();
    update();
}

QFont WallLegend::lineFont() const
{
    return scaled(Theme::instance().font(m_stage > 0 ? TextSize::Base : TextSize::Small), m_stage);
}

int WallLegend::lineHeight() const
{
    return m_stage > 0 ? qRound(20 * m_stage) : 20;
}

QSize WallLegend::signSize() const
{
    const int side = lineHeight() - 2 * Space::xs;
    return {qRound(side * 1.4), side};
}

QString WallLegend::drawnWords(bool awaited) const
{
    if (m_brief)
        return awaited ? tr("Drawn, picture follows") : tr("Drawn");
    return awaited ? tr("Drawn from the app's title and colours until its picture is taken")
                   : tr("Drawn from the app's title and colours");
}

QString WallLegend::text() const
{
    return m_wall->drawnCards() > 0 ? drawnWords(m_wall->awaitsPictures()) : QString();
}

void WallLegend::note()
{
    setAccessibleName(text());
    update();
}

QList<QRect> WallLegend::places() const
{
    QStringList words;
    for (const LoadPhase phase : usualPhases)
        words.append(phaseWord(phase));
    words.append(drawnWords(true));
    for (const LoadPhase phase : rarePhases)
        words.append(phaseWord(phase));
    const QFontMetrics metrics(lineFont());
    QList<QRect> places;
    QPoint at;
    for (const QString &word : std::as_const(words)) {
        const int wanted = signSize().width() + Space::s + metrics.horizontalAdvance(word);
        if (at.x() > 0 && at.x() + wanted > width())
            at = {0, at.y() + lineHeight()};
        places.append({at, QSize(wanted, lineHeight())});
        at.rx() += wanted + Space::l;
    }
    return places;
}

// By its width alone: the wall must not move while a run goes on.
void WallLegend::fit()
{
    m_brief = false;
    m_brief = places().last().bottom() >= mostLines * lineHeight();
    setFixedHeight(places().last().bottom() + 1);
}

void WallLegend::resizeEvent(QResizeEvent *)
{
    fit();
}

void WallLegend::paintDrawn(QPainter *painter, const QRect &place) const
{
    const QRect sign(place.topLeft() + QPoint(0, Space::xs), signSize());
    painter->fillRect(sign, colors().accent);
    AppCard::drawFold(painter, sign, colors().accent, colors().surface);
    painter->setPen(colors().muted);
    painter->drawText(place.adjusted(sign.width() + Space::s, 0, 0, 0), Qt::AlignVCenter, text());
}

void WallLegend::paintPhase(QPainter *painter, const QRect &place, LoadPhase phase) const
{
    const QRectF sign(place.topLeft() + QPoint(0, Space::xs), signSize());
    const QColor color = phaseColor(phase);
    drawRounded(painter, sign, 2, color);
    painter->setBrush(glyphColor(color));
    painter->setPen(Qt::NoPen);
    const QRectF square = squareIn(sign, sign.height() * 0.8);
    painter->drawPath(QTransform::fromTranslate(square.x(), square.y())
                          .scale(square.width(), square.height())
                          .map(phaseGlyph(phase)));
    painter->setPen(colors().muted);
    painter->drawText(place.adjusted(int(sign.width()) + Space::s, 0, 0, 0), Qt::AlignVCenter, phaseWord(phase));
}

void WallLegend::paintEvent(QPaintEvent *)
{
    if (!m_board->hasRun())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(lineFont());
    const QList<QRect> all = places();
    auto place = all.begin();
    for (const LoadPhase phase : usualPhases)
        paintPhase(&painter, *place++, phase);
    const QRect drawn = *place++;
    if (!text().isEmpty())
        paintDrawn(&painter, drawn);
    for (const LoadPhase phase : rarePhases) {
        if (m_board->snapshot().counts[size_t(phase)] > 0)
            paintPhase(&painter, *place, phase);
        ++place;
    }
}

} // namespace Flotilla
