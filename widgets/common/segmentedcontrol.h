// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace Flotilla {

/// Tabs as words in a row, with optional counts; the chosen one is raised. Arrow keys move, the choice is announced
/// once.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    enum class Look { Plain, Framed }; ///< Framed: one border around all (device widths)
    explicit SegmentedControl(QWidget *parent = nullptr, Look look = Look::Plain);

    int addSegment(const QString &text, const QString &toolTip = {}); ///< its index
    void setText(int index, const QString &text);
    void setCount(int index, int count); ///< below 0: none
    /// Shows the segment's text in the colour of a failure.
    void setAlert(int index, bool alert);
    /// Less room around the words, for a narrow pane, and still less when there is none.
    void setCompact(bool compact);
    int count() const { return int(m_segments.size()); }
    int current() const { return m_current; }
    void setCurrent(int index);
    QRect segmentRect(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index); ///< by the user or by setCurrent()

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Segment
    {
        QString text;
        QString toolTip;
        int count = -1;
        bool alert = false;
    };
    int segmentAt(const QPoint &point) const;
    int segmentWidth(const Segment &segment, int padding) const;
    int widthWith(int padding) const;
    QList<Segment> m_segments;
    Look m_look;
    bool m_compact = false;
    bool m_byKeyboard = false; ///< it came to the focus so, or was used so: only then a ring says where it is
    int m_padding;             ///< in force
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace Flotilla
