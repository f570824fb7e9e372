// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QTimer>
#include <QWidget>

namespace Flotilla {

class LoadBoard;

/// How many are live of how many, large, and four numbers beside it. The number runs up in at most five steps and is
/// never ahead of the truth.
class CounterStrip : public QWidget
{
    Q_OBJECT

public:
    explicit CounterStrip(LoadBoard *board, QWidget *parent = nullptr);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    int shown() const { return m_shown; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Figure
    {
        QString value;
        QString caption;
        QColor color;
    };
    QList<Figure> figures() const;
    int paintNumber(QPainter *painter) const;
    QList<int> columnsOf(const QList<Figure> &figures, int room) const; ///< their widths
    void take();
    void describe(); ///< all of it, for who does not see it
    void step();
    bool isLarge() const { return m_stage > 0; }
    int length(int inWindow, int onStage) const; ///< in pixels
    QFont font(TextSize inWindow, TextSize onStage, QFont::Weight weight = QFont::Normal) const;
    QFont numberFont() const;
    int baseline() const;
    int captionLine() const;

    LoadBoard *m_board;
    QTimer m_timer;
    double m_stage = 0;
    int m_shown = 0;
    int m_target = 0;
    int m_stepsLeft = 0;
};

} // namespace Flotilla
