// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostlink.h"

#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/hostfigures.h"
#include "backends/hosts/host.h"

#include <QPointer>

#include <algorithm>

namespace Flotilla {

namespace {

QString shownName(const QString &backend)
{
    if (backend == QLatin1String("podman"))
        return QStringLiteral("Podman");
    if (backend == QLatin1String("docker"))
        return QStringLiteral("Docker");
    return backend;
}

Error goneError()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the host was removed")};
}

/// Empty: everything that has to be there is.
QString whatIsMissing(const Result<QList<PreflightCheck>> &checks)
{
    if (!checks)
        return checks.error().text;
    for (const PreflightCheck &check : *checks) {
        if (check.required && !check.ok)
            return check.remedy.isEmpty() ? check.text : check.text + QLatin1Char(' ') + check.remedy;
    }
    return {};
}

} // namespace

HostLink::HostLink(const HostConfig &config, Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_card.config = config;
    m_connection = m_parts.kit->connect(config, m_parts.ask);
    if (!m_connection) {
        m_problem = Error{ErrorKind::Unsupported, tr("This kind of host cannot be used here."), config.target};
        m_card.state = HostState::Unreachable;
        m_card.stateText = m_problem.error().text;
        return;
    }
    connect(host(), &Host::stateChanged, this, &HostLink::onHostChanged);
    connect(host(), &Host::providing, this, &HostLink::onProviding);
    if (isLocal()) { // what most apps use must not wait for engines that may hang
        m_agent = m_parts.agent;
        add(m_parts.kit->bubblewrap(host(), {m_parts.agent, m_parts.runtime, m_parts.snapshotDir}));
    }
    updateCard();
}

HostLink::~HostLink()
{
    for (const auto &waiter : std::as_const(m_waiters)) {
        waiter->promise.addResult(Result<SandboxBackend *>(goneError()));
        waiter->promise.finish();
    }
    m_backends.clear();
}

void HostLink::setConfig(const HostConfig &config)
{
    HostCard card = m_card;
    card.config = config;
    change(card);
    updateCard();
}

void HostLink::setSandboxes(int count)
{
    HostCard card = m_card;
    card.sandboxes = count;
    change(card);
}

void HostLink::open()
{
    if (m_phase == Phase::Opening || m_phase == Phase::Open || !m_connection)
        return;
    m_phase = Phase::Opening;
    m_broke = false;
    m_copying.clear();
    m_copied = 0;
    doOpen(this);
}

void HostLink::openUnlessFailed()
{
    if (m_problem.ok())
        open();
}

void HostLink::reconnect()
{
    if (!m_connection)
        return;
    if (m_phase != Phase::Open)
        return open();
    if (host()->state() != HostState::Ready)
        whenDone(this, m_connection->connectNow(), [this](const Status &) { updateCard(); });
}

QCoro::Task<> HostLink::doOpen(QPointer<HostLink> self)
{
    const Status connected = co_await outcome(self->m_connection->connectNow());
    if (!self)
        co_return;
    if (!connected) {
        self->opened(connected);
        co_return;
    }
    const Status prepared = co_await prepare(self);
    if (self)
        self->opened(prepared);
}

QCoro::Task<Status> HostLink::prepare(QPointer<HostLink> self)
{
    const Result<QString> agent = co_await outcome(self->host()->provide(self->m_parts.agent));
    if (!self)
        co_return goneError();
    if (!agent)
        co_return agent.error();
    const Result<QString> runtime = co_await outcome(self->host()->provide(self->m_parts.runtime));
    if (!self)
        co_return goneError();
    if (!runtime)
        co_return runtime.error();
    self->m_agent = *agent;
    HostKit::Installed there{*agent, *runtime, self->m_parts.snapshotDir};
    if (!self->isLocal()) {
        const Result<QString> root = co_await findDataRoot(self);
        if (!self)
            co_return goneError();
        if (!root)
            co_return root.error();
        there.snapshots = *root + QLatin1String("/snapshots");
    }
    const Status found = co_await findBackends(self, there);
    co_return found;
}

