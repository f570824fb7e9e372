// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/container/containerbackend.h"

#include <QProcess>
#include <QTemporaryDir>

namespace Flotilla {

/// A real Docker or Podman service of a test's own: private folders, its own socket, no network. Ended with the object.
class TestEngine
{
public:
    explicit TestEngine(ContainerEngine::Kind kind);
    ~TestEngine();
    TestEngine(const TestEngine &) = delete;
    TestEngine &operator=(const TestEngine &) = delete;

    /// False, with the reason in problem(), when it cannot start here, or cannot limit what it runs.
    bool start();
    /// SIGTERM, or SIGKILL, and waits for the end. start() starts it again on the same folders.
    void stop(bool hard = false);
    /// It holds its socket and says nothing (SIGSTOP), or goes on.
    void freeze(bool frozen) const;
    [[nodiscard]] QString socket() const { return m_dir.filePath(QStringLiteral("engine.sock")); }
    [[nodiscard]] QString problem() const { return m_problem; }
    /// What the engine's own command line prints (podman, docker).
    QByteArray cli(const QStringList &args);
    /// The same as a command that a shell can run, with its environment.
    [[nodiscard]] QStringList cliCommand() const;
    [[nodiscard]] QProcessEnvironment environment() const;

private:
    bool isPodman() const { return m_kind == ContainerEngine::Kind::Podman; }
    void writeConfiguration() const;
    bool startProcess();
    bool answers() const;
    QJsonObject ask(const QByteArray &path) const;
    QString whatItLacks() const;
    void endShims() const;
    void waitForContainerd() const;

    ContainerEngine::Kind m_kind;
    QTemporaryDir m_dir;
    QProcess m_process;
    QString m_problem;
};

} // namespace Flotilla
