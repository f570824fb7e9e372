// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace Flotilla {

class Card;
class ChartCard;
class LoadBoard;
class RunCharts;
class SegmentedControl;

/// The charts beside the wall: the ramp, and below it all others when there is room, else one of them at a time.
class ChartDeck : public QWidget
{
    Q_OBJECT

public:
    enum Second { Order, Latency, Hosts, Machine };

    explicit ChartDeck(LoadBoard *board, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(): ramp and one other, in larger type; 0: in the window
    void showSecond(int second);
    void showNext();
    int second() const { return m_second; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ChartCard *makeCard(Second which);
    void arrange();
    bool hasRoom() const;
    RunCharts *m_charts;
    ChartCard *m_ramp;
    QList<ChartCard *> m_others;
    SegmentedControl *m_switch;
    QGridLayout *m_grid;
    int m_second = Order;
    double m_stage = 0;
    bool m_arranged = false;
    bool m_roomy = false;
};

} // namespace Flotilla
