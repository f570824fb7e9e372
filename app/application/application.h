// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QUrl>

#include <functional>
#include <memory>

class QObject;

namespace Flotilla {

class AgentClient;
class Fleet;
class FleetBoard;
class HostService;
class LoadTestService;
class ModelCatalog;
class PreviewProbe;
class ProjectService;
class SandboxAccess;
class SecretStore;
class SettingsService;
struct HttpResponse;
struct OpenReport;

/// Where things are. Empty members take their defaults.
struct ApplicationPaths
{
    QString data; ///< --data, FLOTILLA_DATA, else $XDG_DATA_HOME/flotilla
    /// Sockets and labels: flotilla/<hash of data> in the session's runtime folder, else flotilla-<uid>/<hash> in
    /// /dev/shm or /tmp; the one that is noted in the store, or is there already, before a better one.
    QString runtime;
    QString resources; ///< prompts, runtime, prices: beside the binary in a build tree, else share/flotilla
    QString agent;     ///< the flotilla-agent binary: beside ours, else libexec
    static ApplicationPaths resolve(const QString &dataOption = {});
    void note() const; ///< `runtime` in the store, for programs of another session
};

/// The composition root: owns the service thread and everything on it, in the right order. One per process.
/// The window and flotillactl are both one small main over it.
class Application
{
public:
    struct Options
    {
        ApplicationPaths paths;
        PreviewProbe *probe = nullptr; ///< outlives the application
        bool connectHosts = false;     ///< to every host at once; otherwise when something of one is needed
        /// Called by start() with the stored language, before the services make their first text.
        std::function<void(const QString &language)> chooseLanguage{};
    };
    /// Opens the store and starts the services. Blocking (tens of milliseconds); call before the first window.
    static Result<std::unique_ptr<Application>> start(Options options);
    /// Ends the process at once. The normal way out: whatever is under way is cut off, which the store, the locks and
    /// the sandboxes are built for (a kill -9 is the same to them), and nobody waits for a teardown.
    [[noreturn]] static void leave(int exitCode);
    /// Before leave(): records the last events and lets nothing run on the service thread any more. False: something
    /// there was still busy after half a second.
    bool park();
    /// Before leave(): removes the folder of the sockets when nothing runs in it and no other program uses it.
    void releaseRuntimeFolder();
    ~Application(); ///< stops the services; sandboxes go on running

    ProjectService &projects();
    ModelCatalog &models();
    SecretStore &secrets();
    SettingsService &settings();
    Fleet &fleet();
    FleetBoard &board();
    SandboxAccess &sandboxAccess();
    HostService &hostService();
    LoadTestService &loadTests();
    const OpenReport &openReport() const;

    QString dataDir() const;                 ///< of the store; any thread
    QUrl previewUrl(const AppId &app) const; ///< any thread
    Future<QList<PreflightCheck>> doctor();  ///< any thread
    QObject *serviceContext();               ///< lives on the service thread: for onThread()
    /// Another language while the program runs: `choose` is called on the thread of `gui` while the service thread
    /// stands still, because the default locale may not change under it. Then the services say anew what they keep as
    /// text.
    void changeLanguage(QObject *gui, std::function<void()> choose);
    /// What an app answers at a path, through the gateway. Waits while it starts. Service thread.
    Future<HttpResponse> fetch(const AppId &app, const QUrl &inside);

private:
    Application();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
