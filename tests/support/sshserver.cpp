// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sshserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

#include <pwd.h>
#include <unistd.h>

namespace Flotilla::Test {

namespace {

const QString daemon = QStringLiteral("/usr/sbin/sshd");

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    const QByteArray list = contents(QStringLiteral("/proc/%1/task/%1/children").arg(pid));
    for (const QByteArray &child : list.split(' ')) {
        if (!child.trimmed().isEmpty())
            children.append(child.trimmed().toLongLong());
    }
    return children;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    return socket.waitForConnected(200) && socket.waitForReadyRead(2000);
}

} // namespace

int runProgram(const QString &program, const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(20'000)) {
        process.kill();
        process.waitForFinished();
        return -1;
    }
    if (output)
        *output = process.readAllStandardOutput();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

SshServer::SshServer(QString folder)
    : m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
    m_port = freePort();
    makeHostKey();
    makeKey(QStringLiteral("id"));
    authorize({QStringLiteral("id")});
    trust();
    configure({});
}

SshServer::~SshServer()
{
    stop();
}

QString SshServer::reasonToSkip()
{
    return QFile::exists(daemon) ? QString() : QStringLiteral("openssh-server is not installed");
}

bool SshServer::makeKey(const QString &name, const QString &passphrase) const
{
    QFile::remove(path(name));
    return runProgram(QStringLiteral("ssh-keygen"),
                      {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"),
                       passphrase, QStringLiteral("-C"), name, QStringLiteral("-f"), path(name)}) == 0;
}

void SshServer::makeHostKey()
{
    makeKey(QStringLiteral("host"));
}

void SshServer::authorize(const QStringList &keys) const
{
    QByteArray lines;
    for (const QString &key : keys)
        lines += contents(path(key + QLatin1String(".pub")));
    write(path(QStringLiteral("authorized_keys")), lines);
}

