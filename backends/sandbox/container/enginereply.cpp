// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/enginereply.h"

#include "backends/sandbox/sandboxrules.h"
#include "backends/sandbox/sandboxwords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int maxObjectBytes = 1024 * 1024;

Error noSense(const QString &detail)
{
    return {ErrorKind::Protocol,
            QCoreApplication::translate("Sandbox", "The container engine answered something that makes no sense."),
            detail.left(500)};
}

bool mentions(const QString &text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](const char *word) { return text.contains(QLatin1String(word), Qt::CaseInsensitive); });
}

EngineContainer fromLabels(const QJsonObject &labels)
{
    EngineContainer container;
    container.id.value = labels[QLatin1String(EngineLabel::sandbox)].toString();
    container.app.value = labels[QLatin1String(EngineLabel::app)].toString();
    container.owner = labels[QLatin1String(EngineLabel::owner)].toString();
    const qint64 created = labels[QLatin1String(EngineLabel::created)].toString().toLongLong();
    container.created = QDateTime::fromMSecsSinceEpoch(created, Qt::UTC);
    return container;
}

/// "Exited (137) 3 seconds ago"
int exitCodeIn(const QString &status)
{
    static const QRegularExpression pattern(QStringLiteral("\\((-?\\d{1,5})\\)"));
    return pattern.match(status.left(100)).captured(1).toInt();
}

std::pair<int, int> versionParts(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('.'));
    return {parts.value(0).toInt(), parts.value(1).toInt()};
}

/// The end of the first complete object in `bytes`, 0 when there is none yet.
qsizetype endOfObject(const QByteArray &bytes)
{
    int depth = 0;
    bool inString = false, escaped = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth <= 0) {
            return i + 1;
        }
    }
    return 0;
}

} // namespace

EngineVerdict EngineReply::verdict() const
{
    if (status >= 200 && status < 300)
        return EngineVerdict::Done;
    if (status == 304)
        return EngineVerdict::AlreadySo;
    const QString text = message();
    if (status == 404 || mentions(text, {"no such container", "no such image", "no container with", "image not known"}))
        return EngineVerdict::NotFound;
    if (status == 409 || mentions(text, {"already in use", "container state improper", "is not running"}))
        return EngineVerdict::Conflict;
    return status == 400 ? EngineVerdict::Refused : EngineVerdict::Failed;
}

QString EngineReply::message() const
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    QString text = json[QLatin1String("message")].toString();
    if (text.isEmpty())
        text = QString::fromUtf8(body.left(500));
    return text.simplified().left(500);
}

Result<QJsonObject> EngineReply::object() const
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    if (!json.isObject())
        return noSense(QString::fromUtf8(body.left(200)));
    return json.object();
}

Result<QJsonArray> EngineReply::array() const
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    if (!json.isArray())
        return noSense(QString::fromUtf8(body.left(200)));
    return json.array();
}

namespace EngineParse {

QList<EngineContainer> list(const QJsonArray &answer)
{
    QList<EngineContainer> containers;
    for (const QJsonValue &value : answer) {
        const QJsonObject entry = value.toObject();
        EngineContainer container = fromLabels(entry[QLatin1String("Labels")].toObject());
        if (!isSafeSandboxName(container.id.value))
            continue;
        container.containerId = entry[QLatin1String("Id")].toString();
        container.state = entry[QLatin1String("State")].toString().toLower();
        container.exitCode = exitCodeIn(entry[QLatin1String("Status")].toString());
        containers.append(container);
    }
    return containers;
}

EngineContainer inspect(const QJsonObject &answer)
{
    const QJsonObject state = answer[QLatin1String("State")].toObject();
    EngineContainer container =
        fromLabels(answer[QLatin1String("Config")].toObject()[QLatin1String("Labels")].toObject());
    container.containerId = answer[QLatin1String("Id")].toString();
    container.state = state[QLatin1String("Status")].toString().toLower();
    container.exitCode = state[QLatin1String("ExitCode")].toInt();
    container.oomKilled = state[QLatin1String("OOMKilled")].toBool();
    container.error = state[QLatin1String("Error")].toString().simplified().left(500);
    return container;
}

QJsonObject withControllers(QJsonObject info, const QJsonObject &libpod)
{
    const QJsonArray controllers =
        libpod[QLatin1String("host")].toObject()[QLatin1String("cgroupControllers")].toArray();
    constexpr std::pair<const char *, const char *> names[] = {
        {"MemoryLimit", "memory"}, {"PidsLimit", "pids"}, {"CpuCfsQuota", "cpu"}};
    for (const auto &[limit, controller] : names)
        info[QLatin1String(limit)] = controllers.contains(QLatin1String(controller));
    return info;
}

Status canEnforce(const QJsonObject &info)
{
    const auto lacks = [](const QString &detail) {
        return Error{ErrorKind::Unsupported,
                     SandboxWords::tr("This container engine cannot limit memory, processes and processor time here. "
                                      "Without root that takes cgroup v2 and a systemd of the user."),
                     detail};
    };
    // Podman calls the limits possible there, and then leaves them out
    if (info[QLatin1String("Rootless")].toBool() && info[QLatin1String("CgroupVersion")] == QLatin1String("1"))
        return lacks(QStringLiteral("It is rootless, on cgroup v1."));
    for (const char *limit : {"MemoryLimit", "PidsLimit", "CpuCfsQuota"}) {
        if (!info[QLatin1String(limit)].toBool())
            return lacks(QStringLiteral("%1 is off.").arg(QLatin1String(limit)));
    }
    const QJsonArray security = info[QLatin1String("SecurityOptions")].toArray();
    for (const QJsonValue &option : security) {
        if (option.toString().startsWith(QLatin1String("name=seccomp")))
            return {};
    }
    return Error{ErrorKind::Unsupported, SandboxWords::tr("This container engine has no system call filter."), {}};
}

QString negotiate(const QJsonObject &version)
{
    constexpr std::pair<int, int> newest{1, 44}, oldest{1, 40}; // tried with 1.41; 1.44 is the floor of Docker 29
    const auto theirs = versionParts(version[QLatin1String("ApiVersion")].toString());
    const auto least = versionParts(version[QLatin1String("MinAPIVersion")].toString());
    const auto chosen = std::max(std::min(theirs, newest), least);
    if (theirs < oldest || chosen > theirs)
        return {};
    return QStringLiteral("%1.%2").arg(chosen.first).arg(chosen.second);
}

bool objects(QByteArray &pending, QList<QJsonObject> &found)
{
    for (;;) {
        while (!pending.isEmpty() && (pending.front() == '\n' || pending.front() == '\r' || pending.front() == ' '))
            pending.remove(0, 1);
        if (!pending.isEmpty() && pending.front() != '{')
            return false;
        const qsizetype end = endOfObject(pending);
        if (end == 0)
            return pending.size() <= maxObjectBytes;
        const QJsonDocument json = QJsonDocument::fromJson(pending.left(end));
        if (!json.isObject())
            return false;
        found.append(json.object());
        pending.remove(0, end);
    }
}

} // namespace EngineParse

} // namespace Flotilla
