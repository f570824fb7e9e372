// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/engineapi.h"

#include "backends/core/continuation.h"
#include "backends/hosts/host.h"
#include "backends/http/httpclient.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla {

namespace {

constexpr qint64 maxReply = 32ll * 1024 * 1024; // a list of 10,000 containers has about 10 MB

Error closing()
{
    return {ErrorKind::Cancelled, QCoreApplication::translate("Sandbox", "The program is closing."), {}};
}

HttpRequest requestFor(const EngineCall &call, const QString &version, const QString &socket)
{
    QByteArray target = "http://engine";
    if (!version.isEmpty())
        target += "/v" + version.toLatin1();
    target += QUrl::toPercentEncoding(call.path, "/:");
    char separator = '?';
    for (const auto &[name, value] : call.query) {
        target += separator + name.toLatin1() + '=' + QUrl::toPercentEncoding(value);
        separator = '&';
    }
    HttpRequest request;
    request.method = call.method;
    request.url = QUrl::fromEncoded(target);
    request.unixSocket = socket;
    request.body = call.body;
    request.upload = call.upload;
    if (!call.body.isEmpty() || call.upload)
        request.headers = {{"Content-Type", call.contentType}, {"Expect", ""}};
    request.headers += call.headers;
    request.connectTimeout = std::chrono::milliseconds(5000);
    request.totalTimeout = call.timeout;
    request.maxBody = maxReply;
    return request;
}

EngineCall simple(const char *path)
{
    EngineCall call;
    call.path = QLatin1String(path);
    call.timeout = std::chrono::milliseconds(10'000);
    return call;
}

QByteArray messageBody(const QString &text)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("message"), text.left(500)}}).toJson(QJsonDocument::Compact);
}

/// One streaming answer: cuts it into objects until it ends.
class ObjectStream : public QObject
{
public:
    using Finished = std::function<void(const Result<EngineReply> &)>;
    ObjectStream(std::unique_ptr<HttpExchange> exchange, std::function<void(const QJsonObject &)> object, Finished done)
        : m_exchange(std::move(exchange))
        , m_object(std::move(object))
        , m_done(std::move(done))
    {
        connect(m_exchange.get(), &HttpExchange::started, this,
                [this](int status, const HttpHeaders &) { m_reply.status = status; });
        connect(m_exchange.get(), &HttpExchange::data, this, &ObjectStream::received);
        connect(m_exchange.get(), &HttpExchange::finished, this, [this](const Status &status) {
            finish(status ? Result<EngineReply>(m_reply) : Result<EngineReply>(status.error()));
        });
    }

    ~ObjectStream() override
    {
        if (!std::exchange(m_finished, true))
            m_done(closing()); // else who waits for it would wait, and leak, for ever
    }

    void giveUp() { finish(closing()); }

private:
    void received(const QByteArray &bytes)
    {
        if (m_reply.status >= 300) {
            m_reply.body += bytes.left(64 * 1024 - m_reply.body.size());
            return;
        }
        m_pending += bytes;
        QList<QJsonObject> found;
        if (!EngineParse::objects(m_pending, found))
            return finish(Error{ErrorKind::Protocol, {}, QStringLiteral("not a stream of objects")});
        for (const QJsonObject &object : std::as_const(found)) {
            if (const QString error = object[QLatin1String("error")].toString(); !error.isEmpty())
                return finish(EngineReply{500, messageBody(error)});
            m_object(object);
        }
    }
    void finish(const Result<EngineReply> &result)
    {
        if (m_finished)
            return;
        m_finished = true;
        m_exchange->disconnect(this);
        deleteLater();
        m_done(result);
    }

    std::unique_ptr<HttpExchange> m_exchange;
    std::function<void(const QJsonObject &)> m_object;
    Finished m_done;
    EngineReply m_reply;
    QByteArray m_pending;
    bool m_finished = false;
};

} // namespace

