// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/fleet/loadtest/appface.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <array>
#include <optional>

namespace Flotilla {

/// Moments of one app. Each is a time in milliseconds since the start of the run, on one monotonic clock.
enum class LoadMoment {
    Intended,   ///< t0: the plan says that it starts
    Started,    ///< t1: it really began
    Allocated,  ///< t2: its sandbox was created
    Ready,      ///< t3: the agent inside answered
    FirstToken, ///< t4
    CodeDone,   ///< t5: the model's last token; in parallel with t2 and t3
    Served,     ///< t6: HTTP 2xx of the app's own URL
    Painted,    ///< t7: measured by a viewer only
    Died,       ///< t8: last known alive, when it stopped before the end of the hold
};
inline constexpr size_t loadMoments = 9;

/// Where an app is. The order is that of the stacked chart.
enum class LoadPhase { Queued, Allocating, Starting, Generating, Building, Live, Partial, Failed, Cancelled };
inline constexpr size_t loadPhases = 9;
QString toString(LoadPhase phase); ///< stable, for JSON

/// Words for why an app did not make it. Stable, for JSON; "live" for one that did, empty while it is under way.
namespace LoadClass {
inline constexpr char Live[] = "live";
inline constexpr char QueueTimeout[] = "queue_timeout"; ///< a dropped start
inline constexpr char HostUnreachable[] = "host_unreachable";
inline constexpr char SshAuth[] = "ssh_auth";
inline constexpr char HostKey[] = "host_key";
inline constexpr char NoCapacity[] = "no_capacity";
inline constexpr char ImageMissing[] = "image_missing";
inline constexpr char CreateError[] = "create_error";
inline constexpr char StartTimeout[] = "start_timeout";
inline constexpr char ReadinessFailed[] = "readiness_failed";
inline constexpr char RateLimited[] = "llm_rate_limited";
inline constexpr char ModelError[] = "llm_error";
inline constexpr char CodeInvalid[] = "code_invalid";
inline constexpr char BuildFailed[] = "build_failed";
inline constexpr char ServeFailed[] = "serve_failed";
inline constexpr char Crashed[] = "crashed";
inline constexpr char OutOfMemory[] = "oom";
inline constexpr char Evicted[] = "evicted";
inline constexpr char Cancelled[] = "cancelled";
inline constexpr char Partial[] = "partial"; ///< was live and did not answer a later probe
} // namespace LoadClass

/// One app of a run.
struct LoadRow
{
    int index = 0; ///< in order of submission, from 0
    AppId app;
    QString prompt;
    QString title;
    HostId host;
    LoadPhase phase = LoadPhase::Queued;
    QString outcome; ///< LoadClass
    QString error;   ///< a sentence
    QString fault;   ///< put in on purpose: "create", "slow", "crash"
    AppFace face;    ///< of an app that was served
    int retries = 0;
    bool probed = false; ///< answered the last sweep
    double settled = -1; ///< it came alive, failed or was cancelled; as `t`
    std::array<double, loadMoments> t{-1, -1, -1, -1, -1, -1, -1, -1, -1};

    [[nodiscard]] double at(LoadMoment moment) const { return t[size_t(moment)]; }
    [[nodiscard]] bool has(LoadMoment moment) const { return at(moment) >= 0; }
    bool operator==(const LoadRow &) const = default;
};

/// The machine and the run at one moment.
struct LoadSample
{
    double t = 0; ///< milliseconds since the start
    std::array<int, loadPhases> counts{};
    int inFlight = 0;
    int limit = 0;           ///< apps that may start at once, as adjusted
    int planned = 0;         ///< intended by now
    double hostCpu = 0;      ///< share of all cores, 0 to 1
    double generatorCpu = 0; ///< of this process, in cores
    qint64 memoryUsed = 0;   ///< of the machine
    double lagMs = 0;        ///< longest delay of the service thread since the last sample
    double p50 = -1;         ///< time to live of those that came alive since the last sample; -1: none
    double p95 = -1;
    bool operator==(const LoadSample &) const = default;
};

/// A mark on the time axis: phases of the run, sweeps, what the presenter marked.
struct LoadEvent
{
    double t = 0;
    QString kind; ///< "phase", "sweep", "mark", "threshold", "cancel": stable
    QString text;
    bool operator==(const LoadEvent &) const = default;
};

enum class LoadRunState { Preparing, Running, Holding, Ending, Done, Cancelled, Interrupted };
QString toString(LoadRunState state);
bool isOver(LoadRunState state);

/// What views show while it runs.
struct LoadSnapshot
{
    QString run;
    QString name;
    LoadRunState state = LoadRunState::Preparing;
    int target = 0;
    std::array<int, loadPhases> counts{};
    double seconds = 0;
    double appsPerMinute = 0;    ///< of the last 60 s, or since the start
    double estimateSeconds = -1; ///< until all are live; -1: not known
    int droppedStarts = 0;
    int retries = 0;
    bool replay = false;    ///< of a stored run
    bool simulated = false; ///< the model's time, or the model
    bool recorded = false;  ///< simulated by recorded answers
    QString modelText;      ///< "Sampler (not a language model), simulated 27 s"
    [[nodiscard]] int live() const { return counts[size_t(LoadPhase::Live)]; }
    [[nodiscard]] int failed() const { return counts[size_t(LoadPhase::Failed)] + counts[size_t(LoadPhase::Partial)]; }
};

/// A stored run as lists show it. `summary` is the JSON that --json prints.
struct LoadRunInfo
{
    QString id;
    QString name;
    LoadRunState state = LoadRunState::Done;
    QDateTime started;
    QJsonObject summary;
    QString program{}; ///< that runs it, while it is not over
};

/// Everything about a run: what reports, comparisons and replays are made from.
struct LoadRecord
{
    LoadRunInfo info;
    QJsonObject plan;
    QJsonObject environment;
    QList<LoadRow> rows;
    QList<LoadSample> samples;
    QList<LoadEvent> events;
};

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::LoadRow)
Q_DECLARE_METATYPE(Flotilla::LoadSample)
Q_DECLARE_METATYPE(Flotilla::LoadEvent)
Q_DECLARE_METATYPE(Flotilla::LoadSnapshot)
Q_DECLARE_METATYPE(Flotilla::LoadRunInfo)
