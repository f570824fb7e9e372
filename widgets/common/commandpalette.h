// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

class QAbstractListModel;
class QLabel;
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
    void setupParts();
    void search(const QString &text);
    void place();
    bool handleKey(int key);
    void move(int step);
    void runCurrent();

    QWidget *m_panel;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_none; ///< instead of the list
    CommandModel *m_model;
    QPointer<QWidget> m_focusBefore;
};

} // namespace Flotilla
