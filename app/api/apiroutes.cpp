// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiroutes.h"

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

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

using Reply = QCoro::Task<ApiResponse>;

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

ApiResponse failed(const Error &error)
{
    return ApiResponse::failure(statusOf(error.kind), QString::number(statusOf(error.kind)), error.text);
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

Wish wishOf(const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    Wish wish;
    wish.prompt = json[QLatin1String("prompt")].toString();
    wish.model = json[QLatin1String("model")].toString();
    return wish;
}

Reply createApp(Application *application, QByteArray body)
{
    const auto created = co_await outcome(application->projects().create(wishOf(body)));
    if (!created)
        co_return failed(created.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), created->value},
                                            {QStringLiteral("url"), application->previewUrl(*created).toString()}},
                                201);
}

Reply listApps(Application *application)
{
    const auto apps = co_await outcome(application->projects().apps());
    if (!apps)
        co_return failed(apps.error());
    QJsonArray json;
    for (const AppSummary &app : *apps)
        json.append(toJson(app));
    co_return ApiResponse::json(json);
}

Reply showApp(Application *application, AppId id)
{
    const auto app = co_await outcome(application->projects().app(id));
    if (!app)
        co_return failed(app.error());
    QJsonObject json = toJson(*app);
    json.insert(QStringLiteral("url"), application->previewUrl(id).toString());
    co_return ApiResponse::json(json);
}

Reply writeToApp(Application *application, AppId id, QByteArray body)
{
    const auto submitted = co_await outcome(application->projects().submit(id, wishOf(body)));
    if (!submitted)
        co_return failed(submitted.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), id.value}}, 202);
}

Reply history(Application *application, AppId id)
{
    const auto messages = co_await outcome(application->projects().conversation(id));
    if (!messages)
        co_return failed(messages.error());
    QJsonArray json;
    for (const Message &message : *messages)
        json.append(toJson(message));
    co_return ApiResponse::json(json);
}

/// Wakes the app when it sleeps, and asks it for its start page.
Reply ping(Application *application, AppId id)
{
    const auto woken = co_await outcome(application->projects().openPreview(id));
    if (!woken)
        co_return failed(woken.error());
    HttpRequest request;
    request.url = application->previewUrl(id);
    request.resolveTo = "127.0.0.1";
    request.totalTimeout = 10s;
    QElapsedTimer timer;
    timer.start();
    const auto response = co_await outcome(application->fetch(request));
    if (!response)
        co_return failed(response.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("status"), response->status},
                                            {QStringLiteral("ms"), double(timer.nsecsElapsed()) / 1e6}});
}

Reply snapshot(Application *application, AppId id, QByteArray body)
{
    const QString label = QJsonDocument::fromJson(body).object()[QLatin1String("label")].toString().left(80);
    const auto made = co_await outcome(application->board().snapshot(id, label));
    if (!made)
        co_return failed(made.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("id"), made->id.value},
                                            {QStringLiteral("label"), made->label},
                                            {QStringLiteral("bytes"), made->bytes}},
                                201);
}

Reply star(Application *application, AppId id, bool starred)
{
    const auto changed = co_await outcome(application->projects().setStarred(id, starred));
    co_return done(changed);
}

Reply terminate(Application *application, AppId id)
{
    const auto asleep = co_await outcome(application->projects().sleep(id));
    co_return done(asleep);
}

Reply terminateAll(Application *application)
{
    const auto stopped = co_await outcome(application->fleet().stopAll());
    if (!stopped)
        co_return failed(stopped.error());
    co_return ApiResponse::json(QJsonObject{{QStringLiteral("stopped"), *stopped}});
}

Reply removeApp(Application *application, AppId id)
{
    const auto removed = co_await outcome(application->projects().purge(id));
    co_return done(removed);
}

QByteArray metric(const char *name, const char *help, double value)
{
    return QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + " gauge\n" + name + ' ' +
           QByteArray::number(value, 'g', 12) + '\n';
}

Reply metrics(Application *application)
{
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
    const auto busy = std::count_if(apps->begin(), apps->end(), [](const AppSummary &app) {
        return app.turn != TurnState::Idle && !isEnd(app.turn);
    });
    const QByteArray text = metric("flotilla_apps", "Apps in the store.", double(apps->size())) +
                            metric("flotilla_apps_green", "Apps whose newest version is green.", double(green)) +
                            metric("flotilla_turns_running", "Turns under way.", double(busy)) +
                            metric("flotilla_sandboxes_running", "Running sandboxes.", running) +
                            metric("flotilla_sandboxes_memory_bytes", "Memory of all sandboxes.", memory) +
                            metric("flotilla_sandboxes_cpu_cores", "Cores in use by all sandboxes.", cpu);
    co_return ApiResponse{200, "text/plain; version=0.0.4", text};
}

Reply description()
{
    QFile file(QStringLiteral(":/flotilla/api/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        co_return ApiResponse::failure(500, QStringLiteral("internal"), QStringLiteral("The description is missing."));
    co_return ApiResponse{200, "application/json", file.readAll()};
}

Reply unknown()
{
    co_return ApiResponse::failure(404, QStringLiteral("not-found"),
                                   QStringLiteral("There is no such path. GET /openapi.json lists them."));
}

Reply answerForApp(Application *application, const ApiRequest &request)
{
    const AppId id{request.path[2]};
    const QString action = request.path.value(3);
    const QByteArray &method = request.method;
    if (action.isEmpty() && method == "GET")
        return showApp(application, id);
    if (action.isEmpty() && method == "DELETE")
        return removeApp(application, id);
    if (action == QLatin1String("messages") && method == "POST")
        return writeToApp(application, id, request.body);
    if (action == QLatin1String("messages") && method == "GET")
        return history(application, id);
    if (action == QLatin1String("ping") && method == "POST")
        return ping(application, id);
    if (action == QLatin1String("snapshots") && method == "POST")
        return snapshot(application, id, request.body);
    if (action == QLatin1String("star") && (method == "PUT" || method == "DELETE"))
        return star(application, id, method == "PUT");
    if (action == QLatin1String("terminate") && method == "POST")
        return terminate(application, id);
    return unknown();
}

} // namespace

QCoro::Task<ApiResponse> answerApi(Application *application, ApiRequest request)
{
    const QStringList &path = request.path;
    const QString whole = path.join(QLatin1Char('/'));
    const bool get = request.method == "GET";
    if (get && whole == QLatin1String("openapi.json"))
        return description();
    if (get && whole == QLatin1String("metrics"))
        return metrics(application);
    if (get && whole == QLatin1String("v1/apps"))
        return listApps(application);
    if (request.method == "POST" && whole == QLatin1String("v1/apps"))
        return createApp(application, request.body);
    if (request.method == "POST" && whole == QLatin1String("v1/terminate"))
        return terminateAll(application);
    const bool forApp = (path.size() == 3 || path.size() == 4) && whole.startsWith(QLatin1String("v1/apps/"));
    return forApp ? answerForApp(application, request) : unknown();
}

} // namespace Flotilla
