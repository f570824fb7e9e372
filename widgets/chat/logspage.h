// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace Flotilla {

class FindBar;

/// What the sandbox says: build, server, agent. Follows the end unless a person scrolled up; bounded; search;
/// errors have their colour. Lines are added in batches, at most ten times a second.
class LogsPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr int MaxLines = 5000;

    explicit LogsPage(QWidget *parent = nullptr);
    void setLines(const QList<LogLine> &lines);
    void append(const LogLine &line);
    void openSearch();
    bool isFollowing() const;
    QString text() const;

private:
    void setupUi();
    void add(const QList<LogLine> &lines);
    void color();
    void flush();
    void updateState();
    static QString format(const LogLine &line);

    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    FindBar *m_find;
    QPushButton *m_follow;
    QList<LogLine> m_waiting;
    QTimer m_timer;
};

} // namespace Flotilla
