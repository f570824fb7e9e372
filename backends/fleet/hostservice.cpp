// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostservice.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostserviceprivate.h"
#include "backends/hosts/host.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoroTimer>
#include <QMetaMethod>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int watchedMs = 2'000;
constexpr int restMs = 15'000;
constexpr int countMs = 500;
constexpr std::chrono::milliseconds poolLook{20};
constexpr int preparingFactor = 6; ///< the first time our programs are copied there

HostConfig localConfig()
{
    HostConfig config;
    config.id = {QStringLiteral("local")};
    config.label = HostService::tr("This computer");
    return config;
}

Error closing()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the service went away")};
}

} // namespace

Error HostService::Private::noSuchHost(const HostId &id)
{
    return {ErrorKind::NotFound, HostService::tr("There is no host \"%1\".").arg(id.value.left(80)), {}};
}

HostService::Private::Private(HostService *service, Parts serviceParts)
    : q(service)
    , parts(std::move(serviceParts))
{
    if (!parts.clock)
        parts.clock = &Clock::system();
    if (!parts.kit)
        parts.kit = HostKit::real({parts.runtimeDir, parts.sshConfig, parts.installation, parts.agent}, parts.http);
    measureTimer.setInterval(restMs);
    measureTimer.setTimerType(Qt::CoarseTimer);
    QObject::connect(&measureTimer, &QTimer::timeout, q, [this] {
        for (HostLink *link : std::as_const(links))
            link->measure();
    });
    countTimer.setSingleShot(true);
    countTimer.setInterval(countMs);
    QObject::connect(&countTimer, &QTimer::timeout, q, [this] { countSandboxes(); });
}

void HostService::Private::loadHosts()
{
    HostConfig local = localConfig();
    localLabel = local.label;
    QList<HostConfig> others;
    if (const auto records = parts.store->hosts().list()) {
        for (const HostRecord &record : *records) {
            const HostConfig config = toConfig(record);
            if (!checkHostConfig(config))
                qCWarning(logCore, "host %s is not acceptable", qUtf8Printable(config.id.value.left(80)));
            else if (config.id == local.id)
                local = config;
            else
                others.append(config);
        }
    } else {
        qCWarning(logCore, "hosts were not read: %s", qUtf8Printable(records.error().detail));
    }
    makeLink(local);
    for (const HostConfig &config : std::as_const(others))
        makeLink(config);
}

HostLink *HostService::Private::makeLink(const HostConfig &config)
{
    const auto asking = [service = QPointer(q)](const HostQuestion &question) {
        return service ? service->d->ask(question) : readyFuture<HostAnswer>(closing());
    };
    auto *link =
        new HostLink(config, {parts.kit, asking, parts.agent, parts.runtime, parts.dataDir, parts.snapshotDir}, q);
    links.append(link);
    connect(link, &HostLink::changed, q, [this, link] { Q_EMIT q->hostChanged(link->card()); });
    connect(link, &HostLink::backendOpened, q, &HostService::backendOpened);
    return link;
}

HostLink *HostService::Private::find(const HostId &id) const
{
    for (HostLink *link : links) {
        if (link->config().id == id)
            return link;
    }
    return nullptr;
}

void HostService::Private::drop(const HostId &id)
{
    HostLink *link = find(id);
    if (!link)
        return;
    links.removeOne(link);
    for (SandboxBackend *backend : link->allBackends())
        Q_EMIT q->backendClosing(backend);
    link->disconnect(q);
    link->deleteLater(); // we may be inside one of its signals
}

Status HostService::Private::add(HostConfig config)
{
    if (const Status good = checkHostConfig(config); !good)
        return good;
    config.suffix = hostSuffix(config.id);
    for (const HostLink *link : std::as_const(links)) {
        if (link->config().id == config.id || link->config().label == config.label)
            return Error{ErrorKind::Conflict, HostService::tr("There is a host \"%1\" already.").arg(config.label), {}};
    }
    if (const Status stored = parts.store->hosts().put(toRecord(config, parts.clock->now())); !stored)
        return stored;
    HostLink *link = makeLink(config);
    Q_EMIT q->hostChanged(link->card());
    return {};
}

void HostService::retranslate()
{
    const QString before = std::exchange(d->localLabel, localConfig().label);
    HostLink *link = d->find(localConfig().id);
    if (!link || link->config().label != before)
        return;
    HostConfig config = link->config();
    config.label = d->localLabel;
    link->setConfig(config);
}

Status HostService::Private::update(HostConfig config)
{
    HostLink *link = find(config.id);
    if (!link)
        return noSuchHost(config.id);
    config.suffix = link->config().suffix;
    if (const Status good = checkHostConfig(config); !good)
        return good;
    if (const Status stored = parts.store->hosts().put(toRecord(config, parts.clock->now())); !stored)
        return stored;
    if (link->config().target == config.target) {
        link->setConfig(config);
        return {};
    }
    const qsizetype place = links.indexOf(link);
    drop(config.id);
    link = makeLink(config);
    links.move(links.size() - 1, place);
    Q_EMIT q->hostChanged(link->card());
    link->open();
    return {};
}

/// Titles of the apps whose sandbox is there.
Result<QStringList> HostService::Private::appsOn(const HostId &id, QList<AppId> *ids) const
{
    const auto records = parts.store->sandboxes().list();
    if (!records)
        return records.error();
    QStringList titles;
    for (const SandboxRecord &record : *records) {
        if (record.host != id.value)
            continue;
        const auto app = parts.store->apps().get(record.app);
        titles.append(app ? app->title : record.app.value);
        ids->append(record.app);
    }
    return titles;
}

void HostService::Private::countSandboxes()
{
    const auto counts = parts.store->sandboxes().counts();
    if (!counts)
        return;
    for (HostLink *link : std::as_const(links))
        link->setSandboxes(counts->value(link->config().id.value));
}

