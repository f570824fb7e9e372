// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QElapsedTimer>
#include <QHeaderView>
#include <QSet>
#include <QTableView>

namespace Flotilla {

class FleetModel;

/// The titles of the columns; the first is a check box for all rows that match.
class FleetHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit FleetHeader(FleetModel *model, QWidget *parent = nullptr);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintTitle(QPainter *painter, const QRect &rect, int section) const;
    void mouseReleaseEvent(QMouseEvent *event) override;
    QSize sizeHint() const override;

private:
    FleetModel *m_model;
};

/// The table of the board. The current row is what the detail pane shows; what actions touch are the check marks. Both
/// go by app, so they survive every update. Click or arrow keys: current; Space, the box or Ctrl+click: check; Shift:
/// a range; Ctrl+A: all; Esc: none; Enter opens; Delete deletes.
class FleetView : public QTableView
{
    Q_OBJECT

public:
    explicit FleetView(FleetModel *model, QWidget *parent = nullptr);

    AppId currentApp() const { return m_current; }
    void setCurrentApp(const AppId &app);
    void setMenuOpen(bool open) { m_menuOpen = open; }
    void setColumnShown(int column, bool shown);
    bool isColumnChosen(int column) const { return !isColumnHidden(column) || m_squeezed.contains(column); }
    void fitColumns(); ///< until a person drags one
    bool hasOwnWidths() const { return m_ownWidths; }
    void setOwnWidths(bool own) { m_ownWidths = own; }

Q_SIGNALS:
    void currentAppChanged(const Flotilla::AppId &app);
    void openRequested(const Flotilla::AppId &app);
    void deleteRequested();
    void menuRequested(const QPoint &globalPosition);
    void columnsChanged(); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void setupHeader();
    void shareWidth();
    void showSqueezed();
    void followModel();
    void rememberPlace();
    void leaveGoneApp();
    void restorePlace();
    void setHovered(int row);
    void updateRow(int row);
    void extendTo(int row);
    void setAnchor(int row);
    bool handleKey(QKeyEvent *event);
    int usage() const;
    QRect rowRect(int row) const;

    FleetModel *m_model;
    AppId m_current;
    AppId m_top; ///< at the upper edge before a reset
    int m_topOffset = 0;
    int m_anchor = -1;
    QList<AppId> m_extended; ///< what the range from the anchor has marked so far
    int m_currentRow = -1;   ///< before a reset
    int m_hovered = -1;
    bool m_dragChecks = false;
    bool m_dragValue = false;
    bool m_menuOpen = false;
    bool m_byKeyboard = false;
    bool m_restoring = false;
    QSet<int> m_squeezed; ///< chosen, but there is no room for them now
    bool m_ownWidths = false;
    bool m_fitting = false;
    QElapsedTimer m_lastInput;
};

} // namespace Flotilla
