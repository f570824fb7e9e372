// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/sandboxtypes.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

template <typename Enum>
struct Name
{
    Enum value;
    const char *stable;
    const char *words;
};

constexpr Name<SandboxState> stateNames[] = {
    {SandboxState::Pending, "pending", QT_TRANSLATE_NOOP("Sandbox", "Waiting")},
    {SandboxState::Creating, "creating", QT_TRANSLATE_NOOP("Sandbox", "Starting")},
    {SandboxState::Running, "running", QT_TRANSLATE_NOOP("Sandbox", "Running")},
    {SandboxState::Stopping, "stopping", QT_TRANSLATE_NOOP("Sandbox", "Stopping")},
    {SandboxState::Stopped, "stopped", QT_TRANSLATE_NOOP("Sandbox", "Stopped")},
    {SandboxState::Failed, "failed", QT_TRANSLATE_NOOP("Sandbox", "Needs a look")},
    {SandboxState::Lost, "lost", QT_TRANSLATE_NOOP("Sandbox", "Out of reach")},
};

constexpr Name<SandboxReason> reasonNames[] = {
    {SandboxReason::None, "", ""},
    {SandboxReason::Exited, "exited", QT_TRANSLATE_NOOP("Sandbox", "it ended by itself")},
    {SandboxReason::Killed, "killed", QT_TRANSLATE_NOOP("Sandbox", "it was ended from outside")},
    {SandboxReason::Timeout, "timeout", QT_TRANSLATE_NOOP("Sandbox", "it took too long")},
    {SandboxReason::IdleTimeout, "idle-timeout", QT_TRANSLATE_NOOP("Sandbox", "nobody used it for a while")},
    {SandboxReason::OutOfMemory, "out-of-memory", QT_TRANSLATE_NOOP("Sandbox", "out of memory")},
    {SandboxReason::OutOfDisk, "out-of-disk", QT_TRANSLATE_NOOP("Sandbox", "out of disk space")},
    {SandboxReason::PidsLimit, "pids-limit", QT_TRANSLATE_NOOP("Sandbox", "too many processes")},
    {SandboxReason::ReadinessTimeout, "readiness-timeout", QT_TRANSLATE_NOOP("Sandbox", "it did not start in time")},
    {SandboxReason::HostLost, "host-lost", QT_TRANSLATE_NOOP("Sandbox", "its computer cannot be reached")},
    {SandboxReason::PolicyUnsupported, "policy-unsupported",
     QT_TRANSLATE_NOOP("Sandbox", "this computer cannot enforce its rules")},
    {SandboxReason::BackendError, "backend-error", QT_TRANSLATE_NOOP("Sandbox", "it could not be started")},
};

template <typename Enum, size_t size>
const Name<Enum> &nameOf(const Name<Enum> (&names)[size], Enum value)
{
    for (const Name<Enum> &name : names) {
        if (name.value == value)
            return name;
    }
    return names[0];
}

template <typename Enum, size_t size>
std::optional<Enum> valueOf(const Name<Enum> (&names)[size], const QString &text)
{
    for (const Name<Enum> &name : names) {
        if (text == QLatin1String(name.stable))
            return name.value;
    }
    return std::nullopt;
}

} // namespace

QString toString(SandboxState state)
{
    return QLatin1String(nameOf(stateNames, state).stable);
}

QString toString(SandboxReason reason)
{
    return QLatin1String(nameOf(reasonNames, reason).stable);
}

std::optional<SandboxState> sandboxStateFromString(const QString &text)
{
    return valueOf(stateNames, text);
}

std::optional<SandboxReason> sandboxReasonFromString(const QString &text)
{
    return valueOf(reasonNames, text);
}

bool isOutOfReach(SandboxState state, SandboxReason reason)
{
    return state == SandboxState::Running && reason == SandboxReason::HostLost;
}

QString describe(SandboxState state, SandboxReason reason)
{
    const QString words = QCoreApplication::translate("Sandbox", nameOf(stateNames, state).words);
    if (reason == SandboxReason::None)
        return words;
    return QCoreApplication::translate("Sandbox", "%1: %2")
        .arg(words, QCoreApplication::translate("Sandbox", nameOf(reasonNames, reason).words));
}

} // namespace Flotilla
