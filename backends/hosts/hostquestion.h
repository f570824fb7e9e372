// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace Flotilla {

/// What only the person can answer while a host connects. Texts are sentences that name the host and the key.
struct HostQuestion
{
    enum class Kind { UnknownHostKey, Passphrase, Password, KeyboardInteractive };
    Kind kind = Kind::UnknownHostKey;
    QString host; ///< label
    QString title;
    QString text;
    QString fingerprint; ///< "SHA256:...", of an unknown host key
    QStringList prompts; ///< one per answer
    QList<bool> visible; ///< per prompt: may the answer be shown while it is typed
};

struct HostAnswer
{
    bool accepted = false;
    QStringList answers; ///< one per prompt; never stored, never logged
};

/// Asks the person, or a script's policy. May be called on the service thread; answers there.
using AskPerson = std::function<Future<HostAnswer>(const HostQuestion &)>;

} // namespace Flotilla
