// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/common/tokens.h"

class QGridLayout;
class QLabel;

namespace Flotilla {

/// A card with a title, a legend at its right (below it where it is narrow) and one chart.
class ChartCard : public Card
{
    Q_OBJECT

public:
    struct Key
    {
        QString name;
        QColor Palette::*color = nullptr;
        double opacity = 1;
        Qt::PenStyle line = Qt::NoPen; ///< else a line stands for it, not a dot
    };
    ChartCard(const QString &title, const QList<Key> &keys, QWidget *chart, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(); 0: in the window

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeLegend();
    QLabel *m_title;
    QWidget *m_legend;
    QGridLayout *m_layout;
    bool m_legendBelow = false;
};

} // namespace Flotilla
