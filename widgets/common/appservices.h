// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <functional>

namespace Flotilla {

class ApiControl;
class FleetBoard;
class HostService;
class ModelCatalog;
class ProjectService;
class SecretStore;
class SettingsService;

/// What the screens may use. The pointers outlive every screen; they live on the service thread, their methods may be
/// called from the GUI thread, their signals arrive queued.
struct AppServices
{
    ProjectService *projects = nullptr;
    ModelCatalog *models = nullptr;
    SecretStore *secrets = nullptr;
    SettingsService *settings = nullptr;
    FleetBoard *board = nullptr;
    HostService *hosts = nullptr;
    ApiControl *api = nullptr; ///< lives on the GUI thread; none: no control API here
    std::function<QUrl(const AppId &)> previewUrl;
    std::function<Future<QList<PreflightCheck>>()> doctor;
    std::function<Future<SandboxMetrics>(const AppId &)> metrics; ///< of the app's sandbox, measured now
    QString dataDir;
    /// Why no web view may be created in this process (root without QTWEBENGINE_DISABLE_SANDBOX); empty: it may.
    /// A preview pane shows this sentence and offers the browser instead.
    QString webViewProblem;
};

} // namespace Flotilla
