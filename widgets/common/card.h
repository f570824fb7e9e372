// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Flotilla {

/// A surface with a border and rounded corners; put a layout on it. With a shadow it floats (leave 24 px around it).
class Card : public QWidget
{
    Q_OBJECT

public:
    enum class Fill { Surface, Window, Raised, Accent };
    explicit Card(QWidget *parent = nullptr, Fill fill = Fill::Surface);
    ~Card() override;
    void setFill(Fill fill);
    /// An edge in the accent, for a card whose field has the focus.
    void setHighlighted(bool highlighted);
    /// A click beside the controls means the field.
    void setField(QWidget *field);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Fill m_fill;
    bool m_highlighted = false;
};

/// The soft shadow of the prompt field and of everything that floats: paints behind `content`, its only child.
class ShadowFrame : public QWidget
{
    Q_OBJECT

public:
    ShadowFrame(QWidget *content, int radius, QWidget *parent = nullptr);
    static constexpr int spread = 24;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_content;
    int m_radius;
};

} // namespace Flotilla