Future<HostAnswer> HostService::Private::ask(const HostQuestion &question)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&HostService::asked);
    if (!q->isSignalConnected(signal))
        return readyFuture<HostAnswer>(HostAnswer{});
    const auto promise = std::make_shared<QPromise<Result<HostAnswer>>>();
    promise->start();
    questions.insert(++lastQuestion, promise);
    Q_EMIT q->asked(lastQuestion, question);
    return promise->future();
}

HostService::HostService(Parts parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(parts)))
{
    d->loadHosts();
    d->countSandboxes();
}

HostService::~HostService()
{
    for (const auto &question : std::as_const(d->questions)) {
        question->addResult(Result<HostAnswer>(closing()));
        question->finish();
    }
    qDeleteAll(std::exchange(d->links, {}));
}

Future<QList<HostCard>> HostService::hosts()
{
    return onThread(this, [this]() -> Result<QList<HostCard>> {
        d->countSandboxes();
        d->measureTimer.start();
        for (HostLink *link : std::as_const(d->links))
            link->measure();
        return cards();
    });
}

Future<void> HostService::add(const HostConfig &config)
{
    return onThread(this, [this, config] { return d->add(config); });
}

Future<void> HostService::update(const HostConfig &config)
{
    return onThread(this, [this, config] { return d->update(config); });
}

Future<QString> HostService::remove(const HostId &id, bool stopApps)
{
    return onThread(this, [this, id, stopApps] { return Private::remove(this, id, stopApps); });
}

void HostService::answer(quint64 question, const HostAnswer &answer)
{
    QMetaObject::invokeMethod(this, [this, question, answer] {
        const auto promise = d->questions.take(question);
        if (!promise)
            return;
        promise->addResult(Result<HostAnswer>(answer));
        promise->finish();
    });
}

void HostService::reconnect(const HostId &id)
{
    QMetaObject::invokeMethod(this, [this, id] {
        if (HostLink *link = d->find(id))
            link->reconnect();
    });
}

void HostService::connectAll()
{
    QMetaObject::invokeMethod(this, [this] {
        d->measureTimer.start();
        for (HostLink *link : std::as_const(d->links))
            link->open();
    });
}

QList<HostLink *> HostService::Private::pool() const
{
    QList<HostLink *> members;
    for (HostLink *link : links) {
        if (link->config().pooled && !link->config().draining)
            members.append(link);
    }
    return members;
}

QCoro::Task<Result<QStringList>> HostService::Private::connectPool(QPointer<HostService> q)
{
    const auto begin = std::chrono::steady_clock::now();
    for (HostLink *link : q->d->pool()) {
        if (!link->isLocal())
            link->openUnlessFailed();
        if (link->card().memoryTotal == 0)
            link->measure();
    }
    const auto settled = [&q, begin](const HostLink *link) {
        const std::chrono::milliseconds wait = q->d->parts.poolWait * (link->card().preparing ? preparingFactor : 1);
        return link->isSettled() || std::chrono::steady_clock::now() > begin + wait;
    };
    for (QList<HostLink *> all = q->d->pool(); !std::all_of(all.cbegin(), all.cend(), settled); all = q->d->pool()) {
        co_await QCoro::sleepFor(poolLook);
        if (!q)
            co_return closing();
    }
    QStringList leftOut;
    for (const HostLink *link : q->d->pool()) {
        const HostCard &card = link->card();
        if (card.state != HostState::Ready)
            leftOut.append(HostService::tr("%1 is left out: %2").arg(card.config.label, card.stateText));
    }
    co_return leftOut;
}

Future<QStringList> HostService::connectPool()
{
    return onThread(this, [this] { return Private::connectPool(this); });
}

void HostService::setWatched(bool watched)
{
    QMetaObject::invokeMethod(this, [this, watched] {
        d->measureTimer.start(watched ? watchedMs : restMs);
        for (HostLink *link : std::as_const(d->links))
            link->measure();
    });
}

Future<SandboxBackend *> HostService::backend(const HostId &host, const QString &backend)
{
    HostLink *link = d->find(host);
    return link ? link->backend(backend) : readyFuture<SandboxBackend *>(Private::noSuchHost(host));
}

QList<SandboxBackend *> HostService::openBackends() const
{
    QList<SandboxBackend *> backends;
    for (const HostLink *link : std::as_const(d->links))
        backends.append(link->backends());
    return backends;
}

HostId HostService::hostOf(const SandboxBackend *backend) const
{
    for (const HostLink *link : std::as_const(d->links)) {
        for (const SandboxBackend *known : link->allBackends()) {
            if (known == backend)
                return link->config().id;
        }
    }
    return {};
}

bool HostService::offers(const HostId &host, const QString &backend) const
{
    const HostLink *link = d->find(host);
    return link && link->offers(backend);
}

Result<Host *> HostService::host(const HostId &id) const
{
    const HostLink *link = d->find(id);
    if (!link || !link->host())
        return Private::noSuchHost(id);
    return link->host();
}

HostCard HostService::card(const HostId &host) const
{
    const HostLink *link = d->find(host);
    return link ? link->card() : HostCard{};
}

QList<HostCard> HostService::cards() const
{
    QList<HostCard> cards;
    for (const HostLink *link : std::as_const(d->links))
        cards.append(link->card());
    return cards;
}

void HostService::noteSandboxes()
{
    if (!d->countTimer.isActive())
        d->countTimer.start();
}

Future<QString> HostService::dataDir(const HostId &host, const AppId &app)
{
    HostLink *link = d->find(host);
    return link ? link->dataDir(app) : readyFuture<QString>(Private::noSuchHost(host));
}

} // namespace Flotilla
