// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadcompare.h"

#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"

namespace Flotilla {

namespace {

struct Metric
{
    const char *path;
    const char *title;
    int direction;       ///< 1: more is better, -1: less is better
    bool ofSize = false; ///< says something only of runs of one size
};
constexpr Metric metrics[] = {
    {"requested", QT_TRANSLATE_NOOP("LoadTest", "Requested"), 0},
    {"live", QT_TRANSLATE_NOOP("LoadTest", "Live"), 1, true},
    {"failed", QT_TRANSLATE_NOOP("LoadTest", "Failed"), -1, true},
    {"partial", QT_TRANSLATE_NOOP("LoadTest", "Partial"), -1, true},
    {"peak_live_verified", QT_TRANSLATE_NOOP("LoadTest", "Peak live, verified"), 1, true},
    {"duration_s", QT_TRANSLATE_NOOP("LoadTest", "Duration, s"), -1, true},
    {"time_to_live_s.p50", QT_TRANSLATE_NOOP("LoadTest", "Time to live p50, s"), -1, true},
    {"time_to_live_s.p95", QT_TRANSLATE_NOOP("LoadTest", "Time to live p95, s"), -1, true},
    {"time_to_live_s.p99", QT_TRANSLATE_NOOP("LoadTest", "Time to live p99, s"), -1, true},
    {"phases.queue.p95", QT_TRANSLATE_NOOP("LoadTest", "Queue p95, s"), -1, true},
    {"phases.allocate.p95", QT_TRANSLATE_NOOP("LoadTest", "Allocate p95, s"), -1},
    {"phases.generate.p95", QT_TRANSLATE_NOOP("LoadTest", "Generate p95, s"), -1},
    {"phases.build_serve.p95", QT_TRANSLATE_NOOP("LoadTest", "Build and serve p95, s"), -1},
    {"apps_per_minute", QT_TRANSLATE_NOOP("LoadTest", "Apps per minute"), 1},
    {"clean_up_s", QT_TRANSLATE_NOOP("LoadTest", "Clean-up, s"), -1, true},
};

std::optional<double> figure(const QJsonObject &summary, const QString &path)
{
    QJsonValue value = summary;
    const QStringList names = path.split(QLatin1Char('.'));
    for (const QString &name : names)
        value = value.toObject().value(name);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

void addDifferences(const QString &what, const QJsonObject &a, const QJsonObject &b, QStringList &differences)
{
    QStringList keys = a.keys() + b.keys();
    keys.sort();
    keys.removeDuplicates();
    for (const QString &key : std::as_const(keys)) {
        if (key != QLatin1String("name") && a[key] != b[key])
            differences.append(LoadWords::tr("%1 differs: %2").arg(what, key));
    }
}

} // namespace

LoadComparison compareRuns(const LoadRecord &first, const LoadRecord &second)
{
    LoadComparison comparison{first.info, second.info, {}, {}};
    const bool complete = first.info.state == LoadRunState::Done && second.info.state == LoadRunState::Done;
    const bool sameSize = complete && figure(first.info.summary, QStringLiteral("requested")) ==
                                          figure(second.info.summary, QStringLiteral("requested"));
    for (const Metric &metric : metrics) {
        const QString path = QLatin1String(metric.path);
        const auto before = figure(first.info.summary, path);
        const auto after = figure(second.info.summary, path);
        if (!before || !after)
            continue;
        LoadDelta delta{path, LoadWords::tr(metric.title), *before, *after, std::nullopt};
        if (metric.direction != 0 && *before != *after && (sameSize || !metric.ofSize))
            delta.better = (*after > *before) == (metric.direction > 0);
        comparison.deltas.append(delta);
    }
    for (const LoadRunInfo *info : {&first.info, &second.info})
        if (info->state != LoadRunState::Done)
            comparison.differences.append(
                LoadWords::tr("%1 did not end as planned: %2").arg(info->id, toString(info->state)));
    addDifferences(LoadWords::tr("The plan"), first.plan, second.plan, comparison.differences);
    addDifferences(LoadWords::tr("The environment"), first.environment, second.environment, comparison.differences);
    return comparison;
}

QJsonObject toJson(const LoadComparison &comparison)
{
    QJsonArray deltas;
    for (const LoadDelta &delta : comparison.deltas)
        deltas.append(QJsonObject{{QStringLiteral("metric"), delta.metric},
                                  {QStringLiteral("before"), delta.before},
                                  {QStringLiteral("after"), delta.after},
                                  {QStringLiteral("better"), delta.better ? QJsonValue(*delta.better) : QJsonValue()}});
    return {{QStringLiteral("first"), comparison.first.id},
            {QStringLiteral("second"), comparison.second.id},
            {QStringLiteral("deltas"), deltas},
            {QStringLiteral("differences"), QJsonArray::fromStringList(comparison.differences)}};
}

QStringList describe(const LoadComparison &comparison)
{
    QStringList lines{
        QStringLiteral("%1 %2 %3").arg(QString(), -26).arg(comparison.first.id, 22).arg(comparison.second.id, 22)};
    for (const LoadDelta &delta : comparison.deltas) {
        const QString verdict = !delta.better   ? QString()
                                : *delta.better ? LoadWords::tr("better")
                                                : LoadWords::tr("worse");
        lines.append(QStringLiteral("%1 %2 %3 %4")
                         .arg(delta.title, -26)
                         .arg(delta.before, 22, 'f', 2)
                         .arg(delta.after, 22, 'f', 2)
                         .arg(verdict));
    }
    return lines + comparison.differences;
}

QStringList describeRun(const LoadRecord &record)
{
    const QJsonObject &s = record.info.summary;
    QStringList lines{QStringLiteral("%1  %2  %3").arg(record.info.id, toString(record.info.state), record.info.name),
                      LoadWords::tr("%1 of %2 live, model: %3")
                          .arg(s[QLatin1String("live")].toInt())
                          .arg(s[QLatin1String("requested")].toInt())
                          .arg(s[QLatin1String("model")].toString())};
    const QJsonObject phases = s[QLatin1String("phases")].toObject();
    for (const LoadSpan span : loadSpans) {
        const QJsonObject d = phases[toString(span)].toObject();
        lines.append(QStringLiteral("%1 %2  p50 %3  p95 %4  p99 %5  max %6 s")
                         .arg(toString(span), -14)
                         .arg(d[QLatin1String("count")].toInt(), 6)
                         .arg(d[QLatin1String("p50")].toDouble(), 8, 'f', 3)
                         .arg(d[QLatin1String("p95")].toDouble(), 8, 'f', 3)
                         .arg(d[QLatin1String("p99")].toDouble(), 8, 'f', 3)
                         .arg(d[QLatin1String("max")].toDouble(), 8, 'f', 3));
    }
    const QJsonObject classes = s[QLatin1String("classes")].toObject();
    for (auto it = classes.begin(); it != classes.end(); ++it)
        lines.append(QStringLiteral("%1: %2").arg(it.key()).arg(it.value().toInt()));
    return lines;
}

} // namespace Flotilla
