// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apihttp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype mostHead = 16 * 1024;
constexpr qsizetype mostBody = 1024 * 1024;
constexpr qsizetype mostParts = 8;

const char *reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Error";
    }
}

/// The decoded parts of a path; nothing when one of them could be taken for something else.
std::optional<QStringList> pathIn(const QByteArray &target)
{
    QStringList path;
    const QByteArrayList parts = target.split('?').first().split('/');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const QString text = QUrl::fromPercentEncoding(part);
        const bool odd = std::any_of(text.begin(), text.end(), [](QChar c) {
            return c == QLatin1Char('/') || c == QLatin1Char('\\') || !c.isPrint();
        });
        if (odd || text == QLatin1String(".") || text == QLatin1String("..") || path.size() == mostParts)
            return std::nullopt;
        path.append(text);
    }
    return path;
}

/// Only digits: "+5" or " 5" could be read differently by another program.
std::optional<qsizetype> lengthIn(const QByteArray &text)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.isEmpty() || text.size() > 15)
        return std::nullopt;
    return qsizetype(text.toLongLong());
}

QByteArray textOf(const QJsonValue &value)
{
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace

ApiResponse ApiResponse::json(const QJsonValue &value, int status)
{
    return {status, "application/json", textOf(value)};
}

ApiResponse ApiResponse::failure(int status, const QString &kind, const QString &text)
{
    return json(QJsonObject{{QStringLiteral("error"),
                             QJsonObject{{QStringLiteral("kind"), kind}, {QStringLiteral("text"), text}}}},
                status);
}

QByteArray ApiResponse::bytes() const
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    if (status != 204) // which has no body that these could describe
        head += "Content-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    if (status == 401)
        head += "WWW-Authenticate: Bearer\r\n";
    if (!allow.isEmpty())
        head += "Allow: " + allow + "\r\n";
    return head + "\r\n" + (withoutBody ? QByteArray() : body);
}

ApiParser::State ApiParser::readHead(qsizetype end)
{
    const QByteArrayList lines = m_input.left(end).split('\n');
    const QByteArrayList first = lines.first().trimmed().split(' ');
    if (first.size() != 3 || !first[2].startsWith("HTTP/1.") || !first[1].startsWith('/'))
        return State::Bad;
    m_request.method = first[0];
    const auto path = pathIn(first[1]);
    if (!path)
        return State::Bad;
    m_request.path = *path;
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(std::max<qsizetype>(0, colon)).toLower();
        if (name.isEmpty() || name != name.trimmed() || m_request.headers.contains(name))
            return State::Bad; // a name twice: two readers could see two requests
        m_request.headers.insert(name, line.mid(colon + 1).trimmed());
    }
    if (m_request.headers.contains("transfer-encoding")) // beside a length: two readers could see two requests
        return m_request.headers.contains("content-length") ? State::Bad : State::NoLength;
    const auto length = lengthIn(m_request.headers.value("content-length", "0"));
    m_bodyAt = end + 4;
    m_length = length.value_or(0);
    return !length ? State::Bad : m_length > mostBody ? State::TooLarge : State::More;
}

ApiParser::State ApiParser::feed(const QByteArray &bytes)
{
    m_input += bytes;
    if (m_bodyAt < 0) {
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return m_input.size() > mostHead ? State::TooLarge : State::More;
        if (end > mostHead)
            return State::TooLarge;
        if (const State read = readHead(end); read != State::More)
            return read;
    }
    if (m_input.size() - m_bodyAt < m_length)
        return State::More;
    m_request.body = m_input.mid(m_bodyAt, m_length);
    return State::Done;
}

} // namespace Flotilla
