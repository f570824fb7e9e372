// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/apierror.h"

#include <QStringList>

namespace Flotilla {

/// The body ended before the answer did.
StreamFailed truncatedAnswer(const PeerName &peer);
/// Something that is not JSON where JSON must be, or far too large.
StreamFailed unreadableAnswer(const PeerName &peer, const QByteArray &what);

/// The server's id for a call; a new one when it gave none, or one that `taken` has.
QString callIdOf(const QString &id, const QStringList &taken);
/// The complete call from its collected JSON text; fills `error` when that is cut off or no object.
ToolCallDone finishedCall(int index, ToolCallPart call, const QString &json);

/// More text than any real call has; beyond it the answer counts as broken.
constexpr qsizetype MaxToolJson = 8 * 1024 * 1024;
constexpr qsizetype MaxCalls = 512;

} // namespace Flotilla
