// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Flotilla {

class HostSession;

/// The test of a host, step by step: each turns green, or says what to do with a command that can be copied.
class HostTestPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HostTestPanel(HostSession *session, QWidget *parent = nullptr);
    ~HostTestPanel() override;

    void run(const HostConfig &config);
    void cancel();
    bool isRunning() const { return m_running; }
    bool hasPassed() const;

Q_SIGNALS:
    void finished(bool passed);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QLabel *mark = nullptr;
        QLabel *title = nullptr;
        QLabel *text = nullptr;
        QWidget *remedyBox = nullptr;
        QLabel *remedy = nullptr;
    };
    Row makeRow();
    void show(const HostTestStep &step);
    void showMark(const Row &row, HostTestStep::State state);
    void finish(const Result<QList<HostTestStep>> &steps);
    int indexOf(const QString &step) const;

    HostSession *m_session;
    QVBoxLayout *m_layout;
    QList<Row> m_rows;
    QList<HostTestStep> m_steps;
    QLabel *m_summary;
    QString m_test;
    bool m_running = false;
};

} // namespace Flotilla
