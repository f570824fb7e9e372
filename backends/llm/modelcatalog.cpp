// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/modelcatalog.h"

#include "backends/core/continuation.h"
#include "backends/llm/endpoints.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/modelcatalog_p.h"
#include "backends/llm/prices.h"
#include "backends/secrets/environmentkeys.h"
#include "backends/secrets/secretstore.h"

#ifdef FLOTILLA_SAMPLER
#include "backends/llm/sampler/sampler.h"
#endif

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

namespace Flotilla {

namespace {

constexpr std::chrono::seconds DefaultDeadline{2};

// The middle of the current line: fast enough to watch, cheap enough to try again.
QString usualAnthropicModel()
{
    return QStringLiteral("claude-sonnet-5-5");
}

bool hasAnthropicKey()
{
    return !keyFromEnvironment(QStringLiteral("anthropic")).isEmpty();
}

StallLimits ownNetworkLimits()
{
    // Loading a model and reading a long prompt on a small machine takes minutes without a byte.
    return {std::chrono::minutes(15), std::chrono::minutes(5), std::chrono::minutes(30)};
}

QString missingKeyText(const Endpoint &endpoint)
{
    const bool anthropic = endpoint.kind == ModelRef::Kind::Anthropic;
    const QString text =
        QCoreApplication::translate("Models", "There is no API key for %1. Add one in Settings or set %2.");
    return text.arg(hostOf(endpoint.baseUrl),
                    anthropic ? QStringLiteral("ANTHROPIC_API_KEY") : QStringLiteral("OPENAI_API_KEY"));
}

ModelCatalog::SamplerFactory builtInSampler()
{
#ifdef FLOTILLA_SAMPLER
    return [](SamplerPace pace) { return makeSampler(pace); };
#else
    return {};
#endif
}

} // namespace

ModelCatalog::ModelCatalog(HttpClient *http, SecretStore *secrets, Clock *clock, QObject *parent)
    : QObject(parent)
    , d(new Private{this, http, secrets, {}, {}, {}, {}, {}, {}, builtInSampler(), {}, {}, {}, false})
{
    Q_UNUSED(clock);
    qRegisterMetaType<StreamEvent>();
    if (hasAnthropicKey())
        d->defaultRef = {ModelRef::Kind::Anthropic, usualAnthropicModel(), {}};
}

ModelCatalog::~ModelCatalog() = default;

void ModelCatalog::setEndpoints(const QList<Endpoint> &endpoints)
{
    QMetaObject::invokeMethod(this, [this, endpoints] {
        d->configured = endpoints;
        d->defaultKnown = false;
        Q_EMIT changed();
    });
}

void ModelCatalog::setSamplerPace(SamplerPace pace)
{
    QMetaObject::invokeMethod(this, [this, pace] { d->samplerPace = pace; });
}

void ModelCatalog::setSamplerFactory(SamplerFactory factory)
{
    QMetaObject::invokeMethod(this, [this, factory] { d->samplerFactory = factory; });
}

Future<QList<Endpoint>> ModelCatalog::endpoints()
{
    return onThread(this, [this] { return d->listEndpoints(); });
}

Future<QList<ModelInfo>> ModelCatalog::models()
{
    return onThread(this, [this] { return d->listAll(); });
}

Future<QList<Endpoint>> ModelCatalog::discoverLocal()
{
    return onThread(this, [this] { return d->discover(); });
}

Future<QString> ModelCatalog::test(const QString &endpointId)
{
    return onThread(this, [this, endpointId] { return d->diagnose(endpointId); });
}

ModelRef ModelCatalog::defaultModel() const
{
    const QMutexLocker lock(&d->mutex);
    return d->defaultRef;
}

Future<ModelRef> ModelCatalog::findDefaultModel()
{
    return onThread(this, [this]() -> Future<ModelRef> {
        if (d->defaultKnown || hasAnthropicKey())
            return readyFuture<ModelRef>(defaultModel());
        auto promise = std::make_shared<QPromise<Result<ModelRef>>>();
        promise->start();
        const auto answer = [this, promise, open = std::make_shared<bool>(true)] {
            if (!std::exchange(*open, false))
                return;
            promise->addResult(defaultModel());
            promise->finish();
        };
        whenDone(this, toFuture(d->findDefault()), [answer](const Result<ModelRef> &) { answer(); });
        QTimer::singleShot(DefaultDeadline, this, answer);
        return promise->future();
    });
}

Result<std::shared_ptr<LanguageModel>> ModelCatalog::open(const ModelRef &ref, RequestPriority priority)
{
    if (ref.kind != ModelRef::Kind::Sampler)
        return d->openHttp(ref, priority);
    if (!d->samplerFactory)
        return Error{ErrorKind::Unsupported, tr("This build has no built-in sampler."), {}};
    return d->samplerFactory(d->samplerPace);
}

QList<Endpoint> ModelCatalog::Private::all() const
{
    return effectiveEndpoints(configured, found);
}

std::optional<Endpoint> ModelCatalog::Private::find(const QString &id) const
{
    for (const Endpoint &endpoint : all()) {
        if (endpoint.id == id)
            return endpoint;
    }
    return std::nullopt;
}

/// The endpoint whose key and label belong to a reference; one without an id for an address that nobody configured.
Endpoint ModelCatalog::Private::endpointFor(const ModelRef &ref) const
{
    const QList<Endpoint> endpoints = all();
    for (const Endpoint &endpoint : endpoints) {
        const bool named = ref.baseUrl.isEmpty() && endpoint.id == providerName(ref.kind);
        if (named || (endpoint.kind == ref.kind && isSameBase(endpoint.baseUrl, ref.baseUrl)))
            return endpoint;
    }
    return {{}, hostOf(ref.baseUrl), ref.kind, ref.baseUrl};
}

std::shared_ptr<Governor> ModelCatalog::Private::governorFor(const QUrl &baseUrl)
{
    std::shared_ptr<Governor> &governor = governors[baseKey(baseUrl)];
    if (!governor)
        governor = std::make_shared<Governor>();
    return governor;
}

std::shared_ptr<Quirks> ModelCatalog::Private::quirksFor(const QUrl &baseUrl, const QString &model)
{
    std::shared_ptr<Quirks> &learned = quirks[baseKey(baseUrl) + QLatin1Char(' ') + model];
    if (!learned)
        learned = std::make_shared<Quirks>();
    return learned;
}

ModelInfo ModelCatalog::Private::infoFor(const ModelRef &ref, const Endpoint &endpoint) const
{
    ModelInfo info = known.value(refFor(endpoint, ref.name).toString());
    if (info.id.isEmpty()) {
        info.id = info.displayName = ref.name;
        info.provider = endpoint.id == providerName(ref.kind) ? endpoint.id : endpoint.label;
        info.price = priceOf(ref.kind, ref.name, endpoint.baseUrl);
    }
    info.ref = ref.toString();
    return info;
}

std::shared_ptr<LanguageModel> ModelCatalog::Private::openHttp(const ModelRef &ref, RequestPriority priority)
{
    const Endpoint endpoint = endpointFor(ref);
    HttpModelConfig config;
    config.http = http;
    config.format = wireFormatFor(ref.kind);
    config.baseUrl = endpoint.baseUrl;
    // An address that nobody configured gets the key from the environment, which the user set beside it, never a stored
    // one.
    const bool environmentOnly = endpoint.id.isEmpty() || endpoint.found;
    const QString keyName = endpoint.id.isEmpty() ? providerName(ref.kind) : endpoint.id;
    config.key = [store = QPointer<SecretStore>(secrets), keyName, environmentOnly] {
        return toFuture(readKey(store, keyName, environmentOnly));
    };
    if (isVendorHost(ref.kind, endpoint.baseUrl))
        config.missingKey = missingKeyText(endpoint);
    if (isOwnNetwork(endpoint.baseUrl))
        config.stall = ownNetworkLimits();
    const std::shared_ptr<Governor> governor = governorFor(endpoint.baseUrl);
    config.observeHeaders = [governor](const HttpHeaders &headers) { governor->observe(headers); };
    config.quirks = quirksFor(endpoint.baseUrl, ref.name);
    config.info = infoFor(ref, endpoint);
    if (!config.quirks->maxOutputTokens)
        config.quirks->maxOutputTokens = config.info.capabilities.maxOutputTokens;
    return governor->wrap(std::make_shared<HttpModel>(std::move(config)), priority);
}

void ModelCatalog::Private::remember(const Endpoint &endpoint, const QList<ListedModel> &models)
{
    for (const ListedModel &model : models) {
        known.insert(model.info.ref, model.info);
        if (!model.adaptiveThinking)
            quirksFor(endpoint.baseUrl, model.info.id)->noThinking = true;
    }
    noteNewestGpt(endpoint, models);
}

void ModelCatalog::Private::noteNewestGpt(const Endpoint &endpoint, const QList<ListedModel> &models)
{
    if (endpoint.id != QLatin1String("openai"))
        return;
    qint64 newest = -1;
    newestGpt.clear();
    for (const ListedModel &model : models) {
        if (model.created > newest && model.info.id.startsWith(QLatin1String("gpt-"))) {
            newest = model.created;
            newestGpt = model.info.id;
        }
    }
}

void ModelCatalog::Private::chooseDefault(const QList<Endpoint> &endpoints)
{
    ModelRef choice;
    for (const Endpoint &endpoint : endpoints) {
        if (!endpoint.hasKey)
            continue;
        if (endpoint.id == QLatin1String("anthropic"))
            choice = {endpoint.kind, usualAnthropicModel(), {}};
        else if (endpoint.id == QLatin1String("openai") && choice == ModelRef{} && !newestGpt.isEmpty())
            choice = {endpoint.kind, newestGpt, {}};
    }
    defaultKnown = true;
    const QMutexLocker lock(&mutex);
    defaultRef = choice;
}

/// What can be used although the endpoint does not list: gateways often have no list.
QList<ModelInfo> ModelCatalog::Private::nameOnlyModels(const Endpoint &endpoint) const
{
    QList<ModelInfo> models;
    for (const PricedModel &priced : pricedModels()) {
        if (priced.provider != providerName(endpoint.kind))
            continue;
        ModelInfo info = infoFor(refFor(endpoint, priced.id), endpoint);
        info.displayName = priced.name;
        models.append(info);
    }
    return models;
}

} // namespace Flotilla
