// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/httpclient.h"

#include "backends/http/curlerrors.h"
#include "backends/http/curlexchange.h"
#include "backends/http/curlmulti.h"

#include <QCoreApplication>

namespace Flotilla {

struct HttpClient::Private
{
    CurlMulti *multi = nullptr;
};

namespace {

/// One fetch(): collects the body and deletes itself. Dies with the client, which cancels its future.
class Fetch : public QObject
{
public:
    Fetch(HttpClient *client, const HttpRequest &request, std::shared_ptr<QPromise<Result<HttpResponse>>> promise)
        : QObject(client)
        , m_exchange(client->send(request))
        , m_promise(std::move(promise))
        , m_limit(request.maxBody)
        , m_peer(peerName(request))
    {
        connect(m_exchange.get(), &HttpExchange::started, this, [this](int status, const HttpHeaders &headers) {
            m_response.status = status;
            m_response.headers = headers;
        });
        connect(m_exchange.get(), &HttpExchange::data, this, &Fetch::take);
        connect(m_exchange.get(), &HttpExchange::finished, this, [this](const Status &status) {
            finish(status ? Result<HttpResponse>(std::move(m_response)) : status.error());
        });
    }

private:
    void take(const QByteArray &bytes)
    {
        if (m_response.body.size() + bytes.size() <= m_limit) {
            m_response.body.append(bytes);
            return;
        }
        m_exchange->cancel();
        finish(Error{ErrorKind::Protocol,
                     QCoreApplication::translate("Http", "The answer of %1 is too large.").arg(m_peer),
                     {}});
    }
    void finish(Result<HttpResponse> result)
    {
        m_promise->addResult(std::move(result));
        m_promise->finish();
        deleteLater();
    }

    std::unique_ptr<HttpExchange> m_exchange;
    std::shared_ptr<QPromise<Result<HttpResponse>>> m_promise;
    HttpResponse m_response;
    qint64 m_limit;
    QString m_peer;
};

} // namespace

QByteArray headerValue(const HttpHeaders &headers, const QByteArray &name)
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->multi = new CurlMulti(this);
}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpExchange> HttpClient::send(const HttpRequest &request)
{
    auto exchange = std::make_unique<CurlExchange>(d->multi, request);
    exchange->start();
    return exchange;
}

Future<HttpResponse> HttpClient::fetch(const HttpRequest &request)
{
    auto promise = std::make_shared<QPromise<Result<HttpResponse>>>();
    promise->start();
    auto future = promise->future();
    QMetaObject::invokeMethod(this, [this, request, promise] { new Fetch(this, request, promise); });
    return future;
}

} // namespace Flotilla
