// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadplan.h"

#include "backends/fleet/loadtest/loadthresholds.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace Flotilla {

namespace {

constexpr int mostApps = 100'000;
constexpr qsizetype mostStages = 1000;
constexpr double longest = 7 * 24 * 3600.0;

Error planError(const QString &text)
{
    return {ErrorKind::Invalid, text, {}};
}

bool isShare(double value)
{
    return value >= 0 && value <= 1;
}

bool isTime(double seconds)
{
    return seconds >= 0 && seconds <= longest;
}

Status checkStages(const QList<LoadStage> &stages)
{
    if (stages.size() > mostStages)
        return planError(LoadWords::tr("A run has at most %1 stages.").arg(mostStages));
    int before = 0;
    double all = 0;
    for (const LoadStage &stage : stages) {
        if (stage.to < before || stage.to > mostApps)
            return planError(
                LoadWords::tr("The number of apps of a stage must not fall, and be at most %1.").arg(mostApps));
        if (!isTime(stage.seconds))
            return planError(LoadWords::tr("A stage takes 0 s to 7 days."));
        if (stage.shape == LoadStage::Shape::Linear && stage.to > before && stage.seconds <= 0)
            return planError(LoadWords::tr("A linear stage needs a time."));
        if (stage.shape == LoadStage::Shape::Hold && stage.to > before)
            return planError(LoadWords::tr("No app begins in a hold stage: its number is that of the stage before."));
        before = stage.to;
        all += stage.seconds;
    }
    if (!isTime(all))
        return planError(LoadWords::tr("The stages take too long together."));
    return {};
}

Status checkArrivals(const LoadPlan &plan)
{
    if (plan.closed && (!plan.stages.isEmpty() || plan.poisson || plan.queueSeconds > 0))
        return planError(LoadWords::tr("In a closed run an app begins when another one ends: leave out its stages, "
                                       "poisson and queue_seconds."));
    if (!plan.stages.isEmpty() && plan.count != 0 && plan.count != plan.total())
        return planError(LoadWords::tr("The plan asks for %1 apps and its stages for %2. Leave out one of them.")
                             .arg(plan.count)
                             .arg(plan.total()));
    const bool linear = std::any_of(plan.stages.begin(), plan.stages.end(),
                                    [](const LoadStage &stage) { return stage.shape == LoadStage::Shape::Linear; });
    if (plan.poisson && !linear)
        return planError(LoadWords::tr("Random gaps (poisson) need a linear stage."));
    return checkStages(plan.stages);
}

Status checkWarmUp(const LoadPlan &plan)
{
    if (plan.closed || plan.warmUpSeconds <= 0)
        return {};
    if (arrivals(plan).last() < std::chrono::duration<double>(plan.warmUpSeconds))
        return planError(LoadWords::tr("Every app begins in the warm-up, and none would be judged. Make it shorter."));
    return {};
}

Status checkNumbers(const LoadPlan &plan)
{
    if (plan.maxInFlight < 0 || plan.sweeps < 0 || plan.sweeps > 1000)
        return planError(LoadWords::tr("A number of the plan is out of range."));
    for (const double time : {plan.holdSeconds, plan.appSeconds, plan.queueSeconds, plan.warmUpSeconds,
                              plan.faults.slowSeconds, plan.pace.answerSeconds, plan.pace.firstTokenMs / 1000.0})
        if (!isTime(time))
            return planError(LoadWords::tr("A time of the plan is out of range: 0 s to 7 days."));
    if (plan.appSeconds <= 0)
        return planError(LoadWords::tr("An app needs some time to come alive."));
    return {};
}

Status checkPrompts(const LoadPlan &plan)
{
    for (const QString &prompt : plan.prompts)
        if (prompt.trimmed().isEmpty())
            return planError(LoadWords::tr("A prompt of the plan is empty."));
    return {};
}

Status checkThresholds(const LoadPlan &plan)
{
    for (const LoadThreshold &threshold : plan.thresholds)
        if (!isMetric(threshold.metric))
            return planError(LoadWords::tr("“%1” is nothing that a run measures. Its result has for example failed, "
                                           "duration_s, time_to_live_s.p95 and classes.crashed.")
                                 .arg(threshold.metric.left(80)));
    return {};
}

Status checkModel(const LoadPlan &plan)
{
    const LoadPace &pace = plan.pace;
    if (pace.firstTokenMs < 0 || pace.tokensPerSecond < 0)
        return planError(LoadWords::tr("A simulated model cannot be faster than at once."));
    if (pace.answerSeconds > 0 && pace.tokensPerSecond > 0)
        return planError(LoadWords::tr("A simulated model has tokens per second or a time for its whole answer, "
                                       "not both."));
    if (pace.answerSeconds > 0 && pace.firstTokenMs > pace.answerSeconds * 1000)
        return planError(LoadWords::tr("The first token of a simulated model comes before its answer is over."));
    if (pace.any() && plan.model != QLatin1String("sampler"))
        return planError(LoadWords::tr("Only the sampler's time can be simulated."));
    if (!plan.recording.isEmpty() && (pace.any() || !plan.record.isEmpty()))
        return planError(LoadWords::tr("A recording has its own times and is not recorded again."));
    return {};
}

Status checkFaults(const LoadPlan &plan)
{
    const LoadFaults &faults = plan.faults;
    if (!isShare(faults.create) || !isShare(faults.slow) || !isShare(faults.crash) ||
        faults.create + faults.slow + faults.crash > 1)
        return planError(LoadWords::tr("The shares of faults must be 0 to 1 in all."));
    return {};
}

/// Moments of `count` apps within a stage that begins at `start` seconds.
QList<double> within(const LoadStage &stage, int count, bool poisson, QRandomGenerator &random)
{
    const double spread = stage.shape == LoadStage::Shape::Linear  ? stage.seconds
                          : stage.shape == LoadStage::Shape::Spike ? std::min(1.0, stage.seconds)
                                                                   : 0;
    QList<double> times;
    for (int i = 0; i < count; ++i) {
        const bool chance = poisson && stage.shape == LoadStage::Shape::Linear;
        times.append(spread * (chance ? random.generateDouble() : double(i) / std::max(1, count)));
    }
    std::sort(times.begin(), times.end()); // uniform moments in order are a Poisson process with that many events
    return times;
}

} // namespace

