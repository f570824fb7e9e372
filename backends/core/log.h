// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace Flotilla {

Q_DECLARE_LOGGING_CATEGORY(logCore)

/// Registers a secret (an API key, a preview host) so that redact() removes it from everything. Any thread.
void addSecretToRedact(const QString &secret);
/// The text with every registered secret, and everything that looks like an API key or a bearer token, replaced.
QString redact(const QString &text);
/// Sends Qt's log to stderr through redact(). Call once in main.
void installLogHandler();

} // namespace Flotilla

/// A broken assumption that must not take the program down: logs file and line, then runs `action`.
#define FLOTILLA_ASSERT(condition, action)                                                                             \
    do {                                                                                                               \
        if (!(condition)) [[unlikely]] {                                                                               \
            qCCritical(Flotilla::logCore, "assumption broken: %s (%s:%d)", #condition, __FILE__, __LINE__);            \
            action;                                                                                                    \
        }                                                                                                              \
    } while (false)
