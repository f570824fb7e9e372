// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Flotilla {

class LogFeed;
class LogsPage;

/// The live log: follows, searches (Ctrl+F), shows only lines with a word, pauses without losing anything.
class LogTab : public QWidget
{
    Q_OBJECT

public:
    explicit LogTab(LogFeed *feed, QWidget *parent = nullptr);
    bool isPaused() const;

private:
    void setupUi();
    void showAll();
    void add(const QList<LogLine> &lines);
    void updateState();
    bool accepts(const LogLine &line) const;

    LogFeed *m_feed;
    LogsPage *m_page;
    QLineEdit *m_only;
    QPushButton *m_pause;
    QLabel *m_state;
    int m_heldBack = 0;
};

} // namespace Flotilla
