// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>

namespace Flotilla {

struct HttpRequest;

/// The name of the other side for people: "api.example.com", "localhost:11434" or the path of a Unix socket.
QString peerName(const HttpRequest &request);
/// libcurl's result code as an Error. `connected` says whether the connection had been made.
Error curlError(int code, const QByteArray &curlText, const HttpRequest &request, bool connected);
/// A request that cannot be sent at all: bad URL, line breaks in headers, a socket path that is too long.
Status checkRequest(const HttpRequest &request);
/// True for localhost, *.localhost, 127.0.0.0/8 and ::1.
bool isLoopbackHost(const QString &host);

} // namespace Flotilla