EngineApi::EngineApi(Host *host, HttpClient *http, ContainerEngine engine, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_http(http)
    , m_engine(std::move(engine))
{
}

QString EngineApi::label() const
{
    return isPodman() ? QStringLiteral("Podman") : QStringLiteral("Docker");
}

Error EngineApi::unreachable(const Error &why) const
{
    if (why.kind == ErrorKind::Cancelled)
        return why;
    const QString remedy = isPodman() ? QStringLiteral("systemctl --user start podman.socket")
                                      : QStringLiteral("sudo systemctl start docker");
    const QString sentence =
        why.kind == ErrorKind::Protocol
            ? tr("%1 on %2 answered something that makes no sense.").arg(label(), m_host->label())
            : tr("%1 on %2 does not answer. Start it with: %3").arg(label(), m_host->label(), remedy);
    const ErrorKind kind =
        why.kind == ErrorKind::Protocol || why.kind == ErrorKind::Timeout ? why.kind : ErrorKind::Unavailable;
    return {kind, sentence, QString(why.text + QLatin1Char(' ') + why.detail).trimmed()};
}

Error EngineApi::failure(const QString &sentence, const EngineReply &reply) const
{
    const EngineVerdict verdict = reply.verdict();
    const ErrorKind kind = verdict == EngineVerdict::NotFound   ? ErrorKind::NotFound
                           : verdict == EngineVerdict::Conflict ? ErrorKind::Conflict
                           : verdict == EngineVerdict::Refused  ? ErrorKind::Invalid
                                                                : ErrorKind::Unavailable;
    const QString said = reply.message().left(300);
    const QString text =
        said.isEmpty() ? sentence : tr("%1 %2 on %3 said: %4").arg(sentence, label(), m_host->label(), said);
    return {kind, text, QStringLiteral("%1: HTTP %2 %3").arg(label(), QString::number(reply.status), reply.message())};
}

Future<EngineReply> EngineApi::call(const EngineCall &call)
{
    return toFuture(perform(this, call));
}

/// Success: the engine's socket on this computer, and `self` and its host are still there.
QCoro::Task<Result<QString>> EngineApi::reach(QPointer<EngineApi> self)
{
    if (!self->m_host)
        co_return closing();
    if (self->m_host->state() != HostState::Ready)
        co_return Error{ErrorKind::Unavailable, self->m_host->stateText(), {}};
    Future<QString> way = self->m_host->localSocket(self->m_engine.socket);
    const Result<QString> socket = co_await outcome(way);
    if (!self || !self->m_host)
        co_return closing();
    co_return socket;
}

QCoro::Task<Result<EngineReply>> EngineApi::perform(QPointer<EngineApi> self, EngineCall call)
{
    const Result<QString> socket = co_await reach(self);
    if (!socket)
        co_return socket.error();
    Future<HttpResponse> asked = self->m_http->fetch(requestFor(call, self->m_engine.apiVersion, *socket));
    const Result<HttpResponse> answer = co_await outcome(asked);
    if (!self || !self->m_host)
        co_return closing();
    if (!answer)
        co_return self->unreachable(answer.error());
    co_return EngineReply{answer->status, answer->body};
}

Future<EngineReply> EngineApi::stream(const EngineCall &call, std::function<void(const QJsonObject &)> object,
                                      QObject *wish)
{
    return toFuture(performStream(this, call, std::move(object), wish ? std::optional(QPointer(wish)) : std::nullopt));
}

QCoro::Task<Result<EngineReply>> EngineApi::performStream(QPointer<EngineApi> self, EngineCall call,
                                                          std::function<void(const QJsonObject &)> object,
                                                          std::optional<QPointer<QObject>> wish)
{
    const Result<QString> socket = co_await reach(self);
    if (!socket)
        co_return socket.error();
    if (wish && !*wish)
        co_return closing();
    HttpRequest request = requestFor(call, self->m_engine.apiVersion, *socket);
    request.totalTimeout = std::chrono::milliseconds(0);
    request.idleTimeout = call.timeout;
    auto promise = std::make_shared<QPromise<Result<EngineReply>>>();
    promise->start();
    Future<EngineReply> future = promise->future();
    auto *reader =
        new ObjectStream(self->m_http->send(request), std::move(object), [promise](const Result<EngineReply> &result) {
            promise->addResult(result);
            promise->finish();
        });
    reader->setParent(self);
    if (wish)
        QObject::connect(*wish, &QObject::destroyed, reader, [reader] { reader->giveUp(); });
    const Result<EngineReply> reply = co_await outcome(future);
    if (!self || !self->m_host)
        co_return closing();
    if (!reply)
        co_return self->unreachable(reply.error());
    co_return *reply;
}

Future<QJsonObject> EngineApi::info()
{
    return toFuture(askInfo(this));
}

QCoro::Task<Result<QJsonObject>> EngineApi::askInfo(QPointer<EngineApi> self)
{
    Future<EngineReply> first = self->call(simple("/info"));
    const Result<EngineReply> reply = co_await outcome(first);
    if (!reply)
        co_return reply.error();
    const Result<QJsonObject> info = reply->object();
    if (!info || !self || !self->isPodman() || (*info)[QLatin1String("CgroupVersion")] != QLatin1String("2"))
        co_return info;
    Future<EngineReply> second = self->call(simple("/libpod/info"));
    const Result<EngineReply> own = co_await outcome(second);
    if (!own)
        co_return own.error();
    const Result<QJsonObject> libpod = own->object();
    if (!libpod)
        co_return libpod.error();
    co_return EngineParse::withControllers(*info, *libpod);
}

Future<ContainerEngine> EngineApi::identify(Host *host, HttpClient *http, const QString &socket,
                                            ContainerEngine::Kind expected)
{
    ContainerEngine engine;
    engine.socket = socket;
    engine.kind = expected;
    return toFuture(ask(host, http, engine));
}

QCoro::Task<Result<ContainerEngine>> EngineApi::ask(Host *host, HttpClient *http, ContainerEngine engine)
{
    const auto api = std::make_unique<EngineApi>(host, http, engine);
    Future<EngineReply> first = api->call(simple("/version"));
    const Result<EngineReply> version = co_await outcome(first);
    if (!version)
        co_return version.error();
    const Result<QJsonObject> said = version->object();
    if (!said)
        co_return said.error();
    engine.apiVersion = EngineParse::negotiate(*said);
    engine.version = (*said)[QLatin1String("Version")].toString().left(64);
    if (engine.apiVersion.isEmpty())
        co_return Error{ErrorKind::Unsupported,
                        tr("The container engine on %1 is too old (%2).").arg(host->label(), engine.version),
                        engine.socket};
    const QByteArray components = QJsonDocument(*said).toJson();
    engine.kind = components.contains("Podman Engine") ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker;
    api->m_engine = engine;
    Future<QJsonObject> second = api->info();
    const Result<QJsonObject> info = co_await outcome(second);
    if (!info)
        co_return info.error();
    const QJsonObject &facts = *info;
    const QJsonArray options = facts[QLatin1String("SecurityOptions")].toArray();
    engine.rootless = facts[QLatin1String("Rootless")].toBool() || options.contains(QStringLiteral("name=rootless"));
    engine.enforces = EngineParse::canEnforce(facts).ok();
    co_return engine;
}

} // namespace Flotilla
