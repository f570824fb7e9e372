// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace Flotilla {

class HttpUpload;

struct HttpHeader
{
    QByteArray name;
    QByteArray value;
};
using HttpHeaders = QList<HttpHeader>;

/// The first value of a header, without regard to case; empty when it is missing.
QByteArray headerValue(const HttpHeaders &headers, const QByteArray &name);

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    HttpHeaders headers;
    QByteArray body;
    std::shared_ptr<HttpUpload> upload; ///< instead of `body`, sent in chunks as it comes
    QString unixSocket;   ///< path of a Unix socket to connect to instead of the URL's host (107 bytes at most)
    QByteArray resolveTo; ///< an address ("127.0.0.1") to use for the URL's host without asking a resolver
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds totalTimeout{0}; ///< 0: none, for streams
    std::chrono::milliseconds idleTimeout{0};  ///< 0: none; no byte for this long fails with Timeout
    bool decode = false;                       ///< undo a gzip or deflate Content-Encoding, which is never asked for
    qint64 maxBody = 64 * 1024 * 1024;         ///< for fetch(): a larger body fails with Protocol
};

struct HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    QByteArray body;
};

/// One request under way. Lives on the client's thread; deleting it cancels the transfer.
/// Signals: started (once, when the header is complete), data (any number), then finished exactly once.
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Stops the transfer; `finished` is not emitted.
    virtual void cancel() = 0;

Q_SIGNALS:
    void started(int status, const Flotilla::HttpHeaders &headers);
    void data(const QByteArray &bytes);
    /// ok: the body is complete. Error kinds: Network, Timeout, Unavailable (cannot connect or resolve), Protocol.
    void finished(const Flotilla::Status &status);
};

/// HTTP over TCP, TLS and Unix sockets on libcurl's multi interface. Never follows redirects, so that keys stay with
/// their host. Proxies from the environment, never for loopback. Lives on one thread with an event loop.
/// Facts: libcurl manual pages; see also CURLOPT_UNIX_SOCKET_PATH.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override;

    /// Starts a streaming request. Client's thread only; the caller owns the exchange. Never null.
    std::unique_ptr<HttpExchange> send(const HttpRequest &request);
    /// Whole response in memory; any HTTP status is a success here. Any thread.
    Future<HttpResponse> fetch(const HttpRequest &request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
