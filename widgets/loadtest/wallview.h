// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/wallgrid.h"
#include "widgets/loadtest/wallpainter.h"

#include "backends/core/id.h"

#include <QAbstractScrollArea>
#include <QBitArray>
#include <QElapsedTimer>
#include <QTimer>

#include <deque>

namespace Flotilla {

class HoverCard;
class LoadBoard;
class WallPictures;

/// One cell per app in order of submission; a cell never moves. Painted into one image of the size of the widget;
/// changed cells are painted a few milliseconds at a time, so ten thousand of them do not hold up the window.
class WallView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    enum class Zoom { Heat = 1, Pictures, Heroes };

    WallView(LoadBoard *board, WallPictures *pictures, QWidget *parent = nullptr);

    Zoom zoom() const { return m_zoom; }
    void setZoom(Zoom zoom);
    void setStage(double scale); ///< as stageScale(); 0: in the window
    double magnification() const { return m_magnification; }
    void magnify(double factor); ///< 1: all cells fit
    int current() const { return m_current; }
    void setCurrent(int index);
    const WallGrid &grid() const { return m_grid; }
    QRect cellRect(int index) const; ///< in the viewport
    bool isSettled() const { return m_queue.empty(); }
    QString summary() const;                                      ///< for screen readers
    int drawnCards() const { return int(m_isDrawn.count(true)); } ///< painted instead of pictures
    bool awaitsPictures() const;                                  ///< they will take the place of those

Q_SIGNALS:
    void openRequested(int index);
    void zoomChanged();
    void drawnChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void relayout();
    void invalidate();
    void repaintPhases();
    void noteRows(const QList<int> &indexes);
    void notePicture(const AppId &app);
    void enqueue(int index);
    void work();
    void paintCell(QPainter *painter, int index);
    bool showsApp(int index) const; ///< rather than its phase
    void flash(int index);
    void paintFlashes(QPainter *painter);
    void follow();
    void step(int by);
    void hover(int index);
    void describe();
    int offset() const;

    LoadBoard *m_board;
    WallPictures *m_pictures;
    HoverCard *m_card;
    WallGrid m_grid;
    WallPainter m_painter;
    QImage m_cache;
    Zoom m_zoom = Zoom::Pictures;
    double m_magnification = 1;
    std::deque<int> m_queue;
    QBitArray m_isQueued;
    QBitArray m_wasLive;
    QBitArray m_isDrawn; ///< a card stands in for a picture
    QTimer m_work;
    QTimer m_flashTimer;
    QElapsedTimer m_clock;
    struct Flash
    {
        int index;
        qint64 since;
    };
    std::deque<Flash> m_flashes;
    QHash<AppId, int> m_indexes;
    int m_current = -1;
    int m_hovered = -1;
    bool m_followsNewest = true;
    bool m_scrollsItself = false;
};

} // namespace Flotilla
