// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/launchprotocol.h"

#include "backends/sandbox/sandboxrules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla::LaunchProtocol {

namespace {

ErrorKind kindOf(const QString &kind)
{
    static const QHash<QString, ErrorKind> kinds{
        {QStringLiteral("invalid"), ErrorKind::Invalid},
        {QStringLiteral("not-found"), ErrorKind::NotFound},
        {QStringLiteral("unavailable"), ErrorKind::Unavailable},
        {QStringLiteral("unsupported"), ErrorKind::Unsupported},
        {QStringLiteral("timeout"), ErrorKind::Timeout},
        {QStringLiteral("disk-full"), ErrorKind::DiskFull},
    };
    return kinds.value(kind, ErrorKind::Internal);
}

QString wordsFor(ErrorKind kind, const QString &host)
{
    switch (kind) {
    case ErrorKind::NotFound:
        return QCoreApplication::translate("Sandbox", "The sandbox or snapshot that was asked for is not on %1 any "
                                                      "more.")
            .arg(host);
    case ErrorKind::Invalid:
        return QCoreApplication::translate("Sandbox",
                                           "The sandbox was not started: its description is not acceptable.");
    case ErrorKind::Unsupported:
        return QCoreApplication::translate("Sandbox", "%1 cannot enforce the rules of a sandbox.").arg(host);
    case ErrorKind::Timeout:
        return QCoreApplication::translate("Sandbox", "The sandbox on %1 did not answer in time.").arg(host);
    case ErrorKind::DiskFull:
        return QCoreApplication::translate("Sandbox", "A disk of %1 is full. Free some space, then try again.")
            .arg(host);
    default:
        return QCoreApplication::translate("Sandbox", "%1 could not start a sandbox. Settings, Doctor (or flotillactl "
                                                      "doctor) names what is missing.")
            .arg(host);
    }
}

LaunchedSandbox sandboxFrom(const QJsonObject &entry)
{
    const QJsonObject label = entry[QLatin1String("label")].toObject();
    LaunchedSandbox sandbox;
    sandbox.id.value = label[QLatin1String("id")].toString();
    sandbox.app.value = label[QLatin1String("app")].toString();
    sandbox.owner = label[QLatin1String("owner")].toString();
    sandbox.cgroup = label[QLatin1String("cgroup")].toString();
    sandbox.created = QDateTime::fromMSecsSinceEpoch(label[QLatin1String("created_ms")].toInteger(), Qt::UTC);
    sandbox.alive = entry[QLatin1String("alive")].toBool();
    sandbox.oomKills = entry[QLatin1String("oom_kills")].toInt();
    return sandbox;
}

} // namespace

QJsonObject limitsJson(const SandboxLimits &limits)
{
    return {{QStringLiteral("memory_bytes"), limits.memoryBytes},
            {QStringLiteral("processes"), limits.processes},
            {QStringLiteral("cpus"), limits.cpus},
            {QStringLiteral("workspace_bytes"), limits.workspaceBytes},
            {QStringLiteral("data_bytes"), limits.dataBytes},
            {QStringLiteral("file_bytes"), limits.fileBytes},
            {QStringLiteral("open_files"), limits.openFiles}};
}

Result<QJsonObject> parse(const Result<CommandResult> &ran, const QString &hostLabel)
{
    if (!ran && ran.error().kind == ErrorKind::Timeout) // names a program that nobody started by hand
        return Error{ErrorKind::Timeout, wordsFor(ErrorKind::Timeout, hostLabel), ran.error().text};
    if (!ran)
        return ran.error();
    const QJsonDocument document = QJsonDocument::fromJson(ran->standardOutput);
    if (!document.isObject())
        return Error{ErrorKind::Protocol, wordsFor(ErrorKind::Protocol, hostLabel),
                     QStringLiteral("flotilla-agent launch: exit code %1, %2")
                         .arg(ran->exitCode)
                         .arg(QString::fromUtf8(ran->standardError.left(2000)))};
    const QJsonObject answer = document.object();
    if (answer[QLatin1String("ok")].toBool())
        return answer;
    const ErrorKind kind = kindOf(answer[QLatin1String("kind")].toString());
    const QString detail =
        answer[QLatin1String("text")].toString() + QLatin1Char(' ') + answer[QLatin1String("detail")].toString();
    return Error{kind, wordsFor(kind, hostLabel), detail.trimmed().left(4000)};
}

