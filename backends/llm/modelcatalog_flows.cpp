// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/endpoints.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/modelcatalog_p.h"
#include "backends/secrets/secretstore.h"

#include <QCoreApplication>
#include <QPointer>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds ListDeadline{3000};
constexpr std::chrono::milliseconds DiscoverDeadline{800};
constexpr std::chrono::milliseconds TestDeadline{10'000};

struct UsualPort
{
    const char *id;
    const char *label;
    int port;
};
constexpr UsualPort usualPorts[] = {{"ollama", "Ollama", 11434},
                                    {"lmstudio", "LM Studio", 1234},
                                    {"llamacpp", "llama.cpp", 8080},
                                    {"vllm", "vLLM", 8000}};

Error catalogClosed()
{
    return {ErrorKind::Cancelled, QCoreApplication::translate("Models", "The program is closing."), {}};
}

bool isWebAddress(const QUrl &url)
{
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return web && !url.host().isEmpty();
}

Error noAddress(const Endpoint &endpoint)
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Models", "“%1” is not a web address. It begins with https:// or http://.")
                .arg(endpoint.baseUrl.toDisplayString().left(120)),
            {}};
}

Error noKey(const Endpoint &endpoint)
{
    return {ErrorKind::Unauthorized,
            QCoreApplication::translate("Models", "No API key is set for %1. Add one in Settings, Models and keys.")
                .arg(hostOf(endpoint.baseUrl)),
            {}};
}

Endpoint localCandidate(const UsualPort &usual, const char *address)
{
    Endpoint endpoint{QString::fromLatin1(usual.id), QString::fromLatin1(usual.label), ModelRef::Kind::OpenAi,
                      QUrl(QStringLiteral("http://%1:%2/v1").arg(QString::fromLatin1(address)).arg(usual.port))};
    endpoint.found = true;
    return endpoint;
}

QList<Endpoint> localCandidates()
{
    QList<Endpoint> candidates;
    for (const UsualPort &usual : usualPorts) {
        for (const char *address : {"127.0.0.1", "[::1]"})
            candidates.append(localCandidate(usual, address));
    }
    return candidates;
}

} // namespace

QCoro::Task<Result<QString>> readKey(SecretStore *secrets, QString name, bool environmentOnly)
{
    if (!secrets)
        co_return catalogClosed();
    const auto secret = co_await settled(secrets->read(name));
    if (!secret)
        co_return secret.error();
    if (environmentOnly && secret->source != SecretStore::Source::Environment)
        co_return QString();
    co_return secret->value;
}

QCoro::Task<Result<QList<Endpoint>>> ModelCatalog::Private::listEndpoints()
{
    const QPointer<ModelCatalog> alive(q);
    QList<Endpoint> endpoints = all();
    for (Endpoint &endpoint : endpoints) {
        const auto key = co_await readKey(secrets, endpoint.id, endpoint.found);
        if (!alive)
            co_return catalogClosed();
        endpoint.hasKey = key.ok() && !key->isEmpty();
    }
    chooseDefault(endpoints);
    co_return endpoints;
}

/// OpenAI's newest model is only known from its list.
QCoro::Task<Result<ModelRef>> ModelCatalog::Private::findDefault()
{
    const QPointer<ModelCatalog> alive(q);
    const auto endpoints = co_await listEndpoints();
    if (!alive || !endpoints)
        co_return catalogClosed();
    for (const Endpoint &endpoint : *endpoints) {
        const bool isWanted = endpoint.id == QLatin1String("openai") && endpoint.hasKey && newestGpt.isEmpty();
        if (!isWanted || q->defaultModel().kind == ModelRef::Kind::Anthropic)
            continue;
        const auto listed = co_await listModels(endpoint, ListDeadline);
        if (!alive)
            co_return catalogClosed();
        chooseDefault(*endpoints);
    }
    co_return q->defaultModel();
}

