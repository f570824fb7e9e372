// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

#include <memory>

namespace Flotilla::Test {

/// A real sshd on the loopback with keys and a configuration of its own, and what a client needs to use it as "box".
/// Everything lies in one folder. Ended by its pid.
class SshServer
{
public:
    explicit SshServer(QString folder);
    ~SshServer();

    /// False when there is no sshd here. `extra` are lines of sshd_config. Keeps its port over restarts.
    bool start(const QStringList &extra = {});
    /// What programs find there from the next start() on, "NAME=value". Without another HOME they get an empty one: the
    /// tests do not wait for what the person's shell profile does.
    void setEnvironment(const QStringList &assignments) { m_environment = assignments; }
    /// From the next start() on the user of this test has this password there, and nowhere else: sshd sees accounts and
    /// a PAM service of its own. Needs root; false when that cannot be.
    bool setPassword(const QString &password);
    /// After setPassword(): PAM asks for this one as well, in a round of its own. False when that cannot be.
    bool setSecondPassword(const QString &password);
    void stop(); ///< sshd and its sessions, at once
    /// Lines for "Host box" that come before the usual ones.
    void configure(const QStringList &lines);
    void trust();       ///< writes the host key to known_hosts
    void makeHostKey(); ///< a new one
    bool makeKey(const QString &name, const QString &passphrase = {}) const;
    void authorize(const QStringList &keys) const;

    QString path(const QString &name) const { return m_folder + QLatin1Char('/') + name; }
    QString configFile() const { return path(QStringLiteral("client_config")); }
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process ? m_process->processId() : 0; }
    QList<qint64> sessions() const; ///< the processes of sshd that serve connections; of an ordinary user two for each
    QList<qint64> connections() const; ///< one process for each

    static QString reasonToSkip(); ///< empty when sshd can be used

private:
    void writeServerConfig(const QStringList &extra) const;
    QStringList command() const;

    QString m_folder;
    quint16 m_port = 0;
    QStringList m_environment;
    bool m_ownAccounts = false;
    std::unique_ptr<QProcess> m_process;
};

/// Waits for a short program. Its exit code, -1 when it did not end.
int runProgram(const QString &program, const QStringList &arguments, QByteArray *output = nullptr);

} // namespace Flotilla::Test
