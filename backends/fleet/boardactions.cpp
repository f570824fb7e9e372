// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to many apps at once.
#include "backends/core/continuation.h"
#include "backends/fleet/fleetboardprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr int itemsPerHost = 4; ///< at a time: a host may start a process for each
constexpr int longestLabel = 40;

Error cancelledItem()
{
    return {ErrorKind::Cancelled, FleetBoard::tr("Cancelled before it began."), {}};
}

/// "gpu-box", "gpu-box/podman", "gpu-box//node:20", or "//node:20" where it is.
Fleet::Place placeOf(const QString &argument)
{
    const auto part = [&argument](int first, int last) { return argument.section(QLatin1Char('/'), first, last); };
    Fleet::Place place{{part(0, 0)}, part(1, 1)};
    if (argument.count(QLatin1Char('/')) > 1)
        place.image = part(2, -1);
    return place;
}

} // namespace

QCoro::Task<Status> restartApp(std::function<Future<void>(const AppId &)> sleep,
                               std::function<Future<void>(const AppId &)> wake, AppId app)
{
    const Status ended = co_await outcome(sleep(app));
    if (!ended)
        co_return ended;
    const Status woken = co_await outcome(wake(app));
    co_return woken;
}

Future<std::shared_ptr<void>> reserveApp(const FleetBoard::Parts &parts, const AppId &app)
{
    return parts.reserve ? parts.reserve(app) : readyFuture<std::shared_ptr<void>>(std::shared_ptr<void>());
}

/// Unlike a person's "Stop", which ends a turn.
QCoro::Task<Status> sleepSettled(FleetBoard::Parts parts, AppId app)
{
    const Result<std::shared_ptr<void>> reserved = co_await outcome(reserveApp(parts, app));
    if (!reserved)
        co_return reserved.error();
    const Status asleep = co_await outcome(parts.sleep(app));
    co_return asleep;
}

QCoro::Task<Status> moveApp(FleetBoard::Parts parts, AppId app, Fleet::Place place)
{
    const Result<std::shared_ptr<void>> reserved = co_await outcome(reserveApp(parts, app));
    if (!reserved)
        co_return reserved.error();
    const Status moved = co_await outcome(parts.fleet->move(app, place));
    if (!moved || !parts.fleet->current(app))
        co_return moved;
    const Status shown = co_await outcome(parts.wake(app)); // the preview looks at the new one
    co_return shown;
}

Future<QList<FleetItemResult>> FleetBoard::Private::apply(const QString &id, FleetAction action,
                                                          const QList<AppId> &apps, const QString &argument)
{
    using Results = QList<FleetItemResult>;
    if (const Status read = load(); !read)
        return readyFuture<Results>(read.error());
    return start(id, apps, [this, action, argument](const AppId &app) { return perform(app, action, argument); });
}

Future<QList<FleetItemResult>> FleetBoard::Private::start(const QString &id, const QList<AppId> &apps,
                                                          const Perform &perform)
{
    using Results = QList<FleetItemResult>;
    if (jobs.contains(id))
        return readyFuture<Results>(Error{ErrorKind::Conflict, FleetBoard::tr("That is under way already."), id});
    const auto job = std::make_shared<Job>();
    job->id = id;
    job->perform = perform;
    job->promise.start();
    for (const AppId &app : apps) {
        const FleetRow *row = rows.find(app);
        job->waiting[row ? row->host : HostId()].append(app);
        job->titles.insert(app, row ? row->title : app.value);
    }
    jobs.insert(id, job);
    const auto future = job->promise.future();
    startItems(job);
    return future;
}

void FleetBoard::Private::startItems(const JobPtr &job)
{
    QHash<HostId, QList<AppId>> first;
    for (auto host = job->waiting.begin(); host != job->waiting.end(); ++host) {
        for (int i = 0; i < itemsPerHost && !host->isEmpty(); ++i)
            first[host.key()].append(host->takeFirst());
    }
    for (const QList<AppId> &apps : std::as_const(first))
        job->running += int(apps.size());
    if (job->running == 0) {
        jobs.remove(job->id);
        job->promise.addResult(Result<QList<FleetItemResult>>(job->results));
        job->promise.finish();
        return;
    }
    for (auto host = first.cbegin(); host != first.cend(); ++host) {
        for (const AppId &app : *host)
            startItem(job, host.key(), app);
    }
}

