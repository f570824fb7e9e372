// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadthresholds.h"

#include "backends/fleet/loadtest/loadstats.h"

namespace Flotilla {

namespace {

std::optional<double> lookUp(const QJsonObject &summary, const QString &path)
{
    QJsonValue value = summary;
    const QStringList names = path.split(QLatin1Char('.'));
    for (const QString &name : names)
        value = value.toObject().value(name);
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

const QStringList &countedClasses()
{
    using namespace LoadClass;
    static const QStringList all = [] {
        QStringList names;
        for (const char *name :
             {Live,        QueueTimeout, HostUnreachable, SshAuth,     HostKey,    NoCapacity,  ImageMissing,
              CreateError, StartTimeout, ReadinessFailed, RateLimited, ModelError, CodeInvalid, BuildFailed,
              ServeFailed, Crashed,      OutOfMemory,     Evicted,     Cancelled,  Partial})
            names.append(QStringLiteral("classes.") + QLatin1String(name));
        return names;
    }();
    return all;
}

/// A class that did not occur is 0.
std::optional<double> measure(const QJsonObject &summary, const QString &metric)
{
    const auto found = lookUp(summary, metric);
    return !found && countedClasses().contains(metric) ? 0 : found;
}

bool holds(double measured, const LoadThreshold &threshold)
{
    const QString &op = threshold.op;
    if (op == QLatin1String("<"))
        return measured < threshold.value;
    if (op == QLatin1String("<="))
        return measured <= threshold.value;
    if (op == QLatin1String(">"))
        return measured > threshold.value;
    if (op == QLatin1String(">="))
        return measured >= threshold.value;
    return qFuzzyCompare(measured + 1, threshold.value + 1);
}

} // namespace

QStringList brokenThresholds(const LoadPlan &plan, const QJsonObject &summary)
{
    QList<LoadThreshold> thresholds = plan.thresholds;
    if (thresholds.isEmpty())
        thresholds = {{QStringLiteral("failed"), QStringLiteral("=="), 0},
                      {QStringLiteral("partial"), QStringLiteral("=="), 0}};
    QStringList broken;
    for (const LoadThreshold &threshold : std::as_const(thresholds)) {
        const auto measured = measure(summary, threshold.metric);
        if (measured && holds(*measured, threshold))
            continue;
        broken.append(QStringLiteral("%1 %2 %3 (%4)")
                          .arg(threshold.metric, threshold.op)
                          .arg(threshold.value)
                          .arg(measured ? QString::number(*measured) : QStringLiteral("not measured")));
    }
    return broken;
}

bool isMetric(const QString &path)
{
    static const QJsonObject summary = [] { // of a run that has something of everything
        LoadPlan plan;
        plan.faults.create = 1;
        plan.warmUpSeconds = 0.0001;
        LoadFacts facts;
        facts.cleanSeconds = 0;
        LoadRow row;
        row.phase = LoadPhase::Live;
        row.outcome = QLatin1String(LoadClass::Live);
        row.t.fill(1);
        LoadRecord record;
        record.rows = QList<LoadRow>(4, row); // one in each quarter
        QJsonObject json = summarise(plan, record, facts);
        json.remove(QStringLiteral("passed")); // which follows from the thresholds
        return json;
    }();
    return path.startsWith(QLatin1String("hosts.")) || measure(summary, path).has_value(); // the hosts are the run's
}

} // namespace Flotilla
