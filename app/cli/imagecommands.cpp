// SPDX-License-Identifier: GPL-3.0-or-later
// Container images: those of a host's engine, and new ones from a folder.
#include "app/application/application.h"
#include "app/cli/boardselect.h"
#include "app/cli/commands.h"
#include "backends/core/continuation.h"
#include "backends/fleet/hostservice.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>

namespace Flotilla {

namespace {

constexpr int endedBySignal = 130;

Error wrongImageUse(const QString &text)
{
    return {ErrorKind::Invalid, text, QStringLiteral("flotillactl --help lists the commands.")};
}

/// "48 MB"
QString imageSize(qint64 bytes)
{
    return QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', bytes < 10'000'000 ? 1 : 0);
}

QCoro::Task<Result<HostId>> givenHost(CommandContext *context)
{
    const QString name = context->invocation.values.value(QStringLiteral("host"), QStringLiteral("local"));
    const Result<QString> host = co_await hostNamed(context, name);
    if (!host)
        co_return host.error();
    if (*host == QLatin1String("any"))
        co_return wrongImageUse(QStringLiteral("An image is on one host; name it."));
    co_return HostId{*host};
}

/// Shows what a build says, for as long as the returned object lives.
std::unique_ptr<QObject> showBuild(CommandContext *context)
{
    auto here = std::make_unique<QObject>();
    QObject::connect(&context->application.hostService(), &HostService::buildProgress, here.get(),
                     [context, last = QString()](const QString &, const BuildProgress &progress) mutable {
                         if (progress.lines.isEmpty() && progress.text != last)
                             context->output.note(progress.text);
                         last = progress.text;
                         for (const QString &line : progress.lines)
                             context->output.note(line);
                     });
    return here;
}

CommandTask buildImage(CommandContext *context, HostId host, QString backend)
{
    const QHash<QString, QString> &values = context->invocation.values;
    const ImageBuild what{QDir(context->invocation.positional.value(1)).absolutePath(),
                          values.value(QStringLiteral("file")), values.value(QStringLiteral("tag"))};
    HostService &service = context->application.hostService();
    const QString job = QStringLiteral("cli");
    const std::unique_ptr<QObject> shown = showBuild(context);
    untilTerminated().then([&service, job] { service.cancelBuild(job); });
    QElapsedTimer timer;
    timer.start();
    const Result<BuiltImage> built = co_await outcome(service.buildImage(host, backend, what, job));
    if (!built)
        co_return context->output.fail(built.error());
    const double seconds = double(timer.elapsed()) / 1000;
    context->output.value(QJsonObject{{QStringLiteral("image"), built->image},
                                      {QStringLiteral("id"), built->id},
                                      {QStringLiteral("bytes"), built->bytes},
                                      {QStringLiteral("seconds"), seconds},
                                      {QStringLiteral("backend"), built->backend},
                                      {QStringLiteral("host"), host.value}});
    context->output.line(
        QStringLiteral("%1 is built with %2 on %3: %4 in %5 s")
            .arg(built->image, built->backend, host.value, imageSize(built->bytes), QString::number(seconds, 'f', 1)));
    co_return 0;
}

CommandTask listImages(CommandContext *context, HostId host, QString backend)
{
    untilTerminated().then([] { QCoreApplication::exit(endedBySignal); });
    const Result<QList<EngineImage>> images =
        co_await outcome(context->application.hostService().images(host, backend));
    if (!images)
        co_return context->output.fail(images.error());
    QJsonArray json;
    for (const EngineImage &image : *images) {
        json.append(QJsonObject{{QStringLiteral("names"), QJsonArray::fromStringList(image.names)},
                                {QStringLiteral("id"), image.id},
                                {QStringLiteral("bytes"), image.bytes},
                                {QStringLiteral("created"), image.created.toString(Qt::ISODate)}});
        for (const QString &name : image.names)
            context->output.line(
                QStringLiteral("%1 %2  %3")
                    .arg(imageSize(image.bytes).rightJustified(9), image.created.toString(Qt::ISODate), name));
    }
    context->output.value(json);
    co_return 0;
}

} // namespace

namespace Commands {

CommandTask images(CommandContext *context)
{
    const QStringList &positional = context->invocation.positional;
    const QString backend = context->invocation.values.value(QStringLiteral("backend"));
    const bool builds = positional.value(0) == QLatin1String("build");
    if (!positional.isEmpty() && (!builds || positional.size() != 2))
        co_return context->output.fail(
            wrongImageUse(QStringLiteral("The command is: flotillactl images [build DIR --tag NAME [--file F]] "
                                         "[--host H] [--backend B]")));
    if (const Status known = checkBackend(backend); !known)
        co_return context->output.fail(known.error());
    const Result<HostId> host = co_await givenHost(context);
    if (!host)
        co_return context->output.fail(host.error());
    if (!builds)
        co_return co_await listImages(context, *host, backend);
    co_return co_await buildImage(context, *host, backend);
}

} // namespace Commands

} // namespace Flotilla