void FleetBoard::Private::startItem(const JobPtr &job, const HostId &host, const AppId &app)
{
    const Future<void> item = job->cancelled ? readyFuture<void>(cancelledItem()) : job->perform(app);
    whenDone(q, item, [this, job, host, app](const Status &status) {
        itemEnded(job, app, status);
        QList<AppId> &waiting = job->waiting[host];
        if (!waiting.isEmpty())
            return startItem(job, host, waiting.takeFirst());
        if (--job->running > 0)
            return;
        events.flush();
        jobs.remove(job->id);
        job->promise.addResult(Result<QList<FleetItemResult>>(job->results));
        job->promise.finish();
    });
}

void FleetBoard::Private::itemEnded(const JobPtr &job, const AppId &app, const Status &status)
{
    FleetItemResult result;
    result.app = app;
    result.title = job->titles.value(app);
    result.ok = status.ok();
    if (!status)
        result.text = status.error().text;
    job->results.append(result);
    Q_EMIT q->itemDone(job->id, result);
}

Future<void> FleetBoard::Private::perform(const AppId &app, FleetAction action, const QString &argument)
{
    if (!rows.contains(app))
        return readyFuture<void>(Error{ErrorKind::NotFound, FleetBoard::tr("This app is gone."), app.value});
    switch (action) {
    case FleetAction::Stop:
        return parts.sleep(app);
    case FleetAction::Restart:
        return toFuture(restartApp(parts.sleep, parts.wake, app));
    case FleetAction::Delete:
        return parts.moveToBin(app);
    case FleetAction::Wake:
        return parts.wake(app);
    case FleetAction::Label:
    case FleetAction::Unlabel:
        return readyFuture<void>(setLabel(app, argument, action == FleetAction::Label));
    case FleetAction::Move:
        break;
    }
    return toFuture(moveApp(parts, app, placeOf(argument)));
}

/// A host that is being emptied: what may run anywhere goes elsewhere, the rest sleeps.
Future<void> FleetBoard::Private::evict(const AppId &app)
{
    const FleetRow *row = rows.find(app);
    if (row && row->placement == QLatin1String("any"))
        return toFuture(moveApp(parts, app, {{QStringLiteral("any")}, {}}));
    return toFuture(sleepSettled(parts, app));
}

Future<QList<FleetItemResult>> FleetBoard::Private::drain(const QString &job, const HostId &host)
{
    using Results = QList<FleetItemResult>;
    if (const Status read = load(); !read)
        return readyFuture<Results>(read.error());
    HostConfig config = parts.hosts->card(host).config;
    if (config.id.isEmpty())
        return readyFuture<Results>(
            Error{ErrorKind::NotFound, FleetBoard::tr("There is no host \"%1\".").arg(host.value.left(80)), {}});
    config.draining = true;
    QList<AppId> there;
    for (const FleetRow &row : rows.all()) {
        if (row.host == host && !row.sandbox.isEmpty())
            there.append(row.app);
    }
    auto promise = std::make_shared<QPromise<Result<Results>>>();
    promise->start();
    const auto future = promise->future();
    const auto finish = [promise](const Result<Results> &results) {
        promise->addResult(results);
        promise->finish();
    };
    whenDone(q, parts.hosts->update(config), [this, job, there, finish](const Status &updated) {
        if (!updated)
            return finish(Result<Results>(updated.error()));
        whenDone(q, start(job, there, [this](const AppId &app) { return evict(app); }), finish);
    });
    return future;
}

Status FleetBoard::Private::setLabel(const AppId &app, const QString &label, bool wanted)
{
    const QString clean = label.simplified();
    const bool plain =
        std::all_of(clean.cbegin(), clean.cend(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (!plain || clean.size() > longestLabel)
        return Error{ErrorKind::Invalid,
                     FleetBoard::tr("A label has at most %1 letters, and none that cannot be seen.").arg(longestLabel),
                     {}};
    if (clean.isEmpty())
        return Error{ErrorKind::Invalid, FleetBoard::tr("A label needs at least one letter."), {}};
    BoardRepository &board = parts.store->board();
    const Status stored = wanted ? board.addLabel(app, clean) : board.removeLabel(app, clean);
    if (!stored)
        return stored;
    const auto labels = board.labelsOf(app);
    if (!labels)
        return labels.error();
    rows.setLabels(app, *labels);
    scheduleFlush();
    return {};
}

} // namespace Flotilla
