// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadtestservice.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/loadtest/loadarchive.h"
#include "backends/fleet/loadtest/loadrecovery.h"
#include "backends/fleet/loadtest/loadreplay.h"
#include "backends/fleet/loadtest/loadrun.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Flotilla {

namespace {

constexpr int showEveryMs = 100;
constexpr int keepEveryMs = 2000;
constexpr int longestLeaveMs = 15'000;
constexpr int keepShare = 100; // storing takes at most a hundredth of the time

Error oneIsUnderWay()
{
    return {ErrorKind::Conflict, LoadTestService::tr("A load test is under way. End it first."), {}};
}

} // namespace

struct LoadTestService::Private
{
    Private(LoadTestService *service, Parts given)
        : q(service)
        , parts(std::move(given))
        , archive(parts.dir)
    {
    }

    Result<QString> start(const LoadPlan &plan);
    Result<QString> replay(const QString &run, double speed);
    void show();
    void keepNow();
    QString keep(LoadRecord record) const; ///< why it could not be
    bool died(const LoadRunInfo &run) const;
    Result<QList<LoadRunInfo>> list() const;
    Result<LoadRecord> load(const QString &id) const;
    Result<int> recover();
    void takeAway(const LoadRecord &record);
    bool isAnyDead() const;
    Future<void> recovered();
    void letLeave();
    void onState(LoadRunState state);
    void onFinished();
    void onReplayed();
    bool underWay() const { return (run && !isOver(run->state())) || playing; }
    Result<LoadRunInfo> newest() const;

    LoadTestService *q;
    Parts parts;
    LoadArchive archive;
    std::unique_ptr<LoadRun> run;
    std::unique_ptr<LoadReplay> player;
    bool playing = false;
    QTimer showTimer;
    QTimer keepTimer;
    QList<std::shared_ptr<QPromise<Status>>> leaving; ///< wait for what is taken away
    QList<std::shared_ptr<QPromise<Result<LoadRunInfo>>>> waiting;
};

Result<QString> LoadTestService::Private::start(const LoadPlan &given)
{
    if (underWay())
        return oneIsUnderWay();
    if (const Status fine = checkPlan(given); !fine)
        return fine.error();
    const auto completed = parts.target->complete(given);
    if (!completed)
        return completed.error();
    const LoadPlan &plan = *completed;
    player.reset();
    const QString id = parts.clock->now().toString(QStringLiteral("yyyyMMdd-HHmmss-")) + newId().left(4);
    run = std::make_unique<LoadRun>(id, plan, parts.target, parts.clock);
    connect(run.get(), &LoadRun::changed, q, [this] {
        if (!showTimer.isActive())
            showTimer.start();
    });
    connect(run.get(), &LoadRun::sampled, q, &LoadTestService::sampled);
    connect(run.get(), &LoadRun::happened, q, &LoadTestService::happened);
    connect(run.get(), &LoadRun::stateChanged, q, [this](LoadRunState state) { onState(state); });
    connect(run.get(), &LoadRun::finished, q, [this] { onFinished(); });
    Q_EMIT q->started(id, plan);
    run->begin();
    return id;
}

Result<QString> LoadTestService::Private::replay(const QString &id, double speed)
{
    if (underWay())
        return oneIsUnderWay();
    auto record = archive.load(id);
    if (!record)
        return record.error();
    run.reset();
    const LoadPlan plan = storedLoadPlan(record->plan);
    player = std::make_unique<LoadReplay>(*std::move(record), speed);
    playing = true;
    connect(player.get(), &LoadReplay::rowsChanged, q, [this](const QList<LoadRow> &rows) {
        Q_EMIT q->rowsChanged(rows);
        Q_EMIT q->progressed(player->snapshot());
    });
    connect(player.get(), &LoadReplay::sampled, q, &LoadTestService::sampled);
    connect(player.get(), &LoadReplay::happened, q, &LoadTestService::happened);
    connect(player.get(), &LoadReplay::finished, q, [this] { onReplayed(); });
    Q_EMIT q->started(player->record().info.id, plan);
    player->begin();
    return player->record().info.id;
}

