// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QVBoxLayout;

namespace Flotilla {

class EmptyState;
class LoadSource;
struct LoadComparison;

/// The stored runs: one selected shows what it was, two selected compares them.
class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(LoadSource *source, QWidget *parent = nullptr);
    void load();
    void setBusy(bool busy); ///< a run is under way: no replay
    const QList<LoadRunInfo> &runs() const { return m_runs; }
    QTableWidget *table() const { return m_table; }

Q_SIGNALS:
    void replayRequested(const QString &run, double speed);
    void reportRequested(const QString &run);
    void exportRequested(const QString &run, const QString &format);
    void newRunRequested();
    void failed(const QString &sentence);

private:
    QWidget *makeTable();
    void fitModel();
    QWidget *makeDetail();
    QWidget *makeActions();
    void fill();
    void fillRow(int row, const LoadRunInfo &run);
    void selectionChanged();
    void showOne(const LoadRunInfo &run);
    void showComparison(const LoadComparison &comparison);
    void showTwo(const LoadRunInfo &before, const LoadRunInfo &after);
    void clearDetail();
    void addFact(const QString &name, const QString &value, int tone = 0);
    QList<LoadRunInfo> selected() const;
    void removeSelected();

    LoadSource *m_source;
    QList<LoadRunInfo> m_runs;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTableWidget *m_table = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QWidget *m_actions = nullptr;
    QList<QPushButton *> m_replay;
    QVBoxLayout *m_facts = nullptr;
    int m_round = 0; ///< answers for an earlier detail are dropped
    bool m_busy = false;
};

} // namespace Flotilla
