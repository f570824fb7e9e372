// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/requestpolicy.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <utility>

namespace Flotilla {

namespace {

constexpr std::pair<const char *, int> PrivateRanges[] = {
    {"0.0.0.0", 8},     {"10.0.0.0", 8},   {"100.64.0.0", 10},  {"169.254.0.0", 16},
    {"172.16.0.0", 12}, {"192.0.0.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15},
    {"224.0.0.0", 4},   {"240.0.0.0", 4},  {"fc00::", 7},       {"fe80::", 10},
    {"fec0::", 10},     {"ff00::", 8},     {"64:ff9b::", 96},   {"2002::", 16},
};

QString hostOf(const QUrl &url)
{
    QString host = url.host(QUrl::FullyDecoded).toLower();
    while (host.endsWith(QLatin1Char('.')))
        host.chop(1);
    return host;
}

int portOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.port(scheme == QLatin1String("https") || scheme == QLatin1String("wss") ? 443 : 80);
}

QString webScheme(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    if (scheme == QLatin1String("ws"))
        return QStringLiteral("http");
    return scheme == QLatin1String("wss") ? QStringLiteral("https") : scheme;
}

/// Unwraps ::ffff:a.b.c.d and ::a.b.c.d, so that one table is enough.
QHostAddress unmapped(const QHostAddress &address)
{
    bool ok = false;
    const quint32 v4 = address.toIPv4Address(&ok);
    return ok ? QHostAddress(v4) : address;
}

bool inPrivateRange(const QHostAddress &address)
{
    for (const auto &[base, bits] : PrivateRanges) {
        if (address.isInSubnet(QHostAddress(QLatin1String(base)), bits))
            return true;
    }
    return false;
}

RequestVerdict judgeHost(const QString &host, RequestVerdict otherwise)
{
    if (host == QLatin1String("localhost"))
        return RequestVerdict::Loopback;
    if (host.endsWith(QLatin1String(".localhost")))
        return RequestVerdict::OtherApp;
    const QHostAddress address = unmapped(QHostAddress(host));
    if (address.isNull()) {
        const bool lan = !host.contains(QLatin1Char('.')) || host.endsWith(QLatin1String(".local")) ||
                         host.endsWith(QLatin1String(".internal")) || host.endsWith(QLatin1String(".lan"));
        return lan ? RequestVerdict::PrivateNetwork : otherwise;
    }
    if (address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4))
        return RequestVerdict::Loopback;
    return inPrivateRange(address) ? RequestVerdict::PrivateNetwork : otherwise;
}

} // namespace

bool sameOrigin(const QUrl &own, const QUrl &other)
{
    return webScheme(own) == webScheme(other) && hostOf(own) == hostOf(other) && portOf(own) == portOf(other) &&
           !own.host().isEmpty();
}

RequestVerdict judgeRequest(const QUrl &own, const QUrl &request, RequestKind kind)
{
    const QString scheme = webScheme(request);
    if (scheme == QLatin1String("http") || scheme == QLatin1String("https")) {
        if (sameOrigin(own, request))
            return RequestVerdict::Allow;
        const bool page = kind == RequestKind::MainFrame;
        return judgeHost(hostOf(request), page ? RequestVerdict::External : RequestVerdict::Internet);
    }
    if (scheme == QLatin1String("about"))
        return RequestVerdict::Allow;
    const bool inlineData = scheme == QLatin1String("data") || scheme == QLatin1String("blob");
    if (inlineData && kind != RequestKind::MainFrame)
        return RequestVerdict::Allow;
    if (scheme == QLatin1String("mailto") || scheme == QLatin1String("tel"))
        return kind == RequestKind::MainFrame ? RequestVerdict::External : RequestVerdict::LocalScheme;
    return RequestVerdict::LocalScheme;
}

QString describe(RequestVerdict verdict, const QUrl &request)
{
    const QString target = request.toDisplayString(QUrl::RemoveQuery | QUrl::RemoveFragment).left(200);
    switch (verdict) {
    case RequestVerdict::Allow:
        return {};
    case RequestVerdict::External:
        return QCoreApplication::translate("Preview", "Left for your browser: %1").arg(target);
    case RequestVerdict::OtherApp:
        return QCoreApplication::translate("Preview", "Blocked, another app on this computer: %1").arg(target);
    case RequestVerdict::Loopback:
        return QCoreApplication::translate("Preview", "Blocked, a service on this computer: %1").arg(target);
    case RequestVerdict::PrivateNetwork:
        return QCoreApplication::translate("Preview", "Blocked, your private network: %1").arg(target);
    case RequestVerdict::LocalScheme:
        return QCoreApplication::translate("Preview", "Blocked, not a web address: %1").arg(target);
    case RequestVerdict::Internet:
        return QCoreApplication::translate("Preview", "Blocked, the internet: %1").arg(target);
    }
    return {};
}

} // namespace Flotilla
