// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/storage/schema.h"

namespace Flotilla {

class Connection;
class StoreFolder;
struct OpenReport;

/// Brings an open database to the schema: each step in its own transaction, a backup before the first one when there is
/// data. Refuses a newer schema and a database that is not ours with Unsupported. Throws what SQLite throws.
Status migrate(Connection &connection, const StoreFolder &folder, const Schema &schema, OpenReport &report);

} // namespace Flotilla
