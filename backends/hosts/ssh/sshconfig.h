// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QStringList>

#include <chrono>

namespace Flotilla {

enum class HostKeyPolicy { Ask, AcceptNew, Strict, AcceptAll };

/// What `ssh -G` says about one target: the person's config, their Includes and Matches, and the defaults.
struct SshTarget
{
    QString name; ///< as it was asked for
    QString hostName;
    quint16 port = 22;
    QString user;
    QStringList identityFiles; ///< with ~ and tokens replaced
    bool identitiesOnly = false;
    QString identityAgent; ///< path; empty: there is none
    QStringList userKnownHosts;
    QStringList globalKnownHosts;
    HostKeyPolicy policy = HostKeyPolicy::Ask;
    QString hostKeyAlias;
    bool hashKnownHosts = false;
    std::chrono::seconds connectTimeout{10};
    QStringList jumps; ///< nearest first, each as "[user@]host[:port]"
    QString proxyCommand;
    bool publicKeys = true;
    bool passwords = true;
    bool keyboardInteractive = true;
};

/// The values that ssh replaces in file names.
struct SshTokens
{
    QString home;
    QString localUser;
    QString agentSocket; ///< SSH_AUTH_SOCK
};

namespace SshConfig {

/// True for what may follow `ssh` on a command line: not an option, no blanks, nothing a shell would notice.
bool isSafeTarget(const QString &target);
/// The arguments of `ssh` that resolve `target`, which may be "[user@]host[:port]", "ssh://..." or an alias.
QStringList resolveArguments(const QString &target, const QString &configFile, bool isJump);
/// Reads the answer of `ssh -G`: bounded, whatever it says.
Result<SshTarget> parse(const QByteArray &output, const QString &name, const SshTokens &tokens);

} // namespace SshConfig

} // namespace Flotilla
