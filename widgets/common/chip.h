// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QAbstractButton>

#include <optional>

class QMenu;

namespace Flotilla {

/// A small pill: a choice (with a menu and an arrow), an action, or a status (with a dot).
class Chip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Chip(const QString &text, QWidget *parent = nullptr);
    /// Shows an arrow and opens the menu on click. The chip owns it.
    void setMenu(QMenu *menu);
    QMenu *menu() const { return m_menu; }
    void setStatus(std::optional<StatusKind> status); ///< a dot, and the text in its colour
    void setStatic(bool isStatic);                    ///< not clickable, no hover
    void setMaximumTextWidth(int width);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString shownText() const;
    QMenu *m_menu = nullptr;
    std::optional<StatusKind> m_status;
    bool m_static = false;
    int m_maximumTextWidth = 220;
};

} // namespace Flotilla
