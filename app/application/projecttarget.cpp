// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/projecttarget.h"

#include "app/application/faultyprovider.h"
#include "app/application/retrycounter.h"
#include "backends/agent/agentclient.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/loadtest/loadmachine.h"
#include "backends/fleet/loadtest/loadpreflight.h"
#include "backends/fleet/loadtest/loadwords.h"
#include "backends/http/httpclient.h"
#include "backends/llm/modelcatalog.h"
#include "backends/llm/recording/recording.h"
#include "backends/llm/sampler/sampler.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QTimer>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

const char *classOfSandbox(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unavailable:
    case ErrorKind::Network:
        return LoadClass::HostUnreachable;
    case ErrorKind::Unauthorized:
        return LoadClass::SshAuth;
    case ErrorKind::NotFound:
        return LoadClass::ImageMissing;
    case ErrorKind::Overloaded:
    case ErrorKind::DiskFull:
        return LoadClass::NoCapacity;
    case ErrorKind::Timeout:
        return LoadClass::StartTimeout;
    default:
        return LoadClass::CreateError;
    }
}

const char *classOf(TurnMark mark, const Error &error)
{
    switch (mark) {
    case TurnMark::SandboxReady:
        return classOfSandbox(error.kind);
    case TurnMark::FirstToken:
    case TurnMark::AnswerDone:
        return error.kind == ErrorKind::RateLimited ? LoadClass::RateLimited : LoadClass::ModelError;
    case TurnMark::Built:
        return error.kind == ErrorKind::Invalid ? LoadClass::BuildFailed : classOfSandbox(error.kind);
    case TurnMark::Served:
        return LoadClass::ServeFailed;
    }
    return LoadClass::CodeInvalid;
}

const char *classOfDeath(const SandboxInfo &info)
{
    switch (info.reason) {
    case SandboxReason::OutOfMemory:
        return LoadClass::OutOfMemory;
    case SandboxReason::HostLost:
        return LoadClass::HostUnreachable;
    default:
        return LoadClass::Crashed;
    }
}

QString paceText(const LoadPace &pace)
{
    if (!pace.any())
        return LoadWords::tr("at full pace");
    QStringList parts;
    if (pace.firstTokenMs > 0)
        parts.append(LoadWords::tr("first token after %1 s").arg(pace.firstTokenMs / 1000.0));
    if (pace.answerSeconds > 0)
        parts.append(LoadWords::tr("answer in %1 s").arg(pace.answerSeconds));
    else if (pace.tokensPerSecond > 0)
        parts.append(LoadWords::tr("%1 tokens/s").arg(pace.tokensPerSecond));
    return LoadWords::tr("simulated model time: %1").arg(parts.join(QLatin1String(", ")));
}

QCoro::Task<Status> fetchOnce(HttpClient *http, QUrl url)
{
    HttpRequest request;
    request.url = url;
    request.resolveTo = "127.0.0.1";
    request.totalTimeout = 10s;
    const Result<HttpResponse> response = co_await outcome(http->fetch(request));
    if (!response)
        co_return response.error();
    if (response->status < 200 || response->status > 299)
        co_return Error{ErrorKind::Unavailable, QStringLiteral("HTTP %1").arg(response->status), {}};
    co_return Status();
}

/// For an engineer who reads the report later, when the machine can no longer be asked.
QString wordsOf(const Error &error)
{
    constexpr int most = 300;
    const QString detail = error.detail.simplified().left(most);
    return detail.isEmpty() ? error.text : QStringLiteral("%1 (%2)").arg(error.text, detail);
}

/// Done when the events that wait on this thread have been handled.
Future<void> breath()
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    QTimer::singleShot(0, [promise] {
        promise->addResult(Status());
        promise->finish();
    });
    return promise->future();
}

} // namespace

ProjectTarget::ProjectTarget(Parts parts)
    : m_parts(std::move(parts))
{
    connect(m_parts.projects, &ProjectService::turnMarked, this, &ProjectTarget::onMarked);
    connect(m_parts.sandboxes, &SandboxProvider::changed, this, &ProjectTarget::onSandbox);
}

std::shared_ptr<LanguageModel> ProjectTarget::modelFor(const AppId &app)
{
    if (!m_apps.contains(app))
        return nullptr;
    return std::make_shared<RetryCountingModel>(m_model, [self = QPointer<ProjectTarget>(this), app] {
        if (self)
            Q_EMIT self->retried(app);
    });
}

Result<std::shared_ptr<LanguageModel>> ProjectTarget::openModel(const LoadPlan &plan) const
{
    if (m_replay)
        return m_replay;
    if (plan.model == QLatin1String("sampler"))
        return makeSampler({plan.pace.tokensPerSecond, plan.pace.firstTokenMs, int(plan.pace.answerSeconds * 1000)});
    const auto ref = ModelRef::parse(plan.model);
    if (!ref)
        return ref.error();
    return m_parts.models->open(*ref, RequestPriority::Load);
}

