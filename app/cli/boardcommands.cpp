// SPDX-License-Identifier: GPL-3.0-or-later
// What the board shows and does: rows, labels, moves, snapshots, events.
#include "app/application/application.h"
#include "app/cli/boardselect.h"
#include "app/cli/commands.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostservice.h"
#include "backends/projects/projectservice.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QCoroFuture>
#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonObject>

#include <csignal>
#include <unistd.h>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr int shownEvents = 100;

QJsonValue orNull(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QString sizeText(qint64 bytes)
{
    return bytes < 1'000'000 ? QStringLiteral("%1 kB").arg((bytes + 999) / 1000)
                             : QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString timeText(const QDateTime &time)
{
    return time.toString(Qt::ISODateWithMs);
}

QJsonObject toJson(const FleetRow &row)
{
    return {{QStringLiteral("app"), row.app.value},
            {QStringLiteral("title"), row.title},
            {QStringLiteral("version"), row.version},
            {QStringLiteral("labels"), QJsonArray::fromStringList(row.labels)},
            {QStringLiteral("placement"), row.placement},
            {QStringLiteral("sandbox"), row.sandbox.value},
            {QStringLiteral("host"), row.host.value},
            {QStringLiteral("host_reachable"), row.hostReachable},
            {QStringLiteral("backend"), row.backend},
            {QStringLiteral("state"), toString(row.state)},
            {QStringLiteral("reason"), toString(row.reason)},
            {QStringLiteral("cpu_percent"), orNull(row.cpuPercent)},
            {QStringLiteral("memory_bytes"), row.memoryBytes ? QJsonValue(*row.memoryBytes) : QJsonValue()},
            {QStringLiteral("processes"), row.processes}};
}

QJsonObject toJson(const FleetEvent &event)
{
    return {{QStringLiteral("id"), event.id},
            {QStringLiteral("time"), timeText(event.time)},
            {QStringLiteral("host"), event.host},
            {QStringLiteral("app"), event.app.value},
            {QStringLiteral("sandbox"), event.sandbox.value},
            {QStringLiteral("kind"), event.kind},
            {QStringLiteral("text"), event.text}};
}

QString lineOf(const FleetEvent &event)
{
    return QStringLiteral("%1  %2 %3 %4 %5")
        .arg(timeText(event.time), event.kind.leftJustified(9), event.host.leftJustified(12),
             event.app.value.leftJustified(12), event.text);
}

QJsonObject toJson(const SnapshotInfo &info)
{
    return {{QStringLiteral("snapshot"), info.id.value},
            {QStringLiteral("app"), info.app.value},
            {QStringLiteral("host"), info.host.value},
            {QStringLiteral("backend"), info.backend},
            {QStringLiteral("label"), info.label},
            {QStringLiteral("bytes"), info.bytes},
            {QStringLiteral("created"), timeText(info.created)}};
}

/// The one app of a bulk action with one item.
QCoro::Task<Status> applyToOne(CommandContext *context, AppId app, FleetAction action, QString argument)
{
    const QList<AppId> one{app};
    const Result<QList<FleetItemResult>> results =
        co_await context->application.board().apply(QStringLiteral("cli"), action, one, argument);
    if (!results)
        co_return results.error();
    const FleetItemResult &item = results->constFirst();
    if (!item.ok)
        co_return Error{ErrorKind::Unavailable, item.text, {}};
    co_return Status();
}

void showEvent(const CommandContext *context, const FleetEvent &event)
{
    if (context->output.json())
        context->output.value(toJson(event)); // one object a line: a stream has no end
    else
        context->output.line(lineOf(event));
    if (isOutputLost())
        ::kill(::getpid(), SIGTERM); // nobody reads on: see untilTerminated()
}

/// The app that the command line names; empty: it names none, all are meant.
QCoro::Task<Result<AppId>> givenApp(CommandContext *context)
{
    const QStringList &positional = context->invocation.positional;
    if (positional.isEmpty())
        co_return AppId();
    const Result<AppSummary> app = co_await findApp(context, positional.constFirst());
    if (!app)
        co_return app.error();
    co_return app->id;
}

QCoro::Task<int> tellMoved(CommandContext *context, AppId id)
{
    const Result<AppSummary> app = co_await context->application.projects().app(id);
    if (!app)
        co_return context->output.fail(app.error());
    const QString &image = app->container;
    context->output.value(
        QJsonObject{{QStringLiteral("app"), id.value},
                    {QStringLiteral("host"), app->host},
                    {QStringLiteral("container_image"), image.isEmpty() ? QJsonValue() : QJsonValue(image)}});
    if (app->host == QLatin1String("any"))
        context->output.line(QStringLiteral("%1 may run on any host of the pool now.").arg(app->title));
    else
        context->output.line(QStringLiteral("%1 is on %2 now.").arg(app->title, app->host));
    if (!image.isEmpty())
        context->output.line(QStringLiteral("  in the container image %1").arg(image));
    co_return 0;
}

} // namespace

namespace Commands {

CommandTask move(CommandContext *context)
{
    const QHash<QString, QString> &values = context->invocation.values;
    const auto image = QStringLiteral("container-image");
    const QString wanted = values.value(QStringLiteral("host"));
    const QString backend = values.value(QStringLiteral("backend"));
    if (wanted.isEmpty() && !values.contains(image))
        co_return context->output.fail({ErrorKind::Invalid,
                                        QStringLiteral("Say where to, or into which image: flotillactl move APP "
                                                       "[--host HOST] [--container-image C]."),
                                        {}});
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    if (const Status good = checkBackend(backend); !good)
        co_return context->output.fail(good.error());
    Result<QString> host = QString();
    if (!wanted.isEmpty())
        host = co_await hostNamed(context, wanted);
    if (!host)
        co_return context->output.fail(host.error());
    QStringList place{*host, backend};
    if (values.contains(image))
        place.append(values.value(image));
    const Status moved = co_await applyToOne(context, app->id, FleetAction::Move, place.join(QLatin1Char('/')));
    if (!moved)
        co_return context->output.fail(moved.error());
    co_return co_await tellMoved(context, app->id);
}

CommandTask label(CommandContext *context)
{
    const bool removes = context->invocation.flags.contains(QStringLiteral("remove"));
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const QString name = context->invocation.positional.at(1).simplified();
    const Status done =
        co_await applyToOne(context, app->id, removes ? FleetAction::Unlabel : FleetAction::Label, name);
    if (!done)
        co_return context->output.fail(done.error());
    context->output.value(QJsonObject{
        {QStringLiteral("app"), app->id.value}, {QStringLiteral("label"), name}, {QStringLiteral("removed"), removes}});
    context->output.line(
        (removes ? QStringLiteral("%1 is not labelled %2 any more.") : QStringLiteral("%1 is labelled %2."))
            .arg(app->title, name));
    co_return 0;
}

CommandTask stats(CommandContext *context)
{
    FleetBoard &board = context->application.board();
    const Result<AppId> only = co_await givenApp(context);
    if (!only)
        co_return context->output.fail(only.error());
    const Status awake = co_await adoptEverything(context);
    if (!awake)
        co_return context->output.fail(awake.error());
    board.setWatched(true);
    const Result<QList<FleetRow>> first = co_await board.rows();
    if (!first)
        co_return context->output.fail(first.error());
    co_await QCoro::sleepFor(2300ms); // a share of processor time needs two samples
    const Result<QList<FleetRow>> rows = co_await board.rows();
    if (!rows)
        co_return context->output.fail(rows.error());
    QJsonArray json;
    for (const FleetRow &row : *rows) {
        if (row.sandbox.isEmpty() || (!only->isEmpty() && row.app != *only))
            continue;
        json.append(toJson(row));
        const QString cpu =
            row.cpuPercent ? QStringLiteral("%1 %").arg(*row.cpuPercent, 0, 'f', 1) : QStringLiteral("-");
        const QString memory = row.memoryBytes ? QStringLiteral("%1 MB").arg(double(*row.memoryBytes) / 1e6, 0, 'f', 1)
                                               : QStringLiteral("-");
        context->output.line(QStringLiteral("%1  %2 %3 %4 %5  %6")
                                 .arg(row.app.value, row.host.value.leftJustified(12), cpu.rightJustified(8),
                                      memory.rightJustified(10), QString::number(row.processes).rightJustified(4),
                                      row.title));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask events(CommandContext *context)
{
    const Result<AppId> only = co_await givenApp(context);
    if (!only)
        co_return context->output.fail(only.error());
    FleetBoard &board = context->application.board();
    const bool follows = context->invocation.flags.contains(QStringLiteral("follow"));
    QObject here;
    if (follows) {
        QObject::connect(&board, &FleetBoard::eventAdded, &here, [context, only = *only](const FleetEvent &event) {
            if (only.isEmpty() || event.app == only)
                showEvent(context, event);
        });
        const Result<QList<FleetRow>> rows = co_await board.rows(); // begins to follow
        if (!rows)
            co_return context->output.fail(rows.error());
        co_await untilTerminated();
        co_return 0;
    }
    const Result<QList<FleetEvent>> list = co_await board.events(*only, shownEvents);
    if (!list)
        co_return context->output.fail(list.error());
    QJsonArray json;
    for (const FleetEvent &event : *list) {
        json.append(toJson(event));
        context->output.line(lineOf(event));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask snapshot(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const QString name = context->invocation.values.value(QStringLiteral("label"));
    const Result<SnapshotInfo> taken = co_await context->application.board().snapshot(app->id, name);
    if (!taken)
        co_return context->output.fail(taken.error());
    context->output.value(toJson(*taken));
    context->output.line(QStringLiteral("%1  %2 of %3 on %4")
                             .arg(taken->id.value, sizeText(taken->bytes), app->title, taken->host.value));
    co_return 0;
}

CommandTask snapshots(CommandContext *context)
{
    const Result<AppId> only = co_await givenApp(context);
    if (!only)
        co_return context->output.fail(only.error());
    const Result<QList<SnapshotInfo>> list = co_await context->application.board().snapshots(*only);
    if (!list)
        co_return context->output.fail(list.error());
    QJsonArray json;
    for (const SnapshotInfo &info : *list) {
        json.append(toJson(info));
        context->output.line(QStringLiteral("%1  app %2  %3  %4  %5  %6")
                                 .arg(info.id.value, info.app.value, info.host.value, timeText(info.created),
                                      sizeText(info.bytes), info.label));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask fork(CommandContext *context)
{
    bool ok = true;
    const QString text = context->invocation.values.value(QStringLiteral("count"), QStringLiteral("1"));
    const int count = text.toInt(&ok);
    if (!ok || count < 1 || count > 1000)
        co_return context->output.fail(
            {ErrorKind::Invalid, QStringLiteral("\"%1\" is not a number from 1 to 1000.").arg(text.left(40)), {}});
    FleetBoard &board = context->application.board();
    const QString name = context->invocation.positional.constFirst();
    AppId source;
    std::optional<SnapshotInfo> from;
    const Result<QList<SnapshotInfo>> known = co_await board.snapshots(source);
    if (!known)
        co_return context->output.fail(known.error());
    for (const SnapshotInfo &info : *known) {
        if (info.id.value == name)
            from = info;
    }
    if (from) {
        source = from->app;
    } else {
        const Result<AppSummary> app = co_await findApp(context, name);
        if (!app)
            co_return context->output.fail(app.error());
        source = app->id;
    }
    const Result<QList<AppId>> made = co_await board.fork(source, from, count);
    if (!made)
        co_return context->output.fail(made.error());
    QJsonArray json;
    for (const AppId &id : *made) {
        const QString url = context->application.previewUrl(id).toString();
        json.append(QJsonObject{{QStringLiteral("app"), id.value}, {QStringLiteral("url"), url}});
        context->output.line(QStringLiteral("%1  %2").arg(id.value, url));
    }
    context->output.value(json);
    co_return 0;
}

} // namespace Commands

} // namespace Flotilla