void LoadTestService::Private::show()
{
    if (!run)
        return;
    const QList<LoadRow> rows = run->takeChanged();
    if (!rows.isEmpty())
        Q_EMIT q->rowsChanged(rows);
    Q_EMIT q->progressed(run->snapshot());
}

/// What a killed program leaves of its run is at most this old. The longer storing takes, the rarer it is done.
void LoadTestService::Private::keepNow()
{
    QElapsedTimer took;
    took.start();
    keep(run->soFar());
    keepTimer.start(std::max(keepEveryMs, int(took.elapsed()) * keepShare));
}

/// A run that cannot be stored still has happened: its result is shown, and says so.
QString LoadTestService::Private::keep(LoadRecord record) const
{
    record.info.program = isOver(record.info.state) ? QString() : parts.program;
    const Status kept = archive.save(record);
    if (!kept)
        qCWarning(logCore, "%s", qUtf8Printable(kept.error().text));
    return kept ? QString() : kept.error().text;
}

bool LoadTestService::Private::died(const LoadRunInfo &info) const
{
    const bool ours = run && run->record().info.id == info.id;
    return !isOver(info.state) && !ours && !(parts.lives && parts.lives(info.program));
}

Result<QList<LoadRunInfo>> LoadTestService::Private::list() const
{
    auto runs = archive.list();
    if (runs)
        for (LoadRunInfo &info : *runs)
            info.state = died(info) ? LoadRunState::Interrupted : info.state;
    return runs;
}

/// The run of this program from memory: it may not have been stored.
Result<LoadRecord> LoadTestService::Private::load(const QString &id) const
{
    if (run && run->record().info.id == id)
        return isOver(run->state()) ? run->record() : run->soFar();
    auto record = archive.load(id);
    if (record && died(record->info))
        return interruptedRun(*std::move(record));
    return record;
}

Result<int> LoadTestService::Private::recover()
{
    const auto runs = archive.list();
    if (!runs)
        return runs.error();
    int found = 0;
    for (const LoadRunInfo &info : *runs) {
        const auto record = died(info) ? archive.load(info.id) : Result<LoadRecord>(LoadRecord());
        if (!record || record->info.id.isEmpty())
            continue;
        ++found;
        takeAway(*record);
    }
    return found;
}

/// The run counts as interrupted for good when that is done: should this program end before, the next one goes on.
void LoadTestService::Private::takeAway(const LoadRecord &record)
{
    const auto [apps, forget] = leftBehind(record);
    whenDone(q, parts.target->remove(apps, forget), [this, record](const Status &removed) {
        if (removed)
            keep(interruptedRun(record));
        else
            qCWarning(logCore, "a run that was interrupted is not cleared away: %s",
                      qUtf8Printable(removed.error().text));
        if (!removed || !isAnyDead())
            letLeave();
    });
}

bool LoadTestService::Private::isAnyDead() const
{
    const auto runs = archive.list();
    return runs && std::any_of(runs->begin(), runs->end(), [this](const LoadRunInfo &info) { return died(info); });
}

Future<void> LoadTestService::Private::recovered()
{
    if (!isAnyDead())
        return readyFuture<void>(Status());
    const auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    leaving.append(promise);
    QTimer::singleShot(longestLeaveMs, q, [this] { letLeave(); });
    return promise->future();
}

void LoadTestService::Private::letLeave()
{
    for (const auto &promise : std::exchange(leaving, {})) {
        promise->addResult(Status());
        promise->finish();
    }
}

void LoadTestService::Private::onState(LoadRunState state)
{
    if (state == LoadRunState::Preparing || state == LoadRunState::Holding)
        keepNow();
}

void LoadTestService::Private::onFinished()
{
    showTimer.stop();
    keepTimer.stop();
    const QString notStored = keep(run->record());
    show();
    LoadRunInfo info = run->record().info;
    if (!notStored.isEmpty())
        info.summary.insert(QStringLiteral("not_stored"), notStored);
    Q_EMIT q->ended(info);
    for (const auto &promise : std::exchange(waiting, {})) {
        promise->addResult(info);
        promise->finish();
    }
}

