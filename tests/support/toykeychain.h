// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/secrets/secretstore.h"

#include <QHash>

namespace Flotilla::Test {

/// Keeps keys in memory; can be locked.
class ToyKeychain : public SecretStore
{
public:
    Future<Secret> read(const QString &name) override
    {
        ++reads;
        if (locked)
            return readyFuture<Secret>(Error{ErrorKind::Unavailable, QStringLiteral("The keychain is locked."), {}});
        return readyFuture<Secret>(values.contains(name) ? Secret{values.value(name), Source::Keychain} : Secret{});
    }
    Future<void> write(const QString &name, const QString &value) override
    {
        if (locked)
            return readyFuture<void>(Error{ErrorKind::Unavailable, QStringLiteral("The keychain is locked."), {}});
        values.insert(name, value);
        return readyFuture<void>(Status());
    }
    Future<void> remove(const QString &name) override
    {
        values.remove(name);
        return readyFuture<void>(Status());
    }

    QHash<QString, QString> values;
    int reads = 0;
    bool locked = false;
};

} // namespace Flotilla::Test
