// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerbody.h"

#include "backends/sandbox/bubblewrap/launchprotocol.h"
#include "backends/sandbox/container/enginereply.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Flotilla::ContainerBody {

namespace {

constexpr int spareTasks = 16;       // the agent counts to the limit first; this is the wall behind it
constexpr int tasksOfOneUser = 4096; // sandboxes of one app share a user
constexpr qint64 sharedMemory = 64ll << 20;
constexpr int mostVolumes = 20;

QString str(const char *text)
{
    return QLatin1String(text);
}

QJsonObject bind(const QString &source, const QString &target, bool readOnly = true)
{
    return {{str("Type"), str("bind")}, {str("Source"), source}, {str("Target"), target}, {str("ReadOnly"), readOnly}};
}

/// Rootless Docker maps its root to the user; everybody else there owns nothing of the user's.
QString userOf(const ContainerPlan &plan)
{
    const bool isRoot = plan.engine.rootless && plan.engine.kind == ContainerEngine::Kind::Docker;
    return QString::number(isRoot ? 0 : plan.user);
}

QString tmpfs(qint64 bytes, const char *mode)
{
    return QStringLiteral("rw,exec,nosuid,nodev,size=%1,mode=%2").arg(QString::number(bytes), QLatin1String(mode));
}

/// What the app writes in memory. Somebody's own image may have such a folder: runc gives a tmpfs the mode of the one
/// below it, which may be root's, so it is made the app's; and Podman would copy what is in it. Podman takes no owner,
/// but has a letter for the user of the container.
QString tmpfsOfApp(qint64 bytes, const ContainerPlan &plan)
{
    const QString plain = tmpfs(bytes, "1777");
    if (plan.ownImage)
        return plain;
    return plan.engine.kind == ContainerEngine::Kind::Docker ? plain + str(",uid=%1,gid=%1").arg(userOf(plan))
                                                             : plain + str(",notmpcopyup,U");
}

/// Podman gives read-only containers writable /run and /var/tmp; these are root's, and tiny.
QJsonObject tmpfsMounts(const SandboxSpec &spec, const ContainerPlan &plan)
{
    const QString nobodys = QStringLiteral("rw,noexec,nosuid,nodev,size=64k,mode=0755");
    QJsonObject mounts{{str("/tmp"), tmpfsOfApp(spec.limits.workspaceBytes, plan)},
                       {str("/app"), tmpfsOfApp(spec.limits.workspaceBytes, plan)},
                       {str("/run"), nobodys},
                       {str("/var/tmp"), nobodys}};
    if (spec.dataDir.isEmpty())
        mounts.insert(str("/data"), tmpfsOfApp(spec.limits.dataBytes, plan));
    return mounts;
}

void addHostPrograms(QJsonArray &mounts, const ContainerPlan &plan)
{
    mounts.append(bind(str("/usr"), str("/usr")));
    for (const QString &folder : plan.facts.folders)
        mounts.append(bind(folder, folder));
    for (const char *name : {"/ld.so.cache", "/alternatives"})
        mounts.append(bind(plan.facts.etc + str(name), str("/etc") + str(name)));
    mounts.append(bind(plan.folder + str("/passwd"), str("/etc/passwd")));
}

QJsonArray bindMounts(const SandboxSpec &spec, const ContainerPlan &plan)
{
    QJsonArray mounts;
    if (plan.ownImage)
        addHostPrograms(mounts, plan);
    if (plan.engine.kind == ContainerEngine::Kind::Docker) // which makes none without a network
        mounts.append(bind(plan.facts.etc + str("/hosts"), str("/etc/hosts")));
    mounts.append(bind(plan.agent, str("/opt/flotilla/agent")));
    mounts.append(bind(plan.folder + str("/hand"), str("/opt/flotilla/hand")));
    if (!plan.runtime.isEmpty())
        mounts.append(bind(plan.runtime, str("/opt/flotilla/runtime")));
    if (!spec.dataDir.isEmpty())
        mounts.append(bind(spec.dataDir, str("/data"), false));
    for (const QString &folder : plan.volumes) // else they were written without a limit, outside of the container
        mounts.append(QJsonObject{
            {str("Type"), str("tmpfs")},
            {str("Target"), folder},
            {str("TmpfsOptions"), QJsonObject{{str("SizeBytes"), spec.limits.workspaceBytes}, {str("Mode"), 01777}}}});
    return mounts;
}

QJsonArray rlimits(const SandboxLimits &limits)
{
    const auto limit = [](const char *name, qint64 value) {
        return QJsonObject{{str("Name"), str(name)}, {str("Soft"), value}, {str("Hard"), value}};
    };
    return {limit("nofile", limits.openFiles), limit("fsize", limits.fileBytes), limit("core", 0),
            limit("nproc", tasksOfOneUser),    limit("memlock", 64ll * 1024),    limit("msgqueue", 0)};
}

QStringList maskedPaths()
{
    return {str("/proc/acpi"),      str("/proc/asound"),     str("/proc/kallsyms"),      str("/proc/kcore"),
            str("/proc/key-users"), str("/proc/keys"),       str("/proc/latency_stats"), str("/proc/sched_debug"),
            str("/proc/scsi"),      str("/proc/timer_list"), str("/proc/timer_stats"),   str("/sys/firmware")};
}

QJsonArray securityOptions(const ContainerPlan &plan)
{
    const bool podman = plan.engine.kind == ContainerEngine::Kind::Podman; // wants a file, Docker the text
    QJsonArray options{str("no-new-privileges"),
                       str("seccomp=") + (podman ? plan.facts.seccompPath : plan.facts.seccomp)};
    if (podman) // its compatible API does not know MaskedPaths
        options.append(QString(str("mask=") + maskedPaths().join(QLatin1Char(':'))));
    return options;
}

QJsonObject hostConfig(const SandboxSpec &spec, const ContainerPlan &plan)
{
    const SandboxLimits &l = spec.limits;
    QJsonObject config{{str("Init"), false}, // the agent reaps
                       {str("NetworkMode"), str("none")},
                       {str("IpcMode"), str("private")},
                       {str("ReadonlyRootfs"), true},
                       {str("CapDrop"), QJsonArray{str("ALL")}},
                       {str("SecurityOpt"), securityOptions(plan)},
                       {str("MaskedPaths"), QJsonArray::fromStringList(maskedPaths())},
                       {str("Memory"), l.memoryBytes},
                       {str("MemorySwap"), l.memoryBytes}, // the same: no swap
                       {str("NanoCpus"), qint64(std::min(l.cpus, double(plan.cpus)) * 1e9)},
                       {str("PidsLimit"), l.processes + spareTasks},
                       {str("ShmSize"), std::min(sharedMemory, l.workspaceBytes)},
                       {str("Ulimits"), rlimits(l)},
                       {str("Tmpfs"), tmpfsMounts(spec, plan)},
                       {str("Mounts"), bindMounts(spec, plan)},
                       {str("OomScoreAdj"), 300}, // the host's own programs go last
                       {str("LogConfig"),
                        QJsonObject{{str("Type"), plan.engine.kind == ContainerEngine::Kind::Podman ? str("k8s-file")
                                                                                                    : str("json-file")},
                                    {str("Config"), QJsonObject{{str("max-size"), str("64k")}}}}},
                       {str("RestartPolicy"), QJsonObject{{str("Name"), str("no")}}},
                       {str("AutoRemove"), false}};
    if (plan.engine.rootless && plan.engine.kind == ContainerEngine::Kind::Podman)
        config.insert(str("UsernsMode"), str("keep-id")); // files in /data stay the user's
    return config;
}

/// An image knows where its own programs are.
QJsonArray environment(const SandboxSpec &spec, bool ownImage)
{
    QJsonArray list{str("HOME=/tmp"), str("TMPDIR=/tmp"), str("LANG=C.UTF-8"), str("USER=app")};
    if (ownImage)
        list.append(str("PATH=/usr/local/bin:/usr/bin:/bin"));
    for (auto it = spec.env.cbegin(); it != spec.env.cend(); ++it)
        list.append(QString(it.key() + QLatin1Char('=') + it.value()));
    return list;
}

QString agentLimits(const SandboxLimits &limits)
{
    QJsonObject json = LaunchProtocol::limitsJson(limits);
    json.insert(str("shared_user"), true);
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QJsonObject labels(const SandboxSpec &spec, const ContainerPlan &plan)
{
    return {{str(EngineLabel::schema), str("1")},
            {str(EngineLabel::owner), plan.owner},
            {str(EngineLabel::sandbox), spec.id.value},
            {str(EngineLabel::app), spec.app.value},
            {str(EngineLabel::created), QString::number(plan.createdMs)}};
}

/// uname's names in the words of images.
QString processorOf(const QString &machine)
{
    static const QHash<QString, QString> names{{str("x86_64"), str("amd64")},
                                               {str("aarch64"), str("arm64")},
                                               {str("armv7l"), str("arm")},
                                               {str("i686"), str("386")}};
    return names.value(machine, machine.left(40));
}

/// Ours, and those of the kernel, are mounted anyway.
bool isForeignFolder(const QString &path)
{
    static const QStringList ours{str("/app"),     str("/data"),         str("/tmp"),  str("/run"),
                                  str("/var/tmp"), str("/opt/flotilla"), str("/proc"), str("/sys"),
                                  str("/dev"),     str("/etc"),          str("/usr")};
    const bool plain = path.startsWith(QLatin1Char('/')) && path.size() > 1 && path.size() < 200 &&
                       !path.contains(str("..")) &&
                       std::all_of(path.cbegin(), path.cend(), [](QChar c) { return c.isPrint(); });
    return plain && std::none_of(ours.cbegin(), ours.cend(), [&path](const QString &folder) {
               return path == folder || path.startsWith(folder + QLatin1Char('/'));
           });
}

/// POSIX ustar header.
QByteArray tarEntry(const QByteArray &name, char type, const QByteArray &content, const QByteArray &target = {},
                    int mode = 0)
{
    QByteArray header(512, '\0');
    const auto put = [&header](int at, const QByteArray &text) { header.replace(at, text.size(), text); };
    const auto octal = [](qint64 value, int digits) {
        return QByteArray::number(value, 8).rightJustified(digits, '0');
    };
    put(0, name);
    put(100, octal(mode != 0 ? mode : type == '5' ? 0755 : 0644, 7));
    put(108, octal(0, 7));
    put(116, octal(0, 7));
    put(124, octal(content.size(), 11));
    put(136, octal(0, 11));
    put(148, QByteArray(8, ' '));
    header[156] = type;
    put(157, target);
    put(257, QByteArray("ustar\00000", 8));
    int sum = 0;
    for (const char c : std::as_const(header))
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + '\0');
    const qsizetype padding = (512 - content.size() % 512) % 512;
    return header + content + QByteArray(padding, '\0');
}

} // namespace

