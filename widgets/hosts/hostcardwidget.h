// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/common/card.h"

class QCheckBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace Flotilla {

class ElidedLabel;
class StatusLabel;

/// One host on the Hosts screen: what it is, how it is, what can be done with it.
class HostCardWidget : public Card
{
    Q_OBJECT

public:
    explicit HostCardWidget(const HostCard &host, QWidget *parent = nullptr);
    void show(const HostCard &host);
    using QWidget::show;
    const HostCard &host() const { return m_host; }

Q_SIGNALS:
    void testRequested();
    void editRequested();
    void removeRequested();
    void appsRequested();
    void reconnectRequested();
    void drainingChanged(bool draining);

private:
    struct Meter
    {
        QLabel *text = nullptr;
        QProgressBar *bar = nullptr;
    };
    Meter addMeter(QGridLayout *grid, const QString &title);
    void setMeter(const Meter &meter, const QString &text, double share);
    QWidget *buttonRow();
    QString factText() const;

    HostCard m_host;
    ElidedLabel *m_name;
    StatusLabel *m_state;
    QPushButton *m_apps;
    QLabel *m_facts;
    QLabel *m_problem;
    QPushButton *m_retry;
    QCheckBox *m_draining;
    QPushButton *m_remove = nullptr;
    QWidget *m_meters;
    QProgressBar *m_preparing; ///< how far what apps need was copied
    Meter m_cpu, m_memory, m_room;
};

} // namespace Flotilla
