// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"
#include "widgets/common/tokens.h"

#include <QWidget>

namespace Flotilla {

class LoadBoard;
class WallView;

/// Below the wall: what its colours and signs mean, and that a card with a folded corner is a drawing. As many lines as
/// all of it takes.
class WallLegend : public QWidget
{
    Q_OBJECT

public:
    WallLegend(LoadBoard *board, WallView *wall, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    QString text() const;        ///< about drawn cards; for screen readers and tests
    QList<QRect> places() const; ///< of the words with their signs, also of those that are not said now

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QFont lineFont() const;
    int lineHeight() const;
    QSize signSize() const;
    QString drawnWords(bool awaited) const;
    void paintDrawn(QPainter *painter, const QRect &place) const;
    void paintPhase(QPainter *painter, const QRect &place, LoadPhase phase) const;
    void fit();
    void note();

    LoadBoard *m_board;
    WallView *m_wall;
    double m_stage = 0;
    bool m_brief = false; ///< there is little room
};

} // namespace Flotilla