Result<ContainerFacts> parseFacts(const QJsonObject &answer)
{
    ContainerFacts facts;
    facts.user = answer[QLatin1String("user")].toInteger();
    facts.etc = answer[QLatin1String("etc")].toString();
    facts.seccomp = answer[QLatin1String("seccomp")].toString();
    facts.seccompPath = answer[QLatin1String("seccomp_path")].toString();
    facts.processor = processorOf(answer[QLatin1String("arch")].toString());
    static const QStringList known{str("/bin"), str("/sbin"), str("/lib"), str("/lib32"), str("/lib64")};
    const QJsonObject links = answer[QLatin1String("links")].toObject();
    const QJsonArray folders = answer[QLatin1String("folders")].toArray();
    for (const QString &name : known) {
        if (const QString target = links[name].toString(); !target.isEmpty() && target.size() < 100)
            facts.links.insert(name, target);
        else if (folders.contains(name))
            facts.folders.append(name);
    }
    const bool complete = facts.etc.startsWith(QLatin1Char('/')) && facts.seccompPath.startsWith(QLatin1Char('/')) &&
                          QJsonDocument::fromJson(facts.seccomp.toUtf8()).isObject();
    if (!complete)
        return Error{ErrorKind::Protocol,
                     QCoreApplication::translate("Sandbox", "The launcher answered something that makes no sense."),
                     {}};
    return facts;
}

