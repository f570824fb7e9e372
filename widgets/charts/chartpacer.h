// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QTimer>

namespace Flotilla {

class Chart;

/// Draws the charts that asked for it one after the other, so that no turn of the event loop draws two. GUI thread.
class ChartPacer : public QObject
{
    Q_OBJECT

public:
    static ChartPacer &instance();
    void ask(Chart *chart);
    void forget(Chart *chart);

private:
    ChartPacer();
    void drawNext();

    QList<Chart *> m_waiting;
    QHash<Chart *, qint64> m_drawn; ///< milliseconds of m_clock
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace Flotilla
