// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/curlerrors.h"

#include "backends/http/httpclient.h"

#include <QCoreApplication>
#include <QFile>

#include <curl/curl.h>

namespace Flotilla {

namespace {

constexpr qsizetype MaxSocketPath = 107; // sizeof(sockaddr_un::sun_path) - 1

QString translated(const char *text)
{
    return QCoreApplication::translate("Http", text);
}

QString seconds(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000.0, 'g', 3);
}

Error timeoutError(const HttpRequest &request, bool connected)
{
    if (!connected) {
        const QString text = translated(
            QT_TRANSLATE_NOOP("Http", "%1 did not answer within %2 seconds. Check the address and the network."));
        return {ErrorKind::Timeout, text.arg(peerName(request), seconds(request.connectTimeout)), {}};
    }
    const QString text = translated(QT_TRANSLATE_NOOP(
        "Http", "%1 took longer than %2 seconds. Check that the server is not stuck, then try again."));
    return {ErrorKind::Timeout, text.arg(peerName(request), seconds(request.totalTimeout)), {}};
}

struct Meaning
{
    int code;
    ErrorKind kind;
    const char *text;
};

// A certificate problem is Protocol, not Network: trying again does not help.
constexpr Meaning meanings[] = {
    {CURLE_COULDNT_RESOLVE_HOST, ErrorKind::Unavailable,
     QT_TRANSLATE_NOOP("Http", "The name %1 cannot be found. Check the address and the network connection.")},
    {CURLE_COULDNT_RESOLVE_PROXY, ErrorKind::Unavailable,
     QT_TRANSLATE_NOOP("Http", "The proxy for %1 cannot be found. Check the proxy settings of this computer.")},
    {CURLE_PROXY, ErrorKind::Unavailable, QT_TRANSLATE_NOOP("Http", "The proxy for %1 refused the connection.")},
    {CURLE_COULDNT_CONNECT, ErrorKind::Unavailable,
     QT_TRANSLATE_NOOP("Http", "Nothing answers at %1. Check that the server is running.")},
    {CURLE_SSL_CONNECT_ERROR, ErrorKind::Protocol,
     QT_TRANSLATE_NOOP("Http", "No secure connection to %1 is possible. Check that the address really uses https.")},
    {CURLE_PEER_FAILED_VERIFICATION, ErrorKind::Protocol,
     QT_TRANSLATE_NOOP("Http", "The certificate of %1 is not trusted by this computer.")},
    {CURLE_SSL_CACERT_BADFILE, ErrorKind::Protocol,
     QT_TRANSLATE_NOOP("Http", "This computer's list of trusted certificates cannot be read, so %1 cannot be checked. "
                               "Install the package ca-certificates.")},
    {CURLE_GOT_NOTHING, ErrorKind::Network, QT_TRANSLATE_NOOP("Http", "%1 closed the connection without an answer.")},
    {CURLE_PARTIAL_FILE, ErrorKind::Network,
     QT_TRANSLATE_NOOP("Http", "The connection to %1 broke before the answer was complete.")},
    {CURLE_UNSUPPORTED_PROTOCOL, ErrorKind::Protocol, QT_TRANSLATE_NOOP("Http", "%1 is not an http or https address.")},
    {CURLE_WEIRD_SERVER_REPLY, ErrorKind::Protocol, QT_TRANSLATE_NOOP("Http", "%1 does not speak HTTP.")},
    {CURLE_WRITE_ERROR, ErrorKind::Protocol, QT_TRANSLATE_NOOP("Http", "The answer of %1 is too large.")},
    {CURLE_URL_MALFORMAT, ErrorKind::Protocol, QT_TRANSLATE_NOOP("Http", "The address %1 is not valid.")},
};

Status invalid(const char *text, const QString &what)
{
    return Error{ErrorKind::Protocol, translated(text).arg(what), {}};
}

} // namespace

QString peerName(const HttpRequest &request)
{
    if (!request.unixSocket.isEmpty())
        return request.unixSocket;
    const QString host = request.url.host();
    return request.url.port() < 0 ? host : QStringLiteral("%1:%2").arg(host).arg(request.url.port());
}

Error curlError(int code, const QByteArray &curlText, const HttpRequest &request, bool connected)
{
    const auto result = static_cast<CURLcode>(code);
    const QString detail =
        QStringLiteral("curl %1: %2")
            .arg(code)
            .arg(QString::fromUtf8(curlText.isEmpty() ? QByteArray(curl_easy_strerror(result)) : curlText));
    if (code == CURLE_OPERATION_TIMEDOUT) {
        Error error = timeoutError(request, connected);
        error.detail = detail;
        return error;
    }
    for (const Meaning &meaning : meanings) {
        if (meaning.code == code)
            return {meaning.kind, translated(meaning.text).arg(peerName(request)), detail};
    }
    return {ErrorKind::Network,
            translated(QT_TRANSLATE_NOOP("Http", "The connection to %1 broke.")).arg(peerName(request)), detail};
}

Status checkRequest(const HttpRequest &request)
{
    const QString scheme = request.url.scheme();
    if (!request.url.isValid() || request.url.host().isEmpty())
        return invalid(QT_TRANSLATE_NOOP("Http", "The address %1 is not valid."), request.url.toDisplayString());
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return invalid(QT_TRANSLATE_NOOP("Http", "%1 is not an http or https address."), request.url.toDisplayString());
    if (QFile::encodeName(request.unixSocket).size() > MaxSocketPath)
        return invalid(QT_TRANSLATE_NOOP("Http", "The path of the socket %1 is too long."), request.unixSocket);
    for (const HttpHeader &header : request.headers) {
        const QByteArray line = header.name + header.value;
        if (header.name.isEmpty() || line.contains('\n') || line.contains('\r') || line.contains('\0'))
            return invalid(QT_TRANSLATE_NOOP("Http", "A header for %1 has a line break in it."), peerName(request));
    }
    return {};
}

bool isLoopbackHost(const QString &host)
{
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) ||
           host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

} // namespace Flotilla
