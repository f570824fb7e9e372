// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariantAnimation>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace Flotilla {

class ElidedLabel;

/// Rises from below while rows are checked: how many, on which hosts, and what can be done with them. While something
/// is being done it shows how far that is.
class SelectionBar : public QWidget
{
    Q_OBJECT

public:
    explicit SelectionBar(QWidget *parent = nullptr);

    /// `running`: how many of them Stop would end. `where`: "on gpu-box, studio-nas". Nothing chosen: it sinks.
    void setSelection(int chosen, int running, const QString &where);
    void setProgress(const QString &text, int done, int total); ///< total 0: nothing runs
    bool isRaised() const { return m_raised; }
    QPushButton *moveButton() const { return m_move; }
    QPushButton *labelButton() const { return m_label; }

Q_SIGNALS:
    void restartRequested();
    void wakeRequested();
    void moveRequested();
    void labelRequested();
    void deleteRequested();
    void stopRequested();
    void clearRequested();
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setupUi();
    void refresh();
    void raiseTo(bool raised);

    QLabel *m_count;
    ElidedLabel *m_where;
    QProgressBar *m_progress;
    QPushButton *m_wake, *m_restart, *m_move, *m_label, *m_delete, *m_stop, *m_cancel;
    QToolButton *m_clear;
    QVariantAnimation m_motion;
    QString m_text;
    int m_chosen = 0;
    int m_running = 0;
    int m_total = 0;
    bool m_raised = false;
};

} // namespace Flotilla
