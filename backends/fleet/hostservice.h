// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/fleet/fleettypes.h"
#include "backends/hosts/hostquestion.h"
#include "backends/sandbox/imagebuild.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
class Host;
class HttpClient;
class SandboxBackend;
class Store;
struct HostKit;

/// The hosts of this installation: configuration, connection, backends, tests. Lives on the service thread; Future
/// methods may be called from any thread, the rest there. Signals carry value snapshots.
class HostService : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Store *store = nullptr;
        Clock *clock = nullptr;
        HttpClient *http = nullptr;
        QString runtimeDir;   ///< of this computer
        QString agent;        ///< local path of flotilla-agent
        QString runtime;      ///< local path of resources/runtime
        QString sshConfig;    ///< empty: the user's own
        QString installation; ///< [a-z0-9-], tells our folders on a host from those of other installations
        QString dataDir;      ///< of this computer: <dataDir>/<app> is mounted as /data
        QString snapshotDir;  ///< of this computer
        /// Ends the sandbox of an app; for remove().
        std::function<Future<void>(const AppId &)> stopApp;
        /// Brings what apps stored on a host to this computer; for remove().
        std::function<Future<void>(const HostId &)> bringHome;
        std::chrono::milliseconds poolWait{10'000}; ///< for connectPool(); six times while a host is prepared
        std::shared_ptr<const HostKit> kit;         ///< how hosts and backends are made; none: the real ones
    };

    explicit HostService(Parts parts, QObject *parent = nullptr);
    ~HostService() override;

    // any thread
    Future<QList<HostCard>> hosts();
    Future<void> add(const HostConfig &config);    ///< Conflict when the name is taken
    Future<void> update(const HostConfig &config); ///< connects anew when the target changed
    /// Forgets the host, when what its apps stored there was brought to this computer. Conflict, naming them, while
    /// apps run there, or their data is there and the host is away, and `stopApps` is false; with it the data of a host
    /// that is away stays there. Returns a sentence about what stays there; empty: nothing does.
    Future<QString> remove(const HostId &id, bool stopApps);
    Future<QStringList> sshConfigHosts(); ///< Host aliases of the SSH config, without patterns
    /// Every step in order, ends at the first that fails. `testProgress` carries `test` and each change of a step.
    Future<QList<HostTestStep>> test(const HostConfig &config, const QString &test);
    Future<void> cancelTest(const QString &test);
    /// Builds a container image on a host, from a folder of this computer; `buildProgress` carries `job` until it ends.
    /// `backend` empty: the engine that images are used with there.
    Future<BuiltImage> buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                  const QString &job);
    void cancelBuild(const QString &job); ///< its build ends with Cancelled
    Future<QList<EngineImage>> images(const HostId &host, const QString &backend);
    void answer(quint64 question, const HostAnswer &answer);
    void reconnect(const HostId &id); ///< now, instead of at the end of the back-off
    /// Connects to every host. Without it a host is connected to when something of it is needed.
    void connectAll();
    /// Connects to the hosts of the pool and measures them, as far as that was not done; waits a bounded time. Returns
    /// a sentence for each that cannot be used now. One whose last attempt failed is not waited for.
    Future<QStringList> connectPool();
    void setWatched(bool watched); ///< measures the hosts every 2 s instead of every 15 s

    // service thread
    /// The backend of a host: `backend` empty takes the host's choice, anyEngine one for images. Unavailable with a
    /// sentence when it cannot be used.
    Future<SandboxBackend *> backend(const HostId &host, const QString &backend = {});
    QList<SandboxBackend *> openBackends() const;
    void retranslate(); ///< the language changed: what this computer is called, when it has no name of its own
    HostId hostOf(const SandboxBackend *backend) const;
    bool offers(const HostId &host, const QString &backend) const; ///< as far as is known
    Result<Host *> host(const HostId &id) const;
    HostCard card(const HostId &host) const;
    QList<HostCard> cards() const;                                 ///< "local" first, then in the order of adding
    void noteSandboxes();                                          ///< their number on some host changed
    Future<QString> dataDir(const HostId &host, const AppId &app); ///< on the host: what is mounted as /data

Q_SIGNALS:
    void hostChanged(const Flotilla::HostCard &card); ///< also for a new one
    void hostRemoved(const Flotilla::HostId &id);
    void testProgress(const QString &test, const Flotilla::HostTestStep &step);
    void buildProgress(const QString &job, const Flotilla::BuildProgress &progress);
    /// A person has to answer(); with nobody connected it counts as refused.
    void asked(quint64 question, const Flotilla::HostQuestion &what);
    void backendOpened(Flotilla::SandboxBackend *backend);  ///< a host came (back)
    void backendClosing(Flotilla::SandboxBackend *backend); ///< forget the pointer

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
