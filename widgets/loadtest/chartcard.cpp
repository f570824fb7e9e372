// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/chartcard.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

/// Dots and words, from the right; what does not fit is left out from the end.
class Legend : public QWidget
{
public:
    explicit Legend(const QList<ChartCard::Key> &keys)
        : m_keys(keys)
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFixedHeight(20);
    }
    void setSize(TextSize size)
    {
        m_size = size;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(Theme::instance().font(m_size));
        const QFontMetrics metrics = painter.fontMetrics();
        qsizetype shown = m_keys.size();
        const auto widthOf = [&](const ChartCard::Key &key) {
            return metrics.horizontalAdvance(key.name) + (key.color ? 13 : 0) + Space::s;
        };
        int all = -Space::s;
        for (const auto &key : m_keys)
            all += widthOf(key);
        while (shown > 0 && all > width())
            all -= widthOf(m_keys[--shown]);
        int x = width() - std::max(0, all);
        for (qsizetype i = 0; i < shown; ++i) {
            x = paintKey(&painter, m_keys[i], x) + Space::s;
        }
    }

private:
    int paintKey(QPainter *painter, const ChartCard::Key &key, int x) const
    {
        if (key.color) {
            QColor color = colors().*key.color;
            color.setAlphaF(float(key.opacity));
            painter->setBrush(color);
            painter->setPen(Qt::NoPen);
            painter->drawEllipse(QPointF(x + 4, height() / 2.0), 4, 4);
            x += 13;
        }
        painter->setPen(colors().muted);
        const int width = painter->fontMetrics().horizontalAdvance(key.name);
        painter->drawText(QRect(x, 0, width, height()), Qt::AlignVCenter, key.name);
        return x + width;
    }
    QList<ChartCard::Key> m_keys;
    TextSize m_size = TextSize::Small;
};

} // namespace

ChartCard::ChartCard(const QString &title, const QList<Key> &keys, QWidget *chart, QWidget *parent)
    : Card(parent)
    , m_title(makeLabel(title, TextSize::Base, Tone::Text, QFont::DemiBold))
    , m_legend(new Legend(keys))
    , m_chart(chart)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::m, Space::m, Space::m, Space::s);
    layout->setSpacing(Space::xs);
    auto *header = new QHBoxLayout;
    header->setSpacing(Space::m);
    header->addWidget(m_title);
    header->addWidget(m_legend, 1);
    layout->addLayout(header);
    layout->addWidget(chart, 1);
    chart->setAccessibleName(title);
    connect(&Theme::instance(), &Theme::changed, m_legend, qOverload<>(&QWidget::update));
}

void ChartCard::setLarge(bool large)
{
    m_title->setFont(Theme::instance().font(large ? TextSize::Title : TextSize::Base, QFont::DemiBold));
    static_cast<Legend *>(m_legend)->setSize(large ? TextSize::Base : TextSize::Small);
}

} // namespace Flotilla