/// Before a run rather than once for each of its apps.
Status ProjectTarget::checkPlaces(const LoadPlan &plan) const
{
    static const QStringList backends{QString(), QStringLiteral("bubblewrap"), QStringLiteral("podman"),
                                      QStringLiteral("docker")};
    if (!backends.contains(plan.backend))
        return Error{ErrorKind::Invalid,
                     LoadWords::tr("A backend is bubblewrap, podman or docker, not \"%1\".").arg(plan.backend.left(80)),
                     {}};
    for (const QString &host : plan.hosts) {
        const bool open = host.isEmpty() || host == QLatin1String("any");
        if (!open && m_parts.knowsHost && !m_parts.knowsHost({host}))
            return Error{ErrorKind::NotFound, LoadWords::tr("There is no host \"%1\".").arg(host.left(80)), {}};
    }
    return {};
}

Status ProjectTarget::checkFiles(const LoadPlan &plan)
{
    if (!plan.record.isEmpty() && QFileInfo::exists(plan.record))
        return Error{ErrorKind::Conflict,
                     LoadWords::tr("%1 exists. Choose a new name for what is recorded.").arg(plan.record),
                     {}};
    const QFileInfo folder(QFileInfo(plan.record).absolutePath());
    if (!plan.record.isEmpty() && !(folder.isDir() && folder.isWritable()))
        return Error{
            ErrorKind::Storage,
            LoadWords::tr("%1 cannot be written: there is no such folder, or it is not yours.").arg(plan.record),
            {}};
    const bool named = !plan.model.isEmpty() && plan.model != QLatin1String("sampler") && plan.recording.isEmpty();
    const auto model = named ? ModelRef::parse(plan.model) : Result<ModelRef>(ModelRef());
    return model ? Status() : Status(model.error());
}

Result<LoadPlan> ProjectTarget::complete(const LoadPlan &plan)
{
    m_replay.reset();
    Status fine = checkPlaces(plan);
    if (fine)
        fine = checkFiles(plan);
    if (!fine)
        return fine.error();
    LoadPlan completed = plan;
    if (plan.model.isEmpty()) // else each app would look for it, and some would still do so after a cancel
        completed.model = m_parts.models->defaultModel().toString();
    if (plan.recording.isEmpty())
        return completed;
    const auto recording = Recording::read(plan.recording);
    if (!recording)
        return recording.error();
    m_replay = replayModel(*recording);
    if (completed.prompts.isEmpty())
        completed.prompts = recording->prompts();
    return completed;
}

Future<QString> ProjectTarget::prepare(const LoadPlan &plan)
{
    raiseOpenFiles();
    m_plan = plan;
    const QList<AppId> earlier = m_apps.keys();
    for (const AppId &app : earlier)
        m_parts.sandboxes->drop(app);
    m_apps.clear();
    const auto model = openModel(plan);
    if (!model)
        return readyFuture<QString>(model.error());
    m_model = *model;
    if (!plan.record.isEmpty()) {
        const auto file = newRecordingFile(plan.record, [self = QPointer<ProjectTarget>(this)](const Error &error) {
            if (self)
                Q_EMIT self->notRecorded(error.text);
        });
        if (!file)
            return readyFuture<QString>(file.error());
        m_model = recordingModel(m_model, *file);
    }
    return readyFuture<QString>(modelText(plan));
}

QString ProjectTarget::modelText(const LoadPlan &plan) const
{
    const ModelInfo info = m_model->info();
    const bool paced = !info.isLanguageModel && !m_replay;
    return paced ? info.displayName + QLatin1String(", ") + paceText(plan.pace) : info.displayName;
}

void ProjectTarget::start(const LoadWish &wish)
{
    m_apps.insert(wish.app, {false, wish.fault, {}, {}, {}});
    if (wish.fault == QLatin1String("create"))
        m_parts.sandboxes->setFault(wish.app, {true, {}});
    else if (wish.fault == QLatin1String("slow"))
        m_parts.sandboxes->setFault(wish.app, {false, QDeadlineTimer(qint64(m_plan.faults.slowSeconds * 1000))});
    Wish asked;
    asked.prompt = wish.prompt;
    asked.model = m_plan.model;
    asked.id = wish.app;
    asked.host = wish.host;
    asked.backend = m_plan.backend;
    asked.background = true;
    const AppId app = wish.app;
    whenDone(this, m_parts.projects->create(asked), [this, app](const Result<AppId> &created) {
        if (!created) {
            Q_EMIT ended(app, QLatin1String(LoadClass::CreateError), created.error().text);
            return;
        }
        whenDone(this, m_parts.projects->waitForTurn(app),
                 [this, app](const Result<AppSummary> &summary) { onTurnEnded(app, summary); });
    });
}

void ProjectTarget::onMarked(const AppId &app, TurnMark mark, const Status &outcome)
{
    const auto found = m_apps.find(app);
    if (found == m_apps.end() || found->live)
        return;
    if (!outcome) {
        found->failure = {mark, outcome.error()};
        if (mark == TurnMark::SandboxReady)
            Q_EMIT retried(app); // the build asks for it once more
        return;
    }
    switch (mark) {
    case TurnMark::SandboxReady:
        return Q_EMIT reached(app, LoadMoment::Ready);
    case TurnMark::FirstToken:
        return Q_EMIT reached(app, LoadMoment::FirstToken);
    case TurnMark::AnswerDone:
        return Q_EMIT reached(app, LoadMoment::CodeDone);
    case TurnMark::Served:
        takeFace(app);
        return Q_EMIT reached(app, LoadMoment::Served);
    case TurnMark::Built:
        return;
    }
}

