// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/core/future.h"
#include "backends/core/id.h"

#include <QObject>

#include <memory>

namespace Flotilla {

class SandboxProvider;

/// A shell in a sandbox, on a pty. Lives on the service thread; methods may be called from any thread, signals carry
/// copies. Releasing the last handle ends the shell and everything it started.
class SandboxTerminal : public QObject
{
    Q_OBJECT

public:
    explicit SandboxTerminal(std::unique_ptr<ExecProcess> shell);
    ~SandboxTerminal() override;

    /// Nothing is told before this, so that nothing is missed: first connect, then start.
    void start();
    /// Dropped while the shell has too much to read already.
    void write(const QByteArray &bytes);
    void resize(int columns, int rows);
    /// The reader shows `bytes` now. While it is too far behind, the shell's output is held back, so that a program
    /// which prints without an end cannot fill the memory of the window.
    void acknowledge(qint64 bytes);

Q_SIGNALS:
    void output(const QByteArray &bytes);
    void ended(const QString &why); ///< a sentence; nothing follows

private:
    void received(const QByteArray &bytes);
    void pass();
    void finish(const QString &why);

    std::unique_ptr<ExecProcess> m_shell;
    QByteArray m_held;
    qint64 m_unseen = 0;
    bool m_dropped = false;
    bool m_started = false;
    QString m_end; ///< why it ended
};
using SandboxTerminalHandle = std::shared_ptr<SandboxTerminal>;

/// What a person looks at inside a running sandbox: logs, files, a shell. Lives on the service thread, which
/// `sandboxes` does too; methods may be called from any thread and fail with NotFound while the app has no sandbox.
/// Never wakes one.
class SandboxAccess : public QObject
{
    Q_OBJECT

public:
    explicit SandboxAccess(SandboxProvider *sandboxes, QObject *parent = nullptr);

    Future<QList<AgentLogLine>> logs(const AppId &app, qint64 since); ///< after that sequence number
    Future<QList<AgentEntry>> listFiles(const AppId &app);
    Future<QByteArray> readFile(const AppId &app, const QString &path);
    /// Into the workspace, without building the app anew. What was there under a name is replaced.
    Future<void> putFiles(const AppId &app, const QHash<QString, QByteArray> &files);
    Future<SandboxTerminalHandle> openTerminal(const AppId &app, int columns, int rows);

private:
    template <typename T, typename Call>
    Future<T> withAgent(const AppId &app, Call call);

    SandboxProvider *m_sandboxes;
};

} // namespace Flotilla