void SshServer::trust()
{
    write(path(QStringLiteral("known_hosts")),
          "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + contents(path(QStringLiteral("host.pub"))));
}

void SshServer::configure(const QStringList &lines)
{
    QByteArray config = "Host box\n";
    for (const QString &line : lines)
        config += "  " + line.toUtf8() + '\n';
    config += "  HostName 127.0.0.1\n  Port " + QByteArray::number(m_port) + "\n  User " +
              QByteArray(getpwuid(geteuid())->pw_name) + "\n  IdentityFile " + path(QStringLiteral("id")).toUtf8() +
              "\n  IdentitiesOnly yes\n  IdentityAgent none\n  StrictHostKeyChecking yes\n  HashKnownHosts no\n"
              "  GlobalKnownHostsFile /dev/null\n  UserKnownHostsFile " +
              path(QStringLiteral("known_hosts")).toUtf8() + '\n';
    write(configFile(), config);
}

void SshServer::writeServerConfig(const QStringList &extra) const
{
    QByteArray config;
    for (const QString &line : extra) // the first value of a setting counts
        config += line.toUtf8() + '\n';
    QDir().mkpath(path(QStringLiteral("home")));
    QStringList environment = m_environment;
    if (environment.filter(QRegularExpression(QStringLiteral("^HOME="))).isEmpty())
        environment.append(QStringLiteral("HOME=") + path(QStringLiteral("home")));
    config += "SetEnv " + environment.join(QLatin1Char(' ')).toUtf8() + '\n';
    config += "ListenAddress 127.0.0.1\nPort " + QByteArray::number(m_port) + "\nHostKey " +
              path(QStringLiteral("host")).toUtf8() + "\nAuthorizedKeysFile " +
              path(QStringLiteral("authorized_keys")).toUtf8() +
              "\nPidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\n"
              "KbdInteractiveAuthentication no\nPermitRootLogin yes\nMaxStartups 100:30:200\nLogLevel VERBOSE\n"
              "AllowStreamLocalForwarding yes\nAllowTcpForwarding yes\n";
    write(path(QStringLiteral("sshd_config")), config);
}

bool SshServer::start(const QStringList &extra)
{
    stop();
    if (!reasonToSkip().isEmpty())
        return false;
    QDir().mkpath(QStringLiteral("/run/sshd")); // as root it wants that
    writeServerConfig(extra);
    m_process = std::make_unique<QProcess>();
    const QStringList words = command();
    m_process->start(words.constFirst(), words.mid(1));
    QElapsedTimer timer;
    timer.start();
    while (m_process->state() != QProcess::NotRunning && timer.elapsed() < 10'000) {
        if (answers(m_port))
            return true;
        m_process->waitForFinished(20);
    }
    return false;
}

/// The files are bound over the system's in a mount namespace of this sshd alone.
QStringList SshServer::command() const
{
    const QStringList plain{daemon,
                            QStringLiteral("-D"),
                            QStringLiteral("-f"),
                            path(QStringLiteral("sshd_config")),
                            QStringLiteral("-E"),
                            path(QStringLiteral("sshd.log"))};
    if (!m_ownAccounts)
        return plain;
    const QString bind = QStringLiteral("mount --bind \"$1/shadow\" /etc/shadow && "
                                        "mount --bind \"$1/pam\" /etc/pam.d/sshd && shift && exec \"$@\"");
    return QStringList{QStringLiteral("unshare"),
                       QStringLiteral("-m"),
                       QStringLiteral("sh"),
                       QStringLiteral("-c"),
                       bind,
                       QStringLiteral("sh"),
                       m_folder} +
           plain;
}

bool SshServer::setPassword(const QString &password)
{
    QByteArray hash;
    const QStringList hashing{QStringLiteral("passwd"), QStringLiteral("-6"), password};
    if (geteuid() != 0 || runProgram(QStringLiteral("openssl"), hashing, &hash) != 0)
        return false;
    const QByteArray user(getpwuid(geteuid())->pw_name);
    write(path(QStringLiteral("shadow")), user + ':' + hash.trimmed() + ":20000:0:99999:7:::\n");
    write(path(QStringLiteral("pam")), "auth required pam_unix.so\naccount required pam_permit.so\n"
                                       "session required pam_permit.so\n");
    m_ownAccounts = true;
    return true;
}

/// pam_userdb asks for itself; its database is made with the library that it reads it with.
bool SshServer::setSecondPassword(const QString &password)
{
    const QString script =
        QStringLiteral("use DB_File; tie my %h, 'DB_File', $ARGV[0], O_CREAT | O_RDWR, 0600, $DB_HASH "
                       "or exit 1; $h{$ARGV[1]} = $ARGV[2]; untie %h");
    const QString user = QString::fromLocal8Bit(getpwuid(geteuid())->pw_name);
    if (!m_ownAccounts || runProgram(QStringLiteral("perl"), {QStringLiteral("-e"), script,
                                                              path(QStringLiteral("second.db")), user, password}) != 0)
        return false;
    write(path(QStringLiteral("pam")), "auth required pam_unix.so\nauth required pam_userdb.so crypt=none db=" +
                                           path(QStringLiteral("second")).toUtf8() +
                                           "\naccount required pam_permit.so\nsession required pam_permit.so\n");
    return true;
}

void SshServer::stop()
{
    if (!m_process)
        return;
    const QList<qint64> all = sessions();
    m_process->kill();
    m_process->waitForFinished();
    for (const qint64 session : all)
        ::kill(pid_t(session), SIGKILL);
    m_process.reset();
}

QList<qint64> SshServer::connections() const
{
    return m_process ? childrenOf(m_process->processId()) : QList<qint64>();
}

QList<qint64> SshServer::sessions() const
{
    QList<qint64> found = connections();
    for (qsizetype i = 0; i < found.size(); ++i) {
        for (const qint64 child : childrenOf(found.at(i))) {
            if (contents(QStringLiteral("/proc/%1/comm").arg(child)).trimmed() == "sshd")
                found.append(child);
        }
    }
    return found;
}

} // namespace Flotilla::Test
