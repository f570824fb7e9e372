// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hosttest.h"

#include "backends/core/continuation.h"
#include "backends/hosts/host.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Flotilla {

namespace {

const char *const ids[] = {"resolve", "connect", "host-key", "authenticate", "agent", "engine", "sandbox"};

QString titleOf(int step)
{
    switch (step) {
    case 0:
        return HostTest::tr("Find the address");
    case 1:
        return HostTest::tr("Connect");
    case 2:
        return HostTest::tr("Check the host key");
    case 3:
        return HostTest::tr("Sign in");
    case 4:
        return HostTest::tr("Copy the agent");
    case 5:
        return HostTest::tr("Look for bubblewrap, Podman and Docker");
    default:
        return HostTest::tr("Start a sandbox");
    }
}

/// "connect: Connection refused" -> 1; what names no step is a matter of connecting.
int stepOf(const Error &error)
{
    for (int i = 0; i < 4; ++i) {
        if (error.detail.startsWith(QLatin1String(ids[i]) + QLatin1Char(':')))
            return i;
    }
    if (error.detail.startsWith(QLatin1String("set-up:")))
        return 4;
    return error.kind == ErrorKind::Unauthorized ? 3 : 1;
}

QString withoutStep(const QString &detail)
{
    const qsizetype colon = detail.indexOf(QLatin1String(": "));
    return colon > 0 && colon < 14 ? detail.mid(colon + 2) : detail;
}

/// The first required check that failed, or nothing.
std::optional<PreflightCheck> failedCheck(const QList<PreflightCheck> &checks)
{
    for (const PreflightCheck &check : checks) {
        if (check.required && !check.ok)
            return check;
    }
    return {};
}

} // namespace

