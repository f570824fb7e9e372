// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <functional>

class QLabel;

namespace Flotilla {

class Chart;

/// One figure over the last minutes: its name, the present value, a line. Gaps stay gaps. Pointing at it says the value
/// there and when.
class LiveChart : public QWidget
{
    Q_OBJECT

public:
    enum class Tint { Working, Accent, Muted };
    static constexpr double seconds = 300;

    LiveChart(const QString &title, Tint tint, std::function<QString(double)> format, QWidget *parent = nullptr);
    ~LiveChart() override;

    void clear();
    /// `time` in seconds, growing; a value below zero is a gap.
    void add(double time, double value);
    void setFloor(double least) { m_floor = least; } ///< the least the top of the chart stands for
    void setStopped(const QString &text);            ///< instead of the value
    void replot();
    static constexpr int plotHeight = 62;

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showLegend();

    QString m_title;
    std::function<QString(double)> m_format;
    Chart *m_plot;
    QList<double> m_times, m_values;
    QLabel *m_name;
    QLabel *m_value;
    QLabel *m_top;
    QString m_stopped;
    double m_floor = 1;
    double m_latest = -1;
    double m_now = 0;
    double m_from = 0, m_to = 1; ///< what the x axis shows
};

} // namespace Flotilla
