// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/reportchart.h"

#include <cmath>

namespace Flotilla {

namespace {

constexpr double width = 860, height = 280, left = 56, right = 12, top = 12, bottom = 34;

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString tick(double value)
{
    return QString::number(value, 'g', 6);
}

} // namespace

double chartStep(double max)
{
    const double rough = std::max(max, 1e-9) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power)
            return factor * power;
    return 10 * power;
}

ReportChart::ReportChart(QString title, double maxX, double maxY, QString unitX, QString unitY)
    : m_title(std::move(title))
    , m_maxX(std::max(maxX, 1e-3))
    , m_maxY(std::max(maxY, 1e-3))
    , m_unitX(std::move(unitX))
    , m_unitY(std::move(unitY))
{
}

QString ReportChart::at(QPointF point) const
{
    const double x = left + point.x() / m_maxX * (width - left - right);
    const double y = height - bottom - std::min(1.0, point.y() / m_maxY) * (height - top - bottom);
    return number(x) + QLatin1Char(',') + number(y);
}

QString ReportChart::path(const QList<QPointF> &points) const
{
    QStringList places;
    places.reserve(points.size());
    for (const QPointF &point : points)
        places.append(at(point));
    return places.join(QLatin1Char(' '));
}

void ReportChart::legend(const QString &style, const QString &name)
{
    m_legend += QStringLiteral("<span><i class=\"%1\"></i>%2</span>").arg(style, name.toHtmlEscaped());
}

void ReportChart::area(const QString &style, const QString &name, const QList<QPointF> &upper,
                       const QList<QPointF> &lower)
{
    QList<QPointF> outline = upper;
    for (auto point = lower.crbegin(); point != lower.crend(); ++point)
        outline.append(*point);
    m_body += QStringLiteral("<polygon class=\"%1\" points=\"%2\"/>").arg(style, path(outline));
    legend(style, name);
}

void ReportChart::line(const QString &style, const QString &name, const QList<QPointF> &points)
{
    m_body += QStringLiteral("<polyline class=\"line %1\" points=\"%2\"/>").arg(style, path(points));
    legend(style, name);
}

void ReportChart::dots(const QString &style, const QString &name, const QList<QPointF> &points)
{
    QString drawn;
    for (const QPointF &point : points)
        drawn += QStringLiteral("M%1h0").arg(at(point)); // a round cap makes it a dot
    m_body += QStringLiteral("<path class=\"dots %1\" d=\"%2\"/>").arg(style, drawn);
    legend(style, name);
}

void ReportChart::shade(double until, const QString &name)
{
    const QStringList corner = at({std::min(until, m_maxX), m_maxY}).split(QLatin1Char(','));
    const QString size = QStringLiteral("width=\"%1\" height=\"%2\"")
                             .arg(number(corner[0].toDouble() - left), number(height - top - bottom));
    m_body += QStringLiteral("<rect class=\"warm\" x=\"%1\" y=\"%2\" %3><title>%4</title></rect>"
                             "<line class=\"warm\" x1=\"%5\" x2=\"%5\" y1=\"%2\" y2=\"%6\"/>")
                  .arg(number(left), number(top), size, name.toHtmlEscaped(), corner[0], number(height - bottom));
    legend(QStringLiteral("warm"), name);
}

void ReportChart::say(const QString &text)
{
    m_body += QStringLiteral("<text class=\"none\" x=\"%1\" y=\"%2\" text-anchor=\"middle\">%3</text>")
                  .arg(number((left + width - right) / 2), number((top + height - bottom) / 2), text.toHtmlEscaped());
}

void ReportChart::mark(double x, const QString &text)
{
    const QStringList foot = at({x, 0}).split(QLatin1Char(','));
    m_body += QStringLiteral("<line class=\"mark\" x1=\"%1\" x2=\"%1\" y1=\"%2\" y2=\"%3\"><title>%4</title></line>")
                  .arg(foot[0], number(top), foot[1], text.toHtmlEscaped());
}

QString ReportChart::axes() const
{
    QString drawn;
    const double stepX = chartStep(m_maxX);
    for (int i = 0; i * stepX <= m_maxX * 1.0001; ++i) {
        const double x = i * stepX;
        const QString place = at({x, 0}).section(QLatin1Char(','), 0, 0);
        const bool isAtEnd = x > m_maxX * 0.98; // where half of it would be cut off
        drawn += QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\">%4</text>")
                     .arg(place, number(height - bottom + 16),
                          isAtEnd ? QStringLiteral("end") : QStringLiteral("middle"), tick(x));
    }
    const double stepY = chartStep(m_maxY);
    for (int i = 0; i * stepY <= m_maxY * 1.0001; ++i) {
        const double y = i * stepY;
        const QString place = at({0, y}).section(QLatin1Char(','), 1, 1);
        drawn += QStringLiteral("<line class=\"grid\" x1=\"%1\" x2=\"%2\" y1=\"%3\" y2=\"%3\"/>"
                                "<text x=\"%4\" y=\"%3\" dy=\"4\" text-anchor=\"end\">%5</text>")
                     .arg(number(left), number(width - right), place, number(left - 6), tick(y));
    }
    return drawn + QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"end\">%3</text>")
                       .arg(number(width - right), number(height - 4), m_unitX.toHtmlEscaped());
}

QString ReportChart::svg() const
{
    return QStringLiteral("<figure><figcaption>%1 <small>%2</small></figcaption>"
                          "<svg viewBox=\"0 0 %3 %4\" role=\"img\" aria-label=\"%1\">%5%6</svg>"
                          "<div class=\"legend\">%7</div></figure>")
        .arg(m_title.toHtmlEscaped(), m_unitY.toHtmlEscaped())
        .arg(width)
        .arg(height)
        .arg(axes(), m_body, m_legend);
}

} // namespace Flotilla
