// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMutex>
#include <QObject>
#include <QVariant>

namespace Flotilla {

class Store;

/// Typed keys; the table with defaults and scope is in settingsservice.cpp. Any thread; reads come from memory, writes
/// go to the store on the service thread.
enum class Setting {
    Theme,         ///< "system", "light", "dark"
    ReducedMotion, ///< bool
    DefaultModel,  ///< ModelRef as text; empty: the catalog's default
    AnthropicBaseUrl,
    OpenAiBaseUrl,   ///< empty: the provider's
    CustomEndpoints, ///< JSON list of {id, label, kind, baseUrl}
    SamplerTokensPerSecond,
    SamplerFirstTokenMs,
    BudgetPerTurn, ///< US dollars, 0: none; a turn that passes it pauses
    QuitPolicy,    ///< "ask", "keep", "stop"
    SandboxMemoryMiB,
    SandboxProcesses,
    SandboxCpus,
    FirstRunDone, ///< bool
    WindowGeometry,
    WindowState,
    ChatWidth,          ///< machine-local, base64
    FleetView,          ///< columns, order and widths of the Fleet screen, machine-local, JSON
    TerminalZoom,       ///< pixels that a terminal's letters are larger than usual
    GatewayPort,        ///< chosen once per store, so that origins stay
    Language,           ///< "system", or a language code
    SandboxIdleMinutes, ///< 0: sandboxes that nobody uses go on running
    ApiEnabled,         ///< bool: the window offers the control API
    ApiPort,            ///< of the control API
};

class SettingsService : public QObject
{
    Q_OBJECT

public:
    explicit SettingsService(Store *store, QObject *parent = nullptr);

    QVariant value(Setting setting) const;
    QString string(Setting setting) const { return value(setting).toString(); }
    void set(Setting setting, const QVariant &value);

Q_SIGNALS:
    void changed(Flotilla::Setting setting);

private:
    Store *m_store;
    mutable QMutex m_mutex;
    QHash<int, QVariant> m_values; // guarded by m_mutex
};

} // namespace Flotilla
