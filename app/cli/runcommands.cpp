// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/commands.h"
#include "backends/fleet/loadtest/loadcompare.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/fleet/loadtest/loadtestservice.h"

#include <QCoroFuture>
#include <QJsonArray>

namespace Flotilla {

namespace {

CommandTask listRuns(CommandContext *context)
{
    const auto runs = co_await context->application.loadTests().runs();
    if (!runs)
        co_return context->output.fail(runs.error());
    QJsonArray json;
    for (const LoadRunInfo &run : *runs) {
        json.append(QJsonObject{{QStringLiteral("run"), run.id},
                                {QStringLiteral("name"), run.name},
                                {QStringLiteral("state"), toString(run.state)},
                                {QStringLiteral("started"), run.started.toString(Qt::ISODateWithMs)},
                                {QStringLiteral("summary"), run.summary}});
        context->output.line(QStringLiteral("%1  %2  %3 of %4 live  %5 s  %6")
                                 .arg(run.id, toString(run.state))
                                 .arg(run.summary[QLatin1String("live")].toInt())
                                 .arg(run.summary[QLatin1String("requested")].toInt())
                                 .arg(run.summary[QLatin1String("duration_s")].toDouble(), 0, 'f', 2)
                                 .arg(run.name));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask showRun(CommandContext *context, QString id)
{
    const auto record = co_await context->application.loadTests().run(id);
    if (!record)
        co_return context->output.fail(record.error());
    const QString folder = context->invocation.values.value(QStringLiteral("report"));
    if (!folder.isEmpty()) {
        if (const Status written = writeLoadReport(*record, folder); !written)
            co_return context->output.fail(written.error());
    }
    context->output.value(toJson(*record));
    for (const QString &line : describeRun(*record))
        context->output.line(line);
    co_return 0;
}

CommandTask compareRuns(CommandContext *context, QString first, QString second)
{
    const auto a = co_await context->application.loadTests().run(first);
    if (!a)
        co_return context->output.fail(a.error());
    const auto b = co_await context->application.loadTests().run(second);
    if (!b)
        co_return context->output.fail(b.error());
    const LoadComparison comparison = compareRuns(*a, *b);
    context->output.value(toJson(comparison));
    for (const QString &line : describe(comparison))
        context->output.line(line);
    co_return 0;
}

CommandTask removeRun(CommandContext *context, QString id)
{
    const Status removed = co_await context->application.loadTests().remove(id);
    if (!removed)
        co_return context->output.fail(removed.error());
    context->output.value(QJsonObject{{QStringLiteral("removed"), id}});
    co_return 0;
}

} // namespace

CommandTask Commands::runs(CommandContext *context)
{
    const QStringList words = context->invocation.positional;
    if (words.isEmpty())
        co_return co_await listRuns(context);
    if (words.first() == QLatin1String("show") && words.size() == 2)
        co_return co_await showRun(context, words[1]);
    if (words.first() == QLatin1String("compare") && words.size() == 3)
        co_return co_await compareRuns(context, words[1], words[2]);
    if (words.first() == QLatin1String("remove") && words.size() == 2)
        co_return co_await removeRun(context, words[1]);
    co_return context->output.fail(
        {ErrorKind::Invalid,
         QStringLiteral("The command is: flotillactl runs [show ID | compare A B | remove ID]"),
         {}});
}

} // namespace Flotilla
