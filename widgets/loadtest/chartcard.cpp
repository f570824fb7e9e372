// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/chartcard.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadlook.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include <numeric>

namespace Flotilla {

namespace {

constexpr int legendHeight = 20;
constexpr int dotWidth = 13;  ///< with its distance to the word
constexpr int lineWidth = 20; ///< the same of a line
constexpr int keyGap = Space::m;

/// Dots or lines and words, from the right; smaller where there is little room, and then left out from the end.
class Legend : public QWidget
{
public:
    explicit Legend(const QList<ChartCard::Key> &keys)
        : m_keys(keys)
    {
        setObjectName(QStringLiteral("chartLegend"));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setStage(0);
    }
    void setStage(double scale)
    {
        m_font = scaled(Theme::instance().font(scale > 0 ? TextSize::Base : TextSize::Small), scale);
        setFixedHeight(std::max(legendHeight, QFontMetrics(m_font).height() + 2));
        update();
    }
    int wanted() const { return wanted(m_font); } ///< so that nothing is left out

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QFont font = wanted() <= width() ? m_font : Theme::instance().font(TextSize::Small);
        painter.setFont(font);
        qsizetype shown = m_keys.size();
        int all = wanted(font);
        while (shown > 0 && all > width())
            all -= widthOf(m_keys[--shown], font);
        int x = width() - std::max(0, all);
        for (qsizetype i = 0; i < shown; ++i) {
            x = paintKey(&painter, m_keys[i], x) + keyGap;
        }
    }

private:
    int wanted(const QFont &font) const
    {
        return std::accumulate(m_keys.begin(), m_keys.end(), -keyGap,
                               [&](int sum, const ChartCard::Key &key) { return sum + widthOf(key, font); });
    }
    static int signWidth(const ChartCard::Key &key) { return key.line == Qt::NoPen ? dotWidth : lineWidth; }
    static int widthOf(const ChartCard::Key &key, const QFont &font)
    {
        return QFontMetrics(font).horizontalAdvance(key.name) + signWidth(key) + keyGap;
    }
    void paintSign(QPainter *painter, const ChartCard::Key &key, int x) const
    {
        QColor color = colors().*key.color;
        color.setAlphaF(float(key.opacity));
        if (key.line == Qt::NoPen) {
            painter->setBrush(color);
            painter->setPen(Qt::NoPen);
            painter->drawEllipse(QPointF(x + 4, height() / 2.0), 4, 4);
            return;
        }
        painter->setPen(QPen(color, 2, key.line, Qt::FlatCap));
        painter->drawLine(QPointF(x, height() / 2.0), QPointF(x + lineWidth - 6, height() / 2.0));
    }
    int paintKey(QPainter *painter, const ChartCard::Key &key, int x) const
    {
        paintSign(painter, key, x);
        x += signWidth(key);
        painter->setPen(colors().muted);
        const int width = painter->fontMetrics().horizontalAdvance(key.name);
        painter->drawText(QRect(x, 0, width, height()), Qt::AlignVCenter, key.name);
        return x + width;
    }
    QList<ChartCard::Key> m_keys;
    QFont m_font;
};

} // namespace

ChartCard::ChartCard(const QString &title, const QList<Key> &keys, QWidget *chart, QWidget *parent)
    : Card(parent)
    , m_title(makeLabel(title, TextSize::Base, Tone::Text, QFont::DemiBold))
    , m_legend(new Legend(keys))
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(Space::m, Space::m, Space::m, Space::s);
    m_layout->setHorizontalSpacing(Space::m);
    m_layout->setVerticalSpacing(Space::xs);
    m_layout->setColumnStretch(1, 1);
    m_layout->setRowStretch(2, 1);
    m_layout->setRowMinimumHeight(0, m_legend->minimumHeight()); // titles stand on one line, with a legend or without
    m_layout->addWidget(m_title, 0, 0);
    m_layout->addWidget(m_legend, 0, 1);
    m_layout->addWidget(chart, 2, 0, 1, 2);
    chart->setAccessibleName(title);
    connect(&Theme::instance(), &Theme::changed, m_legend, qOverload<>(&QWidget::update));
}

void ChartCard::setStage(double scale)
{
    m_title->setFont(
        scaled(Theme::instance().font(scale > 0 ? TextSize::Title : TextSize::Base, QFont::DemiBold), scale));
    static_cast<Legend *>(m_legend)->setStage(scale);
    m_layout->setRowMinimumHeight(0, m_legend->minimumHeight());
    placeLegend();
}

// Beside the title, or below it where it would lose words.
void ChartCard::placeLegend()
{
    const int room = width() - 2 * Space::m - m_title->sizeHint().width() - Space::m;
    const bool below = static_cast<Legend *>(m_legend)->wanted() > room;
    if (std::exchange(m_legendBelow, below) == below)
        return;
    m_layout->removeWidget(m_legend);
    if (below)
        m_layout->addWidget(m_legend, 1, 0, 1, 2);
    else
        m_layout->addWidget(m_legend, 0, 1);
}

void ChartCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    placeLegend();
}

} // namespace Flotilla
