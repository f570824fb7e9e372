// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/container/runarguments.h"

#include <QJsonArray>

namespace Flotilla::Bench {

namespace {

QString text(const QJsonObject &object, const char *key)
{
    const QJsonValue value = object[QLatin1String(key)];
    return value.isString() ? value.toString() : QString::number(value.toInteger());
}

QStringList each(const QJsonArray &values, const char *option)
{
    QStringList args;
    for (const QJsonValue &value : values)
        args += {QLatin1String(option), value.toString()};
    return args;
}

QStringList pairs(const QJsonObject &values, const char *option, QChar between)
{
    QStringList args;
    for (auto it = values.begin(); it != values.end(); ++it)
        args += {QLatin1String(option), it.key() + between + it.value().toString()};
    return args;
}

QStringList binds(const QJsonArray &mounts)
{
    QStringList args;
    for (const QJsonValue &value : mounts) {
        const QJsonObject mount = value.toObject();
        QString what =
            QStringLiteral("type=bind,source=%1,target=%2").arg(text(mount, "Source"), text(mount, "Target"));
        if (mount[QLatin1String("ReadOnly")].toBool())
            what += QLatin1String(",readonly");
        args += {QStringLiteral("--mount"), what};
    }
    return args;
}

QStringList ulimits(const QJsonArray &limits)
{
    QStringList args;
    for (const QJsonValue &value : limits) {
        const QJsonObject limit = value.toObject();
        args += {QStringLiteral("--ulimit"),
                 QStringLiteral("%1=%2:%3").arg(text(limit, "Name"), text(limit, "Soft"), text(limit, "Hard"))};
    }
    return args;
}

QStringList security(const QJsonArray &options, const QString &seccompFile)
{
    QStringList args;
    for (const QJsonValue &value : options) {
        const bool profile = value.toString().startsWith(QLatin1String("seccomp="));
        args += {QStringLiteral("--security-opt"),
                 profile ? QString(QLatin1String("seccomp=") + seccompFile) : value.toString()};
    }
    return args;
}

QStringList values(const QJsonObject &from, const QList<std::pair<const char *, const char *>> &options)
{
    QStringList args;
    for (const auto &[option, key] : options)
        args += {QLatin1String(option), text(from, key)};
    return args;
}

QStringList limits(const QJsonObject &host)
{
    const double cpus = double(host[QLatin1String("NanoCpus")].toInteger()) / 1e9;
    return values(host, {{"--memory", "Memory"},
                         {"--memory-swap", "MemorySwap"},
                         {"--pids-limit", "PidsLimit"},
                         {"--shm-size", "ShmSize"},
                         {"--oom-score-adj", "OomScoreAdj"},
                         {"--network", "NetworkMode"},
                         {"--ipc", "IpcMode"}}) +
           QStringList{QStringLiteral("--cpus"), QString::number(cpus), QStringLiteral("--read-only")};
}

QStringList log(const QJsonObject &config)
{
    return values(config, {{"--log-driver", "Type"}}) +
           pairs(config[QLatin1String("Config")].toObject(), "--log-opt", QLatin1Char('='));
}

} // namespace

QStringList runArguments(const QJsonObject &body, const QString &seccompFile)
{
    const QJsonObject host = body[QLatin1String("HostConfig")].toObject();
    return values(body, {{"--user", "User"}, {"--workdir", "WorkingDir"}, {"--hostname", "Hostname"}}) +
           each(body[QLatin1String("Env")].toArray(), "--env") + limits(host) +
           pairs(body[QLatin1String("Labels")].toObject(), "--label", QLatin1Char('=')) +
           each(host[QLatin1String("CapDrop")].toArray(), "--cap-drop") +
           security(host[QLatin1String("SecurityOpt")].toArray(), seccompFile) +
           ulimits(host[QLatin1String("Ulimits")].toArray()) + binds(host[QLatin1String("Mounts")].toArray()) +
           pairs(host[QLatin1String("Tmpfs")].toObject(), "--tmpfs", QLatin1Char(':')) +
           log(host[QLatin1String("LogConfig")].toObject());
}

} // namespace Flotilla::Bench
