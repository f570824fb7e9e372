// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace Flotilla {

/// A machine as `flotilla-agent launch --host-stats` tells it (backends/agent/launch/hoststats.h).
struct HostFigures
{
    int cpus = 0;
    double load = 0;
    qint64 memoryTotal = 0, memoryAvailable = 0;
    quint64 cpuBusy = 0, cpuAll = 0; ///< milliseconds of all processors since boot: two samples make a load
};

/// Crossed a host boundary: nothing when a figure is missing or cannot be.
std::optional<HostFigures> parseHostFigures(const QByteArray &json);

} // namespace Flotilla
