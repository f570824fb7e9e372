// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Flotilla {

/// The tables as a list of steps: step i brings a store from schema version i to i + 1. Steps that were released are
/// never edited; a change is a new step at the end.
struct Schema
{
    QList<const char *> steps;
    int version() const { return static_cast<int>(steps.size()); }

    static const Schema &current();
};

/// Marks the file as ours (SQLite's application_id): "Flot".
inline constexpr int schemaApplicationId = 0x466c6f74;
/// The tables of the current version, for a check that costs nothing.
QStringList schemaTables();

} // namespace Flotilla