ImageFacts parseImage(const QJsonObject &answer)
{
    ImageFacts facts;
    facts.processor = answer[QLatin1String("Architecture")].toString().left(40);
    const QStringList volumes = answer[QLatin1String("Config")].toObject()[QLatin1String("Volumes")].toObject().keys();
    for (const QString &folder : volumes) {
        if (isForeignFolder(folder) && facts.volumes.size() < mostVolumes)
            facts.volumes.append(folder);
    }
    return facts;
}

QJsonObject make(const SandboxSpec &spec, const ContainerPlan &plan)
{
    return {{str("Image"), plan.image},
            {str("Entrypoint"), QJsonArray{str("/opt/flotilla/agent")}},
            {str("Cmd"), QJsonArray{str("serve"), str("--hand"), str("/opt/flotilla/hand/hand.sock"), str("--limits"),
                                    agentLimits(spec.limits)}},
            {str("User"), QString(userOf(plan) + QLatin1Char(':') + userOf(plan))},
            {str("WorkingDir"), str("/app")},
            {str("Hostname"), str("flotilla")},
            {str("Env"), environment(spec, plan.ownImage)},
            {str("Healthcheck"), QJsonObject{{str("Test"), QJsonArray{str("NONE")}}}},
            {str("Labels"), labels(spec, plan)},
            {str("Tty"), false},
            {str("OpenStdin"), false},
            {str("NetworkDisabled"), true}, // Docker then runs no helper of its own per container to leave it empty
            {str("StopSignal"), str("SIGKILL")},
            {str("StopTimeout"), 1},
            {str("HostConfig"), hostConfig(spec, plan)}};
}

