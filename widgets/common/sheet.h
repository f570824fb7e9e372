// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/controls.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Flotilla {

/// A question or a form in a card over a page: nothing waits for it, the rest of the window goes on. Esc and Cancel
/// close it; Tab stays inside. Deletes itself when it is closed. At most one per page: a second one lies on top.
class Sheet : public QWidget
{
    Q_OBJECT

public:
    Sheet(QWidget *over, const QString &title, int width = 480);

    QVBoxLayout *body() const { return m_body; } ///< between the title and the buttons
    /// A paragraph that may be selected.
    QLabel *addText(const QString &text, Tone tone = Tone::Muted);
    /// At the right; the first primary one is what Enter does. A button does not close by itself.
    QPushButton *addButton(const QString &text, const QString &objectName, ButtonKind kind = ButtonKind::Normal);
    /// At the left of the buttons.
    void addLeading(QWidget *widget);
    QPushButton *cancelButton() const { return m_cancel; }
    void setTitle(const QString &title);
    void open(QWidget *focus = nullptr);
    void close(); ///< without rejected()

Q_SIGNALS:
    void rejected(); ///< by Cancel or Esc

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void place();
    void reject();

    QWidget *m_panel;
    QLabel *m_title;
    QVBoxLayout *m_body;
    QHBoxLayout *m_buttons;
    QPushButton *m_cancel;
    QPushButton *m_primary = nullptr;
    int m_width;
};

} // namespace Flotilla
