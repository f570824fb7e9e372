// SPDX-License-Identifier: GPL-3.0-or-later
// A host is removed: its apps stop, what they stored comes here, then it is forgotten.
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/hostlink.h"
#include "backends/fleet/hostserviceprivate.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/hosts/host.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr int namedThere = 5; ///< in a sentence

Error serviceGone()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the service went away")};
}

} // namespace

Error HostService::Private::runningThere(const QStringList &titles) const
{
    const QString more =
        titles.size() > namedThere ? HostService::tr(" and %1 more").arg(titles.size() - namedThere) : QString();
    const QString names = titles.mid(0, namedThere).join(QLatin1String(", ")) + more;
    const QString text = titles.size() == 1
                             ? HostService::tr("An app runs there: %1. Stop or move it first.").arg(names)
                             : HostService::tr("%1 apps run there: %2. Stop or move them first.")
                                   .arg(QString::number(titles.size()), names);
    return {ErrorKind::Conflict, text, {}};
}

Error HostService::Private::dataThere(const HostCard &card, const Error &why, bool away) const
{
    if (!away)
        return {why.kind == ErrorKind::Conflict ? ErrorKind::Unavailable : why.kind,
                HostService::tr("%1 was not removed: %2").arg(card.config.label, why.text), why.detail};
    return {ErrorKind::Conflict,
            HostService::tr("%1 was not removed, because it cannot be reached and apps have data there. %2 Connect it "
                            "first, or stop the apps there and leave their data.")
                .arg(card.config.label, why.text),
            why.detail};
}

QCoro::Task<Result<QString>> HostService::Private::remove(QPointer<HostService> q, HostId id, bool stopApps)
{
    if (id.value == QLatin1String("local"))
        co_return Error{ErrorKind::Invalid, HostService::tr("This computer cannot be removed."), {}};
    if (!q->d->find(id))
        co_return noSuchHost(id);
    QList<AppId> apps;
    const Result<QStringList> titles = q->d->appsOn(id, &apps);
    if (!titles)
        co_return titles.error();
    if (!apps.isEmpty() && !stopApps)
        co_return q->d->runningThere(*titles);
    co_await Private::stopApps(q, apps);
    if (!q)
        co_return serviceGone();
    const Result<QString> stays = co_await emptyHost(q, id, stopApps);
    if (!q)
        co_return serviceGone();
    if (!stays)
        co_return stays.error();
    const Status forgotten = q->d->forget(id);
    if (!forgotten)
        co_return forgotten.error();
    co_return stays;
}

QCoro::Task<> HostService::Private::stopApps(QPointer<HostService> q, QList<AppId> apps)
{
    for (const AppId &app : std::as_const(apps)) {
        if (!q || !q->d->parts.stopApp)
            break;
        const Future<void> stopping = q->d->parts.stopApp(app);
        const Status stopped = co_await outcome(stopping);
        if (!stopped) // unreachable: they are reaped when the host is added again
            qCWarning(logCore, "app on a removed host not stopped: %s", qUtf8Printable(stopped.error().detail));
    }
}

/// What stays there, as a sentence. `leaves`: data may stay on a host that is away.
QCoro::Task<Result<QString>> HostService::Private::emptyHost(QPointer<HostService> q, HostId id, bool leaves)
{
    if (!q->d->parts.bringHome)
        co_return QString();
    const Future<void> bringing = q->d->parts.bringHome(id);
    const Status brought = co_await outcome(bringing);
    if (!q)
        co_return serviceGone();
    const HostCard card = q->card(id);
    const bool away = card.state != HostState::Ready;
    if (!brought && (!away || !leaves))
        co_return q->d->dataThere(card, brought.error(), away);
    if (brought)
        co_return co_await whatStays(q, id);
    co_return HostService::tr(
        "%1 could not be reached: what its apps stored stays there in %2, and apps that run there "
        "run on. Add the host again, under the same name, before you open the apps here: then "
        "their data comes along.")
        .arg(card.config.label, q->d->find(id)->dataRoot());
}

QCoro::Task<QString> HostService::Private::whatStays(QPointer<HostService> q, HostId id)
{
    HostLink *link = q->d->find(id);
    if (!link || !link->host() || link->host()->state() != HostState::Ready)
        co_return QString();
    const QString root = link->dataRoot();
    CommandSpec look;
    look.program = QStringLiteral("find");
    look.args = QStringList{root + QStringLiteral("/appdata"), root + QStringLiteral("/snapshots"),
                            QStringLiteral("-mindepth"),       QStringLiteral("1"),
                            QStringLiteral("-maxdepth"),       QStringLiteral("1")};
    const Future<CommandResult> looking = link->host()->run(look);
    const Result<CommandResult> found = co_await outcome(looking);
    if (!q || !found || found->standardOutput.isEmpty())
        co_return QString();
    co_return HostService::tr("Snapshots, or data that no app here uses, stay on %1 in %2.")
        .arg(q->card(id).config.label, root);
}

/// Out of the store with everything that points to it; what its sandboxes were is lost to us.
Status HostService::Private::forget(const HostId &id)
{
    const auto records = parts.store->sandboxes().list();
    const auto spares = parts.store->sandboxes().spares();
    if (!records || !spares)
        return records ? spares.error() : records.error();
    for (const SandboxRecord &spare : *spares) {
        if (spare.host != id.value)
            continue;
        if (const Status removed = parts.store->sandboxes().remove(spare.id); !removed)
            return removed;
    }
    for (SandboxRecord record : *records) {
        if (record.host != id.value)
            continue;
        record.state = toString(SandboxState::Lost);
        record.reason = toString(SandboxReason::HostLost);
        record.detail = HostService::tr("Its host was removed.");
        if (const auto ended = parts.store->sandboxes().end(record); !ended)
            return ended.error();
    }
    const auto apps = parts.store->apps().list();
    if (!apps)
        return apps.error();
    for (const AppRecord &app : *apps) {
        if (app.host != id.value)
            continue;
        if (const Status placed = parts.store->apps().place(app.id, QStringLiteral("local"), {}); !placed)
            return placed;
    }
    if (const Status removed = parts.store->hosts().remove(id); !removed)
        return removed;
    drop(id);
    Q_EMIT q->hostRemoved(id);
    return {};
}

} // namespace Flotilla
