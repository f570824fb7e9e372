// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QPointF>
#include <QWidget>

class QLabel;

namespace Flotilla {

class Chart;
class Chip;
class LoadBoard;

/// A run as one slide: one number, one chart, one line of conditions.
class EndCard : public QWidget
{
    Q_OBJECT

public:
    explicit EndCard(LoadBoard *board, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    void take();                 ///< reads the run as it is now
    QString headline() const;
    QString conditions() const;

    /// Live apps over the seconds of a run, until the last came alive: what the headline says, also when no sample was
    /// taken at that moment.
    static QList<QPointF> curve(const QList<LoadSample> &samples, double reached, int live);

Q_SIGNALS:
    void closeRequested();
    void reportRequested();

private:
    void setupLabels();
    void drawChart();
    QString subline() const;
    static QString referenceWords(int target, double end);
    static bool showsReference(int target, double end);
    double chartEnd() const;
    LoadBoard *m_board;
    QLabel *m_number;
    QLabel *m_of;
    QLabel *m_sentence;
    QLabel *m_subline;
    QLabel *m_conditions;
    QWidget *m_buttons;
    Chip *m_replay;
    Chip *m_simulated;
    Chart *m_chart;
};

} // namespace Flotilla