QCoro::Task<Result<QList<ListedModel>>> ModelCatalog::Private::listModels(Endpoint endpoint,
                                                                          std::chrono::milliseconds deadline)
{
    if (!isWebAddress(endpoint.baseUrl))
        co_return noAddress(endpoint);
    const QPointer<ModelCatalog> alive(q);
    const auto key = co_await readKey(secrets, endpoint.id, endpoint.found);
    if (!alive)
        co_return catalogClosed();
    const QString value = key ? *key : QString();
    if (value.isEmpty() && isVendorHost(endpoint.kind, endpoint.baseUrl))
        co_return key ? noKey(endpoint) : key.error();
    endpoint.hasKey = !value.isEmpty();
    const auto answer = co_await settled(http->fetch(modelListRequest(endpoint, value, deadline)));
    if (!alive)
        co_return catalogClosed();
    auto models = diagnoseModelList(endpoint, answer);
    if (models)
        remember(endpoint, *models);
    co_return models;
}

QList<ModelInfo> ModelCatalog::Private::usableModels(const Endpoint &endpoint,
                                                     const Result<QList<ListedModel>> &listed) const
{
    QList<ModelInfo> models;
    if (!listed)
        return endpoint.hasKey && listed.error().kind != ErrorKind::Unauthorized ? nameOnlyModels(endpoint) : models;
    for (const ListedModel &model : *listed)
        models.append(model.info);
    return models;
}

/// Last when there is a key for a real one.
void ModelCatalog::Private::addSampler(QList<ModelInfo> &models, bool last) const
{
    const auto sampler = q->open(ModelRef{});
    if (!sampler)
        return;
    ModelInfo info = (*sampler)->info();
    info.ref = ModelRef{}.toString();
    models.insert(last ? models.size() : 0, info);
}

QCoro::Task<Result<QList<ModelInfo>>> ModelCatalog::Private::listAll()
{
    const QPointer<ModelCatalog> alive(q);
    const auto searched = co_await discover();
    if (!alive || !searched)
        co_return catalogClosed();
    const auto endpoints = co_await listEndpoints();
    if (!alive || !endpoints)
        co_return catalogClosed();
    QList<Future<QList<ListedModel>>> lists;
    for (const Endpoint &endpoint : *endpoints)
        lists.append(toFuture(listModels(endpoint, ListDeadline)));
    QList<ModelInfo> models;
    bool anyKey = false;
    for (qsizetype i = 0; i < lists.size(); ++i) {
        const Endpoint endpoint = endpoints->at(i);
        const auto listed = co_await settled(lists.at(i));
        if (!alive)
            co_return catalogClosed();
        anyKey = anyKey || endpoint.hasKey;
        models += usableModels(endpoint, listed);
    }
    chooseDefault(*endpoints);
    addSampler(models, anyKey);
    co_return models;
}

QCoro::Task<Result<QList<Endpoint>>> ModelCatalog::Private::discover()
{
    const QPointer<ModelCatalog> alive(q);
    const QList<Endpoint> candidates = localCandidates();
    QList<Future<HttpResponse>> answers;
    for (const Endpoint &candidate : candidates)
        answers.append(http->fetch(modelListRequest(candidate, {}, DiscoverDeadline)));
    QList<Endpoint> servers;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const auto answer = co_await settled(answers.at(i));
        if (!alive)
            co_return catalogClosed();
        const bool already = !servers.isEmpty() && servers.last().id == candidates.at(i).id;
        const bool locked = answer && answer->status == 401; // it wants a key, but it is one
        if (!already && (locked || diagnoseModelList(candidates.at(i), answer).ok()))
            servers.append(candidates.at(i));
    }
    const bool news = found.size() != servers.size();
    found = servers;
    if (news)
        Q_EMIT q->changed();
    co_return servers;
}

QCoro::Task<Result<QString>> ModelCatalog::Private::diagnose(QString id)
{
    const QPointer<ModelCatalog> alive(q);
    const auto endpoint = find(id);
    if (!endpoint)
        co_return Error{
            ErrorKind::NotFound, QCoreApplication::translate("Models", "There is no endpoint named %1.").arg(id), {}};
    const QString host = hostOf(endpoint->baseUrl);
    const auto models = co_await listModels(*endpoint, TestDeadline);
    if (!models)
        co_return models.error();
    if (models->isEmpty())
        co_return Error{ErrorKind::NotFound,
                        QCoreApplication::translate(
                            "Models", "%1 works but has no models yet. Download one there, then test again.")
                            .arg(host),
                        {}};
    if (models->size() == 1)
        co_return QCoreApplication::translate("Models", "%1 works: 1 model.").arg(host);
    co_return QCoreApplication::translate("Models", "%1 works: %2 models.").arg(host).arg(models->size());
}

} // namespace Flotilla
