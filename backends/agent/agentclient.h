// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agenthold.h"
#include "backends/core/future.h"
#include "backends/core/stream.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

namespace Flotilla {

struct AgentDiagnostic
{
    QString file;
    int line = 0;
    int column = 0;
    QString text;
    QString lineText;
    bool error = true;
};
struct AgentBuild
{
    enum class State { None, Ok, Failed };
    State state = State::None;
    qint64 revision = 0;
    QString kind; ///< "react", "static", "server", "none"
    double milliseconds = 0;
    QList<AgentDiagnostic> diagnostics;
    QString text;
};
struct AgentServer
{
    QString state; ///< "none", "starting", "running", "crashed", "restarting"
    int restarts = 0;
    int exitCode = 0;
    QString reason;
};
struct AgentStatus
{
    QString kind;
    AgentBuild build;
    AgentServer server;
};
struct AgentLogLine
{
    qint64 sequence = 0;
    qint64 timeMs = 0; ///< since the Unix epoch
    QString source;
    bool error = false;
    QString text;
};
struct AgentStats
{
    qint64 memoryBytes = 0;
    qint64 cpuMs = 0;
    int processes = 0;
    qint64 dataBytes = 0;
    qint64 workspaceBytes = 0;
    int commands = 0; ///< of exec() that run, terminals too; older agents do not tell
};
struct AgentEntry
{
    QString path;
    qint64 size = 0;
    QString type; ///< "file", "dir", "other"
};

struct ExecSpec
{
    QStringList argv;
    QString cwd;
    QHash<QString, QString> env;
    std::chrono::milliseconds timeout{60'000};
    bool pty = false;
    int columns = 80;
    int rows = 24;
};
struct ExecResult
{
    int exitCode = 0; ///< 128 + signal when killed
    QString reason;   ///< "exited", "killed", "timeout", "out-of-memory", "pids-limit", "out-of-disk"
};

/// A process inside the sandbox. Deleting it kills the process group. Client's thread.
class ExecProcess : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Takes everything; who has much to write waits for stdinTaken() while stdinWaiting() is large.
    virtual void writeStdin(const QByteArray &bytes) = 0;
    [[nodiscard]] virtual qint64 stdinWaiting() const { return 0; } ///< bytes that the command has not taken yet
    virtual void closeStdin() = 0;
    virtual void resize(int columns, int rows) = 0;
    virtual void kill() = 0;

Q_SIGNALS:
    void stdinTaken(); ///< stdinWaiting() became less
    void standardOutput(const QByteArray &bytes);
    void standardError(const QByteArray &bytes);
    void finished(const Flotilla::Result<Flotilla::ExecResult> &result);
};

/// Speaks the protocol of backends/agent/protocol.md with one agent. Everything it receives is untrusted: bounded,
/// validated; a violation ends the call with Protocol. Every call has a deadline. Lives on one thread; all methods on
/// it.
class AgentClient : public QObject
{
    Q_OBJECT

public:
    explicit AgentClient(StreamOpener control, QObject *parent = nullptr);
    ~AgentClient() override;

    /// Waits until the agent answers, at most `deadline`.
    Future<QJsonObject> hello(std::chrono::milliseconds deadline = std::chrono::milliseconds(5000));
    Future<AgentBuild> apply(const QHash<QString, QByteArray> &files, const QStringList &deleted, bool replace,
                             bool build);
    Future<AgentBuild> build();
    Future<AgentStatus> status();
    Future<QByteArray> readFile(const QString &path);
    Future<QList<AgentEntry>> listFiles(const QString &path);
    Future<QList<AgentLogLine>> logs(qint64 since = 0);
    Future<AgentStats> stats();
    Future<void> shutdown();
    /// Stops everything of the app, so that its files are the last word. Unsupported: an older agent.
    Future<AgentHold::Handle> hold();
    std::unique_ptr<ExecProcess> exec(const ExecSpec &spec);
    /// Runs to the end and collects at most `maxOutput` bytes of both streams together.
    Future<std::pair<ExecResult, QByteArray>> run(const ExecSpec &spec, qint64 maxOutput = 256 * 1024);

    /// Subscribes: `found` when there is a connection; the signals below come until the agent ends, then `lost` once.
    void watch();

Q_SIGNALS:
    void buildChanged(const Flotilla::AgentBuild &build);
    void serverChanged(const Flotilla::AgentServer &server);
    void logAdded(const Flotilla::AgentLogLine &line);
    void limitHit(const QString &reason, const QString &text); ///< "out-of-memory", "out-of-disk", "pids-limit"
    void found();
    void lost();

private:
    struct LogRequest;
    struct Private;
    void handleEvent(const QJsonObject &event);
    void askForLogs(const std::shared_ptr<LogRequest> &request);

    std::unique_ptr<Private> d;
};

} // namespace Flotilla
