// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/storage/records.h"

namespace Flotilla {

class Connection;

// Private to this folder: rows of messages, for all repositories that write them. They throw, as Query does.

qint64 insertMessage(Connection &connection, const MessageRecord &message); ///< its id
bool updateMessage(Connection &connection, const MessageRecord &message);   ///< false: there is none with this id
Error messageGone(qint64 id);

} // namespace Flotilla
