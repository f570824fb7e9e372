// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"
#include "widgets/settings/formcard.h"

class QLabel;
class QPushButton;

namespace Flotilla {

class StatusLabel;

/// The control API for scripts: off or on, its port, its token.
class ApiSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit ApiSection(const AppServices &services, QWidget *parent = nullptr);

private:
    QWidget *switchCard();
    QWidget *tokenCard();
    void showState();
    void copyToken();
    void renewToken();
    QString example() const;

    AppServices m_services;
    StatusLabel *m_status;
    QLabel *m_problem;
    QLabel *m_example;
    QPushButton *m_copy;
    QPushButton *m_renew;
};

} // namespace Flotilla
