// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetstatus.h"

#include <QCoreApplication>
#include <QLocale>

namespace Flotilla {

namespace {

struct FleetWords
{
    Q_DECLARE_TR_FUNCTIONS(Fleet)
};

bool isTrouble(SandboxReason reason)
{
    switch (reason) {
    case SandboxReason::None:
    case SandboxReason::Exited:
    case SandboxReason::Killed:
    case SandboxReason::Timeout:
    case SandboxReason::IdleTimeout:
        return false;
    default:
        return true;
    }
}

StatusWord trouble(SandboxReason reason)
{
    const auto failed = [](const QString &word, const QString &brief = {}) {
        return StatusWord{StatusKind::Failed, word, brief};
    };
    switch (reason) {
    case SandboxReason::OutOfMemory:
        return failed(FleetWords::tr("Out of memory"), FleetWords::tr("Memory full", "short for: Out of memory"));
    case SandboxReason::OutOfDisk:
        return failed(FleetWords::tr("Out of disk space"), FleetWords::tr("Disk full", "short for: Out of disk space"));
    case SandboxReason::PidsLimit:
        return failed(FleetWords::tr("Too many processes"),
                      FleetWords::tr("Processes", "short for: Too many processes"));
    case SandboxReason::ReadinessTimeout:
        return failed(FleetWords::tr("Did not get ready"), FleetWords::tr("Not ready", "short for: Did not get ready"));
    case SandboxReason::Timeout:
        return failed(FleetWords::tr("Ran too long"));
    case SandboxReason::HostLost:
        return failed(FleetWords::tr("Host lost"));
    case SandboxReason::PolicyUnsupported:
        return failed(FleetWords::tr("Not supported there"),
                      FleetWords::tr("Unsupported", "short for: Not supported there"));
    default:
        return failed(FleetWords::tr("Failed"));
    }
}

StatusWord stoppedStatus(const FleetRow &row)
{
    if (isTrouble(row.reason))
        return trouble(row.reason);
    return {StatusKind::Idle, FleetWords::tr("Asleep")};
}

} // namespace

FleetBucket bucketOf(const FleetRow &row)
{
    switch (row.state) {
    case SandboxState::Running:
        return row.hostReachable ? FleetBucket::Live : FleetBucket::NeedsLook;
    case SandboxState::Pending:
    case SandboxState::Creating:
        return row.hostReachable ? FleetBucket::Starting : FleetBucket::NeedsLook;
    case SandboxState::Stopping:
        return FleetBucket::Asleep;
    case SandboxState::Stopped:
        return isTrouble(row.reason) ? FleetBucket::NeedsLook : FleetBucket::Asleep;
    case SandboxState::Failed:
    case SandboxState::Lost:
        break;
    }
    return FleetBucket::NeedsLook;
}

StatusWord statusOf(const FleetRow &row)
{
    const bool alive = row.state == SandboxState::Running || row.state == SandboxState::Creating;
    if (isOutOfReach(row.state, row.reason))
        return {StatusKind::Partial, FleetWords::tr("Unreachable")};
    if (!row.hostReachable && alive)
        return {StatusKind::Partial, FleetWords::tr("Host unreachable"),
                FleetWords::tr("Unreachable", "short for: Host unreachable")};
    switch (row.state) {
    case SandboxState::Running:
        return {StatusKind::Live, FleetWords::tr("Live")};
    case SandboxState::Pending:
    case SandboxState::Creating:
        return {StatusKind::Building, FleetWords::tr("Starting")};
    case SandboxState::Stopping:
        return {StatusKind::Idle, FleetWords::tr("Stopping")};
    case SandboxState::Stopped:
        return stoppedStatus(row);
    case SandboxState::Lost:
        return row.reason == SandboxReason::None ? StatusWord{StatusKind::Failed, FleetWords::tr("Lost")}
                                                 : trouble(row.reason);
    case SandboxState::Failed:
        break;
    }
    return trouble(row.reason);
}

Absence absenceOf(const FleetRow &row)
{
    if (isOutOfReach(row.state, row.reason))
        return {FleetWords::tr("The app cannot be reached"),
                FleetWords::tr("%1 The app shows up again when that changes. Nothing of it is lost.").arg(row.detail),
                false};
    if (!row.hostReachable)
        return {FleetWords::tr("%1 cannot be reached").arg(row.hostLabel),
                FleetWords::tr("The app shows up again when its host does. Nothing of it is lost."), false};
    switch (row.state) {
    case SandboxState::Running:
        return {};
    case SandboxState::Pending:
    case SandboxState::Creating:
        return {FleetWords::tr("The app is starting"), FleetWords::tr("Its sandbox is there in a moment."), false};
    default:
        return {FleetWords::tr("The app is asleep"),
                FleetWords::tr("Its files are kept. Wake the app to look into its sandbox."), true};
    }
}

QStringList stateWords(const FleetRow &row)
{
    QStringList words{toString(row.state)};
    switch (bucketOf(row)) {
    case FleetBucket::Live:
        words << QStringLiteral("live");
        break;
    case FleetBucket::Starting:
        words << QStringLiteral("starting");
        break;
    case FleetBucket::Asleep:
        words << QStringLiteral("asleep");
        break;
    default:
        words << QStringLiteral("needs-look");
    }
    if (!row.hostReachable)
        words << QStringLiteral("unreachable");
    if (const QString reason = toString(row.reason); !reason.isEmpty())
        words << reason;
    return words;
}

QString formatPercent(const std::optional<double> &percent)
{
    return percent ? FleetWords::tr("%1 %").arg(QLocale().toString(*percent, 'f', *percent < 99.95 ? 1 : 0))
                   : QStringLiteral("—");
}

QString formatMemory(const std::optional<qint64> &bytes)
{
    if (!bytes)
        return QStringLiteral("—");
    const double megabytes = double(*bytes) / (1024 * 1024);
    if (megabytes < 9.95)
        return FleetWords::tr("%1 MB").arg(QLocale().toString(megabytes, 'f', 1));
    if (megabytes < 1023.5)
        return FleetWords::tr("%1 MB").arg(QLocale().toString(megabytes, 'f', 0));
    return FleetWords::tr("%1 GB").arg(QLocale().toString(megabytes / 1024, 'f', 1));
}

QString formatUptime(qint64 seconds)
{
    if (seconds < 60)
        return FleetWords::tr("%1 s").arg(qMax(0ll, seconds));
    if (seconds < 3600)
        return FleetWords::tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return FleetWords::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    return FleetWords::tr("%1 d").arg(seconds / 86400);
}

QString uptimeOf(const FleetRow &row, const QDateTime &now)
{
    if (row.state != SandboxState::Running || !row.hostReachable || !row.created.isValid())
        return {};
    return formatUptime(row.created.secsTo(now));
}

} // namespace Flotilla
