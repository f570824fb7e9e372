// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/common/tokens.h"

class QLabel;

namespace Flotilla {

/// A card with a title, a legend at its right and one chart below.
class ChartCard : public Card
{
    Q_OBJECT

public:
    struct Key
    {
        QString name;
        QColor Palette::*color = nullptr; ///< none: words only
        double opacity = 1;
    };
    ChartCard(const QString &title, const QList<Key> &keys, QWidget *chart, QWidget *parent = nullptr);
    void setLarge(bool large);
    QWidget *chart() const { return m_chart; }

private:
    QLabel *m_title;
    QWidget *m_legend;
    QWidget *m_chart;
};

} // namespace Flotilla
