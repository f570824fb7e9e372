// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxtypes.h"
#include "backends/storage/records.h"

namespace Flotilla {

SandboxRecord toRecord(const SandboxInfo &info);
SandboxRecord asSpare(SandboxRecord record);     ///< of this process
SandboxInfo toInfo(const SandboxRecord &record); ///< unknown words: Lost, None

bool isAlive(SandboxState state); ///< Pending, Creating, Running or Stopping
/// This process, so that others can tell whether it still lives: "<pid> <start time in clock ticks>".
QString processMark();
bool processLives(const QString &mark);

} // namespace Flotilla