QCoro::Task<Status> HostLink::findBackends(QPointer<HostLink> self, HostKit::Installed there)
{
    self->m_there = there;
    const Future<HostKit::Backends> engines = self->m_parts.kit->engines(self->host(), there);
    Result<QList<PreflightCheck>> checks = QList<PreflightCheck>();
    if (self->m_backends.isEmpty()) {
        const auto bubblewrap = self->m_parts.kit->bubblewrap(self->host(), there);
        checks = co_await outcome(bubblewrap->preflight());
        if (!self)
            co_return goneError();
        if (whatIsMissing(checks).isEmpty())
            self->add(bubblewrap);
    }
    const Result<HostKit::Backends> found = co_await outcome(engines);
    if (!self)
        co_return goneError();
    if (!found)
        qCInfo(logCore, "no engines on %s: %s", qUtf8Printable(self->m_card.config.label),
               qUtf8Printable(found.error().detail));
    else
        for (const auto &backend : *found)
            self->add(backend);
    co_return self->m_backends.isEmpty() ? self->nothingRuns(checks) : Status();
}

Error HostLink::nothingRuns(const Result<QList<PreflightCheck>> &checks) const
{
    if (!checks && (checks.error().kind == ErrorKind::Network || checks.error().kind == ErrorKind::Timeout))
        return checks.error(); // what is there could not be seen
    return {ErrorKind::Unsupported,
            tr("Nothing on %1 can run sandboxes. Install bubblewrap, Podman or Docker there.").arg(m_card.config.label),
            whatIsMissing(checks)};
}

void HostLink::opened(const Status &status)
{
    m_problem = status;
    m_phase = status ? Phase::Open : Phase::Closed;
    if (status && !m_announced) {
        m_announced = true;
        for (const auto &backend : std::as_const(m_backends))
            Q_EMIT backendOpened(backend.get());
    }
    updateCard();
    const auto waiters = std::exchange(m_waiters, {});
    for (const auto &waiter : waiters) {
        waiter->promise.addResult(status ? find(waiter->name) : Result<SandboxBackend *>(status.error()));
        waiter->promise.finish();
    }
    measure();
    if (!status && m_broke && host()->state() == HostState::Ready)
        open(); // it came back before we knew that it had gone
}

void HostLink::onProviding(const QString &name, qint64 sent, qint64 total)
{
    m_copying = name;
    m_copied = total > 0 ? int(std::min<qint64>(100, sent * 100 / total)) : 0;
    updateCard();
}

/// The connection broke, or came back by itself.
void HostLink::onHostChanged()
{
    const bool ready = host()->state() == HostState::Ready;
    if (!ready)
        m_announced = false;
    m_broke = m_broke || (!ready && m_phase == Phase::Opening);
    if (ready && m_phase == Phase::Closed)
        open();
    if (ready && m_phase == Phase::Open && !m_announced) {
        host()->provide(m_parts.agent); // verified on every new connection
        m_announced = true;
        for (const auto &backend : std::as_const(m_backends))
            Q_EMIT backendOpened(backend.get());
        measure();
    }
    updateCard();
}

void HostLink::add(const std::shared_ptr<SandboxBackend> &backend)
{
    m_backends.append(backend);
}

Result<SandboxBackend *> HostLink::find(const QString &name) const
{
    const QString wanted = kindFor(name);
    for (const auto &backend : m_backends) {
        if (backend->info().is(wanted))
            return backend.get();
    }
    return nothingLike(wanted);
}

/// What is meant by a name, or by none.
QString HostLink::kindFor(const QString &name) const
{
    const HostConfig &config = m_card.config;
    const bool image = name == QLatin1String(anyEngine) || (name.isEmpty() && !config.image.isEmpty());
    if (!image)
        return name.isEmpty() ? config.backend : name;
    const bool chosen = !config.backend.isEmpty() && config.backend != QLatin1String("bubblewrap");
    return chosen ? config.backend : QLatin1String(anyEngine);
}

