// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/core/stream.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace Flotilla {

/// Where a preview host leads. `open` empty: not ready; the visitor gets a page with `title`, `text` that refreshes
/// itself.
struct GatewayRoute
{
    StreamOpener open;
    QString title;
    QString text;
};

/// Called when bytes come over a connection that was resolved before, at most once in `usedEvery` a connection.
struct GatewayUse
{
    std::function<void(const QString &secret)> used{};
    std::chrono::milliseconds usedEvery{5000};
};

/// One loopback port, one web origin per app: http://<secret>.localhost:<port>/. HTTP, SSE and WebSocket pass through
/// byte for byte. Routes come only from the resolver, never from a header's content. Unknown host: 404.
///
/// Every request head of a connection is checked: exactly one Host, `<32 hex digits>.localhost[:port]` (any case), the
/// same as in the first request; anything else is 404 or, later on a connection, its end. A head may take 10 s and 64
/// KiB. Bodies, answers and what follows a 101 are not looked at. At most 256 KiB wait for a slow side.
///
/// Lives on the service thread; methods, resolver and openers on the service thread only. Bytes move on a thread of its
/// own: a socket gives up its descriptor to it, any other device is bridged and stays where it is.
class Gateway : public QObject
{
    Q_OBJECT

public:
    /// Called with the secret (32 hex digits). Nothing: unknown host. May answer later (a store lookup).
    using Resolver = std::function<Future<std::optional<GatewayRoute>>(const QString &secret)>;

    explicit Gateway(Resolver resolver, GatewayUse use = {}, QObject *parent = nullptr);
    ~Gateway() override;

    /// Listens on 127.0.0.1 and ::1; 0 picks a free port. Conflict when the port is taken.
    Status listen(quint16 port);
    quint16 port() const;
    void close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Secrets of the previews: HMAC-SHA-256 of the app's id under a random key in a file with mode 0600, cut to 128 bits.
/// So an app keeps its origin (cookies, local storage) over restarts, and the store holds no secret. Any thread.
class PreviewOrigins
{
public:
    /// Reads or creates the key file.
    static Result<PreviewOrigins> open(const QString &keyFile);
    QString secret(const AppId &app) const;
    QUrl url(const AppId &app, quint16 port) const;

private:
    QByteArray m_key;
};

} // namespace Flotilla
