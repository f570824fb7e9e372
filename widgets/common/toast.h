// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace Flotilla {

/// A short message at the bottom of a window, with at most one action (Undo). One at a time per window; the next one
/// replaces it. It stays while the pointer is on it, takes no focus and covers nothing that must be read.
class Toast : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Info, Error };
    /// Shows it over the window of `anchor`.
    static void show(QWidget *anchor, const QString &text, Kind kind = Kind::Info);
    static void showWithAction(QWidget *anchor, const QString &text, const QString &action, std::function<void()> run);
    static constexpr int seconds = 7;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit Toast(QWidget *window);
    static Toast *of(QWidget *anchor);
    void present(const QString &text, Kind kind, const QString &action, std::function<void()> run);
    void place();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QTimer *m_timer;
    std::function<void()> m_run;
};

} // namespace Flotilla
