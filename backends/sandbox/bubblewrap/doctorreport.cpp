// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/doctorreport.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Flotilla::DoctorReport {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Doctor", text);
}

PreflightCheck check(const char *id, const QString &title, bool ok, const QString &text, const QString &remedy,
                     bool required = true)
{
    return {QLatin1String(id), title, ok, required, text, ok ? QString() : remedy};
}

PreflightCheck bubblewrap(const QJsonObject &facts)
{
    const QString version = facts[QLatin1String("bwrap")].toObject()[QLatin1String("version")].toString();
    static const QRegularExpression number(QStringLiteral("(\\d+)\\.(\\d+)"));
    const auto match = number.match(version);
    const bool recent = match.hasMatch() && (match.captured(1).toInt() > 0 || match.captured(2).toInt() >= 8);
    return check("bubblewrap", QStringLiteral("Bubblewrap"), recent,
                 version.isEmpty() ? say("Bubblewrap is not installed.") : version,
                 QStringLiteral("sudo apt-get install bubblewrap"));
}

PreflightCheck userNamespaces(const QJsonObject &facts)
{
    const qint64 most = facts[QLatin1String("max_user_namespaces")].toInteger();
    const bool blocked = facts[QLatin1String("unprivileged_userns_clone")].toInt(-1) == 0 &&
                         facts[QLatin1String("sandbox_uid")].toInteger() != 0;
    if (most == 0)
        return check("userns", say("User namespaces"), false, say("User namespaces are switched off."),
                     QStringLiteral("sudo sysctl -w user.max_user_namespaces=65536\n"
                                    "echo user.max_user_namespaces=65536 | sudo tee /etc/sysctl.d/60-flotilla.conf"));
    return check("userns", say("User namespaces"), !blocked,
                 blocked ? say("Ordinary users may not create user namespaces.") : say("Allowed."),
                 QStringLiteral("sudo sysctl -w kernel.unprivileged_userns_clone=1\n"
                                "echo kernel.unprivileged_userns_clone=1 | sudo tee /etc/sysctl.d/60-flotilla.conf"));
}

/// Ubuntu 23.10 and later; the distribution's own path of bwrap needs a profile of its own.
PreflightCheck appArmor(const QJsonObject &facts, bool trialWorked)
{
    const bool restricted = facts[QLatin1String("apparmor_restrict_unprivileged_userns")].toInt(-1) == 1;
    const QString title = say("AppArmor");
    if (!restricted)
        return check("apparmor", title, true, say("Does not restrict user namespaces."), {});
    const QString path = facts[QLatin1String("bwrap")].toObject()[QLatin1String("path")].toString();
    return check("apparmor", title, trialWorked,
                 trialWorked ? say("Restricts user namespaces, and lets Bubblewrap through.")
                             : say("AppArmor keeps Bubblewrap from creating user namespaces."),
                 QStringLiteral("sudo tee /etc/apparmor.d/bwrap <<'END'\n"
                                "abi <abi/4.0>,\n"
                                "include <tunables/global>\n"
                                "profile bwrap %1 flags=(unconfined) {\n"
                                "  userns,\n"
                                "  include if exists <local/bwrap>\n"
                                "}\n"
                                "END\n"
                                "sudo apparmor_parser -r /etc/apparmor.d/bwrap")
                     .arg(path));
}

PreflightCheck seccomp(const QJsonObject &facts)
{
    return check("seccomp", say("System call filter"), facts[QLatin1String("seccomp")].toBool(),
                 facts[QLatin1String("seccomp")].toBool() ? say("Works.") : say("This kernel has no seccomp filter."),
                 say("Boot a kernel with CONFIG_SECCOMP_FILTER, as every distribution ships it."));
}

PreflightCheck trial(const QJsonObject &facts)
{
    const QJsonObject result = facts[QLatin1String("trial")].toObject();
    const bool good = result[QLatin1String("ok")].toBool();
    const QString failed = say("A trial sandbox did not start: %1")
                               .arg((result[QLatin1String("text")].toString() + QLatin1Char(' ') +
                                     result[QLatin1String("detail")].toString())
                                        .trimmed()
                                        .left(500));
    QString worked = say("A trial sandbox started in %1 ms.").arg(result[QLatin1String("ms")].toDouble(), 0, 'f', 1);
    if (facts[QLatin1String("uid")].toInteger() == 0)
        worked += QLatin1Char(' ') +
                  say("Flotilla runs as root, so sandboxes run as user %1 and others like it, never as root.")
                      .arg(facts[QLatin1String("sandbox_uid")].toInteger());
    return check("trial", say("Trial sandbox"), good, good ? worked : failed,
                 say("Fix the points above first. In a container, allow user namespaces and mounting /proc "
                     "(for Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined)."));
}

PreflightCheck cgroup(const QJsonObject &facts)
{
    const QString group = facts[QLatin1String("cgroup")].toString();
    const QString missing =
        say("No cgroup v2 delegation (%1): memory is watched instead of capped, and processor time is not limited.")
            .arg(facts[QLatin1String("cgroup_why_not")].toString());
    return check("cgroup", say("Hard limits"), !group.isEmpty(),
                 group.isEmpty() ? missing : say("Memory, processes and processor time are capped (cgroup v2)."),
                 say("Start Flotilla from a systemd user session on a system with cgroup v2, for example: "
                     "systemd-run --user --scope -p Delegate=yes flotilla"),
                 false);
}

PreflightCheck esbuild(const QJsonObject &facts, const QString &runtimeDir)
{
    const bool there =
        facts[QLatin1String("trial")].toObject()[QLatin1String("hello")].toObject()[QLatin1String("esbuild")].toBool();
    return check("esbuild", QStringLiteral("esbuild"), there,
                 there ? say("React apps can be built.") : say("The runtime in %1 has no esbuild.").arg(runtimeDir),
                 QStringLiteral("packaging/start --build-only"));
}

PreflightCheck program(const QJsonObject &facts, const char *id, const QString &title, const QString &package)
{
    const QString path = facts[QLatin1String(id)].toString();
    return check(id, title, !path.isEmpty(),
                 path.isEmpty() ? say("Not installed: apps with a server in %1 do not run.").arg(title) : path,
                 QStringLiteral("sudo apt-get install ") + package, false);
}

} // namespace

QList<PreflightCheck> checks(const QJsonObject &facts, const QString &runtimeDir)
{
    const bool worked = facts[QLatin1String("trial")].toObject()[QLatin1String("ok")].toBool();
    return {bubblewrap(facts),
            userNamespaces(facts),
            appArmor(facts, worked),
            seccomp(facts),
            trial(facts),
            cgroup(facts),
            esbuild(facts, runtimeDir),
            program(facts, "node", QStringLiteral("Node.js"), QStringLiteral("nodejs")),
            program(facts, "python", QStringLiteral("Python"), QStringLiteral("python3"))};
}

PreflightCheck noLauncher(const QString &agent, const Error &error)
{
    return check("agent", say("Sandbox launcher"), false, error.text + QLatin1Char(' ') + error.detail,
                 say("Build or install Flotilla again; %1 is part of it.").arg(agent));
}

} // namespace Flotilla::DoctorReport
