// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/governor.h"
#include "backends/llm/modelcatalog.h"
#include "backends/llm/modellist.h"

#include <QCoroFuture>
#include <QFutureWatcher>
#include <QMutex>

namespace Flotilla {

/// Becomes ready when `future` is finished or cancelled. On the caller's thread.
template <typename T>
QFuture<void> endOf(const QFuture<T> &future)
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    auto *watcher = new QFutureWatcher<T>;
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, promise] {
        promise->finish();
        watcher->deleteLater();
    });
    watcher->setFuture(future);
    return promise->future();
}

/// The result of a future that may also be cancelled, which is an Error here. (co_await on a cancelled QFuture reads a
/// result that is not there.)
template <typename T>
QCoro::Task<Result<T>> settled(Future<T> future)
{
    if (!future.isFinished())
        co_await endOf(future);
    if (future.isCanceled() || future.resultCount() == 0)
        co_return Error{ErrorKind::Cancelled, QStringLiteral("The program is closing."), {}};
    co_return future.result();
}

struct ModelCatalog::Private
{
    ModelCatalog *q;
    HttpClient *http;
    SecretStore *secrets;

    // Service thread.
    QList<Endpoint> configured;
    QList<Endpoint> found;
    QHash<QString, std::shared_ptr<Governor>> governors; // by base URL
    QHash<QString, std::shared_ptr<Quirks>> quirks;      // by base URL and model
    QHash<QString, ModelInfo> known;                     // by reference
    SamplerPace samplerPace;
    SamplerFactory samplerFactory;

    mutable QMutex mutex;
    ModelRef defaultRef; // guarded by mutex

    // Service thread again.
    QString newestGpt; ///< of the last list that OpenAI gave
    bool defaultKnown = false;

    QList<Endpoint> all() const;
    std::optional<Endpoint> find(const QString &id) const;
    Endpoint endpointFor(const ModelRef &ref) const;
    std::shared_ptr<Governor> governorFor(const QUrl &baseUrl);
    std::shared_ptr<Quirks> quirksFor(const QUrl &baseUrl, const QString &model);
    std::shared_ptr<LanguageModel> openHttp(const ModelRef &ref, RequestPriority priority);
    ModelInfo infoFor(const ModelRef &ref, const Endpoint &endpoint) const;
    void remember(const Endpoint &endpoint, const QList<ListedModel> &models);
    void chooseDefault(const QList<Endpoint> &endpoints);
    void noteNewestGpt(const Endpoint &endpoint, const QList<ListedModel> &models);
    QList<ModelInfo> nameOnlyModels(const Endpoint &endpoint) const;
    QList<ModelInfo> usableModels(const Endpoint &endpoint, const Result<QList<ListedModel>> &listed) const;
    void addSampler(QList<ModelInfo> &models, bool last) const;

    QCoro::Task<Result<QList<Endpoint>>> listEndpoints();
    QCoro::Task<Result<ModelRef>> findDefault();
    QCoro::Task<Result<QList<ListedModel>>> listModels(Endpoint endpoint, std::chrono::milliseconds deadline);
    QCoro::Task<Result<QList<ModelInfo>>> listAll();
    QCoro::Task<Result<QList<Endpoint>>> discover();
    QCoro::Task<Result<QString>> diagnose(QString id);
};

/// The key of an endpoint; empty when there is none. With `environmentOnly` a key from the keychain stays where it
/// belongs.
QCoro::Task<Result<QString>> readKey(SecretStore *secrets, QString name, bool environmentOnly);

} // namespace Flotilla
