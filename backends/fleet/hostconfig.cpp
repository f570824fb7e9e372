// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostconfig.h"

#include "backends/fleet/hostwords.h"

#include <QRegularExpression>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int longestId = 40;
constexpr int longestLabel = 80;
constexpr int longestTarget = 255;

Error refuse(const char *text)
{
    return {ErrorKind::Invalid, HostWords::tr(text), {}};
}

bool isTarget(const QString &target)
{
    const auto bad = [](QChar c) { return c.isSpace() || c.unicode() < 0x21 || c.unicode() == 0x7f; };
    return !target.isEmpty() && target.size() <= longestTarget && !target.startsWith(QLatin1Char('-')) &&
           std::none_of(target.cbegin(), target.cend(), bad);
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
            QT_TRANSLATE_NOOP("Hosts", "A host's name needs letters, digits or dashes, and cannot be \"any\"."));
    if (config.label.simplified().isEmpty() || config.label.size() > longestLabel)
        return refuse(QT_TRANSLATE_NOOP("Hosts", "A host needs a name of at most 80 letters."));
    const bool local = config.id.value == QLatin1String("local");
    if (local != config.target.isEmpty() || (!local && !isTarget(config.target)))
        return refuse(QT_TRANSLATE_NOOP("Hosts", "Say where the host is: an alias of your SSH config, or user@host."));
    static const QStringList backends{
        {}, QStringLiteral("bubblewrap"), QStringLiteral("podman"), QStringLiteral("docker")};
    if (!backends.contains(config.backend))
        return refuse(QT_TRANSLATE_NOOP("Hosts", "Sandboxes are made by bubblewrap, podman or docker."));
    if (config.capacity < 0 || config.capacity > 100'000)
        return refuse(QT_TRANSLATE_NOOP("Hosts", "The capacity is a number from 0 to 100000."));
    return {};
}

HostConfig toConfig(const HostRecord &record)
{
    return {record.id, record.label, record.target, record.backend, record.pooled, record.draining, record.capacity};
}

HostRecord toRecord(const HostConfig &config, const QDateTime &created)
{
    return {config.id,     config.label,    config.target,   config.backend,
            config.pooled, config.draining, config.capacity, created};
}

} // namespace Flotilla
