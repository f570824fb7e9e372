// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

namespace Flotilla {

/// The messages as every server accepts them: no empty parts, roles alternate, every tool call has exactly one result
/// in the next user message, results come first, results without a call are gone. A stopped turn leaves such gaps.
QList<ModelMessage> repairedHistory(const QList<ModelMessage> &messages);
/// An id, or the name of a tool, as one that all vendors accept: [A-Za-z0-9_-], never empty.
QString plainCallId(const QString &id);
/// About 4 characters a token, for servers that do not count.
qint64 estimatedTokens(qint64 characters);
/// Characters of everything that goes to the model.
qint64 characterCount(const ModelRequest &request);

} // namespace Flotilla
