// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/apierror.h"

#include "backends/core/log.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr qsizetype MaxMessage = 600;
constexpr double MaxRetrySeconds = 2147483.0; // beyond it the header is nonsense (the vendors' clients use 2^31 ms)

QString apiText(const char *text)
{
    return QCoreApplication::translate("Models", text);
}

QString scalarText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

void fillFromError(const QJsonValue &value, ApiError &error)
{
    if (value.isString()) {
        error.message = value.toString();
        return;
    }
    const QJsonObject object = value.toObject();
    error.type = scalarText(object.value(QLatin1String("type")));
    error.code = scalarText(object.value(QLatin1String("code")));
    const QJsonObject details = object.value(QLatin1String("details")).toObject();
    if (details.contains(QLatin1String("error_code")))
        error.code = scalarText(details.value(QLatin1String("error_code")));
    error.message = object.value(QLatin1String("message")).toString();
}

/// The words of an HTML page: what a proxy's error page says, without its markup.
QString pageText(const QByteArray &body)
{
    QString text = QString::fromUtf8(body.left(4096));
    static const QRegularExpression hidden(QStringLiteral("<(style|script)[^>]*>.*?</\\1>"),
                                           QRegularExpression::DotMatchesEverythingOption |
                                               QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    return text.remove(hidden).replace(tags, QStringLiteral(" ")).simplified();
}

std::optional<std::chrono::milliseconds> readRetryAfter(const HttpHeaders &headers)
{
    bool ok = false;
    double seconds = headerValue(headers, "retry-after-ms").toDouble(&ok) / 1000.0;
    const QByteArray value = headerValue(headers, "retry-after");
    if (!ok)
        seconds = value.toDouble(&ok);
    if (!ok && !value.isEmpty()) {
        const QDateTime date =
            QLocale::c().toDateTime(QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
        ok = date.isValid();
        if (ok)
            seconds = double(QDateTime::currentDateTimeUtc().secsTo(QDateTime(date.date(), date.time(), Qt::UTC)));
    }
    if (!ok || !(seconds > 0) || seconds > MaxRetrySeconds)
        return std::nullopt;
    return std::chrono::milliseconds(qint64(seconds * 1000));
}

int statusOfType(const QString &type, int code)
{
    if (code >= 400 && code < 600)
        return code;
    static const QHash<QString, int> known = {
        {QStringLiteral("invalid_request_error"), 400}, {QStringLiteral("authentication_error"), 401},
        {QStringLiteral("billing_error"), 402},         {QStringLiteral("permission_error"), 403},
        {QStringLiteral("not_found_error"), 404},       {QStringLiteral("request_too_large"), 413},
        {QStringLiteral("rate_limit_error"), 429},      {QStringLiteral("timeout_error"), 504},
        {QStringLiteral("overloaded_error"), 529},
    };
    return known.value(type, 500);
}

bool isMoney(const ApiError &error)
{
    return error.status == 402 || error.type == QLatin1String("billing_error") ||
           error.code == QLatin1String("insufficient_quota") || error.type == QLatin1String("insufficient_quota") ||
           error.code.endsWith(QLatin1String("spend_limit_reached")) ||
           error.mentions(QLatin1String("credit balance is too low"));
}

bool isTooLong(const ApiError &error)
{
    return error.code == QLatin1String("context_length_exceeded") ||
           error.mentions(QLatin1String("exceed_context_size")) ||
           error.mentions(QLatin1String("prompt is too long")) ||
           error.mentions(QLatin1String("maximum context length"));
}

struct Words
{
    ErrorKind kind;
    const char *text; ///< %1 the host, %2 the model
};

Words invalidWords(const ApiError &error)
{
    if (isTooLong(error))
        return {
            ErrorKind::Invalid,
            QT_TRANSLATE_NOOP(
                "Models", "The conversation is too long for %2. Start a new app or choose a model with more room.")};
    if (error.status == 413)
        return {ErrorKind::Invalid,
                QT_TRANSLATE_NOOP("Models", "The request is too large for %1. Use fewer or smaller images.")};
    return {ErrorKind::Invalid, QT_TRANSLATE_NOOP("Models", "%1 did not accept the request for %2.")};
}

Words wordsFor(const ApiError &error)
{
    if (isMoney(error))
        return {
            ErrorKind::Quota,
            QT_TRANSLATE_NOOP(
                "Models", "The account at %1 has no credit left or reached its spend limit. Check its billing page.")};
    switch (error.status) {
    case 401:
        return {ErrorKind::Unauthorized,
                QT_TRANSLATE_NOOP("Models", "%1 did not accept the API key. Check the key in Settings.")};
    case 403:
        return {ErrorKind::Forbidden, QT_TRANSLATE_NOOP("Models", "The API key may not use %2 at %1.")};
    case 404:
        return {ErrorKind::NotFound,
                QT_TRANSLATE_NOOP("Models", "%1 does not offer %2. Check the model's name and the address.")};
    case 408:
    case 504:
        return {ErrorKind::Timeout, QT_TRANSLATE_NOOP("Models", "%1 gave up waiting for %2.")};
    case 409:
        return {ErrorKind::Conflict, QT_TRANSLATE_NOOP("Models", "%1 is busy with a conflicting request.")};
    case 429:
        return {ErrorKind::RateLimited, QT_TRANSLATE_NOOP("Models", "%1 allows no more requests right now.")};
    case 503:
    case 529:
        return {ErrorKind::Overloaded, QT_TRANSLATE_NOOP("Models", "%1 is overloaded right now.")};
    default:
        break;
    }
    if (error.status >= 500)
        return {ErrorKind::Unavailable,
                QT_TRANSLATE_NOOP("Models", "%1 has a problem of its own. Try again in a moment.")};
    if (error.status >= 300 && error.status < 400)
        return {ErrorKind::Protocol,
                QT_TRANSLATE_NOOP("Models", "%1 redirects to another address. Use that address in Settings.")};
    if (error.status < 300)
        return {ErrorKind::Protocol,
                QT_TRANSLATE_NOOP("Models", "%1 did not answer like a language model server. Check the address.")};
    return invalidWords(error);
}

bool isRetryable(const ApiError &error, ErrorKind kind)
{
    if (kind == ErrorKind::Quota)
        return false;
    const int status = error.status;
    return error.shouldRetry.value_or(status == 408 || status == 409 || status == 429 || status >= 500);
}

} // namespace

bool ApiError::mentions(QLatin1String word) const
{
    return message.contains(word, Qt::CaseInsensitive) || code.contains(word, Qt::CaseInsensitive) ||
           type.contains(word, Qt::CaseInsensitive);
}

ApiError readApiError(int status, const HttpHeaders &headers, const QByteArray &body)
{
    ApiError error;
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object.contains(QLatin1String("error")))
        fillFromError(object.value(QLatin1String("error")), error);
    else if (!object.isEmpty())
        error.message =
            object.value(QLatin1String("message")).toString(object.value(QLatin1String("detail")).toString());
    else
        error.message = pageText(body);
    error.status = status >= 300 ? status : statusOfType(error.type, error.code.toInt());
    if (status < 300 && !object.contains(QLatin1String("error")))
        error.status = status;
    error.message = error.message.left(MaxMessage);
    error.requestId = QString::fromLatin1(headerValue(headers, "request-id"));
    if (error.requestId.isEmpty())
        error.requestId = QString::fromLatin1(headerValue(headers, "x-request-id"));
    error.retryAfter = readRetryAfter(headers);
    if (const QByteArray hint = headerValue(headers, "x-should-retry"); hint == "true" || hint == "false")
        error.shouldRetry = hint == "true";
    return error;
}

ApiError streamedApiError(const QJsonValue &value)
{
    ApiError error;
    fillFromError(value, error);
    error.status = statusOfType(error.type, error.code.toInt());
    error.message = error.message.left(MaxMessage);
    return error;
}

StreamFailed failureOf(const ApiError &error, const PeerName &peer)
{
    const Words words = wordsFor(error);
    const QString model = peer.model.isEmpty() ? apiText(QT_TRANSLATE_NOOP("Models", "this model")) : peer.model;
    QString text = apiText(words.text);
    text.replace(QLatin1String("%1"), peer.host).replace(QLatin1String("%2"), model);
    if (words.kind == ErrorKind::Invalid && !isTooLong(error) && error.status != 413 && !error.message.isEmpty())
        text += apiText(QT_TRANSLATE_NOOP("Models", " It says: %1")).arg(redact(error.message.left(200)));
    const QString detail =
        QStringLiteral("HTTP %1 %2 %3: %4").arg(error.status).arg(error.type, error.code, error.message);
    return {{words.kind, text, redact(detail.simplified())},
            isRetryable(error, words.kind),
            error.retryAfter,
            error.requestId};
}

} // namespace Flotilla
