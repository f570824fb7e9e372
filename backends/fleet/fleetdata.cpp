// SPDX-License-Identifier: GPL-3.0-or-later
// What an app stores (/data) goes where its sandbox is.
#include "backends/core/clock.h"
#include "backends/core/id.h"
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/hosts/host.h"
#include "backends/hosts/local/treecopy.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/filelock.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoreApplication>
#include <QCoroTimer>
#include <QDeadlineTimer>
#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>

namespace Flotilla {

namespace {

constexpr qsizetype mostAtOnce = 200; ///< folders, in one command
constexpr int mostTransfers = 5;      ///< of the same data, when it is cut off
constexpr auto lookAgainAfter = std::chrono::milliseconds(200);
constexpr int copyLocks = 16; ///< files, shared by all apps

/// Nothing was kept there.
bool isAbsent(const Status &status)
{
    return !status && status.error().kind == ErrorKind::NotFound;
}

/// An app may have taken its owner's right to empty a folder.
constexpr const char *removeScript =
    R"sh(rm -rf -- "$@" 2>/dev/null || { chmod -R u+rwx -- "$@" 2>/dev/null; exec rm -rf -- "$@"; })sh";

/// Of programs that were killed while they copied.
void removeLeftCopies(const QString &store)
{
    const QDir dir(store);
    const QStringList copies = dir.entryList({QStringLiteral("moving-*")}, QDir::Dirs);
    for (const QString &copy : copies) {
        if (!QFile::exists(QStringLiteral("/proc/") + copy.section(QLatin1Char('-'), 1, 1)))
            removeTree(dir.filePath(copy));
    }
}

} // namespace

bool Fleet::Private::isCut(const Error &error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
}

/// The end that says so, when the app's /data is not on that host.
Result<std::optional<SandboxRecord>> Fleet::Private::dataElsewhere(const AppId &app, const HostId &host) const
{
    using Found = std::optional<SandboxRecord>;
    if (!parts.hosts)
        return Found();
    const auto end = table().lastEnd(app);
    if (!end)
        return end.error();
    const bool elsewhere = end->has_value() && (*end)->host != host.value && parts.hosts->host({(*end)->host});
    return elsewhere ? *end : Found();
}

/// The app ran on another host before: its /data comes along. One program at a time copies it.
QCoro::Task<Status> Fleet::Private::fetchData(Self d, AppId app, HostId host)
{
    const auto seen = d->dataElsewhere(app, host);
    if (!seen || !seen->has_value())
        co_return seen ? Status() : Status(seen.error());
    FileLock copying(d->copyLockFile(app));
    if (!co_await takeLock(&copying, true, copyLockDeadline))
        co_return copiedElsewhere();
    if (!d->q)
        co_return cancelledError();
    const auto end = d->dataElsewhere(app, host);
    if (!end || !end->has_value())
        co_return end ? Status() : Status(end.error());
    const HostId from{(*end)->host};
    SandboxRecord spare = asSpare(SandboxRecord());
    spare.id = {newId()};
    spare.app = app;
    spare.host = host.value;
    spare.created = d->parts.clock->now();
    if (const Status stored = d->table().put(spare); !stored)
        co_return stored;
    Status done = co_await copyData(d, app, from, host);
    if (!d->q)
        co_return cancelledError();
    if (done)
        done = d->noteData(**end, spare);
    if (done)
        spare.host = from.value;
    co_await leaveSpare(d, spare);
    co_return done;
}

/// The data is where `spare` was, so that it is not copied again, over what was written since. Conflict: another
/// program started the app where its data was; there it stays. Such a program looks once more after its claim.
Status Fleet::Private::noteData(const SandboxRecord &before, const SandboxRecord &spare)
{
    SandboxRecord there = before, left = spare;
    std::swap(there.host, left.host);
    if (const Status noted = table().moveEnd(there, left); !noted)
        return noted;
    const auto started = table().of(before.app);
    if (started && (!started->has_value() || (*started)->host == spare.host))
        return {};
    if (const Status back = table().moveEnd(before, spare); !back)
        return back;
    return Error{ErrorKind::Conflict,
                 Fleet::tr("The app was started while its data was copied, so both are where they were. Try again."),
                 {}};
}

Error Fleet::Private::copiedElsewhere()
{
    return {ErrorKind::Conflict, Fleet::tr("Another program copies the app's data. Try again later."), {}};
}

QString Fleet::Private::copyLockFile(const AppId &app) const
{
    const int number = qChecksum(app.value.toUtf8()) % copyLocks;
    return parts.store->dir() + QStringLiteral("/copying-%1.lock").arg(number);
}

/// Through a private folder of this computer, when both are remote. The copy never follows a symbolic link.
QCoro::Task<Status> Fleet::Private::copyData(Self d, AppId app, HostId from, HostId to)
{
    const Future<SandboxBackend *> opening = d->backendFor(from, {});
    const Result<SandboxBackend *> reachable = co_await outcomeOf(opening);
    if (!d->q)
        co_return cancelledError();
    if (!reachable)
        co_return Error{reachable.error().kind,
                        Fleet::tr("The app's data is on %1: %2")
                            .arg(d->parts.hosts->card(from).config.label, reachable.error().text),
                        reachable.error().detail};
    const Result<QString> sourceDir = co_await outcomeOf(d->dataDirOn(from, app));
    const Result<QString> targetDir = co_await outcomeOf(d->dataDirOn(to, app));
    if (!d->q)
        co_return cancelledError();
    if (!sourceDir || !targetDir)
        co_return sourceDir ? targetDir.error() : sourceDir.error();
    removeLeftCopies(d->parts.store->dir());
    const QTemporaryDir between(d->parts.store->dir() +
                                QStringLiteral("/moving-%1-XXXXXX").arg(QCoreApplication::applicationPid()));
    if (!between.isValid())
        co_return Error{ErrorKind::Storage, Fleet::tr("There is no room to copy the app's data."),
                        between.errorString()};
    const QString local = between.filePath(QStringLiteral("data"));
    const auto cleared = qScopeGuard([local] { removeTree(local); });
    const std::function fetch = [=](Host *host) { return host->get(*sourceDir, local); };
    const Status fetched = co_await transfer(d, from, fetch);
    if (isAbsent(fetched))
        co_return Status();
    if (!fetched)
        co_return fetched;
    const std::function bring = [=](Host *host) { return host->put(local, *targetDir); };
    const Status brought = co_await transfer(d, to, bring);
    co_return brought;
}

/// Once more when it is cut off and the host comes back.
QCoro::Task<Status> Fleet::Private::transfer(Self d, HostId id, std::function<Future<void>(Host *)> copy)
{
    for (int attempt = 1;; ++attempt) {
        const Result<Host *> host = d->parts.hosts->host(id);
        if (!host)
            co_return host.error();
        const Future<void> copying = copy(*host);
        const Status done = co_await outcomeOf(copying);
        if (!d->q)
            co_return cancelledError();
        if (done || !isCut(done.error()) || attempt == mostTransfers)
            co_return done;
        qCInfo(logCore, "the copy was cut off: %s", qUtf8Printable(done.error().text));
        const Status back = co_await untilBack(d, id);
        if (!back)
            co_return back;
    }
}

QCoro::Task<Status> Fleet::Private::untilBack(Self d, HostId id)
{
    const QDeadlineTimer deadline(d->parts.reconnectWait);
    while (d->parts.hosts->card(id).state != HostState::Ready) {
        if (deadline.hasExpired()) {
            const QString label = d->parts.hosts->card(id).config.label;
            co_return Error{ErrorKind::Unavailable,
                            Fleet::tr("The connection to %1 broke while the app's data was copied, and did not come "
                                      "back in time. The app and its data are where they were. Try again when %1 can "
                                      "be reached.")
                                .arg(label),
                            d->parts.hosts->card(id).stateText};
        }
        co_await QCoro::sleepFor(lookAgainAfter);
        if (!d->q)
            co_return cancelledError();
    }
    co_return Status();
}

QCoro::Task<Status> Fleet::Private::forgetData(Self d, QList<AppId> apps)
{
    const auto spares = d->table().spares();
    if (!d->parts.hosts || !spares)
        co_return spares ? Status() : Status(spares.error());
    const QSet<AppId> wanted(apps.cbegin(), apps.cend());
    QHash<QString, QList<SandboxRecord>> byHost; // without what a mover takes away, or a look at its host
    for (const SandboxRecord &spare : *spares) {
        const bool mine = wanted.contains(spare.app) && spare.backend.isEmpty() && !processLives(spare.creator);
        if (mine && d->isPurged(spare.app))
            byHost[spare.host].append(spare);
    }
    Status all;
    const QStringList hosts = byHost.keys();
    for (const QString &name : hosts) {
        const HostId host{name};
        const Status forgotten = co_await leavePurged(d, host, byHost.value(name));
        if (!d->q)
            co_return cancelledError();
        if (!forgotten)
            all = forgotten;
    }
    co_return all;
}

QCoro::Task<Status> Fleet::Private::forgetDataOn(Self d, HostId host, QList<AppId> apps)
{
    Status all;
    for (qsizetype from = 0; from < apps.size(); from += mostAtOnce) {
        const QList<AppId> some = apps.mid(from, mostAtOnce);
        const Status forgotten = co_await forgetSomeDataOn(d, host, some);
        if (!d->q)
            co_return cancelledError();
        if (!forgotten)
            all = forgotten;
    }
    co_return all;
}

QCoro::Task<Status> Fleet::Private::forgetSomeDataOn(Self d, HostId host, QList<AppId> apps)
{
    CommandSpec remove;
    remove.program = QStringLiteral("/bin/sh");
    remove.args = {QStringLiteral("-c"), QString::fromLatin1(removeScript), QStringLiteral("rm")};
    for (const AppId &app : std::as_const(apps)) {
        const Result<QString> folder = co_await outcomeOf(d->dataDirOn(host, app));
        if (!d->q)
            co_return cancelledError();
        if (!folder)
            co_return folder.error();
        if (folder->endsWith(QLatin1Char('/') + app.value))
            remove.args.append(*folder);
    }
    const Result<Host *> machine = d->parts.hosts->host(host);
    if (!machine)
        co_return machine.error();
    const Future<CommandResult> removing = (*machine)->run(remove);
    const Result<CommandResult> removed = co_await outcomeOf(removing);
    if (removed && removed->exitCode != 0)
        co_return Error{ErrorKind::Storage, Fleet::tr("What apps stored on %1 could not be removed.").arg(host.value),
                        QString::fromUtf8(removed->standardError.left(500))};
    co_return removed ? Status() : Status(removed.error());
}

} // namespace Flotilla
