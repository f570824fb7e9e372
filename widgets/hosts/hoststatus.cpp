// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hoststatus.h"
#include "widgets/common/format.h"

#include <QCollator>
#include <QCoreApplication>
#include <QLocale>

namespace Flotilla {

namespace {

struct HostWords
{
    Q_DECLARE_TR_FUNCTIONS(Hosts)
};

QString gigabytes(qint64 bytes, int decimals)
{
    return QLocale().toString(double(bytes) / (1024.0 * 1024 * 1024), 'f', decimals);
}

} // namespace

StatusWord statusOf(const HostCard &host)
{
    switch (host.state) {
    case HostState::Connecting:
        return {StatusKind::Building, host.preparing ? HostWords::tr("Preparing") : HostWords::tr("Connecting")};
    case HostState::Unreachable:
        return {StatusKind::Failed, HostWords::tr("Unreachable")};
    case HostState::Ready:
        break;
    }
    if (host.config.draining)
        return {StatusKind::Partial, HostWords::tr("Draining")};
    return {StatusKind::Live, HostWords::tr("Ready")};
}

bool isLocal(const HostConfig &host)
{
    return host.target.isEmpty();
}

bool comesBefore(const HostConfig &a, const HostConfig &b)
{
    static const QCollator names = [] {
        QCollator collator;
        if (collator.locale().language() == QLocale::C) // which cannot count
            collator.setLocale(QLocale(QLocale::English));
        collator.setNumericMode(true);
        return collator;
    }();
    return isLocal(a) != isLocal(b) ? isLocal(a) : names.compare(a.label, b.label) < 0;
}

QString hostSubtitle(const HostCard &host)
{
    if (host.state == HostState::Unreachable)
        return host.unreachableSince ? HostWords::tr("unreachable since %1").arg(formatMoment(*host.unreachableSince))
                                     : HostWords::tr("unreachable");
    if (host.preparing)
        return HostWords::tr("preparing, %1 %").arg(*host.preparing);
    if (host.state == HostState::Connecting)
        return HostWords::tr("connecting");
    QString engine = host.engine.isEmpty() ? host.backend : host.engine;
    if (host.config.draining)
        engine = HostWords::tr("%1 · draining").arg(engine);
    return isLocal(host.config) ? engine : HostWords::tr("%1 · ssh").arg(engine);
}

QString hostCpuText(const HostCard &host)
{
    if (!host.cpuPercent || host.state != HostState::Ready)
        return HostWords::tr("CPU —");
    return HostWords::tr("CPU %1 %").arg(QLocale().toString(*host.cpuPercent, 'f', 0));
}

QString hostMemoryText(const HostCard &host)
{
    if (host.memoryTotal <= 0 || host.state != HostState::Ready)
        return {};
    const bool small = host.memoryUsed < 10ll * 1024 * 1024 * 1024;
    return HostWords::tr("%1 / %2 GB").arg(gigabytes(host.memoryUsed, small ? 1 : 0), gigabytes(host.memoryTotal, 0));
}

} // namespace Flotilla
