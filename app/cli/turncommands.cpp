// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/boardselect.h"
#include "app/cli/commands.h"
#include "backends/fleet/hostservice.h"
#include "backends/llm/modelcatalog.h"
#include "backends/projects/appimport.h"
#include "backends/projects/projectservice.h"

#include <QCoroFuture>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QMimeDatabase>

namespace Flotilla {

namespace {

constexpr qint64 maxImageBytes = 5 * 1024 * 1024;

Result<ImageBlock> readImage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, QStringLiteral("The image %1 cannot be read.").arg(path), file.errorString()};
    ImageBlock image;
    image.data = file.read(maxImageBytes + 1); // a device says no size
    if (image.data.size() > maxImageBytes)
        return Error{ErrorKind::Invalid, QStringLiteral("The image %1 is larger than 5 MB.").arg(path), {}};
    image.mediaType = QMimeDatabase().mimeTypeForData(image.data).name();
    static const QStringList allowed{QStringLiteral("image/png"), QStringLiteral("image/jpeg"),
                                     QStringLiteral("image/gif"), QStringLiteral("image/webp")};
    if (!allowed.contains(image.mediaType))
        return Error{ErrorKind::Invalid, QStringLiteral("%1 is not a PNG, JPEG, GIF or WebP image.").arg(path), {}};
    return image;
}

Result<Wish> wishOf(const Invocation &invocation)
{
    Wish wish;
    wish.prompt = invocation.positional.constLast();
    wish.model = invocation.values.value(QStringLiteral("model"));
    if (!wish.model.isEmpty()) {
        if (const auto ref = ModelRef::parse(wish.model); !ref)
            return ref.error();
    }
    if (const QString path = invocation.values.value(QStringLiteral("image")); !path.isEmpty()) {
        const Result<ImageBlock> image = readImage(path);
        if (!image)
            return image.error();
        wish.images.append(*image);
    }
    return wish;
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

QString lastNotice(const QList<Message> &messages)
{
    for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
        for (auto block = message->blocks.crbegin(); block != message->blocks.crend(); ++block) {
            if (const auto *notice = std::get_if<NoticeBlock>(&*block))
                return notice->text;
        }
    }
    return {};
}

/// The outcome of a finished turn as the JSON of `new` and `edit`.
struct TurnOutcome
{
    AppSummary app;
    VersionSummary version;
    QString url;
    QString unchanged; ///< why there is no new version; empty: there is one
};

QJsonObject toJson(const TurnOutcome &outcome, double seconds)
{
    QJsonArray checks;
    for (const CheckResult &check : outcome.version.checks)
        checks.append(QJsonObject{{QStringLiteral("name"), check.name},
                                  {QStringLiteral("ok"), check.ok},
                                  {QStringLiteral("text"), check.text}});
    const Usage &usage = outcome.version.usage;
    return {
        {QStringLiteral("app"), outcome.app.id.value},
        {QStringLiteral("title"), outcome.app.title},
        {QStringLiteral("version"), outcome.version.number},
        {QStringLiteral("state"), outcome.version.state},
        {QStringLiteral("changed"), outcome.unchanged.isEmpty()},
        {QStringLiteral("url"), outcome.url},
        {QStringLiteral("seconds"), seconds},
        {QStringLiteral("cost"), outcome.version.cost ? QJsonValue(*outcome.version.cost) : QJsonValue()},
        {QStringLiteral("usage"), QJsonObject{{QStringLiteral("input"), usage.inputTokens},
                                              {QStringLiteral("cache_read"), usage.cacheReadTokens},
                                              {QStringLiteral("cache_write"), usage.cacheWriteTokens},
                                              {QStringLiteral("output"), usage.outputTokens}}},
        {QStringLiteral("model"), outcome.version.model},
        {QStringLiteral("checks"), checks},
        {QStringLiteral("error"), outcome.version.error.isEmpty() ? QJsonValue() : QJsonValue(outcome.version.error)},
        {QStringLiteral("last_green"), outcome.app.lastGreen},
    };
}

QCoro::Task<Result<TurnOutcome>> outcomeOf(CommandContext *context, AppId id, int versionBefore)
{
    ProjectService &projects = context->application.projects();
    const Result<AppSummary> app = co_await projects.waitForTurn(id);
    if (!app)
        co_return app.error();
    const Result<QList<VersionSummary>> versions = co_await projects.versions(id);
    if (!versions)
        co_return versions.error();
    if (versions->isEmpty() || versions->constLast().number == versionBefore) {
        const Result<QList<Message>> messages = co_await projects.conversation(id);
        const QString reason = !app->problem.isEmpty() ? app->problem : messages ? lastNotice(*messages) : QString();
        if (!versions->isEmpty() && (app->turn == TurnState::Green || app->turn == TurnState::Red))
            co_return TurnOutcome{*app, versions->constLast(), context->application.previewUrl(id).toString(), reason};
        co_return Error{ErrorKind::Unavailable, reason.isEmpty() ? QStringLiteral("The turn made no version.") : reason,
                        QStringLiteral("app %1").arg(id.value)};
    }
    co_return TurnOutcome{*app, versions->constLast(), context->application.previewUrl(id).toString(), {}};
}

