// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localhost.h"

#include "backends/hosts/local/commandrun.h"
#include "backends/hosts/local/localconnect.h"
#include "backends/hosts/local/privatefolder.h"
#include "backends/hosts/local/treecopy.h"

#include <QDir>
#include <QThreadPool>

namespace Flotilla {

namespace {

Future<void> copyInBackground(const QString &from, const QString &to)
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, from, to] {
        promise->addResult(copyTree(from, to));
        promise->finish();
    });
    return promise->future();
}

} // namespace

LocalHost::LocalHost(const QString &runtimeDir, QObject *parent)
    : Host(parent)
    , m_runtimeDir(QDir::cleanPath(runtimeDir))
    , m_usable(makePrivateFolder(m_runtimeDir))
{
}

HostId LocalHost::id() const
{
    return HostId{QStringLiteral("local")};
}

QString LocalHost::label() const
{
    return tr("This computer");
}

HostState LocalHost::state() const
{
    return m_usable ? HostState::Ready : HostState::Unreachable;
}

QString LocalHost::stateText() const
{
    return m_usable ? QString() : m_usable.error().text;
}

Future<CommandResult> LocalHost::run(const CommandSpec &command)
{
    return runCommand(command, this);
}

Future<std::shared_ptr<QIODevice>> LocalHost::connectTo(const ConnectTarget &target)
{
    return connectLocally(target);
}

Future<void> LocalHost::put(const QString &localPath, const QString &hostPath)
{
    return copyInBackground(localPath, hostPath);
}

Future<void> LocalHost::get(const QString &hostPath, const QString &localPath)
{
    return copyInBackground(hostPath, localPath);
}

QString LocalHost::runtimeDir() const
{
    return m_runtimeDir;
}

Future<QString> LocalHost::provide(const QString &localPath)
{
    return readyFuture<QString>(localPath);
}

Future<QString> LocalHost::localSocket(const QString &hostPath)
{
    return readyFuture<QString>(hostPath);
}

} // namespace Flotilla
