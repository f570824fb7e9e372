// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/settingsservice.h"

#include "backends/core/log.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <array>

namespace Flotilla {

namespace {

struct Row
{
    Setting setting;
    const char *key;
    QVariant fallback;
};

const std::array<Row, 24> &table()
{
    static const std::array<Row, 24> rows{{
        {Setting::Theme, "theme", QStringLiteral("system")},
        {Setting::ReducedMotion, "reducedMotion", false},
        {Setting::DefaultModel, "defaultModel", QString()},
        {Setting::AnthropicBaseUrl, "anthropicBaseUrl", QString()},
        {Setting::OpenAiBaseUrl, "openAiBaseUrl", QString()},
        {Setting::CustomEndpoints, "customEndpoints", QStringLiteral("[]")},
        {Setting::SamplerTokensPerSecond, "samplerTokensPerSecond", 0.0},
        {Setting::SamplerFirstTokenMs, "samplerFirstTokenMs", 0},
        {Setting::BudgetPerTurn, "budgetPerTurn", 0.0},
        {Setting::QuitPolicy, "quitPolicy", QStringLiteral("ask")},
        {Setting::SandboxMemoryMiB, "sandboxMemoryMiB", 512},
        {Setting::SandboxProcesses, "sandboxProcesses", 128},
        {Setting::SandboxCpus, "sandboxCpus", 1.0},
        {Setting::FirstRunDone, "firstRunDone", false},
        {Setting::WindowGeometry, "windowGeometry", QString()},
        {Setting::WindowState, "windowState", QString()},
        {Setting::ChatWidth, "chatWidth", 400},
        {Setting::FleetView, "fleetView", QString()},
        {Setting::TerminalZoom, "terminalZoom", 0},
        {Setting::GatewayPort, "gatewayPort", 0},
        {Setting::Language, "language", QStringLiteral("system")},
        {Setting::SandboxIdleMinutes, "sandboxIdleMinutes", 0},
        {Setting::ApiEnabled, "apiEnabled", false},
        {Setting::ApiPort, "apiPort", 4780},
    }};
    return rows;
}

const Row &rowOf(Setting setting)
{
    for (const Row &row : table()) {
        if (row.setting == setting)
            return row;
    }
    FLOTILLA_ASSERT(false, return table().front());
}

/// The stored text as the type of the default, or the default when it does not fit.
QVariant typed(const QString &text, const QVariant &fallback)
{
    QVariant value(text);
    return value.convert(fallback.metaType()) ? value : fallback;
}

} // namespace

SettingsService::SettingsService(Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    const auto stored = m_store->settings().all();
    if (!stored) {
        qCWarning(logCore, "settings could not be read: %s", qPrintable(stored.error().detail));
        return;
    }
    for (const Row &row : table()) {
        const auto found = stored->constFind(QLatin1String(row.key));
        if (found != stored->constEnd())
            m_values.insert(int(row.setting), typed(*found, row.fallback));
    }
}

QVariant SettingsService::value(Setting setting) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_values.constFind(int(setting));
    return found != m_values.constEnd() ? *found : rowOf(setting).fallback;
}

void SettingsService::set(Setting setting, const QVariant &value)
{
    const Row &row = rowOf(setting);
    const QVariant clean = typed(value.toString(), row.fallback);
    {
        const QMutexLocker lock(&m_mutex);
        if (m_values.value(int(setting), row.fallback) == clean)
            return;
        m_values.insert(int(setting), clean);
    }
    QMetaObject::invokeMethod(this, [this, setting, key = row.key, clean] {
        const Status written = m_store->settings().set(QLatin1String(key), clean.toString());
        if (!written)
            qCWarning(logCore, "setting %s was not saved: %s", key, qPrintable(written.error().detail));
        Q_EMIT changed(setting);
    });
}

} // namespace Flotilla
