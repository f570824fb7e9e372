// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gateway.h"

#include "backends/core/continuation.h"

#include "backends/preview/gatewayloop.h"
#include "backends/preview/listeners.h"
#include "backends/preview/streamdescriptor.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <sys/resource.h>

namespace Flotilla {

namespace {

Q_LOGGING_CATEGORY(logGateway, "flotilla.gateway")

/// Two descriptors per visitor; the usual soft limit of 1024 is too few for a wall of previews.
void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= 16384)
        return;
    limit.rlim_cur = qMin<rlim_t>(limit.rlim_max, 16384);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

GatewayLoop::OwnAnswer trouble(const Error &error)
{
    return {QCoreApplication::translate("Preview", "The app cannot be shown yet"), error.text, false};
}

/// Calls `use` with the outcome: at once when it is there, else when it comes, on the thread of `context`.
template <typename T, typename Use>
void whenFinished(Future<T> future, QObject *context, Use use)
{
    if (future.isFinished() && future.resultCount() > 0)
        use(future.result());
    else
        whenDone(context, future, use);
}

} // namespace

struct Gateway::Private
{
    void resolve(quint64 id, const QString &secret);
    void openRoute(quint64 id, const GatewayRoute &route);
    void noteUse(const QString &secret);

    Gateway *q = nullptr;
    Resolver resolver;
    GatewayUse use;
    std::unique_ptr<GatewayLoop> loop;
    quint16 port = 0;
};

void Gateway::Private::resolve(quint64 id, const QString &secret)
{
    if (!loop) // closed meanwhile
        return;
    whenFinished<std::optional<GatewayRoute>>(resolver(secret), q,
                                              [this, id](const Result<std::optional<GatewayRoute>> &route) {
                                                  if (!loop)
                                                      return;
                                                  if (!route)
                                                      loop->reply(id, trouble(route.error()));
                                                  else if (!*route)
                                                      loop->reply(id, GatewayLoop::OwnAnswer{{}, {}, true});
                                                  else
                                                      openRoute(id, **route);
                                              });
}

void Gateway::Private::openRoute(quint64 id, const GatewayRoute &route)
{
    if (!route.open) {
        loop->reply(id, GatewayLoop::OwnAnswer{route.title, route.text, false});
        return;
    }
    whenFinished<std::shared_ptr<QIODevice>>(
        route.open(), q, [this, id](const Result<std::shared_ptr<QIODevice>> &stream) {
            if (!loop)
                return;
            const Result<int> descriptor = stream ? takeDescriptor(*stream) : Result<int>(stream.error());
            if (descriptor) {
                loop->reply(id, *descriptor);
                return;
            }
            qCDebug(logGateway, "app stream: %s", qPrintable(descriptor.error().detail));
            loop->reply(id, trouble(descriptor.error()));
        });
}

void Gateway::Private::noteUse(const QString &secret)
{
    if (use.used)
        use.used(secret);
}

Gateway::Gateway(Resolver resolver, GatewayUse use, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->resolver = std::move(resolver);
    d->use = std::move(use);
}

Gateway::~Gateway() = default;

Status Gateway::listen(quint16 port)
{
    close();
    raiseDescriptorLimit();
    Result<LoopbackListeners> listeners = listenOnLoopback(port);
    if (!listeners)
        return listeners.error();
    d->port = listeners->port;
    const auto ask = [this](quint64 id, const QByteArray &secret) {
        QMetaObject::invokeMethod(
            this, [this, id, secret] { d->resolve(id, QString::fromLatin1(secret)); }, Qt::QueuedConnection);
    };
    const auto used = [this](const QByteArray &secret) {
        QMetaObject::invokeMethod(
            this, [this, secret] { d->noteUse(QString::fromLatin1(secret)); }, Qt::QueuedConnection);
    };
    d->loop = std::make_unique<GatewayLoop>(ask, used, d->use.usedEvery);
    d->loop->serve(std::move(listeners->sockets));
    return {};
}

quint16 Gateway::port() const
{
    return d->port;
}

void Gateway::close()
{
    d->loop.reset();
    d->port = 0;
}

} // namespace Flotilla