Error HostLink::nothingLike(const QString &wanted) const
{
    if (wanted == QLatin1String(anyEngine))
        return {
            ErrorKind::Unsupported,
            tr("A container image needs Podman or Docker, and neither was found on %1, or answers. Install or start "
               "one there, or name no image.")
                .arg(m_card.config.label),
            {}};
    const QString text =
        isLocal()
            ? tr("%1 was not found on this computer, or does not answer. Install or start it, or choose another "
                 "kind of sandbox.")
                  .arg(shownName(wanted))
            : tr("%1 was not found on %2, or does not answer. Install or start it there, or choose another kind of "
                 "sandbox.")
                  .arg(shownName(wanted), m_card.config.label);
    return {ErrorKind::Unsupported, text, {}};
}

Future<SandboxBackend *> HostLink::backend(const QString &name)
{
    if (!m_connection)
        return readyFuture<SandboxBackend *>(m_problem.error());
    const Result<SandboxBackend *> known = find(name);
    if (m_phase == Phase::Open || (known && isLocal())) {
        if (host()->state() == HostState::Unreachable)
            return readyFuture<SandboxBackend *>(Error{ErrorKind::Unavailable, m_card.stateText, {}});
        return known || m_phase != Phase::Open ? readyFuture<SandboxBackend *>(known) : lookAgainFor(name);
    }
    if (m_phase == Phase::Closed && !m_problem.ok() && host()->state() == HostState::Unreachable &&
        m_connection->retrySeconds() > 0)
        return readyFuture<SandboxBackend *>(m_problem.error()); // it is tried again by itself
    const auto waiter = std::make_shared<Waiter>();
    waiter->name = name;
    waiter->promise.start();
    const auto future = waiter->promise.future();
    m_waiters.append(waiter);
    open();
    return future;
}

/// An engine may have been started, or may have woken, since the host was opened.
Future<SandboxBackend *> HostLink::lookAgainFor(const QString &name)
{
    if (!m_looking.isValid() || m_looking.isFinished())
        m_looking = toFuture(lookAgain(this));
    return continueOn(this, m_looking, [this, name](const Result<void> &) { return find(name); });
}

QCoro::Task<Status> HostLink::lookAgain(QPointer<HostLink> self)
{
    const Future<HostKit::Backends> engines = self->m_parts.kit->engines(self->host(), self->m_there);
    const Result<HostKit::Backends> found = co_await outcome(engines);
    if (!self || !found)
        co_return self ? found.error() : goneError();
    for (const auto &backend : *found) {
        const auto same = [&](const auto &known) { return known->info().name == backend->info().name; };
        if (std::any_of(self->m_backends.cbegin(), self->m_backends.cend(), same))
            continue;
        self->add(backend);
        Q_EMIT self->backendOpened(backend.get());
    }
    self->updateCard();
    co_return Status();
}

QList<SandboxBackend *> HostLink::backends() const
{
    return m_connection && host()->state() == HostState::Ready ? allBackends() : QList<SandboxBackend *>();
}

QList<SandboxBackend *> HostLink::allBackends() const
{
    QList<SandboxBackend *> backends;
    for (const auto &backend : m_backends)
        backends.append(backend.get());
    return backends;
}

QCoro::Task<Result<QString>> HostLink::findDataRoot(QPointer<HostLink> self)
{
    CommandSpec command;
    command.program = QStringLiteral("/bin/sh");
    command.args = QStringList{QStringLiteral("-c"),
                               QStringLiteral("printf %s \"${XDG_DATA_HOME:-$HOME/.local/share}/flotilla\"")};
    const Result<CommandResult> ran = co_await outcome(self->host()->run(command));
    if (!self)
        co_return goneError();
    if (!ran)
        co_return ran.error();
    const QString folder = QString::fromUtf8(ran->standardOutput);
    if (ran->exitCode != 0 || !folder.startsWith(QLatin1Char('/')) || folder.size() > 1000)
        co_return Error{ErrorKind::Protocol,
                        tr("%1 did not say where its home folder is.").arg(self->m_card.config.label),
                        QString::fromUtf8(ran->standardError.left(500))};
    const QString owner = self->host()->runtimeDir().section(QLatin1Char('/'), -1);
    self->m_dataRoot = folder + QLatin1Char('/') + owner;
    co_return QString(self->m_dataRoot);
}