void LoadTestService::Private::onReplayed()
{
    playing = false;
    Q_EMIT q->progressed(player->snapshot());
    const LoadRunInfo info = player->record().info;
    Q_EMIT q->ended(info);
    for (const auto &promise : std::exchange(waiting, {})) {
        promise->addResult(info);
        promise->finish();
    }
}

Result<LoadRunInfo> LoadTestService::Private::newest() const
{
    if (run)
        return run->record().info;
    const auto runs = list();
    if (!runs)
        return runs.error();
    if (runs->isEmpty())
        return Error{ErrorKind::NotFound, LoadTestService::tr("There is no run yet."), {}};
    return runs->constFirst();
}

LoadTestService::LoadTestService(Parts parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(parts)))
{
    qRegisterMetaType<QList<LoadRow>>();
    d->showTimer.setSingleShot(true);
    d->showTimer.setInterval(showEveryMs);
    connect(&d->showTimer, &QTimer::timeout, this, [this] { d->show(); });
    d->keepTimer.setSingleShot(true);
    connect(&d->keepTimer, &QTimer::timeout, this, [this] { d->keepNow(); });
}

LoadTestService::~LoadTestService() = default;

Future<int> LoadTestService::recover()
{
    return onThread(this, [this] { return d->recover(); });
}

Future<void> LoadTestService::recovered()
{
    return onThread(this, [this] { return d->recovered(); });
}

Future<QStringList> LoadTestService::preflight(const LoadPlan &plan)
{
    return onThread(this, [this, plan] { return d->parts.target->preflight(plan); });
}

Future<QString> LoadTestService::start(const LoadPlan &plan)
{
    return onThread(this, [this, plan] { return d->start(plan); });
}

Future<QString> LoadTestService::replay(const QString &run, double speed)
{
    return onThread(this, [this, run, speed] { return d->replay(run, speed); });
}

Future<void> LoadTestService::cancel()
{
    return onThread(this, [this]() -> Status {
        if (d->run)
            d->run->cancel();
        if (d->playing)
            d->player->end();
        return {};
    });
}

Future<void> LoadTestService::mark(const QString &text)
{
    return onThread(this, [this, text]() -> Status {
        if (d->run && !isOver(d->run->state()))
            d->run->mark(text);
        return {};
    });
}

Future<LoadRunInfo> LoadTestService::waitForEnd()
{
    return onThread(this, [this]() -> Future<LoadRunInfo> {
        if (!d->underWay())
            return readyFuture<LoadRunInfo>(d->newest());
        auto promise = std::make_shared<QPromise<Result<LoadRunInfo>>>();
        promise->start();
        d->waiting.append(promise);
        return promise->future();
    });
}

Future<LoadSnapshot> LoadTestService::snapshot()
{
    return onThread(this, [this]() -> Result<LoadSnapshot> {
        return d->run ? d->run->snapshot() : d->player ? d->player->snapshot() : LoadSnapshot();
    });
}

Future<QList<LoadRow>> LoadTestService::rows()
{
    return onThread(this, [this]() -> Result<QList<LoadRow>> {
        return d->run ? d->run->rows() : d->player ? d->player->rows() : QList<LoadRow>();
    });
}

Future<QList<LoadSample>> LoadTestService::samples()
{
    return onThread(this, [this]() -> Result<QList<LoadSample>> {
        return d->run ? d->run->record().samples : QList<LoadSample>();
    });
}

Future<QList<LoadRunInfo>> LoadTestService::runs()
{
    return onThread(this, [this] { return d->list(); });
}

Future<LoadRecord> LoadTestService::run(const QString &id)
{
    return onThread(this, [this, id] { return d->load(id); });
}

Future<void> LoadTestService::remove(const QString &id)
{
    return onThread(this, [this, id] { return d->archive.remove(id); });
}

} // namespace Flotilla
