// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QAbstractListModel;
class QLineEdit;
class QListView;

namespace Flotilla {

struct Command
{
    QString title;
    QString group; ///< "App", "Go to", "View": shown before the title, quiet
    QString icon;
    QString shortcut; ///< portable text; only shown
    std::function<void()> run;
};

class CommandModel;

/// Everything the program can do, found by typing a few letters of it. Opens over the window, Esc closes it and gives
/// the focus back.
class CommandPalette : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);
    void open(const QList<Command> &commands);
    void close();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    bool handleKey(int key);
    void move(int step);
    void runCurrent();

    QWidget *m_panel;
    QLineEdit *m_field;
    QListView *m_list;
    CommandModel *m_model;
    QWidget *m_focusBefore = nullptr;
};

} // namespace Flotilla