QString toString(LoadStage::Shape shape)
{
    switch (shape) {
    case LoadStage::Shape::Hold:
        return QStringLiteral("hold");
    case LoadStage::Shape::Linear:
        return QStringLiteral("linear");
    case LoadStage::Shape::Step:
        return QStringLiteral("step");
    case LoadStage::Shape::Spike:
        return QStringLiteral("spike");
    }
    return {};
}

QString toString(LoadPlan::Afterwards afterwards)
{
    switch (afterwards) {
    case LoadPlan::Afterwards::Remove:
        return QStringLiteral("remove");
    case LoadPlan::Afterwards::Sleep:
        return QStringLiteral("sleep");
    case LoadPlan::Afterwards::Keep:
        return QStringLiteral("keep");
    }
    return {};
}

Status checkPlan(const LoadPlan &plan)
{
    if (plan.total() < 1 || plan.total() > mostApps)
        return planError(LoadWords::tr("A run needs 1 to %1 apps.").arg(mostApps));
    if (const auto seed = loadSeedFrom(double(plan.seed)); !seed)
        return seed.error();
    for (const auto check :
         {checkArrivals, checkNumbers, checkWarmUp, checkPrompts, checkThresholds, checkModel, checkFaults})
        if (const Status fine = check(plan); !fine)
            return fine;
    return {};
}

Result<quint64> loadSeedFrom(double number)
{
    if (number >= 0 && number <= double(LoadPlan::largestSeed) && number == std::floor(number))
        return quint64(number);
    return planError(LoadWords::tr("The seed of a plan is a whole number from 0 to %1.").arg(LoadPlan::largestSeed));
}

QList<std::chrono::nanoseconds> arrivals(const LoadPlan &plan)
{
    QRandomGenerator random(quint32(plan.seed ^ (plan.seed >> 32)));
    QList<LoadStage> stages = plan.stages;
    if (stages.isEmpty())
        stages.append({LoadStage::Shape::Step, plan.count, 0});
    QList<std::chrono::nanoseconds> all;
    double start = 0;
    for (const LoadStage &stage : std::as_const(stages)) {
        const int count = stage.shape == LoadStage::Shape::Hold ? 0 : stage.to - int(all.size());
        for (const double time : within(stage, count, plan.poisson, random))
            all.append(std::chrono::nanoseconds(qint64((start + time) * 1e9)));
        start += stage.seconds;
    }
    return all;
}

} // namespace Flotilla
