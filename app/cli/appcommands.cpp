// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/commands.h"
#include "backends/projects/exporter.h"
#include "backends/projects/projectservice.h"
#include "backends/projects/useerrors.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace Flotilla {

namespace {

QString stateOf(const AppSummary &app)
{
    if (app.turn != TurnState::Idle && !isEnd(app.turn))
        return toString(app.turn);
    if (app.version == 0)
        return QStringLiteral("empty");
    return app.green ? QStringLiteral("green") : QStringLiteral("red");
}

QJsonValue money(const std::optional<double> &cost)
{
    return cost ? QJsonValue(*cost) : QJsonValue();
}

QJsonValue firstOf(const QStringList &errors)
{
    return errors.isEmpty() ? QJsonValue() : QJsonValue(errors.first());
}

/// For a person: green is not the whole truth when something went wrong while the app was used.
QString wordOf(const QString &state, const QStringList &useErrors)
{
    return useErrors.isEmpty() ? state : state + QLatin1String(", error while used");
}

QJsonObject toJson(const AppSummary &app, const QString &url)
{
    return {{QStringLiteral("app"), app.id.value},
            {QStringLiteral("title"), app.title},
            {QStringLiteral("prompt"), app.prompt},
            {QStringLiteral("model"), app.model},
            {QStringLiteral("host"), app.host},
            {QStringLiteral("container_image"), app.container.isEmpty() ? QJsonValue() : QJsonValue(app.container)},
            {QStringLiteral("state"), stateOf(app)},
            {QStringLiteral("version"), app.version},
            {QStringLiteral("last_green"), app.lastGreen},
            {QStringLiteral("running"), app.running},
            {QStringLiteral("starred"), app.starred},
            {QStringLiteral("url"), url},
            {QStringLiteral("problem"), app.problem.isEmpty() ? QJsonValue() : QJsonValue(app.problem)},
            {QStringLiteral("used_error"), firstOf(app.useErrors)},
            {QStringLiteral("tokens"), app.usage.total()},
            {QStringLiteral("cost"), money(app.cost)},
            {QStringLiteral("created"), app.created.toString(Qt::ISODateWithMs)},
            {QStringLiteral("updated"), app.updated.toString(Qt::ISODateWithMs)}};
}

QJsonObject toJson(const VersionSummary &version)
{
    QJsonArray checks;
    for (const CheckResult &check : version.checks) {
        checks.append(QJsonObject{{QStringLiteral("name"), check.name},
                                  {QStringLiteral("ok"), check.ok},
                                  {QStringLiteral("text"), check.text}});
    }
    return {{QStringLiteral("version"), version.number},
            {QStringLiteral("parent"), version.parent},
            {QStringLiteral("state"), version.state},
            {QStringLiteral("message"), version.message},
            {QStringLiteral("error"), version.error.isEmpty() ? QJsonValue() : QJsonValue(version.error)},
            {QStringLiteral("used_error"), firstOf(useErrorsOf(version.checks))},
            {QStringLiteral("model"), version.model},
            {QStringLiteral("checks"), checks},
            {QStringLiteral("cost"), money(version.cost)},
            {QStringLiteral("seconds"), version.seconds},
            {QStringLiteral("created"), version.created.toString(Qt::ISODateWithMs)}};
}

Result<int> versionOption(const CommandContext *context)
{
    const QString text = context->invocation.values.value(QStringLiteral("version"));
    bool ok = true;
    const int version = text.isEmpty() ? 0 : text.toInt(&ok);
    if (!ok || (!text.isEmpty() && version < 1))
        return Error{ErrorKind::Invalid, QStringLiteral("\"%1\" is not a version number.").arg(text.left(40)), {}};
    return version;
}

QCoro::Task<Result<FileMap>> requestedFiles(CommandContext *context)
{
    const Result<int> version = versionOption(context);
    if (!version)
        co_return version.error();
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return app.error();
    co_return co_await context->application.projects().files(app->id, *version);
}

/// A model chose the title: no file of the folder makes way for it.
QString freeName(const QString &name)
{
    QString file = name + QLatin1String(".zip");
    for (int i = 2; QFileInfo::exists(file) || QFileInfo(file).isSymLink(); ++i)
        file = QStringLiteral("%1 (%2).zip").arg(name).arg(i);
    return file;
}

} // namespace

