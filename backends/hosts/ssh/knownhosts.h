// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/hosts/ssh/sshconfig.h"

#include <QStringList>

struct ssh_key_struct;

namespace Flotilla {

/// The person's known_hosts files, read as ssh reads them (hashed names, patterns, ports, aliases, revoked keys).
class KnownHosts
{
public:
    enum class Verdict { Known, Unknown, Changed, Revoked };

    explicit KnownHosts(const SshTarget &target);

    Verdict check(ssh_key_struct *key) const;
    /// The algorithms to ask the server for, those of recorded keys first, so that it shows a key that can be compared.
    QByteArray algorithms() const;
    Status remember(ssh_key_struct *key) const;
    /// The file that has another key, for the remedy.
    QString file() const { return m_file; }
    QString name() const { return m_name; } ///< as it stands in the files: alias, host, or "[host]:port"

private:
    void readFile(const QString &path);
    void readLine(const QByteArray &line, const QString &path);

    struct Entry
    {
        QByteArray type;
        QByteArray key; ///< base64
        bool revoked = false;
        bool otherPort = false; ///< recorded without the port: counts only when it is the same key
    };
    SshTarget m_target;
    QString m_name;
    QString m_plainName;
    QList<Entry> m_entries;
    QString m_file;
};

/// "SHA256:..." as ssh shows it.
QString fingerprintOf(ssh_key_struct *key);

} // namespace Flotilla
