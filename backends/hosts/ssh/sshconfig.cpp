// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshconfig.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

#include <unistd.h>

namespace Flotilla::SshConfig {

namespace {

constexpr qsizetype maxOutput = 256 * 1024;
constexpr qsizetype maxValue = 4096;
constexpr qsizetype maxFiles = 32;
constexpr qsizetype maxJumps = 8;

QString expandTokens(const QString &path, const SshTarget &target, const SshTokens &tokens)
{
    const QHash<QChar, QString> values{
        {QLatin1Char('%'), QStringLiteral("%")}, {QLatin1Char('d'), tokens.home},
        {QLatin1Char('h'), target.hostName},     {QLatin1Char('i'), QString::number(geteuid())},
        {QLatin1Char('n'), target.name},         {QLatin1Char('p'), QString::number(target.port)},
        {QLatin1Char('r'), target.user},         {QLatin1Char('u'), tokens.localUser}};
    QString expanded;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const bool token = path.at(i) == QLatin1Char('%') && i + 1 < path.size() && values.contains(path.at(i + 1));
        expanded += token ? values.value(path.at(++i)) : QString(path.at(i));
    }
    return expanded;
}

QString expandPath(const QString &path, const SshTarget &target, const SshTokens &tokens)
{
    QString expanded = expandTokens(path, target, tokens);
    if (expanded.startsWith(QLatin1String("~/")))
        expanded.replace(0, 1, tokens.home);
    return expanded;
}

QStringList paths(const QString &value)
{
    QStringList list = value.split(QLatin1Char(' '), Qt::SkipEmptyParts).mid(0, maxFiles);
    list.removeAll(QStringLiteral("none"));
    return list;
}

HostKeyPolicy policyFrom(const QString &value)
{
    if (value == QLatin1String("true") || value == QLatin1String("yes"))
        return HostKeyPolicy::Strict;
    if (value == QLatin1String("accept-new"))
        return HostKeyPolicy::AcceptNew;
    return value == QLatin1String("false") || value == QLatin1String("no") || value == QLatin1String("off")
               ? HostKeyPolicy::AcceptAll
               : HostKeyPolicy::Ask;
}

QString agentFrom(const QString &value, const SshTokens &tokens)
{
    if (value.isEmpty() || value == QLatin1String("SSH_AUTH_SOCK"))
        return tokens.agentSocket;
    if (value == QLatin1String("none"))
        return {};
    return value.startsWith(QLatin1Char('$')) ? qEnvironmentVariable(value.mid(1).toLatin1().constData()) : value;
}

bool isYes(const QString &value)
{
    return value == QLatin1String("yes") || value == QLatin1String("true");
}

using Setter = std::function<void(SshTarget &, const QString &)>;

const QHash<QString, Setter> &setters()
{
    static const QHash<QString, Setter> table{
        {QStringLiteral("hostname"), [](SshTarget &t, const QString &v) { t.hostName = v; }},
        {QStringLiteral("user"), [](SshTarget &t, const QString &v) { t.user = v; }},
        {QStringLiteral("port"), [](SshTarget &t, const QString &v) { t.port = v.toUShort(); }},
        {QStringLiteral("identityfile"),
         [](SshTarget &t, const QString &v) {
             if (t.identityFiles.size() < maxFiles && v != QLatin1String("none"))
                 t.identityFiles.append(v);
         }},
        {QStringLiteral("identitiesonly"), [](SshTarget &t, const QString &v) { t.identitiesOnly = isYes(v); }},
        {QStringLiteral("identityagent"), [](SshTarget &t, const QString &v) { t.identityAgent = v; }},
        {QStringLiteral("userknownhostsfile"), [](SshTarget &t, const QString &v) { t.userKnownHosts = paths(v); }},
        {QStringLiteral("globalknownhostsfile"), [](SshTarget &t, const QString &v) { t.globalKnownHosts = paths(v); }},
        {QStringLiteral("stricthostkeychecking"), [](SshTarget &t, const QString &v) { t.policy = policyFrom(v); }},
        {QStringLiteral("hostkeyalias"), [](SshTarget &t, const QString &v) { t.hostKeyAlias = v; }},
        {QStringLiteral("hashknownhosts"), [](SshTarget &t, const QString &v) { t.hashKnownHosts = isYes(v); }},
        {QStringLiteral("connecttimeout"),
         [](SshTarget &t, const QString &v) {
             if (const int seconds = v.toInt(); seconds > 0)
                 t.connectTimeout = std::chrono::seconds(std::min(seconds, 120));
         }},
        {QStringLiteral("proxyjump"),
         [](SshTarget &t, const QString &v) {
             if (v != QLatin1String("none"))
                 t.jumps = v.split(QLatin1Char(','), Qt::SkipEmptyParts);
         }},
        {QStringLiteral("proxycommand"),
         [](SshTarget &t, const QString &v) { t.proxyCommand = v == QLatin1String("none") ? QString() : v; }},
        {QStringLiteral("pubkeyauthentication"),
         [](SshTarget &t, const QString &v) {
             t.publicKeys = v != QLatin1String("no") && v != QLatin1String("false");
         }},
        {QStringLiteral("passwordauthentication"), [](SshTarget &t, const QString &v) { t.passwords = isYes(v); }},
        {QStringLiteral("kbdinteractiveauthentication"),
         [](SshTarget &t, const QString &v) { t.keyboardInteractive = isYes(v); }},
    };
    return table;
}

Error unusable(const QString &name, const QString &detail)
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Hosts", "The SSH configuration of %1 cannot be used. Look at what "
                                                 "\"ssh -G %1\" prints.")
                .arg(name),
            QStringLiteral("resolve: ") + detail};
}

