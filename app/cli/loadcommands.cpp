// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/commands.h"
#include "app/cli/loadprogress.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadprompts.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/fleet/loadtest/loadtestservice.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>

#include <cmath>

namespace Flotilla {

namespace {

Error unusable(const QString &text)
{
    return {ErrorKind::Invalid, text, {}};
}

constexpr double mostFirstToken = 7 * 24 * 3600.0;

/// Reads --NAME as a number into `target`; false: it is none.
template <typename T>
bool takeNumber(const Invocation &invocation, const char *name, T &target)
{
    const auto value = invocation.values.constFind(QLatin1String(name));
    if (value == invocation.values.constEnd())
        return true;
    bool ok = false;
    const double number = value->toDouble(&ok);
    if (ok)
        target = T(number);
    const bool whole = !std::is_integral_v<T> || number == std::floor(number);
    return ok && whole && number >= 0 && number <= 1e9;
}

Status applyNumbers(const Invocation &given, LoadPlan &plan)
{
    double firstToken = plan.pace.firstTokenMs / 1000.0;
    const std::pair<const char *, bool> taken[] = {
        {"count", takeNumber(given, "count", plan.count)},
        {"hold", takeNumber(given, "hold", plan.holdSeconds)},
        {"in-flight", takeNumber(given, "in-flight", plan.maxInFlight)},
        {"answer", takeNumber(given, "answer", plan.pace.answerSeconds)},
        {"tokens", takeNumber(given, "tokens", plan.pace.tokensPerSecond)},
        {"first-token", takeNumber(given, "first-token", firstToken)},
    };
    for (const auto &[name, ok] : taken)
        if (!ok)
            return unusable(QStringLiteral("--%1 needs a number, whole where it counts.").arg(QLatin1String(name)));
    if (firstToken > mostFirstToken)
        return unusable(QStringLiteral("--first-token takes at most 7 days, in seconds."));
    plan.pace.firstTokenMs = qRound(firstToken * 1000);
    if (given.values.contains(QStringLiteral("count")))
        plan.stages.clear();
    return {};
}

Status applySeed(const Invocation &given, LoadPlan &plan)
{
    const auto value = given.values.constFind(QStringLiteral("seed"));
    if (value == given.values.constEnd())
        return {};
    bool ok = false;
    const double number = value->toDouble(&ok);
    const auto seed = loadSeedFrom(ok ? number : -1); // its sentence fits words, too
    if (!seed)
        return seed.error();
    plan.seed = *seed;
    return {};
}

Status applyWords(const Invocation &given, LoadPlan &plan)
{
    const auto word = [&given](const char *name) { return given.values.value(QLatin1String(name)); };
    if (!word("model").isEmpty())
        plan.model = word("model");
    if (!word("host").isEmpty())
        plan.hosts = word("host").split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (!word("backend").isEmpty())
        plan.backend = word("backend");
    if (!word("name").isEmpty())
        plan.name = word("name");
    if (!word("recording").isEmpty())
        plan.recording = QFileInfo(word("recording")).absoluteFilePath();
    if (!word("record").isEmpty())
        plan.record = QFileInfo(word("record")).absoluteFilePath();
    if (!word("prompts").isEmpty()) {
        const auto prompts = loadPromptsFromFile(word("prompts"));
        if (!prompts)
            return prompts.error();
        plan.prompts = *prompts;
    }
    if (given.flags.contains(QStringLiteral("keep")))
        plan.afterwards = LoadPlan::Afterwards::Keep;
    const QStringList thresholds = word("threshold").split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &text : thresholds) {
        const auto threshold = thresholdFromText(text);
        if (!threshold)
            return threshold.error();
        plan.thresholds.append(*threshold);
    }
    return {};
}

Result<LoadPlan> planFrom(const Invocation &given)
{
    LoadPlan plan;
    plan.count = 10;
    if (const QString file = given.values.value(QStringLiteral("plan")); !file.isEmpty()) {
        const auto read = loadPlanFromFile(file);
        if (!read)
            return read.error();
        plan = *read;
    }
    Status applied = applyNumbers(given, plan);
    if (applied)
        applied = applySeed(given, plan);
    if (applied)
        applied = applyWords(given, plan);
    if (applied)
        applied = checkPlan(plan);
    if (!applied)
        return applied.error();
    return plan;
}

/// Before the run, not after it.
Status checkReportFolder(const QString &folder)
{
    if (folder.isEmpty() || (QDir().mkpath(folder) && QFileInfo(folder).isWritable()))
        return {};
    return Error{
        ErrorKind::Storage, QStringLiteral("A report cannot be written to %1. Choose another folder.").arg(folder), {}};
}

/// A signal to end this program cancels the run first.
Future<LoadRunInfo> untilOver(LoadTestService *service)
{
    untilTerminated().then([service] { service->cancel(); });
    return service->waitForEnd();
}

void printSummary(const Output &output, const QJsonObject &s)
{
    const QJsonObject times = s[QLatin1String("time_to_live_s")].toObject();
    output.line(QStringLiteral("%1: %2 of %3 live, %4 failed, %5 cancelled in %6 s")
                    .arg(s[QLatin1String("run")].toString())
                    .arg(s[QLatin1String("live")].toInt())
                    .arg(s[QLatin1String("requested")].toInt())
                    .arg(s[QLatin1String("failed")].toInt() + s[QLatin1String("partial")].toInt())
                    .arg(s[QLatin1String("cancelled")].toInt())
                    .arg(s[QLatin1String("duration_s")].toDouble(), 0, 'f', 2));
    if (times[QLatin1String("count")].toInt() > 0)
        output.line(QStringLiteral("time to live: p50 %1 s, p95 %2 s, p99 %3 s, max %4 s; model: %5")
                        .arg(times[QLatin1String("p50")].toDouble(), 0, 'f', 2)
                        .arg(times[QLatin1String("p95")].toDouble(), 0, 'f', 2)
                        .arg(times[QLatin1String("p99")].toDouble(), 0, 'f', 2)
                        .arg(times[QLatin1String("max")].toDouble(), 0, 'f', 2)
                        .arg(s[QLatin1String("model")].toString()));
    const QJsonObject classes = s[QLatin1String("classes")].toObject();
    for (auto it = classes.begin(); it != classes.end(); ++it)
        if (it.key() != QLatin1String(LoadClass::Live))
            output.line(QStringLiteral("%1: %2").arg(it.key()).arg(it.value().toInt()));
    const QJsonArray broken = s[QLatin1String("broken_thresholds")].toArray();
    for (const QJsonValue &threshold : broken)
        output.line(QStringLiteral("threshold not met: %1").arg(threshold.toString()));
}

} // namespace

