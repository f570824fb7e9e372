// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QObject>
#include <QString>

#include <memory>

namespace Flotilla {

/// API keys. In the OS keychain (QtKeychain), or from an environment variable, which wins. Never anywhere else.
/// Every value read or written is registered with addSecretToRedact(). Any thread.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    enum class Source { None, Environment, Keychain };
    struct Secret
    {
        QString value;
        Source source = Source::None;
    };

    using QObject::QObject;
    /// `name` is "anthropic", "openai" or an endpoint's id. No key is a success with Source::None.
    virtual Future<Secret> read(const QString &name) = 0;
    /// Fails with Unavailable and a remedy when there is no keychain; what was stored before stays untouched.
    virtual Future<void> write(const QString &name, const QString &value) = 0;
    virtual Future<void> remove(const QString &name) = 0;
};

/// The real one. ANTHROPIC_API_KEY and OPENAI_API_KEY are looked up for "anthropic" and "openai".
std::unique_ptr<SecretStore> makeKeychainSecretStore(QObject *parent = nullptr);

} // namespace Flotilla
