// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"
#include "widgets/settings/formcard.h"

class QPushButton;

namespace Flotilla {

/// Limits for new sandboxes, and the doctor: what this machine has for them and what to type when something is missing.
class SandboxSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit SandboxSection(AppServices services, QWidget *parent = nullptr);
    void check();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *limitsCard();
    QWidget *idleControl();
    void showChecks(const QList<PreflightCheck> &checks);
    QString report() const;

    AppServices m_services;
    QVBoxLayout *m_list;
    QPushButton *m_again;
    QList<PreflightCheck> m_checks;
};

} // namespace Flotilla
