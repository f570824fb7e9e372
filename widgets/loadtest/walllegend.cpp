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

// What a look at the wall asks for first, first; the last are left out where there is no room.
constexpr std::array shownPhases{LoadPhase::Live,       LoadPhase::Building, LoadPhase::Generating, LoadPhase::Failed,
                                 LoadPhase::Allocating, LoadPhase::Partial,  LoadPhase::Queued};

constexpr double mostForDrawn = 0.6; ///< of the line; the phases need the rest

int swatchWidth(int height)
{
    return qRound(height * 1.4);
}

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
    note();
}

void WallLegend::setStage(double scale)
{
    m_stage = scale;
    updateGeometry();
    update();
}

QSize WallLegend::sizeHint() const
{
    return {200, m_stage > 0 ? qRound(20 * m_stage) : 20};
}

QString WallLegend::drawnText() const
{
    if (m_wall->drawnCards() == 0)
        return {};
    return m_wall->awaitsPictures() ? tr("Drawn from the app's title and colours until its picture is taken")
                                    : tr("Drawn from the app's title and colours");
}

QString WallLegend::drawnShort() const
{
    return m_wall->awaitsPictures() ? tr("Drawn, picture follows") : tr("Drawn");
}

QString WallLegend::text() const
{
    return drawnText();
}

void WallLegend::note()
{
    setAccessibleName(text());
    update();
}

int WallLegend::paintDrawn(QPainter *painter) const
{
    QString text = drawnText();
    if (text.isEmpty())
        return 0;
    if (painter->fontMetrics().horizontalAdvance(text) > width() * mostForDrawn)
        text = drawnShort();
    const int side = height() - 2 * Space::xs;
    const QRect sign(0, Space::xs, swatchWidth(side), side);
    painter->fillRect(sign, colors().accent);
    AppCard::drawFold(painter, sign, colors().accent, colors().surface);
    const int x = sign.width() + Space::s;
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, width() - x);
    painter->setPen(colors().muted);
    painter->drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter, shown);
    return x + painter->fontMetrics().horizontalAdvance(shown) + Space::xl;
}

void WallLegend::paintPhases(QPainter *painter, int x) const
{
    const double side = height() - 2 * Space::xs;
    for (const LoadPhase phase : shownPhases) {
        const QString word = phaseWord(phase);
        const int wordWidth = painter->fontMetrics().horizontalAdvance(word);
        const QRectF swatch(x, Space::xs, swatchWidth(int(side)), side);
        if (swatch.right() + Space::xs + wordWidth > width())
            return;
        const QColor color = phaseColor(phase);
        drawRounded(painter, swatch, 2, color);
        painter->setBrush(glyphColor(color));
        painter->setPen(Qt::NoPen);
        const QRectF square = squareIn(swatch, side * 0.8);
        painter->drawPath(QTransform::fromTranslate(square.x(), square.y())
                              .scale(square.width(), square.height())
                              .map(phaseGlyph(phase)));
        painter->setPen(colors().muted);
        painter->drawText(QRectF(swatch.right() + Space::xs + 1, 0, wordWidth + 1, height()), Qt::AlignVCenter, word);
        x = int(swatch.right()) + Space::xs + wordWidth + Space::l;
    }
}

void WallLegend::paintEvent(QPaintEvent *)
{
    if (!m_board->hasRun())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(scaled(Theme::instance().font(m_stage > 0 ? TextSize::Base : TextSize::Small), m_stage));
    paintPhases(&painter, paintDrawn(&painter));
}

} // namespace Flotilla
