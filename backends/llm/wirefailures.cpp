// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/wirefailures.h"

#include "backends/core/id.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace Flotilla {

StreamFailed truncatedAnswer(const PeerName &peer)
{
    const QString text = QCoreApplication::translate("Models", "The answer of %1 broke off before it was complete.");
    return {{ErrorKind::Network, text.arg(peer.host), QStringLiteral("the stream ended without its end mark")},
            true,
            {},
            {}};
}

StreamFailed unreadableAnswer(const PeerName &peer, const QByteArray &what)
{
    const QString text = QCoreApplication::translate("Models", "%1 sent something that cannot be read.");
    return {{ErrorKind::Protocol, text.arg(peer.host), QString::fromUtf8(what.left(200))}, true, {}, {}};
}

QString callIdOf(const QString &id, const QStringList &taken)
{
    return id.isEmpty() || taken.contains(id) ? QStringLiteral("call_") + newId() : id;
}

ToolCallDone finishedCall(int index, ToolCallPart call, const QString &json)
{
    const QString trimmed = json.trimmed();
    if (trimmed.isEmpty() || trimmed == QLatin1String("null")) // a call without input
        return {index, std::move(call), {}};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8(), &error);
    if (document.isObject()) {
        call.input = document.object();
        return {index, std::move(call), {}};
    }
    call.input = {};
    const QString text = error.error == QJsonParseError::NoError
                             ? QStringLiteral("The input of %1 is not a JSON object.").arg(call.name)
                             : QStringLiteral("The input of %1 is cut off or not valid JSON: %2 at character %3.")
                                   .arg(call.name, error.errorString())
                                   .arg(error.offset);
    return {index, std::move(call), text};
}

} // namespace Flotilla