QString HostLink::dataRoot() const
{
    return m_dataRoot.isEmpty() ? QStringLiteral("~/.local/share/flotilla") : m_dataRoot;
}

Future<QString> HostLink::dataDir(const AppId &app)
{
    if (!m_connection)
        return readyFuture<QString>(m_problem.error());
    if (isLocal())
        return readyFuture<QString>(m_parts.dataDir.isEmpty() ? QString()
                                                              : m_parts.dataDir + QLatin1Char('/') + app.value);
    const auto below = [app](const Result<QString> &root) {
        return root ? Result<QString>(*root + QLatin1String("/appdata/") + app.value) : root;
    };
    if (!m_dataRoot.isEmpty())
        return readyFuture<QString>(below(m_dataRoot));
    return continueOn(this, toFuture(findDataRoot(this)), below);
}

void HostLink::measure()
{
    if (m_measuring || !m_connection || m_agent.isEmpty() || host()->state() != HostState::Ready)
        return;
    m_measuring = true;
    doMeasure(this);
}

QCoro::Task<> HostLink::doMeasure(QPointer<HostLink> self)
{
    CommandSpec command;
    command.program = self->m_agent;
    command.args = QStringList{QStringLiteral("launch"), QStringLiteral("--host-stats"), self->host()->runtimeDir()};
    command.timeout = std::chrono::seconds(10);
    command.maxOutput = 64 * 1024;
    const Result<CommandResult> ran = co_await outcome(self->host()->run(command));
    if (!self)
        co_return;
    self->m_measuring = false;
    if (!ran || ran->exitCode != 0)
        co_return;
    const std::optional<HostFigures> figures = parseHostFigures(ran->standardOutput);
    if (!figures)
        co_return;
    HostCard card = self->m_card;
    card.cpus = figures->cpus;
    card.load = figures->load;
    card.memoryTotal = figures->memoryTotal;
    card.memoryUsed = figures->memoryTotal - figures->memoryAvailable;
    if (self->m_cpuAll > 0 && figures->cpuAll > self->m_cpuAll && figures->cpuBusy >= self->m_cpuBusy)
        card.cpuPercent = 100.0 * double(figures->cpuBusy - self->m_cpuBusy) / double(figures->cpuAll - self->m_cpuAll);
    self->m_cpuBusy = figures->cpuBusy;
    self->m_cpuAll = figures->cpuAll;
    self->change(card);
}

QString HostLink::stateText(bool failed) const
{
    const QString said = host() ? host()->stateText() : QString();
    return failed && said.isEmpty() ? m_problem.error().text : said;
}

QString HostLink::preparingText() const
{
    const QString &label = m_card.config.label;
    if (m_copying.isEmpty())
        return tr("%1 is being prepared for its first app.").arg(label);
    return tr("%1 is being prepared: %2 is %3 % there.").arg(label, m_copying, QString::number(m_copied));
}

void HostLink::updateCard()
{
    HostCard card = m_card;
    const HostState state = host() ? host()->state() : HostState::Unreachable;
    const bool failed = m_phase == Phase::Closed && !m_problem.ok();
    const bool preparing = state == HostState::Ready && !isLocal() && m_phase != Phase::Open && !failed;
    card.state = failed ? HostState::Unreachable : preparing ? HostState::Connecting : state;
    card.preparing = preparing ? std::optional(m_copied) : std::nullopt;
    card.stateText = preparing ? preparingText() : stateText(failed);
    if (m_connection) {
        card.unreachableSince = m_connection->unreachableSince();
        card.retrySeconds = m_connection->retrySeconds();
    }
    const Result<SandboxBackend *> preferred = find({});
    card.backend = preferred ? (*preferred)->info().name : QString();
    card.engine = preferred ? (*preferred)->info().label : QString();
    if (m_phase == Phase::Open && !preferred && card.stateText.isEmpty())
        card.stateText = preferred.error().text;
    if (card.state != HostState::Ready)
        card.cpuPercent.reset();
    change(card);
}

void HostLink::change(const HostCard &card)
{
    if (card == m_card)
        return;
    m_card = card;
    Q_EMIT changed();
}

} // namespace Flotilla