/// The same of a turn that made no version: the app is there, as it was before.
QCoro::Task<QJsonObject> withoutVersion(CommandContext *context, AppId id, int versionBefore)
{
    const Result<QList<Message>> messages = co_await context->application.projects().conversation(id);
    const bool known = messages && !messages->isEmpty() && messages->constLast().cost;
    co_return QJsonObject{{QStringLiteral("app"), id.value},
                          {QStringLiteral("version"), versionBefore},
                          {QStringLiteral("state"), QStringLiteral("red")},
                          {QStringLiteral("changed"), false},
                          {QStringLiteral("url"), context->application.previewUrl(id).toString()},
                          {QStringLiteral("seconds"), secondsSince(context->invocation.started)},
                          {QStringLiteral("cost"), known ? QJsonValue(*messages->constLast().cost) : QJsonValue()}};
}

CommandTask report(CommandContext *context, AppId id, int versionBefore)
{
    const Result<TurnOutcome> outcome = co_await outcomeOf(context, id, versionBefore);
    if (!outcome) {
        const QJsonObject known = co_await withoutVersion(context, id, versionBefore);
        co_return context->output.fail(outcome.error(), known);
    }
    const double seconds = secondsSince(context->invocation.started);
    const VersionSummary &version = outcome->version;
    context->output.value(toJson(*outcome, seconds));
    context->output.line(QStringLiteral("%1  %2  version %3  %4  %5 s")
                             .arg(outcome->app.id.value, version.state)
                             .arg(version.number)
                             .arg(outcome->url)
                             .arg(seconds, 0, 'f', 2));
    if (!version.cost)
        context->output.note(QStringLiteral("The price of %1 is not known.").arg(version.model));
    if (!outcome->unchanged.isEmpty())
        context->output.note(outcome->unchanged);
    if (version.state != QLatin1String("green"))
        context->output.note(version.error);
    co_return version.state == QLatin1String("green") ? 0 : 1;
}

/// Said before a model is asked.
QCoro::Task<Status> takesApps(CommandContext *context, QString host)
{
    const Result<QList<HostCard>> cards = co_await context->application.hostService().hosts();
    if (!cards)
        co_return cards.error();
    for (const HostCard &card : *cards) {
        if (card.config.id.value == host && card.config.draining)
            co_return Error{ErrorKind::Conflict,
                            QStringLiteral("%1 is being drained and takes no apps. Name another host, or let it take "
                                           "them again: flotillactl hosts undrain %2")
                                .arg(card.config.label, host),
                            {}};
    }
    co_return Status();
}

/// Where the new app is to run, as the options say.
QCoro::Task<Status> place(CommandContext *context, Wish *wish)
{
    wish->backend = context->invocation.values.value(QStringLiteral("backend"));
    wish->container = context->invocation.values.value(QStringLiteral("container-image"));
    if (const Status good = checkBackend(wish->backend); !good)
        co_return good;
    const QString name = context->invocation.values.value(QStringLiteral("host"), QStringLiteral("local"));
    const Result<QString> host = co_await hostNamed(context, name);
    if (!host)
        co_return host.error();
    wish->host = *host;
    co_return co_await takesApps(context, *host);
}

} // namespace

namespace Commands {

CommandTask create(CommandContext *context)
{
    Result<Wish> wish = wishOf(context->invocation);
    if (!wish)
        co_return context->output.fail(wish.error());
    const Status placed = co_await place(context, &*wish);
    if (!placed)
        co_return context->output.fail(placed.error());
    const Result<AppId> id = co_await context->application.projects().create(*wish);
    if (!id)
        co_return context->output.fail(id.error());
    co_return co_await report(context, *id, 0);
}

CommandTask edit(CommandContext *context)
{
    const Result<Wish> wish = wishOf(context->invocation);
    if (!wish)
        co_return context->output.fail(wish.error());
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const Status submitted = co_await context->application.projects().submit(app->id, *wish);
    if (!submitted)
        co_return context->output.fail(submitted.error());
    co_return co_await report(context, app->id, app->version);
}

CommandTask importApp(CommandContext *context)
{
    const Result<ImportedApp> imported = co_await AppImport::read(context->invocation.positional.constFirst());
    if (!imported)
        co_return context->output.fail(imported.error());
    const Result<AppId> id = co_await context->application.projects().import(*imported);
    if (!id)
        co_return context->output.fail(id.error());
    co_return co_await report(context, *id, 0);
}

} // namespace Commands

} // namespace Flotilla
