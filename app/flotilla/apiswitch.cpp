// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/apiswitch.h"

#include "backends/core/continuation.h"
#include "backends/secrets/secretstore.h"
#include "backends/storage/settingsservice.h"

namespace Flotilla {

namespace {

const QString tokenName = QStringLiteral("control-api");

/// What is in the keychain, or else a new one that is put there.
Future<QString> readOrMake(SecretStore *secrets, QObject *context)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const auto finish = [promise](const Result<QString> &token) {
        promise->addResult(token);
        promise->finish();
    };
    whenDone(context, secrets->read(tokenName), [=](const Result<SecretStore::Secret> &secret) {
        if (!secret)
            return finish(secret.error());
        if (secret->source != SecretStore::Source::None && !secret->value.isEmpty())
            return finish(secret->value);
        const QString token = ApiServer::makeToken();
        whenDone(context, secrets->write(tokenName, token), [=](const Status &written) {
            finish(written ? Result<QString>(token) : Result<QString>(written.error()));
        });
    });
    return promise->future();
}

} // namespace

ApiSwitch::ApiSwitch(Application *application, SettingsService *settings, SecretStore *secrets, QObject *parent)
    : ApiControl(parent)
    , m_settings(settings)
    , m_secrets(secrets)
    , m_server(application)
{
    connect(settings, &SettingsService::changed, this, [this](Setting setting) {
        if (setting == Setting::ApiEnabled || setting == Setting::ApiPort)
            apply();
    });
    apply();
}

ApiControl::State ApiSwitch::state() const
{
    return {m_server.isOn(), m_server.port(), m_problem};
}

void ApiSwitch::apply()
{
    const auto port = quint16(m_settings->value(Setting::ApiPort).toInt());
    const bool wanted = m_settings->value(Setting::ApiEnabled).toBool();
    if (m_server.isOn() && (!wanted || m_server.port() != port))
        m_server.end();
    if (!wanted || m_server.isOn())
        return setProblem({});
    whenDone(this, token(), [this](const Result<QString> &token) { open(token); });
}

/// The setting may have changed while the keychain was asked.
void ApiSwitch::open(const Result<QString> &token)
{
    if (m_server.isOn() || !m_settings->value(Setting::ApiEnabled).toBool())
        return;
    if (!token)
        return setProblem(token.error().text);
    const Status begun = m_server.begin(quint16(m_settings->value(Setting::ApiPort).toInt()), *token);
    setProblem(begun ? QString() : begun.error().text);
}

void ApiSwitch::setProblem(const QString &problem)
{
    m_problem = problem;
    Q_EMIT changed();
}

Future<QString> ApiSwitch::token()
{
    if (m_asked.isFinished())
        m_asked = readOrMake(m_secrets, this); // never two at once: each would make its own
    return m_asked;
}

Future<QString> ApiSwitch::newToken()
{
    const QString token = ApiServer::makeToken();
    return continueOn(this, m_secrets->write(tokenName, token), [this, token](const Status &written) {
        if (!written)
            return Result<QString>(written.error());
        m_server.setToken(token);
        return Result<QString>(token);
    });
}

} // namespace Flotilla
