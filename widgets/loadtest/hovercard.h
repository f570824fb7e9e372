// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Flotilla {

class LoadBoard;
class WallPictures;

/// What one cell of the wall stands for: picture, name, wish, host, times. Floats beside the cell, takes no events.
class HoverCard : public QWidget
{
    Q_OBJECT

public:
    HoverCard(LoadBoard *board, WallPictures *pictures, QWidget *owner);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    /// `at` and `cell` in the coordinates of the owner's window.
    void showFor(int index, const QPoint &at, const QSize &cell);
    void dismiss();
    void note(int index); ///< its picture came
    QString text() const; ///< in one line, for screen readers

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    QStringList lines() const;
    bool isDrawn() const; ///< for want of a picture
    bool paintPicture(QPainter *painter, const QPoint &at) const;
    LoadBoard *m_board;
    WallPictures *m_pictures;
    QWidget *m_owner;
    QTimer m_delay;
    [[nodiscard]] int length(int inWindow) const;
    [[nodiscard]] QSize picture() const;
    double m_scale = 1;
    int m_index = -1;
    QRect m_cell;
};

} // namespace Flotilla
