// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiserver.h"
#include "app/application/application.h"
#include "app/cli/commands.h"
#include "backends/llm/modelcatalog.h"
#include "backends/projects/projectservice.h"

#include <QCoroFuture>
#include <QCoroSignal>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <sys/signalfd.h>

namespace Flotilla {

namespace {

/// Below the text of a check, line by line.
QString indented(QString text)
{
    const QString margin(9, QLatin1Char(' '));
    return margin + text.replace(QLatin1Char('\n'), QLatin1Char('\n') + margin);
}

/// As under nohup.
bool isIgnored(int signal)
{
    struct sigaction present = {};
    return sigaction(signal, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

sigset_t terminationSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        if (!isIgnored(signal))
            sigaddset(&signals, signal);
    return signals;
}

QJsonObject toJson(const ModelInfo &model)
{
    QJsonValue price;
    if (model.price)
        price =
            QJsonObject{{QStringLiteral("input"), model.price->input}, {QStringLiteral("output"), model.price->output}};
    return {{QStringLiteral("model"), model.ref},
            {QStringLiteral("id"), model.id},
            {QStringLiteral("name"), model.displayName},
            {QStringLiteral("provider"), model.provider},
            {QStringLiteral("language_model"), model.isLanguageModel},
            {QStringLiteral("tools"), model.capabilities.tools},
            {QStringLiteral("images"), model.capabilities.images},
            {QStringLiteral("price_per_million"), price}};
}

} // namespace

QCoro::Task<void> untilTerminated()
{
    const sigset_t signals = terminationSignals();
    QFile descriptor;
    descriptor.open(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK), QIODevice::ReadOnly, QFile::AutoCloseHandle);
    QSocketNotifier notifier(descriptor.handle(), QSocketNotifier::Read);
    QTimer ended;
    QObject::connect(&notifier, &QSocketNotifier::activated, &ended, [&ended] { ended.start(0); });
    co_await qCoro(&ended, &QTimer::timeout);
}

void blockTerminationSignals()
{
    const sigset_t signals = terminationSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

namespace Commands {

CommandTask serve(CommandContext *context)
{
    ApiServer api(&context->application);
    if (const QString port = context->invocation.values.value(QStringLiteral("api")); !port.isEmpty()) {
        bool ok = false;
        const quint16 number = port.toUShort(&ok);
        if (!ok)
            co_return context->output.fail({ErrorKind::Invalid, QStringLiteral("--api needs a port."), {}});
        const QString tokenFile = context->application.dataDir() + QLatin1String("/api.token");
        const auto token = ApiServer::tokenInFile(tokenFile);
        if (!token)
            co_return context->output.fail(token.error());
        if (const Status begun = api.begin(number, *token); !begun)
            co_return context->output.fail(begun.error());
        writeAll(2, QStringLiteral("The control API is at http://127.0.0.1:%1/, the token in %2.\n")
                        .arg(api.port())
                        .arg(tokenFile)
                        .toUtf8());
    }
    const Result<QList<AppSummary>> apps = co_await context->application.projects().apps();
    if (!apps)
        co_return context->output.fail(apps.error());
    QJsonArray json;
    for (const AppSummary &app : *apps) {
        if (app.version == 0)
            continue;
        const QString url = context->application.previewUrl(app.id).toString();
        json.append(QJsonObject{
            {QStringLiteral("app"), app.id.value}, {QStringLiteral("title"), app.title}, {QStringLiteral("url"), url}});
        context->output.line(QStringLiteral("%1  %2  %3").arg(app.id.value, url, app.title));
    }
    context->output.value(json);
    context->output.note(QStringLiteral("The gateway is up; Ctrl+C ends it. Apps go on running."));
    co_await untilTerminated();
    co_return 0;
}

CommandTask models(CommandContext *context)
{
    const Result<QList<ModelInfo>> list = co_await context->application.models().models();
    if (!list)
        co_return context->output.fail(list.error());
    QJsonArray json;
    for (const ModelInfo &model : *list) {
        json.append(toJson(model));
        context->output.line(QStringLiteral("%1  %2").arg(model.ref, -48).arg(model.displayName));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask doctor(CommandContext *context)
{
    const Result<QList<PreflightCheck>> checks = co_await context->application.doctor();
    if (!checks)
        co_return context->output.fail(checks.error());
    QJsonArray json;
    bool healthy = true;
    for (const PreflightCheck &check : *checks) {
        healthy = healthy && (check.ok || !check.required);
        json.append(QJsonObject{{QStringLiteral("id"), check.id},
                                {QStringLiteral("title"), check.title},
                                {QStringLiteral("ok"), check.ok},
                                {QStringLiteral("required"), check.required},
                                {QStringLiteral("text"), check.text},
                                {QStringLiteral("remedy"), check.remedy}});
        const QString mark = check.ok         ? QStringLiteral("ok")
                             : check.required ? QStringLiteral("MISSING")
                                              : QStringLiteral("note");
        context->output.line(QStringLiteral("%1  %2: %3").arg(mark, -7).arg(check.title, check.text));
        if (!check.ok && !check.remedy.isEmpty())
            context->output.line(indented(check.remedy));
    }
    context->output.value(json);
    co_return healthy ? 0 : 1;
}

} // namespace Commands

} // namespace Flotilla