/// While the turn runs its files are in memory.
void ProjectTarget::takeFace(const AppId &app)
{
    whenDone(this, m_parts.projects->files(app), [this, app](const Result<FileMap> &files) {
        if (const auto found = m_apps.find(app); files && found != m_apps.end())
            found->face = faceOf(*files);
    });
}

void ProjectTarget::onTurnEnded(const AppId &app, const Result<AppSummary> &summary)
{
    const auto found = m_apps.find(app);
    if (found == m_apps.end())
        return; // removed meanwhile
    if (!summary) {
        Q_EMIT ended(app, QLatin1String(LoadClass::CreateError), summary.error().text);
        return;
    }
    found->title = summary->title;
    if (summary->turn == TurnState::Green) {
        found->live = true;
        const bool crashes = found->fault == QLatin1String("crash");
        Q_EMIT ended(app, QLatin1String(LoadClass::Live), {});
        if (crashes)
            crash(app);
        return;
    }
    const QString text = found->failure ? wordsOf(found->failure->second) : summary->problem;
    const char *outcome =
        found->failure ? classOf(found->failure->first, found->failure->second) : LoadClass::CodeInvalid;
    Q_EMIT ended(app, QLatin1String(outcome), text.isEmpty() ? summary->problem : text);
}

void ProjectTarget::onSandbox(const SandboxInfo &info)
{
    const auto found = m_apps.constFind(info.app);
    if (found == m_apps.constEnd())
        return;
    if (info.state == SandboxState::Running) {
        Q_EMIT placed(info.app, info.host);
        Q_EMIT reached(info.app, LoadMoment::Allocated);
    } else if (found->live && (info.state == SandboxState::Failed || info.state == SandboxState::Lost ||
                               info.state == SandboxState::Stopped)) {
        Q_EMIT died(info.app, QLatin1String(classOfDeath(info)),
                    info.detail.isEmpty() ? describe(info.state, info.reason) : info.detail);
    }
}

/// A fault of the test: the process 1 of the sandbox ends, as if it had been killed.
void ProjectTarget::crash(const AppId &app)
{
    const auto agent = m_parts.sandboxes->agent(app);
    if (!agent)
        return;
    whenDone(this, (*agent)->shutdown(), [](const Status &) {});
}

Future<void> ProjectTarget::probe(const AppId &app)
{
    return toFuture(fetchOnce(m_parts.http, m_parts.previewUrl(app)));
}

Future<void> ProjectTarget::remove(const QList<AppId> &apps, bool forget)
{
    for (const AppId &app : apps) {
        m_apps.remove(app);
        m_parts.sandboxes->drop(app);
    }
    return toFuture(doRemove(apps, forget));
}

/// Some at a time: what else the thread has to do is done in between.
QCoro::Task<Status> ProjectTarget::purge(QList<AppId> apps)
{
    constexpr qsizetype together = 50; // some 25 ms
    const QPointer<ProjectTarget> self(this);
    for (qsizetype from = 0; self && from < apps.size(); from += together) {
        const Status purged = co_await outcome(m_parts.projects->purgeAll(apps.mid(from, together)));
        if (!purged)
            co_return purged;
        co_await outcome(breath());
    }
    co_return Status();
}

QCoro::Task<Status> ProjectTarget::doRemove(QList<AppId> apps, bool forget)
{
    const QPointer<ProjectTarget> self(this);
    for (const AppId &app : apps)
        m_parts.projects->stop(app);
    const Status released = co_await outcome(m_parts.release(apps));
    if (!self || !forget)
        co_return released;
    const Status purged = co_await outcome(toFuture(purge(apps)));
    if (!self)
        co_return purged;
    co_await outcome(m_parts.release(apps)); // a turn that was ending may have asked for its sandbox once more
    if (!self)
        co_return purged;
    const Status emptied = co_await outcome(m_parts.forgetData(apps));
    co_return !released ? released : !emptied ? emptied : purged;
}

QJsonObject ProjectTarget::environment() const
{
    QJsonObject json = LoadMachine::describe();
    json.insert(QStringLiteral("version"), QCoreApplication::applicationVersion());
    json.insert(QStringLiteral("model"), m_replay ? m_replay->info().displayName : m_plan.model);
    return json;
}

Future<QStringList> ProjectTarget::preflight(const LoadPlan &plan)
{
    QStringList obstacles = obstaclesTo(plan.total(), MachineLimits::read());
    const Status fine = plan.recorded() ? Recording::look(plan.recording) : Status();
    if (!fine)
        obstacles.prepend(fine.error().text);
    return readyFuture<QStringList>(obstacles);
}

} // namespace Flotilla
