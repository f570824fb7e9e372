// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadstats.h"

#include "backends/fleet/loadtest/loadthresholds.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Flotilla {

namespace {

QJsonObject spans(const QList<LoadRow> &rows)
{
    QJsonObject all;
    for (const LoadSpan span : loadSpans) {
        QList<double> values;
        for (const LoadRow &row : rows)
            if (const auto value = spanOf(row, span))
                values.append(*value);
        all.insert(toString(span), distribution(values));
    }
    return all;
}

QJsonObject timeToLive(const QList<LoadRow> &rows)
{
    QList<double> values;
    for (const LoadRow &row : rows)
        if (const auto value = spanOf(row, LoadSpan::TimeToLive))
            values.append(*value);
    return distribution(values);
}

/// First 25 %, middle 50 %, last 25 % in order of submission: does it matter when one came?
QJsonObject quartiles(const QList<LoadRow> &rows)
{
    const qsizetype quarter = rows.size() / 4;
    return {{QStringLiteral("first"), timeToLive(rows.mid(0, quarter))},
            {QStringLiteral("middle"), timeToLive(rows.mid(quarter, rows.size() - 2 * quarter))},
            {QStringLiteral("last"), timeToLive(rows.mid(rows.size() - quarter))}};
}

int countIn(const QList<LoadRow> &rows, LoadPhase phase)
{
    return int(std::count_if(rows.begin(), rows.end(), [phase](const LoadRow &row) { return row.phase == phase; }));
}

QJsonObject classes(const QList<LoadRow> &rows)
{
    QMap<QString, int> counts;
    for (const LoadRow &row : rows)
        if (!row.outcome.isEmpty())
            ++counts[row.outcome];
    QJsonObject json;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        json.insert(count.key(), count.value());
    return json;
}

/// The times of one host's apps, and what became of all of them.
QJsonObject hostSummary(const QList<LoadRow> &rows)
{
    QJsonObject json = timeToLive(rows);
    json.insert(QStringLiteral("apps"), int(rows.size()));
    json.insert(QStringLiteral("live"), countIn(rows, LoadPhase::Live));
    json.insert(QStringLiteral("failed"), countIn(rows, LoadPhase::Failed) + countIn(rows, LoadPhase::Partial));
    json.insert(QStringLiteral("classes"), classes(rows));
    return json;
}

QJsonObject byHost(const QList<LoadRow> &rows)
{
    QMap<QString, QList<LoadRow>> groups;
    for (const LoadRow &row : rows)
        if (!row.host.isEmpty())
            groups[row.host.value].append(row);
    QJsonObject hosts;
    for (auto group = groups.cbegin(); group != groups.cend(); ++group)
        hosts.insert(group.key(), hostSummary(group.value()));
    return hosts;
}

/// So that the hosts' apps and these are all: they waited to the end, or no sandbox could be made for them.
int withoutHost(const QList<LoadRow> &rows)
{
    return int(std::count_if(rows.begin(), rows.end(), [](const LoadRow &row) { return row.host.isEmpty(); }));
}

/// One sentence per class, so that a number can be understood.
QJsonObject samplesOfErrors(const QList<LoadRow> &rows)
{
    QJsonObject json;
    for (const LoadRow &row : rows)
        if (!row.error.isEmpty() && !json.contains(row.outcome))
            json.insert(row.outcome, row.error);
    return json;
}

/// What was put in on purpose, and how many of the slow ones their times show.
QJsonObject injected(const LoadPlan &plan, const QList<LoadRow> &rows)
{
    QMap<QString, int> counts;
    int noticed = 0;
    for (const LoadRow &row : rows) {
        if (!row.fault.isEmpty())
            ++counts[row.fault];
        const auto allocate = spanOf(row, LoadSpan::Allocate);
        const bool slow = allocate && *allocate >= plan.faults.slowSeconds * 1000;
        noticed += slow && row.fault == QLatin1String("slow") ? 1 : 0;
    }
    return {{QStringLiteral("create"), counts.value(QStringLiteral("create"))},
            {QStringLiteral("slow"), counts.value(QStringLiteral("slow"))},
            {QStringLiteral("crash"), counts.value(QStringLiteral("crash"))},
            {QStringLiteral("slow_noticed"), noticed}};
}

/// Seconds until so much of what was asked for was live.
QJsonObject milestones(const QList<LoadRow> &rows)
{
    QList<double> times;
    for (const LoadRow &row : rows)
        if (row.has(LoadMoment::Served))
            times.append(row.at(LoadMoment::Served));
    std::sort(times.begin(), times.end());
    QJsonObject json;
    for (const int share : {25, 50, 75, 90, 100}) {
        const auto needed = qsizetype(std::ceil(double(rows.size()) * share / 100));
        json.insert(QString::number(share),
                    needed > 0 && needed <= times.size() ? QJsonValue(times[needed - 1] / 1000) : QJsonValue());
    }
    return json;
}

/// The most that came alive within any 60 seconds.
int bestMinute(const QList<LoadRow> &rows)
{
    QList<double> times;
    for (const LoadRow &row : rows)
        if (row.has(LoadMoment::Served))
            times.append(row.at(LoadMoment::Served));
    std::sort(times.begin(), times.end());
    qsizetype best = 0;
    for (qsizetype first = 0, last = 0; last < times.size(); ++last) {
        while (times[last] - times[first] > 60'000)
            ++first;
        best = std::max(best, last - first + 1);
    }
    return int(best);
}

int peakVerified(const QJsonArray &sweeps)
{
    int peak = 0;
    for (const QJsonValue &sweep : sweeps)
        peak = std::max(peak, sweep.toObject().value(QLatin1String("passed")).toInt());
    return peak;
}

double peakGenerator(const QList<LoadSample> &samples)
{
    double peak = 0;
    for (const LoadSample &sample : samples)
        peak = std::max(peak, sample.generatorCpu);
    return peak;
}

void addCounts(QJsonObject &json, int requested, const QList<LoadRow> &rows)
{
    const int live = countIn(rows, LoadPhase::Live);
    const int failed = countIn(rows, LoadPhase::Failed);
    const int partial = countIn(rows, LoadPhase::Partial);
    const int cancelled = countIn(rows, LoadPhase::Cancelled);
    const int submitted =
        int(std::count_if(rows.begin(), rows.end(), [](const LoadRow &row) { return row.has(LoadMoment::Started); }));
    json.insert(QStringLiteral("requested"), requested);
    json.insert(QStringLiteral("submitted"), submitted);
    json.insert(QStringLiteral("live"), live);
    json.insert(QStringLiteral("failed"), failed);
    json.insert(QStringLiteral("partial"), partial);
    json.insert(QStringLiteral("cancelled"), cancelled);
    json.insert(QStringLiteral("open"), int(rows.size()) - live - failed - partial - cancelled);
}

QList<LoadRow> judged(const LoadPlan &plan, const QList<LoadRow> &rows)
{
    QList<LoadRow> kept;
    for (const LoadRow &row : rows) // one of a closed plan that never began was not intended at any time
        if (!row.has(LoadMoment::Intended) || row.at(LoadMoment::Intended) >= plan.warmUpSeconds * 1000)
            kept.append(row);
    return kept;
}

void addFigures(QJsonObject &json, int requested, const QList<LoadRow> &rows)
{
    addCounts(json, requested, rows);
    json.insert(QStringLiteral("time_to_live_s"), timeToLive(rows));
    json.insert(QStringLiteral("time_to_s"), milestones(rows));
    json.insert(QStringLiteral("phases"), spans(rows));
    json.insert(QStringLiteral("classes"), classes(rows));
    json.insert(QStringLiteral("errors"), samplesOfErrors(rows));
    json.insert(QStringLiteral("quartiles"), quartiles(rows));
    json.insert(QStringLiteral("hosts"), byHost(rows));
    json.insert(QStringLiteral("no_host"), withoutHost(rows));
    json.insert(QStringLiteral("best_minute"), bestMinute(rows));
}

/// The summary without the apps of the warm-up.
QJsonObject judgedSummary(const LoadPlan &plan, const QList<LoadRow> &rows, QJsonObject summary)
{
    if (plan.warmUpSeconds > 0) {
        const QList<LoadRow> kept = judged(plan, rows);
        addFigures(summary, int(kept.size()), kept);
    }
    return summary;
}

/// A run of which nothing is judged has shown nothing.
QStringList brokenOf(const LoadPlan &plan, const QList<LoadRow> &rows, const QJsonObject &summary)
{
    QStringList broken = brokenThresholds(plan, judgedSummary(plan, rows, summary));
    if (plan.warmUpSeconds > 0 && judged(plan, rows).isEmpty())
        broken.append(QStringLiteral("judged > 0 (0)"));
    return broken;
}

} // namespace

QString toString(LoadSpan span)
{
    switch (span) {
    case LoadSpan::Queue:
        return QStringLiteral("queue");
    case LoadSpan::Allocate:
        return QStringLiteral("allocate");
    case LoadSpan::Ready:
        return QStringLiteral("ready");
    case LoadSpan::FirstToken:
        return QStringLiteral("first_token");
    case LoadSpan::Generate:
        return QStringLiteral("generate");
    case LoadSpan::BuildServe:
        return QStringLiteral("build_serve");
    case LoadSpan::TimeToLive:
        return QStringLiteral("time_to_live");
    }
    return {};
}

QString definition(LoadSpan span)
{
    switch (span) {
    case LoadSpan::Queue:
        return QStringLiteral("t1 - t0");
    case LoadSpan::Allocate:
        return QStringLiteral("t2 - t1");
    case LoadSpan::Ready:
        return QStringLiteral("t3 - t2");
    case LoadSpan::FirstToken:
        return QStringLiteral("t4 - t1");
    case LoadSpan::Generate:
        return QStringLiteral("t5 - t1");
    case LoadSpan::BuildServe:
        return QStringLiteral("t6 - max(t3, t5)");
    case LoadSpan::TimeToLive:
        return QStringLiteral("t6 - t0");
    }
    return {};
}

std::optional<double> spanOf(const LoadRow &row, LoadSpan span)
{
    const auto between = [&row](LoadMoment from, LoadMoment to) -> std::optional<double> {
        if (!row.has(from) || !row.has(to))
            return std::nullopt;
        return row.at(to) - row.at(from);
    };
    switch (span) {
    case LoadSpan::Queue:
        return between(LoadMoment::Intended, LoadMoment::Started);
    case LoadSpan::Allocate:
        return between(LoadMoment::Started, LoadMoment::Allocated);
    case LoadSpan::Ready:
        return between(LoadMoment::Allocated, LoadMoment::Ready);
    case LoadSpan::FirstToken:
        return between(LoadMoment::Started, LoadMoment::FirstToken);
    case LoadSpan::Generate:
        return between(LoadMoment::Started, LoadMoment::CodeDone);
    case LoadSpan::BuildServe:
        if (!row.has(LoadMoment::Ready) || !row.has(LoadMoment::CodeDone) || !row.has(LoadMoment::Served))
            return std::nullopt;
        return row.at(LoadMoment::Served) - std::max(row.at(LoadMoment::Ready), row.at(LoadMoment::CodeDone));
    case LoadSpan::TimeToLive:
        return between(LoadMoment::Intended, LoadMoment::Served);
    }
    return std::nullopt;
}

double percentile(const QList<double> &sorted, double share)
{
    const auto rank = qsizetype(std::ceil(share * double(sorted.size())));
    return sorted[std::clamp<qsizetype>(rank - 1, 0, sorted.size() - 1)];
}

QJsonObject distribution(QList<double> milliseconds)
{
    QJsonObject json{{QStringLiteral("count"), int(milliseconds.size())}};
    if (milliseconds.isEmpty())
        return json;
    std::sort(milliseconds.begin(), milliseconds.end());
    const double sum = std::accumulate(milliseconds.begin(), milliseconds.end(), 0.0);
    json.insert(QStringLiteral("p50"), percentile(milliseconds, 0.50) / 1000);
    json.insert(QStringLiteral("p95"), percentile(milliseconds, 0.95) / 1000);
    json.insert(QStringLiteral("p99"), percentile(milliseconds, 0.99) / 1000);
    json.insert(QStringLiteral("max"), milliseconds.last() / 1000);
    json.insert(QStringLiteral("mean"), sum / double(milliseconds.size()) / 1000);
    return json;
}

QJsonObject summarise(const LoadPlan &plan, const LoadRecord &record, const LoadFacts &facts)
{
    const QList<LoadRow> &rows = record.rows;
    QJsonObject json{{QStringLiteral("run"), record.info.id}, {QStringLiteral("name"), record.info.name}};
    json.insert(QStringLiteral("state"), toString(facts.state));
    addFigures(json, plan.total(), rows);
    json.insert(QStringLiteral("duration_s"), facts.durationMs / 1000);
    if (plan.warmUpSeconds > 0) {
        json.insert(QStringLiteral("time_to_live_s"), timeToLive(judged(plan, rows)));
        json.insert(QStringLiteral("judged"), int(judged(plan, rows).size()));
    }
    json.insert(QStringLiteral("peak_live_verified"), peakVerified(facts.sweeps));
    json.insert(QStringLiteral("burst_achieved"), double(peakVerified(facts.sweeps)) / std::max(1, plan.total()));
    json.insert(QStringLiteral("sweeps"), facts.sweeps);
    json.insert(QStringLiteral("apps_per_minute"),
                facts.durationMs > 0 ? countIn(rows, LoadPhase::Live) / facts.durationMs * 60'000 : 0);
    json.insert(QStringLiteral("dropped_starts"), facts.dropped);
    json.insert(QStringLiteral("retries"), facts.retries);
    json.insert(QStringLiteral("clean_up_s"), facts.cleanSeconds < 0 ? QJsonValue() : QJsonValue(facts.cleanSeconds));
    json.insert(QStringLiteral("generator"), QJsonObject{{QStringLiteral("peak_cores"), peakGenerator(record.samples)},
                                                         {QStringLiteral("max_lag_ms"), facts.maxLagMs}});
    json.insert(QStringLiteral("load_model"), plan.closed ? QStringLiteral("closed") : QStringLiteral("open"));
    json.insert(QStringLiteral("model"), facts.modelText);
    json.insert(QStringLiteral("simulated"), plan.simulated());
    json.insert(QStringLiteral("recorded"), plan.recorded());
    if (!facts.notRecorded.isEmpty())
        json.insert(QStringLiteral("not_recorded"), facts.notRecorded);
    if (plan.faults.any())
        json.insert(QStringLiteral("injected"), injected(plan, rows));
    const QStringList broken = brokenOf(plan, rows, json);
    json.insert(QStringLiteral("broken_thresholds"), QJsonArray::fromStringList(broken));
    json.insert(QStringLiteral("passed"), broken.isEmpty() && facts.state == LoadRunState::Done);
    return json;
}

} // namespace Flotilla
