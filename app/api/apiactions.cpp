// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiactions.h"

#include "app/api/apiwords.h"
#include "app/application/application.h"
#include "backends/core/continuation.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/http/httpclient.h"
#include "backends/projects/projectservice.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla::ApiActions {

namespace {

using namespace std::chrono_literals;

int statusOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return 400;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::Unavailable:
    case ErrorKind::Overloaded:
        return 503;
    default:
        return 500;
    }
}

QString kindOf(int status)
{
    switch (status) {
    case 400:
        return QStringLiteral("invalid");
    case 404:
        return QStringLiteral("not-found");
    case 409:
        return QStringLiteral("conflict");
    case 503:
        return QStringLiteral("unavailable");
    default:
        return QStringLiteral("internal");
    }
}

ApiResponse failed(const Error &error)
{
    const int status = statusOf(error.kind);
    return ApiResponse::failure(status, kindOf(status), error.text);
}

ApiResponse done(const Status &status)
{
    return status ? ApiResponse{204, "application/json", {}} : failed(status.error());
}

QJsonObject toJson(const AppSummary &app)
{
    return {{QStringLiteral("id"), app.id.value},
            {QStringLiteral("title"), app.title},
            {QStringLiteral("prompt"), app.prompt},
            {QStringLiteral("model"), app.model},
            {QStringLiteral("host"), app.host},
            {QStringLiteral("starred"), app.starred},
            {QStringLiteral("version"), app.version},
            {QStringLiteral("green"), app.green},
            {QStringLiteral("running"), app.running},
            {QStringLiteral("turn"), toString(app.turn)},
            {QStringLiteral("problem"), app.problem},
            {QStringLiteral("used_errors"), QJsonArray::fromStringList(app.useErrors)},
            {QStringLiteral("created"), app.created.toString(Qt::ISODateWithMs)},
            {QStringLiteral("updated"), app.updated.toString(Qt::ISODateWithMs)}};
}

QJsonObject toJson(const Message &message)
{
    QString text;
    QJsonArray files;
    for (const Block &block : message.blocks) {
        if (const auto *part = std::get_if<TextBlock>(&block))
            text += part->markdown;
        else if (const auto *tool = std::get_if<ToolBlock>(&block))
            files.append(QJsonObject{{QStringLiteral("tool"), tool->tool}, {QStringLiteral("path"), tool->path}});
    }
    return {{QStringLiteral("id"), message.id},
            {QStringLiteral("role"), message.role == Role::User ? QStringLiteral("user") : QStringLiteral("assistant")},
            {QStringLiteral("text"), text},
            {QStringLiteral("tools"), files},
            {QStringLiteral("version"), message.version},
            {QStringLiteral("green"), message.green},
            {QStringLiteral("created"), message.created.toString(Qt::ISODateWithMs)}};
}

/// What the body says: an object of these texts, none of which has to be there.
Result<QJsonObject> objectIn(const QByteArray &body, const QStringList &known)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return Error{
            ErrorKind::Invalid,
            ApiWords::tr("The body is not JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset),
            {}};
    if (!document.isObject())
        return Error{ErrorKind::Invalid, ApiWords::tr("The body has to be a JSON object."), {}};
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = member.key().left(80);
        if (!known.contains(member.key()))
            return Error{ErrorKind::Invalid, ApiWords::tr("“%1” is not known here.").arg(name), {}};
        if (!member.value().isString())
            return Error{ErrorKind::Invalid, ApiWords::tr("“%1” has to be a text.").arg(name), {}};
    }
    return object;
}

Result<Wish> wishOf(const QByteArray &body)
{
    const auto object = objectIn(body, {QStringLiteral("prompt"), QStringLiteral("model")});
    if (!object)
        return object.error();
    Wish wish;
    wish.prompt = (*object)[QLatin1String("prompt")].toString();
    wish.model = (*object)[QLatin1String("model")].toString();
    return wish;
}

bool isBusy(const AppSummary &app)
{
    return app.turn != TurnState::Idle && !isEnd(app.turn);
}

QByteArray metric(const char *name, const char *help, double value)
{
    return QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + " gauge\n" + name + ' ' +
           QByteArray::number(value, 'g', 12) + '\n';
}

} // namespace

ApiReply createApp(ApiCall call)
{
    Application *application = call.application;
    const auto wish = wishOf(call.request.body);
    if (!wish)
        co_return failed(wish.error());
    const auto created = co_await outcome(application->projects().create(*wish));
    if (!created)
        co_return failed(created.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), created->value},
                                            {QStringLiteral("url"), application->previewUrl(*created).toString()}},
                                201);
}

ApiReply listApps(ApiCall call)
{
    Application *application = call.application;
    const auto apps = co_await outcome(application->projects().apps());
    if (!apps)
        co_return failed(apps.error());
    QJsonArray json;
    for (const AppSummary &app : *apps)
        json.append(toJson(app));
    co_return ApiResponse::json(json);
}

ApiReply showApp(ApiCall call)
{
    Application *application = call.application;
    const AppId id = call.app;
    const auto app = co_await outcome(application->projects().app(id));
    if (!app)
        co_return failed(app.error());
    QJsonObject json = toJson(*app);
    json.insert(QStringLiteral("url"), application->previewUrl(id).toString());
    co_return ApiResponse::json(json);
}

