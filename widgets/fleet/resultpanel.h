// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/fleetactions.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace Flotilla {

/// What a bulk action could not do, item by item with the reason, until it is tried again or dismissed.
class ResultPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ResultPanel(QWidget *parent = nullptr);
    void show(const FleetActions::Failures &failures);

Q_SIGNALS:
    void retryRequested(Flotilla::FleetAction action, const QList<Flotilla::AppId> &apps, const QString &argument);
    void appClicked(const Flotilla::AppId &app);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_summary;
    QListWidget *m_list;
    FleetActions::Failures m_failures;
};

} // namespace Flotilla
