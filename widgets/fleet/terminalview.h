// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/terminalscreen.h"

#include <QAbstractScrollArea>
#include <QTimer>

namespace Flotilla {

/// Paints a terminal and gives it the keys. Ctrl+Shift+C copies the selection, Ctrl+Shift+V pastes, Shift+PageUp looks
/// back; Ctrl+Tab leaves it. Repaints at most sixty times a second, whatever is printed.
class TerminalView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    void write(const QByteArray &bytes);
    void clear();
    void setInputEnabled(bool enabled) { m_input = enabled; }
    TerminalScreen &screen() { return *m_screen; }
    QString selectedText() const;
    QSize gridSize() const; ///< columns and rows that fit

Q_SIGNALS:
    void typed(const QByteArray &bytes);
    void resized(int columns, int rows);
    void shown(qint64 bytes); ///< this many bytes were taken in and are on the screen

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool) override { return false; }
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

private:
    struct Position
    {
        int row = 0; ///< counted from the first line of the history
        int column = 0;
        auto operator<=>(const Position &) const = default;
    };
    void applyTheme();
    void frame();
    void follow();
    void copy() const;
    void pasteClipboard();
    bool handleOwnKey(QKeyEvent *event);
    Position positionAt(const QPoint &point) const;
    bool isSelected(int row, int column) const;
    void paintCell(QPainter &painter, const QRect &box, const TerminalCell &cell, bool selected);
    void paintCursor(QPainter &painter, int firstRow);
    int topRow() const; ///< of the view, in rows of the screen (negative: history)

    std::unique_ptr<TerminalScreen> m_screen;
    QTimer m_frame;
    qint64 m_pending = 0;
    QSizeF m_cell;
    int m_ascent = 0;
    Position m_begin, m_end;
    bool m_input = true;
};

} // namespace Flotilla
