// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>

namespace Flotilla {

/// A chart as inline SVG. Colours are CSS classes of the report's style sheet, so that light, dark and print work.
/// Pure.
class ReportChart
{
public:
    ReportChart(QString title, double maxX, double maxY, QString unitX, QString unitY);

    /// Between two lines of points with the same x.
    void area(const QString &style, const QString &name, const QList<QPointF> &upper, const QList<QPointF> &lower);
    void line(const QString &style, const QString &name, const QList<QPointF> &points);
    void dots(const QString &style, const QString &name, const QList<QPointF> &points);
    void shade(double until, const QString &name); ///< from the start; over what was drawn before
    void say(const QString &text);                 ///< in the middle: why nothing is drawn
    void mark(double x, const QString &text);
    QString svg() const;

private:
    QString at(QPointF point) const;
    QString path(const QList<QPointF> &points) const;
    QString axes() const;
    void legend(const QString &style, const QString &name);

    QString m_title;
    double m_maxX;
    double m_maxY;
    QString m_unitX;
    QString m_unitY;
    QString m_body;
    QString m_legend;
};

/// A round step so that `max` has four to eight of them.
double chartStep(double max);

} // namespace Flotilla
