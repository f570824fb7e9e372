// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/doctorreport.h"

#include "backends/sandbox/doctortext.h"

#include <QRegularExpression>

#include <algorithm>

namespace Flotilla::DoctorReport {

namespace {

PreflightCheck check(const char *id, const QString &title, bool ok, const QString &text, const QString &remedy,
                     bool required = true)
{
    return {QLatin1String(id), title, ok, required, text, ok ? QString() : remedy};
}

QString bwrapVersion(const QJsonObject &facts)
{
    return facts[QLatin1String("bwrap")].toObject()[QLatin1String("version")].toString();
}

PreflightCheck bubblewrap(const QJsonObject &facts)
{
    const QString version = bwrapVersion(facts);
    static const QRegularExpression number(QStringLiteral("(\\d+)\\.(\\d+)"));
    const auto match = number.match(version);
    const bool recent = match.hasMatch() && (match.captured(1).toInt() > 0 || match.captured(2).toInt() >= 8);
    return check("bubblewrap", QStringLiteral("Bubblewrap"), recent,
                 version.isEmpty() ? DoctorText::tr("Bubblewrap is not installed.")
                 : recent          ? version
                                   : DoctorText::tr("%1 is too old; 0.8 or later is needed.").arg(version),
                 QStringLiteral("sudo apt-get install bubblewrap"));
}

bool isAppArmorStrict(const QJsonObject &facts)
{
    return facts[QLatin1String("apparmor_restrict_unprivileged_userns")].toInt(-1) == 1;
}

bool trialWorked(const QJsonObject &facts)
{
    return facts[QLatin1String("trial")].toObject()[QLatin1String("ok")].toBool();
}

QString trialFailure(const QJsonObject &facts)
{
    const QJsonObject trial = facts[QLatin1String("trial")].toObject();
    return QString(trial[QLatin1String("text")].toString() + QLatin1Char(' ') +
                   trial[QLatin1String("detail")].toString())
        .trimmed()
        .left(500);
}

/// Every setting of the kernel allows them, and yet it answered the trial "not permitted": what containers do.
bool namespacesRefused(const QJsonObject &facts)
{
    const QString why = trialFailure(facts);
    return !trialWorked(facts) && (why.contains(QLatin1String("create new namespace")) ||
                                   why.contains(QLatin1String("make a mount namespace")));
}

PreflightCheck userNamespaces(const QJsonObject &facts)
{
    const qint64 most = facts[QLatin1String("max_user_namespaces")].toInteger();
    const bool blocked = facts[QLatin1String("unprivileged_userns_clone")].toInt(-1) == 0 &&
                         facts[QLatin1String("sandbox_uid")].toInteger() != 0;
    if (most == 0)
        return check("userns", DoctorText::tr("User namespaces"), false,
                     DoctorText::tr("User namespaces are switched off."),
                     QStringLiteral("sudo sysctl -w user.max_user_namespaces=65536\n"
                                    "echo user.max_user_namespaces=65536 | sudo tee /etc/sysctl.d/60-flotilla.conf"));
    if (!blocked && namespacesRefused(facts) && !isAppArmorStrict(facts))
        return check("userns", DoctorText::tr("User namespaces"), false,
                     DoctorText::tr("Something around Flotilla refuses namespaces, as containers do."),
                     DoctorText::tr("Run Flotilla outside of the container, or allow it namespaces and mounting /proc "
                                    "(for Docker: --security-opt seccomp=unconfined --security-opt "
                                    "systempaths=unconfined)."));
    return check("userns", DoctorText::tr("User namespaces"), !blocked,
                 blocked ? DoctorText::tr("Ordinary users may not create user namespaces.")
                         : DoctorText::tr("Allowed."),
                 QStringLiteral("sudo sysctl -w kernel.unprivileged_userns_clone=1\n"
                                "echo kernel.unprivileged_userns_clone=1 | sudo tee /etc/sysctl.d/60-flotilla.conf"));
}

/// What bubblewrap and the launcher say of a namespace that was granted, but no rights in it.
bool smellsOfAppArmor(const QString &failure)
{
    const auto names = {QLatin1String("RTM_NEWADDR"), QLatin1String("uid map"), QLatin1String("namespace"),
                        QLatin1String("Permission denied"), QLatin1String("Operation not permitted")};
    return std::any_of(names.begin(), names.end(), [&](QLatin1String name) { return failure.contains(name); });
}

/// Ubuntu 23.10 and later; the distribution's own path of bwrap needs a profile of its own.
PreflightCheck appArmor(const QJsonObject &facts)
{
    const QString title = DoctorText::tr("AppArmor");
    if (!isAppArmorStrict(facts))
        return check("apparmor", title, true, DoctorText::tr("Does not restrict user namespaces."), {});
    const QString path = facts[QLatin1String("bwrap")].toObject()[QLatin1String("path")].toString();
    const bool passes = trialWorked(facts) || !smellsOfAppArmor(trialFailure(facts));
    return check("apparmor", title, passes,
                 passes ? DoctorText::tr("Restricts user namespaces, and lets Bubblewrap through.")
                        : DoctorText::tr("AppArmor keeps Bubblewrap from creating user namespaces."),
                 DoctorText::appArmorProfile(QStringLiteral("bwrap"), path));
}

PreflightCheck seccomp(const QJsonObject &facts)
{
    return check("seccomp", DoctorText::tr("System call filter"), facts[QLatin1String("seccomp")].toBool(),
                 facts[QLatin1String("seccomp")].toBool() ? DoctorText::tr("Works.")
                                                          : DoctorText::tr("This kernel has no seccomp filter."),
                 DoctorText::tr("Boot a kernel with CONFIG_SECCOMP_FILTER, as every distribution ships it."));
}

QString startedIn(const QJsonObject &facts)
{
    const double ms = facts[QLatin1String("trial")].toObject()[QLatin1String("ms")].toDouble();
    const QString worked = DoctorText::tr("A trial sandbox started in %1 ms.").arg(ms, 0, 'f', 1);
    if (facts[QLatin1String("uid")].toInteger() != 0)
        return worked;
    return worked + QLatin1Char(' ') +
           DoctorText::tr("Flotilla runs as root, so sandboxes run as user %1 and others like it, never as root.")
               .arg(facts[QLatin1String("sandbox_uid")].toInteger());
}

PreflightCheck trial(const QJsonObject &facts, bool groundIsFine)
{
    const bool good = trialWorked(facts);
    return check("trial", DoctorText::tr("Trial sandbox"), good,
                 good ? startedIn(facts) : DoctorText::tr("It did not start: %1").arg(trialFailure(facts)),
                 groundIsFine ? DoctorText::tr("In a container, allow user namespaces and mounting /proc (for Docker: "
                                               "--security-opt seccomp=unconfined --security-opt "
                                               "systempaths=unconfined). Anywhere else, the message names what is "
                                               "missing.")
                              : DoctorText::tr("Fix the points above first."));
}

/// The launcher's reasons in words that can be translated; an unknown one as it is.
QString whyNoGroup(const QString &reason)
{
    static const char *const known[] = {
        QT_TRANSLATE_NOOP("DoctorText", "cgroup v2 is not mounted"),
        QT_TRANSLATE_NOOP("DoctorText", "the memory and pids controllers are not on cgroup v2"),
        QT_TRANSLATE_NOOP("DoctorText", "no group above this process may be changed by this user")};
    for (const char *text : known)
        if (reason == QLatin1String(text))
            return QCoreApplication::translate("DoctorText", text);
    return reason;
}

PreflightCheck cgroup(const QJsonObject &facts)
{
    const QString group = facts[QLatin1String("cgroup")].toString();
    const QString missing =
        DoctorText::tr(
            "No cgroup v2 delegation (%1): memory is watched instead of capped, and processor time is not limited.")
            .arg(whyNoGroup(facts[QLatin1String("cgroup_why_not")].toString()));
    return check("cgroup", DoctorText::tr("Hard limits"), !group.isEmpty(),
                 group.isEmpty() ? missing
                                 : DoctorText::tr("Memory, processes and processor time are capped (cgroup v2)."),
                 DoctorText::tr("This takes cgroup v2 and a systemd of the user: sudo apt-get install "
                                "dbus-user-session, then log in again. Once on a computer used over SSH: "
                                "sudo loginctl enable-linger $USER"),
                 false);
}

PreflightCheck esbuild(const QJsonObject &facts, const QString &runtimeDir)
{
    const bool there =
        facts[QLatin1String("trial")].toObject()[QLatin1String("hello")].toObject()[QLatin1String("esbuild")].toBool();
    return check("esbuild", QStringLiteral("esbuild"), there,
                 there ? DoctorText::tr("React apps can be built.")
                       : DoctorText::tr("The runtime in %1 has no esbuild.").arg(runtimeDir),
                 QStringLiteral("packaging/start --build-only"));
}

PreflightCheck program(const QJsonObject &facts, const char *id, const QString &title, const QString &package)
{
    const QString path = facts[QLatin1String(id)].toString();
    return check(id, title, !path.isEmpty(),
                 path.isEmpty() ? DoctorText::tr("Not installed: apps with a server in %1 do not run.").arg(title)
                                : path,
                 QStringLiteral("sudo apt-get install ") + package, false);
}

} // namespace

QList<PreflightCheck> checks(const QJsonObject &facts, const QString &runtimeDir)
{
    QList<PreflightCheck> list{bubblewrap(facts), userNamespaces(facts), appArmor(facts), seccomp(facts)};
    const bool fine = std::all_of(list.cbegin(), list.cend(), [](const PreflightCheck &each) { return each.ok; });
    if (!bwrapVersion(facts).isEmpty()) // without it there was nothing to try
        list.append(trial(facts, fine));
    list.append(cgroup(facts));
    if (trialWorked(facts)) // only a sandbox can look for it
        list.append(esbuild(facts, runtimeDir));
    list.append(program(facts, "node", QStringLiteral("Node.js"), QStringLiteral("nodejs")));
    list.append(program(facts, "python", QStringLiteral("Python"), QStringLiteral("python3")));
    return list;
}

PreflightCheck noLauncher(const QString &agent, const Error &error)
{
    return check("agent", DoctorText::tr("Sandbox launcher"), false, error.text + QLatin1Char(' ') + error.detail,
                 DoctorText::tr("Build or install Flotilla again; %1 is part of it.").arg(agent));
}

} // namespace Flotilla::DoctorReport
