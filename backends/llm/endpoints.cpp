// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/endpoints.h"

#include <QHostAddress>

namespace Flotilla {

namespace {

bool isBuiltIn(const QString &id)
{
    return id == QLatin1String("anthropic") || id == QLatin1String("openai");
}

QUrl vendorUrl(ModelRef::Kind kind)
{
    return kind == ModelRef::Kind::Anthropic ? QUrl(QStringLiteral("https://api.anthropic.com"))
                                             : QUrl(QStringLiteral("https://api.openai.com/v1"));
}

/// "localhost:11434/v1" as well. What cannot be read is no address: the vendor never gets what was meant for another.
QUrl ownUrl(const QString &text)
{
    if (text.contains(QLatin1String("://")))
        return QUrl(text);
    QUrl url(QStringLiteral("https://") + text);
    if (isOwnNetwork(url))
        url.setScheme(QStringLiteral("http"));
    return url;
}

Endpoint builtIn(ModelRef::Kind kind, const QList<Endpoint> &configured)
{
    const QString label = kind == ModelRef::Kind::Anthropic ? QStringLiteral("Anthropic") : QStringLiteral("OpenAI");
    Endpoint endpoint{providerName(kind), label, kind, defaultBaseUrl(kind)};
    for (const Endpoint &own : configured) {
        if (own.id == endpoint.id && !own.baseUrl.isEmpty())
            endpoint.baseUrl = own.baseUrl;
    }
    return endpoint;
}

} // namespace

QString providerName(ModelRef::Kind kind)
{
    switch (kind) {
    case ModelRef::Kind::Sampler:
        return QStringLiteral("sampler");
    case ModelRef::Kind::Anthropic:
        return QStringLiteral("anthropic");
    case ModelRef::Kind::OpenAi:
        break;
    }
    return QStringLiteral("openai");
}

QUrl defaultBaseUrl(ModelRef::Kind kind)
{
    const char *variable = kind == ModelRef::Kind::Anthropic ? "ANTHROPIC_BASE_URL" : "OPENAI_BASE_URL";
    const QString own = qEnvironmentVariable(variable).trimmed();
    return own.isEmpty() ? vendorUrl(kind) : ownUrl(own);
}

bool isVendorHost(ModelRef::Kind kind, const QUrl &baseUrl)
{
    return kind != ModelRef::Kind::Sampler && baseUrl.host() == vendorUrl(kind).host();
}

bool isOwnNetwork(const QUrl &baseUrl)
{
    const QString host = baseUrl.host();
    if (host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) ||
        host.endsWith(QLatin1String(".local")))
        return true;
    const QHostAddress address(host);
    static const auto subnets = {QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
                                 QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
                                 QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")),
                                 QHostAddress::parseSubnet(QStringLiteral("fc00::/7"))};
    return !address.isNull() && (address.isLoopback() || address.isLinkLocal() ||
                                 std::any_of(subnets.begin(), subnets.end(),
                                             [&](const auto &subnet) { return address.isInSubnet(subnet); }));
}

QString baseKey(const QUrl &baseUrl)
{
    const QString host = baseUrl.host() == QLatin1String("localhost") ? QStringLiteral("127.0.0.1") : baseUrl.host();
    QString path = baseUrl.path();
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    if (path.isEmpty())
        path = QStringLiteral("/v1");
    const int usual = baseUrl.scheme() == QLatin1String("https") ? 443 : 80;
    return QStringLiteral("%1://%2:%3%4").arg(baseUrl.scheme(), host).arg(baseUrl.port(usual)).arg(path);
}

bool isSameBase(const QUrl &a, const QUrl &b)
{
    return baseKey(a) == baseKey(b);
}

QList<Endpoint> effectiveEndpoints(const QList<Endpoint> &configured, const QList<Endpoint> &found)
{
    QList<Endpoint> all{builtIn(ModelRef::Kind::Anthropic, configured), builtIn(ModelRef::Kind::OpenAi, configured)};
    for (const Endpoint &own : configured) {
        if (!isBuiltIn(own.id) && !own.id.isEmpty() && !own.baseUrl.isEmpty() && own.kind != ModelRef::Kind::Sampler)
            all.append(own);
    }
    for (const Endpoint &server : found) {
        const bool known = std::any_of(all.cbegin(), all.cend(),
                                       [&](const Endpoint &e) { return isSameBase(e.baseUrl, server.baseUrl); });
        if (!known)
            all.append(server);
    }
    return all;
}

ModelRef refFor(const Endpoint &endpoint, const QString &model)
{
    return {endpoint.kind, model, isBuiltIn(endpoint.id) ? QUrl() : endpoint.baseUrl};
}

} // namespace Flotilla
