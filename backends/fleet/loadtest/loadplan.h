// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>

class QDir;

namespace Flotilla {

/// How apps arrive during a stage of an open plan. `to` is the number of apps begun in all when the stage is over.
struct LoadStage
{
    enum class Shape {
        Hold,   ///< none
        Linear, ///< evenly over the stage
        Step,   ///< all at its start
        Spike,  ///< all within its first second
    };
    Shape shape = Shape::Step;
    int to = 0;
    double seconds = 0;
    bool operator==(const LoadStage &) const = default;
};

/// Faults put in on purpose, as shares of all apps; which apps they hit follows from the seed.
struct LoadFaults
{
    double create = 0; ///< the sandbox cannot be created
    double slow = 0;   ///< its creation takes `slowSeconds` longer
    double slowSeconds = 2;
    double crash = 0; ///< the sandbox dies once the app was live
    bool operator==(const LoadFaults &) const = default;
    [[nodiscard]] bool any() const { return create > 0 || slow > 0 || crash > 0; }
};

/// A simulated model time, on top of the built-in sampler. Always labelled.
struct LoadPace
{
    int firstTokenMs = 0;
    double tokensPerSecond = 0; ///< 0: at once
    double answerSeconds = 0;   ///< instead: the whole answer takes this long
    bool operator==(const LoadPace &) const = default;
    [[nodiscard]] bool any() const { return firstTokenMs > 0 || tokensPerSecond > 0 || answerSeconds > 0; }
};

/// `metric` is a path in the summary ("time_to_live_s.p95", "failed"); `op` is "<", "<=", ">", ">=", "==".
struct LoadThreshold
{
    QString metric;
    QString op;
    double value = 0;
    bool operator==(const LoadThreshold &) const = default;
};

/// What a run does. As JSON: the members in snake case, all but `count` or `stages` may be missing.
struct LoadPlan
{
    enum class Afterwards {
        Remove, ///< the apps go, as if they had never been
        Sleep,  ///< they stay, without sandboxes
        Keep,   ///< they go on running
    };

    QString name;
    int count = 0;           ///< of apps; with stages: the `to` of the last one, or 0
    bool closed = false;     ///< closed model: the next app begins when one ends, and its clock starts then; no stages
    QList<LoadStage> stages; ///< empty: one step to `count`
    bool poisson = false;    ///< linear stages: random gaps instead of even ones
    int maxInFlight = 0;     ///< apps begun and not yet live; 0: adjusted to what the machine can do
    QStringList prompts;     ///< in turn; empty: the built-in generator
    QString model = QStringLiteral("sampler");
    LoadPace pace;
    QString recording; ///< file with recorded answers to replay instead of asking a model; gives prompts, too
    QString record;    ///< new file for the model's answers of this run
    QStringList hosts; ///< in turn; empty: where the app would go anyway
    QString backend;   ///< empty: the host's own
    double holdSeconds = 0;
    int sweeps = 0;           ///< probes of every app during the hold; 0: 1 without a hold, else 2
    double appSeconds = 180;  ///< an app that is not live by then has failed
    double queueSeconds = 0;  ///< one that could not begin by then is dropped; 0: waits
    double warmUpSeconds = 0; ///< apps intended before that are not judged by the thresholds
    LoadFaults faults;
    QList<LoadThreshold> thresholds; ///< empty: failed == 0
    Afterwards afterwards = Afterwards::Remove;
    quint64 seed = 1;

    static constexpr quint64 largestSeed = (quint64(1) << 53) - 1; ///< what a JSON number holds exactly

    [[nodiscard]] int total() const { return stages.isEmpty() ? count : stages.last().to; }
    [[nodiscard]] bool recorded() const { return !recording.isEmpty(); }
    [[nodiscard]] bool simulated() const { return pace.any() || recorded(); }
    bool operator==(const LoadPlan &) const = default;
};

QString toString(LoadStage::Shape shape);
QString toString(LoadPlan::Afterwards afterwards);

QJsonObject toJson(const LoadPlan &plan);
/// Invalid with a sentence that names the member; what it cannot do is refused, too: see checkPlan().
Result<LoadPlan> loadPlanFromJson(const QJsonObject &json);
/// Of a stored run, as far as it can be read: what plans may say has changed since it ran.
LoadPlan storedLoadPlan(const QJsonObject &json);
/// The same of a text, 20 MB at most; `name` is what an error calls it. Files that the plan names are relative to
/// `folder`. `prompts_file` may stand in place of `prompts`: one a line. Blocking.
Result<LoadPlan> loadPlanFromText(const QByteArray &text, const QString &name, const QDir &folder);
/// The same of a file, with its folder. Blocking.
Result<LoadPlan> loadPlanFromFile(const QString &path);
/// Whether it can be run, and whether all that it says counts: nothing in it is corrected or passed over.
Status checkPlan(const LoadPlan &plan);
/// A whole number, 0 to LoadPlan::largestSeed.
Result<quint64> loadSeedFrom(double number);
/// "12 failed", as `failed <= 12`: METRIC OP VALUE.
Result<LoadThreshold> thresholdFromText(const QString &text);

/// When each app is meant to begin, since the start of the run, in order. Depends on the plan only.
QList<std::chrono::nanoseconds> arrivals(const LoadPlan &plan);

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::LoadPlan)
