// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"
#include "widgets/common/tokens.h"

#include <QWidget>

namespace Flotilla {

class LoadBoard;
class WallView;

/// One line under the wall: what its colours and signs mean, and that a card with a folded corner is a drawing.
class WallLegend : public QWidget
{
    Q_OBJECT

public:
    WallLegend(LoadBoard *board, WallView *wall, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    QString text() const;        ///< for screen readers and tests

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString drawnText() const;  ///< empty: the wall shows no drawn card
    QString drawnShort() const; ///< where there is little room
    int paintDrawn(QPainter *painter) const;
    void paintPhases(QPainter *painter, int x) const;
    void note();

    LoadBoard *m_board;
    WallView *m_wall;
    double m_stage = 0;
};

} // namespace Flotilla