HostTest::HostTest(const HostConfig &config, Parts parts, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_parts(std::move(parts))
{
    for (int i = 0; i < int(std::size(ids)); ++i) {
        HostTestStep step;
        step.id = QLatin1String(ids[i]);
        step.title = titleOf(i);
        m_steps.append(step);
    }
}

HostTest::~HostTest()
{
    m_backends.clear(); // before the connection goes
}

Future<QList<HostTestStep>> HostTest::run()
{
    return toFuture(flow(this));
}

void HostTest::cancel()
{
    m_cancelled = true;
    if (!m_trial.isEmpty())
        m_backends.constFirst()->terminate(m_trial);
    for (int i = 0; i < m_steps.size(); ++i) {
        if (m_steps.at(i).state == HostTestStep::State::Running)
            fail(Step(i), tr("Cancelled."), {});
    }
}

QCoro::Task<Result<QList<HostTestStep>>> HostTest::flow(QPointer<HostTest> self)
{
    const auto gone = Error{ErrorKind::Cancelled, {}, {}};
    bool good = co_await connectTo(self);
    if (self && good)
        good = co_await bringAgent(self);
    if (self && good)
        good = co_await findEngine(self);
    if (self && good)
        co_await trySandbox(self);
    if (!self)
        co_return gone;
    for (int i = 0; i < self->m_steps.size(); ++i) {
        if (self->m_steps.at(i).state == HostTestStep::State::Waiting)
            self->set(Step(i), HostTestStep::State::Skipped, {});
    }
    co_return Result<QList<HostTestStep>>(self->m_steps);
}

QCoro::Task<bool> HostTest::connectTo(QPointer<HostTest> self)
{
    self->begin(Resolve);
    self->m_connection = self->m_parts.kit->connect(self->m_config, self->m_parts.ask);
    if (!self->m_connection) {
        self->fail(Resolve, tr("This kind of host cannot be used here."), {});
        co_return false;
    }
    const Status connected = co_await outcome(self->m_connection->connectNow());
    if (!self || self->m_cancelled)
        co_return false;
    const int failed = connected ? int(Agent) : stepOf(connected.error());
    const bool local = self->m_config.target.isEmpty();
    for (int i = Resolve; i < failed; ++i)
        self->pass(Step(i), local ? tr("Not needed on this computer.") : QString());
    if (!connected)
        self->fail(Step(failed), withoutStep(connected.error().detail), connected.error().text);
    co_return connected.ok();
}

QCoro::Task<bool> HostTest::bringAgent(QPointer<HostTest> self)
{
    self->begin(Agent);
    const Result<QString> agent = co_await outcome(self->m_connection->host()->provide(self->m_parts.agent));
    if (!self || self->m_cancelled)
        co_return false;
    if (!agent) {
        self->fail(Agent, agent.error().detail, agent.error().text);
        co_return false;
    }
    const Result<QString> runtime = co_await outcome(self->m_connection->host()->provide(self->m_parts.runtime));
    if (!self || self->m_cancelled)
        co_return false;
    if (!runtime) {
        self->fail(Agent, runtime.error().detail, runtime.error().text);
        co_return false;
    }
    self->m_agent = *agent;
    self->m_runtime = *runtime;
    self->pass(Agent, *agent);
    co_return true;
}

QCoro::Task<bool> HostTest::findEngine(QPointer<HostTest> self)
{
    self->begin(Engine);
    Host *host = self->m_connection->host();
    const HostKit::Installed there{self->m_agent, self->m_runtime, {}}; // it takes no snapshots
    const auto bubblewrap = self->m_parts.kit->bubblewrap(host, there);
    const auto engines = self->m_parts.kit->engines(host, there);
    const Result<QList<PreflightCheck>> checks = co_await outcome(bubblewrap->preflight());
    const Result<HostKit::Backends> found = co_await outcome(engines);
    if (!self || self->m_cancelled)
        co_return false;
    const auto missing = checks ? failedCheck(*checks) : std::nullopt;
    if (checks && !missing)
        self->m_backends.append(bubblewrap);
    if (found)
        self->m_backends.append(*found);
    QStringList names;
    for (const auto &backend : std::as_const(self->m_backends)) {
        const SandboxBackendInfo info = backend->info();
        names.append(info.label);
    }
    const bool image = self->m_config.backend.isEmpty() && !self->m_config.image.isEmpty();
    const QString kind = image ? QString::fromLatin1(anyEngine) : self->m_config.backend;
    std::stable_partition(self->m_backends.begin(), self->m_backends.end(),
                          [&kind](const auto &backend) { return backend->info().is(kind); });
    const bool wrong = !self->m_backends.isEmpty() && !self->m_backends.constFirst()->info().is(kind);
    if (self->m_backends.isEmpty())
        self->fail(Engine,
                   missing  ? missing->text
                   : checks ? QString()
                            : checks.error().text,
                   missing && !missing->remedy.isEmpty()
                       ? missing->remedy
                       : tr("Install one of them there, for example: sudo apt-get install bubblewrap"));
    else if (wrong)
        self->fail(Engine, tr("Found: %1.").arg(names.join(QLatin1String(", "))),
                   tr("Install %1 there, or choose another kind of sandbox for this host.")
                       .arg(image ? tr("Podman or Docker (for the image)") : self->m_config.backend));
    else
        self->pass(Engine, names.join(QLatin1String(", ")));
    co_return !self->m_backends.isEmpty() && !wrong;
}

QCoro::Task<bool> HostTest::trySandbox(QPointer<HostTest> self)
{
    self->begin(Sandbox);
    const auto backend = self->m_backends.constFirst();
    SandboxSpec spec;
    spec.id = {QStringLiteral("test-") + newId()};
    spec.app = {QStringLiteral("test")};
    if (backend->info().takesImages)
        spec.image = self->m_config.image;
    self->m_trial = spec.id;
    connect(backend.get(), &SandboxBackend::sandboxChanged, self, [self, id = spec.id](const SandboxInfo &info) {
        if (info.id == id && info.state == SandboxState::Creating && !self->m_cancelled)
            self->set(Sandbox, HostTestStep::State::Running, info.detail);
    });
    QElapsedTimer timer;
    timer.start();
    const Result<SandboxInfo> made = co_await outcome(backend->create(spec));
    const qint64 took = timer.elapsed();
    if (self)
        self->m_trial = {};
    const Status ended = co_await outcome(backend->terminate(spec.id));
    if (!self || self->m_cancelled)
        co_return false;
    if (!made)
        self->fail(Sandbox, made.error().detail, made.error().text);
    else if (!ended)
        self->fail(Sandbox, ended.error().detail, ended.error().text);
    else
        self->pass(Sandbox, tr("Ready in %1 ms.").arg(took));
    co_return made &&ended;
}

void HostTest::begin(Step step)
{
    set(step, HostTestStep::State::Running, {});
}

void HostTest::pass(Step step, const QString &text)
{
    set(step, HostTestStep::State::Ok, text);
}

void HostTest::fail(Step step, const QString &text, const QString &remedy)
{
    set(step, HostTestStep::State::Failed, text, remedy);
}

void HostTest::set(Step step, HostTestStep::State state, const QString &text, const QString &remedy)
{
    HostTestStep &changed = m_steps[step];
    changed.state = state;
    changed.text = text.left(500);
    changed.remedy = remedy.left(1000);
    Q_EMIT progress(changed);
}

} // namespace Flotilla
