// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/knownhosts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <libssh/libssh.h>

#include <algorithm>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr qint64 maxFile = 4 * 1024 * 1024;
constexpr qint64 maxKnownLine = 16 * 1024;
constexpr qsizetype mostHostKeys = 64;
constexpr const char *defaultAlgorithms = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
                                          "rsa-sha2-512,rsa-sha2-256";

QByteArray base64Of(ssh_key key)
{
    char *text = nullptr;
    if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
        return {};
    QByteArray copy(text);
    ssh_string_free_char(text);
    return copy;
}

QByteArray hashedName(const QByteArray &name)
{
    QByteArray salt(20, 0);
    for (char &byte : salt)
        byte = char(QRandomGenerator::system()->bounded(256));
    const QByteArray hash = QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1);
    return "|1|" + salt.toBase64() + '|' + hash.toBase64();
}

bool matches(const QString &name, const QByteArray &line, QByteArray &type, QByteArray &key)
{
    struct ssh_knownhosts_entry *entry = nullptr;
    if (ssh_known_hosts_parse_line(name.toUtf8().constData(), line.constData(), &entry) != SSH_OK || !entry)
        return false;
    if (entry->publickey) {
        type = ssh_key_type_to_char(ssh_key_type(entry->publickey));
        key = base64Of(entry->publickey);
    }
    ssh_knownhosts_entry_free(entry);
    return !key.isEmpty();
}

/// Cuts "rsa-sha2-512" and the like to the type of the key.
QList<QByteArray> algorithmsFor(const QByteArray &type)
{
    if (type == "ssh-rsa")
        return {"rsa-sha2-512", "rsa-sha2-256"};
    return {type};
}

} // namespace

KnownHosts::KnownHosts(const SshTarget &target)
    : m_target(target)
{
    m_plainName = target.hostName.toLower();
    m_name = target.port == 22 ? m_plainName : QStringLiteral("[%1]:%2").arg(m_plainName).arg(target.port);
    if (!target.hostKeyAlias.isEmpty())
        m_name = m_plainName = target.hostKeyAlias;
    for (const QString &path : target.userKnownHosts + target.globalKnownHosts)
        readFile(path);
}

void KnownHosts::readFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return;
    qint64 total = 0;
    while (!file.atEnd() && total < maxFile && m_entries.size() < mostHostKeys) {
        const QByteArray line = file.readLine(maxKnownLine);
        total += line.size();
        readLine(line.trimmed(), path);
    }
}

void KnownHosts::readLine(const QByteArray &line, const QString &path)
{
    if (line.isEmpty() || line.startsWith('#') || line.contains('\0') || line.startsWith("@cert-authority"))
        return;
    Entry entry;
    entry.revoked = line.startsWith("@revoked ");
    const QByteArray rest = entry.revoked ? line.mid(9).trimmed() : line;
    if (rest.startsWith('@'))
        return;
    if (!matches(m_name, rest, entry.type, entry.key)) {
        entry.otherPort = true;
        if (m_name == m_plainName || !matches(m_plainName, rest, entry.type, entry.key))
            return;
    }
    if (!entry.otherPort && !entry.revoked && m_file.isEmpty())
        m_file = path;
    m_entries.append(entry);
}

KnownHosts::Verdict KnownHosts::check(ssh_key key) const
{
    const QByteArray shown = base64Of(key);
    const auto same = [&](const Entry &entry) { return entry.key == shown; };
    const auto revoked = [&](const Entry &entry) { return same(entry) && entry.revoked; };
    const auto good = [&](const Entry &entry) { return same(entry) && !entry.revoked; };
    const auto counts = [](const Entry &entry) { return !entry.revoked && !entry.otherPort; };
    if (std::any_of(m_entries.begin(), m_entries.end(), revoked))
        return Verdict::Revoked;
    if (std::any_of(m_entries.begin(), m_entries.end(), good))
        return Verdict::Known;
    return std::any_of(m_entries.begin(), m_entries.end(), counts) ? Verdict::Changed : Verdict::Unknown;
}

QByteArray KnownHosts::algorithms() const
{
    QList<QByteArray> wanted;
    for (const Entry &entry : m_entries) {
        if (!entry.revoked)
            wanted += algorithmsFor(entry.type);
    }
    wanted += QByteArray(defaultAlgorithms).split(',');
    QByteArrayList unique;
    for (const QByteArray &algorithm : std::as_const(wanted)) {
        if (!unique.contains(algorithm))
            unique.append(algorithm);
    }
    return unique.join(',');
}

Status KnownHosts::remember(ssh_key key) const
{
    const QString path = m_target.userKnownHosts.value(0);
    if (path.isEmpty() || path == QLatin1String("/dev/null"))
        return {};
    const QByteArray name = m_name.toUtf8();
    QByteArray line = (m_target.hashKnownHosts ? hashedName(name) : name) + ' ' +
                      ssh_key_type_to_char(ssh_key_type(key)) + ' ' + base64Of(key) + '\n';
    const QString folder = QFileInfo(path).path();
    if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile file(path);
    const bool fresh = !file.exists();
    if (file.open(QIODevice::ReadOnly) && file.size() > 0 && file.seek(file.size() - 1) && file.read(1) != "\n")
        line.prepend('\n');
    file.close();
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(line) == line.size();
    if (fresh)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (written && file.flush())
        return {};
    return Error{
        ErrorKind::Storage,
        QCoreApplication::translate("Hosts", "The key of %1 could not be written to %2.").arg(m_target.name, path),
        QStringLiteral("host-key: ") + file.errorString()};
}

QString fingerprintOf(ssh_key key)
{
    unsigned char *hash = nullptr;
    size_t size = 0;
    if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0)
        return {};
    char *text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    const QString copy = QString::fromLatin1(text);
    ssh_string_free_char(text);
    ssh_clean_pubkey_hash(&hash);
    return copy;
}

} // namespace Flotilla
