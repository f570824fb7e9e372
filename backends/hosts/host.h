// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/core/stream.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <chrono>
#include <variant>

namespace Flotilla {

struct CommandSpec
{
    QString program;
    QStringList args;
    QByteArray stdinData;
    QHash<QString, QString> env; ///< added to the host's environment
    QString cwd;
    std::chrono::milliseconds timeout{30'000}; ///< then the process group is killed and the call fails with Timeout
    qint64 maxOutput = 8 * 1024 * 1024;        ///< per stream; more fails with Protocol
};

struct CommandResult
{
    int exitCode = 0; ///< 128 + signal when it was killed
    QByteArray standardOutput;
    QByteArray standardError;
};

struct UnixPath
{
    QString path;
};
struct TcpPort
{
    quint16 port = 0;
}; ///< on the host's loopback
using ConnectTarget = std::variant<UnixPath, TcpPort>;

enum class HostState { Connecting, Ready, Unreachable };

/// A machine. Three primitives (run, connect, put/get); everything else is built on them. All implementations pass
/// tests/conformance/hosts. Lives on the service thread; methods on the service thread only; each call has a deadline.
class Host : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual HostId id() const = 0;
    virtual QString label() const = 0; ///< "This computer", "gpu-box"
    virtual HostState state() const = 0;
    virtual QString stateText() const = 0; ///< a sentence, when not Ready

    /// Runs a program without a shell. Exit codes other than 0 are a success of this call.
    virtual Future<CommandResult> run(const CommandSpec &command) = 0;
    /// Opens a stream. Unavailable when nobody listens.
    virtual Future<std::shared_ptr<QIODevice>> connectTo(const ConnectTarget &target) = 0;
    /// Copies a local file or folder to the host (modes kept, symbolic links refused), replacing what is there. One
    /// that was cut off goes on where it stopped when it is asked for again.
    virtual Future<void> put(const QString &localPath, const QString &hostPath) = 0;
    /// Copies a file or folder of the host to a local path. Never follows a symbolic link on either side.
    virtual Future<void> get(const QString &hostPath, const QString &localPath) = 0;
    /// The private folder of this installation on the host for sockets and sandboxes; short enough for Unix sockets.
    virtual QString runtimeDir() const = 0;
    /// Makes a file or folder of ours (the agent, the runtime) available on the host and returns its path there: copied
    /// once per content (SHA-256), verified on every new connection and replaced when it was tampered with.
    virtual Future<QString> provide(const QString &localPath) = 0;
    /// A Unix socket on this computer that leads to a Unix socket of the host, for libraries that need a path. Private
    /// to this user, closed with the host object.
    virtual Future<QString> localSocket(const QString &hostPath) = 0;

Q_SIGNALS:
    void stateChanged();
    /// provide() is copying a file or folder of this name; how many of its bytes are on their way.
    void providing(const QString &name, qint64 sent, qint64 total);
};

} // namespace Flotilla
