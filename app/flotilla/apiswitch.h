// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiserver.h"
#include "backends/core/future.h"
#include "widgets/settings/apicontrol.h"

namespace Flotilla {

class SecretStore;
class SettingsService;

/// The control API of the window: on while its setting says so. The token is in the keychain and nowhere else, so
/// without a keychain it stays off and says why.
class ApiSwitch : public ApiControl
{
    Q_OBJECT

public:
    ApiSwitch(Application *application, SettingsService *settings, SecretStore *secrets, QObject *parent = nullptr);

    State state() const override;
    Future<QString> token() override;
    Future<QString> newToken() override;

private:
    void apply();
    void open(const Result<QString> &token);
    void setProblem(const QString &problem);

    SettingsService *m_settings;
    SecretStore *m_secrets;
    ApiServer m_server;
    QString m_problem;
    Future<QString> m_asked; ///< the token, while the keychain is asked
};

} // namespace Flotilla
