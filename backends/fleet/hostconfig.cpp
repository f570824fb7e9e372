// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostconfig.h"

#include "backends/fleet/hostwords.h"
#include "backends/hosts/ssh/sshconfig.h"
#include "backends/sandbox/imagename.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr int longestId = 40;
constexpr int longestLabel = 80;
constexpr int shownTarget = 60;

Error refuse(const char *text)
{
    return {ErrorKind::Invalid, HostWords::tr(text), {}};
}

/// As much of it as a sentence can hold, and nothing that a terminal would obey.
QString shown(const QString &target)
{
    QString text = target.left(shownTarget);
    for (QChar &c : text) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    return target.size() > shownTarget ? text + QChar(0x2026) : text;
}

Status checkTarget(const QString &target)
{
    if (target.isEmpty())
        return refuse(QT_TRANSLATE_NOOP("Hosts", "Say where the host is: an alias of your SSH config, or user@host."));
    if (SshConfig::isSafeTarget(target))
        return {};
    return Error{
        ErrorKind::Invalid,
        HostWords::tr("\"%1\" cannot be the SSH target of a host. Use an alias of your SSH config, user@host or "
                      "ssh://user@host:2222; an alias has letters from a to z, digits, dots and dashes.")
            .arg(shown(target)),
        {}};
}

} // namespace

HostId hostIdFor(const QString &label)
{
    QString id;
    for (const QChar c : label.toLower()) {
        const bool plain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || c.isDigit();
        if (plain && c.unicode() < 0x80)
            id += c;
        else if (!id.isEmpty() && !id.endsWith(QLatin1Char('-')))
            id += QLatin1Char('-');
    }
    id.truncate(longestId);
    while (id.endsWith(QLatin1Char('-')))
        id.chop(1);
    return {id};
}

Status checkHostConfig(const HostConfig &config)
{
    static const QRegularExpression plain(QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,39}\\z"));
    if (!plain.match(config.id.value).hasMatch() || config.id.value == QLatin1String("any"))
        return refuse(
            QT_TRANSLATE_NOOP("Hosts", "A host's name needs letters from a to z or digits, and cannot be \"any\"."));
    static const QRegularExpression suffixes(QStringLiteral("\\A[0-9a-f]{0,16}\\z")); // part of paths there
    if (!suffixes.match(config.suffix).hasMatch())
        return refuse(
            QT_TRANSLATE_NOOP("Hosts", "What is stored about the host is damaged. Remove it and add it again."));
    if (config.label.simplified().isEmpty() || config.label.size() > longestLabel)
        return refuse(QT_TRANSLATE_NOOP("Hosts", "A host needs a name of at most 80 letters."));
    const bool local = config.id.value == QLatin1String("local");
    if (local && !config.target.isEmpty())
        return refuse(QT_TRANSLATE_NOOP("Hosts", "This computer is called \"local\"; give the host another name."));
    if (const Status target = local ? Status() : checkTarget(config.target); !target)
        return target;
    static const QStringList backends{
        {}, QStringLiteral("bubblewrap"), QStringLiteral("podman"), QStringLiteral("docker")};
    if (!backends.contains(config.backend))
        return refuse(QT_TRANSLATE_NOOP("Hosts", "Sandboxes are made by bubblewrap, podman or docker."));
    if (const Status image = checkImageUse(config.image, config.backend); !image)
        return image;
    if (config.capacity < 0 || config.capacity > 100'000)
        return refuse(QT_TRANSLATE_NOOP("Hosts", "The capacity is a number from 0 to 100000."));
    return {};
}

QString hostSuffix(const HostId &host)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(host.value.toUtf8(), QCryptographicHash::Sha256).toHex().left(5));
}

HostConfig toConfig(const HostRecord &record)
{
    return {record.id,       record.label,    record.target, record.backend, record.pooled,
            record.draining, record.capacity, record.suffix, record.image};
}

HostRecord toRecord(const HostConfig &config, const QDateTime &created)
{
    return {config.id,       config.label,    config.target, config.backend, config.pooled,
            config.draining, config.capacity, created,       config.suffix,  config.image};
}

} // namespace Flotilla