QList<LaunchedSandbox> parseList(const QJsonObject &answer)
{
    QList<LaunchedSandbox> sandboxes;
    const QJsonArray entries = answer[QLatin1String("sandboxes")].toArray();
    for (const QJsonValue &entry : entries) {
        LaunchedSandbox sandbox = sandboxFrom(entry.toObject());
        if (isSafeSandboxName(sandbox.id.value))
            sandboxes.append(std::move(sandbox));
    }
    return sandboxes;
}

QHash<SandboxId, SandboxMetrics> parseAllStats(const QJsonObject &answer)
{
    QHash<SandboxId, SandboxMetrics> all;
    const QJsonArray entries = answer[QLatin1String("stats")].toArray();
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString id = entry[QLatin1String("id")].toString();
        if (!isSafeSandboxName(id))
            continue;
        SandboxMetrics &metrics = all[SandboxId{id}];
        metrics.memoryBytes = entry[QLatin1String("memory_bytes")].toInteger();
        metrics.cpuSeconds = entry[QLatin1String("cpu_ms")].toDouble() / 1000;
        metrics.processes = entry[QLatin1String("processes")].toInt();
    }
    return all;
}

QByteArray snapshotRequest(const QString &root, const SandboxId &sandbox, const QString &folder, const SnapshotId &id,
                           const QJsonObject &meta)
{
    const QJsonObject request{{QStringLiteral("root"), root},
                              {QStringLiteral("sandbox"), sandbox.value},
                              {QStringLiteral("folder"), folder},
                              {QStringLiteral("snapshot"), id.value},
                              {QStringLiteral("meta"), meta}};
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

Result<SnapshotInfo> parseSnapshot(const QJsonObject &meta, const HostId &host)
{
    SnapshotInfo info;
    info.id.value = meta[QLatin1String("id")].toString();
    info.sandbox.value = meta[QLatin1String("sandbox")].toString();
    info.app.value = meta[QLatin1String("app")].toString();
    info.host = host;
    info.backend = meta[QLatin1String("backend")].toString().left(40);
    info.label = meta[QLatin1String("label")].toString().left(500);
    info.bytes = meta[QLatin1String("bytes")].toInteger();
    info.created = QDateTime::fromMSecsSinceEpoch(meta[QLatin1String("created_ms")].toInteger(), Qt::UTC);
    const bool named = isSafeSandboxName(info.id.value) && isSafeSandboxName(info.sandbox.value) &&
                       (info.app.isEmpty() || isSafeSandboxName(info.app.value));
    if (!named)
        return Error{ErrorKind::Protocol,
                     QCoreApplication::translate("Sandbox", "The description of a snapshot makes no sense."),
                     {}};
    return info;
}

QList<SnapshotInfo> parseSnapshots(const QJsonObject &answer, const HostId &host)
{
    QList<SnapshotInfo> infos;
    const QJsonArray entries = answer[QLatin1String("snapshots")].toArray();
    for (const QJsonValue &entry : entries) {
        if (const Result<SnapshotInfo> info = parseSnapshot(entry.toObject(), host))
            infos.append(*info);
    }
    return infos;
}

Result<SandboxMetrics> parseStats(const QJsonObject &answer, const SandboxId &id)
{
    const QHash<SandboxId, SandboxMetrics> all = parseAllStats(answer);
    if (const auto found = all.constFind(id); found != all.cend())
        return *found;
    return Error{ErrorKind::NotFound, QCoreApplication::translate("Sandbox", "The sandbox does not run."), id.value};
}

} // namespace Flotilla::LaunchProtocol