namespace Commands {

CommandTask apps(CommandContext *context)
{
    const Result<QList<AppSummary>> list = co_await context->application.projects().apps();
    if (!list)
        co_return context->output.fail(list.error());
    QJsonArray json;
    for (const AppSummary &app : *list) {
        json.append(toJson(app, context->application.previewUrl(app.id).toString()));
        context->output.line(QStringLiteral("%1  %2 %3 %4")
                                 .arg(app.id.value, stateOf(app).leftJustified(9),
                                      QStringLiteral("v%1").arg(app.version).leftJustified(5), app.title));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask show(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const QString url = context->application.previewUrl(app->id).toString();
    context->output.value(toJson(*app, url));
    context->output.line(QStringLiteral("%1  %2\n  %3, version %4, %5\n  %6")
                             .arg(app->id.value, app->title, wordOf(stateOf(*app), app->useErrors))
                             .arg(app->version)
                             .arg(app->running ? QStringLiteral("running") : QStringLiteral("asleep"), url));
    if (!app->container.isEmpty())
        context->output.line(QStringLiteral("  in the container image %1").arg(app->container));
    const QStringList problems = app->problem.isEmpty() ? app->useErrors : QStringList{app->problem};
    for (const QString &problem : problems)
        context->output.line(QLatin1String("  ") + problem);
    co_return 0;
}

CommandTask files(CommandContext *context)
{
    const Result<FileMap> map = co_await requestedFiles(context);
    if (!map)
        co_return context->output.fail(map.error());
    QStringList paths = map->keys();
    std::sort(paths.begin(), paths.end());
    QJsonArray json;
    for (const QString &path : std::as_const(paths)) {
        json.append(QJsonObject{{QStringLiteral("path"), path}, {QStringLiteral("size"), map->value(path).size()}});
        context->output.line(QStringLiteral("%1  %2").arg(map->value(path).size(), 8).arg(path));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask cat(CommandContext *context)
{
    const Result<FileMap> map = co_await requestedFiles(context);
    if (!map)
        co_return context->output.fail(map.error());
    const QString path = context->invocation.positional.at(1);
    if (!map->contains(path)) {
        co_return context->output.fail(
            {ErrorKind::NotFound, QStringLiteral("The app has no file \"%1\".").arg(path.left(200)), {}});
    }
    if (context->output.json()) {
        context->output.value(
            QJsonObject{{QStringLiteral("path"), path}, {QStringLiteral("text"), QString::fromUtf8(map->value(path))}});
    } else {
        context->output.raw(map->value(path));
    }
    co_return 0;
}

CommandTask exportApp(CommandContext *context)
{
    const Result<FileMap> map = co_await requestedFiles(context);
    if (!map)
        co_return context->output.fail(map.error());
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const QString file = context->invocation.positional.value(1, freeName(Exporter::fileName(app->title)));
    if (file.isEmpty())
        co_return context->output.fail({ErrorKind::Invalid, QStringLiteral("Name the file to write."), {}});
    const Result<QString> written = co_await Exporter::toZip(*map, QFileInfo(file).absoluteFilePath());
    if (!written)
        co_return context->output.fail(written.error());
    context->output.value(QJsonObject{{QStringLiteral("app"), app->id.value},
                                      {QStringLiteral("file"), *written},
                                      {QStringLiteral("files"), map->size()}});
    context->output.line(*written);
    co_return 0;
}

CommandTask versions(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const Result<QList<VersionSummary>> list = co_await context->application.projects().versions(app->id);
    if (!list)
        co_return context->output.fail(list.error());
    QJsonArray json;
    for (const VersionSummary &version : *list) {
        json.append(toJson(version));
        const QString word = wordOf(version.state, useErrorsOf(version.checks));
        context->output.line(
            QStringLiteral("v%1  %2 %3").arg(version.number).arg(word.leftJustified(8), version.message));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask restore(CommandContext *context)
{
    bool ok = false;
    const QString text = context->invocation.positional.at(1);
    const int wanted = (text.startsWith(QLatin1Char('v')) ? text.mid(1) : text).toInt(&ok);
    if (!ok || wanted < 1) {
        co_return context->output.fail(
            {ErrorKind::Invalid, QStringLiteral("\"%1\" is not a version number.").arg(text.left(40)), {}});
    }
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const Result<int> made = co_await context->application.projects().restore(app->id, wanted);
    if (!made)
        co_return context->output.fail(made.error());
    context->output.value(QJsonObject{{QStringLiteral("app"), app->id.value},
                                      {QStringLiteral("version"), *made},
                                      {QStringLiteral("restored"), wanted}});
    context->output.line(QStringLiteral("Version %1 has the files of version %2.").arg(*made).arg(wanted));
    co_return 0;
}

namespace {

bool isHostAway(const Error &error)
{
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Network ||
           error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Unauthorized;
}

} // namespace

CommandTask remove(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    ProjectService &projects = context->application.projects();
    Status done = co_await projects.moveToBin(app->id);
    if (done || isHostAway(done.error()))
        done = co_await projects.purge(app->id);
    if (!done && isHostAway(done.error()))
        co_return context->output.fail(
            {done.error().kind,
             QStringLiteral("%1 is deleted. Its sandbox and data go when its host can be reached again: %2")
                 .arg(app->title, done.error().text),
             done.error().detail});
    if (!done)
        co_return context->output.fail(done.error());
    context->output.value(QJsonObject{{QStringLiteral("app"), app->id.value}, {QStringLiteral("removed"), true}});
    context->output.line(QStringLiteral("%1 is deleted.").arg(app->title));
    co_return 0;
}

} // namespace Commands

} // namespace Flotilla