QCoro::Task<int> finishRun(CommandContext *context, LoadRunInfo info)
{
    for (const char *trouble : {"not_stored", "not_recorded"})
        if (const QString text = info.summary.value(QLatin1String(trouble)).toString(); !text.isEmpty())
            context->output.note(QStringLiteral("flotillactl: %1").arg(text));
    const QString folder = context->invocation.values.value(QStringLiteral("report"));
    Status written;
    if (!folder.isEmpty()) {
        const auto record = co_await context->application.loadTests().run(info.id);
        written = record ? writeLoadReport(*record, folder) : Status(record.error());
        context->output.note(written ? QStringLiteral("The report is in %1.").arg(folder)
                                     : QStringLiteral("flotillactl: %1").arg(written.error().text));
        if (!written)
            info.summary.insert(QStringLiteral("not_reported"), written.error().text);
    }
    const bool recorded = !info.summary.contains(QLatin1String("not_recorded"));
    context->output.value(info.summary);
    printSummary(context->output, info.summary);
    const bool passed = info.summary[QLatin1String("passed")].toBool();
    co_return written &&recorded &&passed ? 0 : 1;
}

namespace Commands {

CommandTask loadtest(CommandContext *context)
{
    const Result<LoadPlan> plan = planFrom(context->invocation);
    if (!plan)
        co_return context->output.fail(plan.error());
    if (const Status folder = checkReportFolder(context->invocation.values.value(QStringLiteral("report"))); !folder)
        co_return context->output.fail(folder.error());
    LoadTestService &service = context->application.loadTests();
    const Result<QStringList> limits = co_await service.preflight(*plan);
    if (!limits)
        co_return context->output.fail(limits.error());
    for (const QString &limit : *limits)
        context->output.note(QStringLiteral("flotillactl: %1").arg(limit));
    const LoadProgress progress(&service, context->output);
    const Result<QString> run = co_await service.start(*plan);
    if (!run)
        co_return context->output.fail(run.error());
    const Result<LoadRunInfo> info = co_await untilOver(&service);
    if (!info)
        co_return context->output.fail(info.error());
    co_return co_await finishRun(context, *info);
}

CommandTask replay(CommandContext *context)
{
    double speed = 1;
    if (!takeNumber(context->invocation, "speed", speed) || speed < 1 || speed > 60)
        co_return context->output.fail(unusable(QStringLiteral("--speed needs a number, 1 to 60.")));
    LoadTestService &service = context->application.loadTests();
    const LoadProgress progress(&service, context->output);
    const Result<QString> run = co_await service.replay(context->invocation.positional.constFirst(), speed);
    if (!run)
        co_return context->output.fail(run.error());
    const Result<LoadRunInfo> info = co_await untilOver(&service);
    if (!info)
        co_return context->output.fail(info.error());
    QJsonObject shown = info->summary;
    shown.insert(QStringLiteral("replay"), true);
    context->output.value(shown);
    context->output.line(QStringLiteral("replay of a run of %1").arg(info->started.toString(Qt::ISODate)));
    printSummary(context->output, shown);
    co_return 0;
}

} // namespace Commands

} // namespace Flotilla