bool isHostName(const QString &name)
{
    static const QRegularExpression legal(QStringLiteral("\\A[A-Za-z0-9_.:%][A-Za-z0-9_.:%-]{0,254}\\z"));
    return legal.match(name).hasMatch();
}

bool isUserName(const QString &name)
{
    static const QRegularExpression legal(QStringLiteral("\\A[A-Za-z0-9_.@+\\\\][A-Za-z0-9_.@+\\\\$-]{0,63}\\z"));
    return legal.match(name).hasMatch();
}

Result<SshTarget> checked(SshTarget target)
{
    if (!isHostName(target.hostName))
        return unusable(target.name, QStringLiteral("the host name"));
    if (!isUserName(target.user))
        return unusable(target.name, QStringLiteral("the user name"));
    if (target.port == 0)
        return unusable(target.name, QStringLiteral("the port"));
    if (!target.hostKeyAlias.isEmpty() && !isHostName(target.hostKeyAlias))
        return unusable(target.name, QStringLiteral("HostKeyAlias"));
    if (target.jumps.size() > maxJumps)
        return unusable(target.name, QStringLiteral("too many jump hosts"));
    for (const QString &jump : std::as_const(target.jumps)) {
        if (!isSafeTarget(jump))
            return unusable(target.name, QStringLiteral("ProxyJump"));
    }
    return target;
}

} // namespace

bool isSafeTarget(const QString &target)
{
    static const QRegularExpression legal(QStringLiteral("\\A[A-Za-z0-9_.:/%\\[][A-Za-z0-9_.:/%\\[\\]@+-]{0,254}\\z"));
    return legal.match(target).hasMatch();
}

QStringList resolveArguments(const QString &target, const QString &configFile, bool isJump)
{
    QStringList arguments{QStringLiteral("-T"), QStringLiteral("-G")};
    if (!configFile.isEmpty())
        arguments << QStringLiteral("-F") << configFile;
    // "host:port" is a host name for ssh, except in a URI and in ProxyJump.
    const bool uri = isJump && !target.startsWith(QLatin1String("ssh://"));
    return arguments << QStringLiteral("--") << (uri ? QStringLiteral("ssh://") + target : target);
}

Result<SshTarget> parse(const QByteArray &output, const QString &name, const SshTokens &tokens)
{
    if (output.size() > maxOutput)
        return unusable(name, QStringLiteral("too long"));
    SshTarget target;
    target.name = name;
    for (const QByteArray &line : output.split('\n')) {
        const qsizetype blank = line.indexOf(' ');
        if (blank <= 0 || line.size() > maxValue)
            continue;
        const auto setter = setters().constFind(QString::fromUtf8(line.left(blank)).toLower());
        if (setter != setters().cend())
            (*setter)(target, QString::fromUtf8(line.mid(blank + 1)).trimmed());
    }
    target.identityAgent = agentFrom(target.identityAgent, tokens);
    const auto expand = [&](const QString &path) { return expandPath(path, target, tokens); };
    for (QStringList *list : {&target.identityFiles, &target.userKnownHosts, &target.globalKnownHosts})
        std::transform(list->begin(), list->end(), list->begin(), expand);
    target.identityAgent = expand(target.identityAgent);
    return checked(std::move(target));
}

} // namespace Flotilla::SshConfig
