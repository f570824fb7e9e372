// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostfigures.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Flotilla {

std::optional<HostFigures> parseHostFigures(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object[QLatin1String("ok")].toBool())
        return {};
    const auto count = [&object](const char *key) { return object[QLatin1String(key)].toInteger(-1); };
    HostFigures figures;
    figures.cpus = int(qBound(0ll, count("cpus"), 100'000ll));
    figures.load = object[QLatin1String("load1")].toDouble(-1);
    figures.memoryTotal = count("memory_total");
    figures.memoryAvailable = count("memory_available");
    const qint64 busy = count("cpu_busy_ms");
    const qint64 all = count("cpu_total_ms");
    if (figures.cpus < 1 || figures.load < 0 || busy < 0 || all < busy || figures.memoryAvailable < 0 ||
        figures.memoryTotal < figures.memoryAvailable)
        return {};
    figures.cpuBusy = quint64(busy);
    figures.cpuAll = quint64(all);
    return figures;
}

} // namespace Flotilla
