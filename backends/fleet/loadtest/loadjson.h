// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QJsonArray>

namespace Flotilla {

QJsonObject toJson(const LoadRow &row);
QJsonObject toJson(const LoadSample &sample);
QJsonObject toJson(const LoadEvent &event);
QJsonObject toJson(const LoadSnapshot &snapshot);

/// Everything of a run as one value: what is stored (compressed) and what --report writes as run.json.
QJsonObject toJson(const LoadRecord &record);
/// Tolerant: members of a newer version are left out; Invalid when it is no record at all.
Result<LoadRecord> loadRecordFromJson(const QJsonObject &json);

/// One line per app, with a header; times in milliseconds since the start of the run, empty when not reached.
QByteArray rowsToCsv(const QList<LoadRow> &rows);
QByteArray samplesToCsv(const QList<LoadSample> &samples);
/// One line per host of a summary: its counts, and its times to live in seconds.
QByteArray hostsToCsv(const QJsonObject &summary);

} // namespace Flotilla
