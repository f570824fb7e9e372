// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QPushButton;
class QStackedWidget;

namespace Flotilla {

class ConsoleModel;
class EmptyState;

/// The console of the page: level, text, place; clear, copy, and "Fix with chat" for the last error.
class ConsolePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ConsolePanel(ConsoleModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    void fixRequested(const QString &error);
    void openFile(const QString &path, int line);

private:
    void setupUi();
    void updateState();
    void copy();

    ConsoleModel *m_model;
    QStackedWidget *m_stack;
    QListView *m_list;
    EmptyState *m_empty;
    QPushButton *m_fix;
    QPushButton *m_copy;
    QPushButton *m_clear;
};

} // namespace Flotilla
