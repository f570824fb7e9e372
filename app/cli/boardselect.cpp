// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/boardselect.h"

#include "app/application/application.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/hostservice.h"

#include <QCoroFuture>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace Flotilla {

namespace {

bool fits(const QStringList &wanted, const QStringList &values)
{
    for (const QString &one : wanted) {
        const auto equal = [&one](const QString &value) { return value.compare(one, Qt::CaseInsensitive) == 0; };
        if (std::none_of(values.cbegin(), values.cend(), equal))
            return false;
    }
    return true;
}

} // namespace

Status Selector::check() const
{
    for (const QString &state : states) {
        if (!sandboxStateFromString(state.toLower()))
            return Error{
                ErrorKind::Invalid,
                QStringLiteral("\"%1\" is no state; use pending, creating, running, stopping, stopped, failed or lost.")
                    .arg(state.left(40)),
                {}};
    }
    return {};
}

Result<Selector> Selector::parse(const QString &text)
{
    Selector selector;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString key = word.section(QLatin1Char(':'), 0, 0);
        const QString value = word.section(QLatin1Char(':'), 1);
        if (!word.contains(QLatin1Char(':')))
            selector.words.append(word);
        else if (key == QLatin1String("host"))
            selector.hosts.append(value);
        else if (key == QLatin1String("state"))
            selector.states.append(value);
        else if (key == QLatin1String("label"))
            selector.labels.append(value);
        else if (key == QLatin1String("app"))
            selector.apps.append(value);
        else
            return Error{ErrorKind::Invalid,
                         QStringLiteral("\"%1\" cannot be selected by; use host:, state:, label:, app: or words.")
                             .arg(key.left(40)),
                         {}};
    }
    if (const Status good = selector.check(); !good)
        return good.error();
    return selector;
}

bool Selector::matches(const FleetRow &row) const
{
    if (!fits(hosts, {row.host.value, row.hostLabel}) || !fits(states, {toString(row.state)}) ||
        !fits(labels, row.labels) || !fits(apps, {row.app.value, row.title}))
        return false;
    for (const QString &word : words) {
        if (!row.title.contains(word, Qt::CaseInsensitive) && !row.app.value.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

bool Selector::isEmpty() const
{
    return hosts.isEmpty() && states.isEmpty() && labels.isEmpty() && apps.isEmpty() && words.isEmpty();
}

Status checkBackend(const QString &name)
{
    static const QStringList backends{
        {}, QStringLiteral("bubblewrap"), QStringLiteral("podman"), QStringLiteral("docker")};
    return backends.contains(name)
               ? Status()
               : Status(Error{ErrorKind::Invalid,
                              QStringLiteral("\"%1\" is not bubblewrap, podman or docker.").arg(name.left(40)),
                              {}});
}

int reportItems(CommandContext *context, const QList<FleetItemResult> &results, const QString &verb)
{
    QJsonArray items;
    int good = 0;
    for (const FleetItemResult &item : results) {
        good += item.ok ? 1 : 0;
        items.append(QJsonObject{{QStringLiteral("app"), item.app.value},
                                 {QStringLiteral("title"), item.title},
                                 {QStringLiteral("ok"), item.ok},
                                 {QStringLiteral("text"), item.text}});
        if (!item.ok)
            context->output.note(QStringLiteral("%1: %2").arg(item.title, item.text));
    }
    context->output.value(QJsonObject{{verb, good}, {QStringLiteral("items"), items}});
    context->output.line(results.isEmpty()
                             ? QStringLiteral("Nothing to do: 0 apps %1.").arg(verb)
                             : QStringLiteral("%1 of %2 apps %3.").arg(good).arg(results.size()).arg(verb));
    return good == results.size() ? 0 : 1;
}

QCoro::Task<Status> adoptEverything(CommandContext *context)
{
    const Result<QList<FleetEntry>> listed = co_await context->application.fleet().list();
    if (!listed)
        co_return listed.error();
    co_return Status();
}

QCoro::Task<Result<QString>> hostNamed(CommandContext *context, QString name)
{
    if (name == QLatin1String("any")) {
        const Result<QStringList> leftOut = co_await context->application.hostService().connectPool();
        for (const QString &sentence : leftOut ? *leftOut : QStringList())
            context->output.note(sentence);
        co_return QString(name);
    }
    const Result<QList<HostCard>> cards = co_await context->application.hostService().hosts();
    if (!cards)
        co_return cards.error();
    for (const HostCard &card : *cards) {
        if (card.config.id.value == name || card.config.label == name)
            co_return QString(card.config.id.value);
    }
    co_return Error{ErrorKind::NotFound, QStringLiteral("There is no host \"%1\".").arg(name.left(80)),
                    QStringLiteral("flotillactl hosts lists them.")};
}

} // namespace Flotilla