ApiReply writeToApp(ApiCall call)
{
    const auto wish = wishOf(call.request.body);
    if (!wish)
        co_return failed(wish.error());
    const auto submitted = co_await outcome(call.application->projects().submit(call.app, *wish));
    if (!submitted)
        co_return failed(submitted.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), call.app.value}}, 202);
}

ApiReply history(ApiCall call)
{
    Application *application = call.application;
    const AppId id = call.app;
    const auto app = co_await outcome(application->projects().app(id)); // whose conversation may be empty
    if (!app)
        co_return failed(app.error());
    const auto messages = co_await outcome(application->projects().conversation(id));
    if (!messages)
        co_return failed(messages.error());
    QJsonArray json;
    for (const Message &message : *messages)
        json.append(toJson(message));
    co_return ApiResponse::json(json);
}

/// Wakes the app when it sleeps, and asks it for its start page.
ApiReply ping(ApiCall call)
{
    Application *application = call.application;
    const AppId id = call.app;
    const auto app = co_await outcome(application->projects().app(id)); // the preview of one that is gone says 404
    if (!app)
        co_return failed(app.error());
    const auto woken = co_await outcome(application->projects().openPreview(id));
    if (!woken)
        co_return failed(woken.error());
    QElapsedTimer timer;
    timer.start();
    const QUrl startPage;
    const auto response = co_await outcome(application->fetch(id, startPage));
    if (!response)
        co_return failed(response.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("status"), response->status},
                                            {QStringLiteral("ms"), double(timer.nsecsElapsed()) / 1e6}});
}

ApiReply snapshot(ApiCall call)
{
    const QStringList known{QStringLiteral("label")};
    const auto object = call.request.body.isEmpty() ? QJsonObject() : objectIn(call.request.body, known);
    if (!object)
        co_return failed(object.error());
    const QString label = (*object)[QLatin1String("label")].toString().left(80);
    const auto made = co_await outcome(call.application->board().snapshot(call.app, label));
    if (!made)
        co_return failed(made.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), made->id.value},
                                            {QStringLiteral("label"), made->label},
                                            {QStringLiteral("bytes"), made->bytes}},
                                201);
}

ApiReply star(ApiCall call)
{
    const auto changed = co_await outcome(call.application->projects().setStarred(call.app, true));
    co_return done(changed);
}

ApiReply unstar(ApiCall call)
{
    const auto changed = co_await outcome(call.application->projects().setStarred(call.app, false));
    co_return done(changed);
}

ApiReply terminate(ApiCall call)
{
    Application *application = call.application;
    const AppId id = call.app;
    const auto app = co_await outcome(application->projects().app(id));
    if (!app)
        co_return failed(app.error());
    const auto asleep = co_await outcome(application->projects().sleep(id));
    co_return done(asleep);
}

ApiReply terminateAll(ApiCall call)
{
    Application *application = call.application;
    const auto apps = co_await outcome(application->projects().apps());
    if (!apps)
        co_return failed(apps.error());
    const auto ends =
        std::count_if(apps->begin(), apps->end(), [](const AppSummary &app) { return app.running || isBusy(app); });
    QList<Future<void>> turns; // first: one under way would bring its sandbox back, or not have it yet
    for (const AppSummary &app : *apps)
        if (isBusy(app))
            turns.append(application->projects().sleep(app.id));
    for (const Future<void> &turn : turns) {
        const auto ended = co_await outcome(turn);
        if (!ended)
            co_return failed(ended.error());
    }
    const auto stopped = co_await outcome(application->fleet().stopAll());
    if (!stopped)
        co_return failed(stopped.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("stopped"), int(ends)}});
}

ApiReply removeApp(ApiCall call)
{
    Application *application = call.application;
    const AppId id = call.app;
    const auto removed = co_await outcome(application->projects().purge(id));
    co_return done(removed);
}

ApiReply metrics(ApiCall call)
{
    Application *application = call.application;
    const auto apps = co_await outcome(application->projects().apps());
    if (!apps)
        co_return failed(apps.error());
    const auto rows = co_await outcome(application->board().rows());
    if (!rows)
        co_return failed(rows.error());
    int running = 0;
    double memory = 0;
    double cpu = 0;
    for (const FleetRow &row : *rows) {
        running += row.state == SandboxState::Running ? 1 : 0;
        memory += double(row.memoryBytes.value_or(0));
        cpu += row.cpuPercent.value_or(0) / 100;
    }
    const auto green = std::count_if(apps->begin(), apps->end(), [](const AppSummary &app) { return app.green; });
    const auto busy = std::count_if(apps->begin(), apps->end(), isBusy);
    const QByteArray text = metric("flotilla_apps", "Apps in the store.", double(apps->size())) +
                            metric("flotilla_apps_green", "Apps whose newest version is green.", double(green)) +
                            metric("flotilla_turns_running", "Turns under way.", double(busy)) +
                            metric("flotilla_sandboxes_running", "Running sandboxes.", running) +
                            metric("flotilla_sandboxes_memory_bytes", "Memory of all sandboxes.", memory) +
                            metric("flotilla_sandboxes_cpu_cores", "Cores in use by all sandboxes.", cpu);
    co_return ApiResponse{200, "text/plain; version=0.0.4", text};
}

ApiReply description(ApiCall)
{
    QFile file(QStringLiteral(":/flotilla/api/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        co_return ApiResponse::failure(500, QStringLiteral("internal"), ApiWords::tr("The description is missing."));
    co_return ApiResponse{200, "application/json", file.readAll()};
}

} // namespace Flotilla::ApiActions
