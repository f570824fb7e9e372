// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/sandboxrecords.h"

#include <QCoreApplication>
#include <QFile>

namespace Flotilla {

namespace {

/// The start time tells a process from a later one with the same number (field 22 of /proc/<pid>/stat, proc(5)).
QByteArray startTime(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.read(4096);
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' '); // begins with field 3
    const bool gone = fields.isEmpty() || fields.first() == "Z" || fields.first() == "X";
    return gone ? QByteArray() : fields.value(19);
}

} // namespace

SandboxRecord toRecord(const SandboxInfo &info)
{
    return {.id = info.id,
            .app = info.app,
            .host = info.host.value,
            .backend = info.backend,
            .state = toString(info.state),
            .reason = toString(info.reason),
            .detail = info.detail,
            .created = info.created,
            .creator = {}};
}

SandboxRecord asSpare(SandboxRecord record)
{
    record.state = QLatin1String(spareState);
    record.creator = processMark();
    return record;
}

SandboxInfo toInfo(const SandboxRecord &record)
{
    SandboxInfo info;
    info.id = record.id;
    info.app = record.app;
    info.host = {record.host};
    info.backend = record.backend;
    info.state = sandboxStateFromString(record.state).value_or(SandboxState::Lost);
    info.reason = record.reason.isEmpty() ? SandboxReason::None
                                          : sandboxReasonFromString(record.reason).value_or(SandboxReason::None);
    info.detail = record.detail;
    info.created = record.created;
    return info;
}

bool isAlive(SandboxState state)
{
    return state == SandboxState::Pending || state == SandboxState::Creating || state == SandboxState::Running ||
           state == SandboxState::Stopping;
}

QString processMark()
{
    const qint64 pid = QCoreApplication::applicationPid();
    return QStringLiteral("%1 %2").arg(pid).arg(QString::fromLatin1(startTime(pid)));
}

bool processLives(const QString &mark)
{
    const QStringList parts = mark.split(QLatin1Char(' '));
    const qint64 pid = parts.value(0).toLongLong();
    return parts.size() == 2 && pid > 0 && !parts.at(1).isEmpty() && startTime(pid) == parts.at(1).toLatin1();
}

} // namespace Flotilla
