// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"

namespace Flotilla {

QString toString(MessageState state); ///< as in MessageRecord::state

/// The row of a message. Content: {"blocks":[{"type":"text",...}],"model","usage","cost","seconds","checks","green"}.
MessageRecord recordOf(const Message &message);
/// Tolerant: what a newer or damaged row has beyond this is skipped.
Message messageOf(const MessageRecord &record);

QString checksToJson(const QList<CheckResult> &checks);
QList<CheckResult> checksOf(const QString &json);
/// What a version tells of the message that made it; the rest is empty.
VersionRecord versionOf(const Message &message);
VersionSummary summaryOf(const VersionRecord &record);

} // namespace Flotilla