QByteArray skeleton(const ContainerFacts &facts)
{
    QByteArray tar;
    for (const char *open : {"app", "data", "tmp"}) // runc gives a tmpfs the mode of the folder below it
        tar += tarEntry(QByteArray(open) + '/', '5', {}, {}, 01777);
    for (const char *folder : {"dev", "etc", "etc/alternatives", "opt", "opt/flotilla", "opt/flotilla/hand",
                               "opt/flotilla/runtime", "proc", "run", "sys", "usr", "var", "var/tmp"})
        tar += tarEntry(QByteArray(folder) + '/', '5', {});
    QStringList names = facts.links.keys() + facts.folders;
    std::sort(names.begin(), names.end());
    for (const QString &name : std::as_const(names)) {
        const QByteArray path = name.mid(1).toUtf8();
        const QString target = facts.links.value(name);
        tar += target.isEmpty() ? tarEntry(path + '/', '5', {}) : tarEntry(path, '2', {}, target.toUtf8());
    }
    tar += tarEntry("etc/passwd", '0', "app:x:1000:1000:Generated app:/tmp:/bin/sh\n");
    tar += tarEntry("etc/group", '0', "app:x:1000:\nnogroup:x:65534:\n");
    tar += tarEntry("etc/nsswitch.conf", '0', "passwd: files\ngroup: files\nhosts: files\n");
    for (const char *file : {"etc/ld.so.cache", "etc/hosts", "etc/hostname", "etc/resolv.conf", "opt/flotilla/agent"})
        tar += tarEntry(file, '0', {});
    return tar + QByteArray(1024, '\0');
}

} // namespace Flotilla::ContainerBody
