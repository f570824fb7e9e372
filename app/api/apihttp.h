// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <optional>

namespace Flotilla {

struct ApiRequest
{
    QByteArray method;
    QStringList path;                      ///< decoded parts, without empty ones
    QHash<QByteArray, QByteArray> headers; ///< lower-case names
    QByteArray body;
};

struct ApiResponse
{
    int status = 200;
    QByteArray type = "application/json";
    QByteArray body;
    QByteArray allow{};       ///< methods, with status 405
    bool withoutBody = false; ///< the answer to HEAD: what describes the body, and not the body

    static ApiResponse json(const QJsonValue &value, int status = 200);
    /// {"error": {"kind", "text"}}
    static ApiResponse failure(int status, const QString &kind, const QString &text);
    [[nodiscard]] QByteArray bytes() const; ///< as HTTP/1.1, the connection is closed after it
};

/// Reads one HTTP/1.1 request that arrives in pieces. Bounded: 16 KiB of head, 1 MiB of body, no chunked bodies.
class ApiParser
{
public:
    enum class State { More, Done, Bad, TooLarge, NoLength };
    State feed(const QByteArray &bytes);
    const ApiRequest &request() const { return m_request; }

private:
    State readHead(qsizetype end);

    QByteArray m_input;
    ApiRequest m_request;
    qsizetype m_bodyAt = -1;
    qsizetype m_length = 0;
};

} // namespace Flotilla
