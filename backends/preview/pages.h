// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Flotilla {

/// Complete HTTP/1.1 answers of the gateway itself; each ends its connection.

/// 503 with a page that says `title` and `text`, looks again twice a second and shows the app as soon as it answers.
QByteArray waitingPage(const QString &title, const QString &text, bool headOnly);
/// A short plain answer without a page: 400, 404, 408, 431.
QByteArray plainAnswer(int status);

} // namespace Flotilla
