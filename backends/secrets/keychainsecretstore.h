// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/secrets/secretstore.h"

namespace Flotilla {

/// The environment first, then the keychain, where the service is called "flotilla". A name is trusted to be one of
/// ours.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;
    Future<Secret> read(const QString &name) override;
    Future<void> write(const QString &name, const QString &value) override;
    Future<void> remove(const QString &name) override;
};

} // namespace Flotilla
