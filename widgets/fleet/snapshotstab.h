// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Flotilla {

class FleetSession;

/// Moments of the sandbox that can be gone back to or made into new apps.
class SnapshotsTab : public QWidget
{
    Q_OBJECT

public:
    explicit SnapshotsTab(FleetSession *session, QWidget *parent = nullptr);
    void setApp(const AppId &app, bool alive);

Q_SIGNALS:
    void openRequested(const Flotilla::AppId &app); ///< a fork

protected:
    void showEvent(QShowEvent *event) override;

private:
    void setupUi();
    void load();
    void show(const Result<QList<SnapshotInfo>> &snapshots);
    QWidget *card(const SnapshotInfo &snapshot);
    void take();
    QWidget *page() const;
    void restore(const SnapshotInfo &snapshot);
    void remove(const SnapshotInfo &snapshot);
    void fork(const SnapshotInfo &snapshot);
    void report(const Error &error);
    void refresh();

    FleetSession *m_session;
    AppId m_app;
    QLineEdit *m_label;
    QPushButton *m_take;
    QLabel *m_hint;
    QVBoxLayout *m_cards;
    bool m_alive = false;
    bool m_loaded = false;
    bool m_busy = false;
};

} // namespace Flotilla
