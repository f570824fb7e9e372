// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/boardselect.h"
#include "app/cli/commands.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostservice.h"

#include <QCoroFuture>
#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto connectDeadline = 60s; // the first time the agent and the runtime are copied there

QString stateName(HostState state)
{
    switch (state) {
    case HostState::Connecting:
        return QStringLiteral("connecting");
    case HostState::Ready:
        return QStringLiteral("ready");
    case HostState::Unreachable:
        break;
    }
    return QStringLiteral("unreachable");
}

QString stateName(const HostCard &card)
{
    return card.preparing ? QStringLiteral("preparing") : stateName(card.state);
}

QString stateName(HostTestStep::State state)
{
    switch (state) {
    case HostTestStep::State::Waiting:
        return QStringLiteral("waiting");
    case HostTestStep::State::Running:
        return QStringLiteral("running");
    case HostTestStep::State::Ok:
        return QStringLiteral("ok");
    case HostTestStep::State::Failed:
        return QStringLiteral("failed");
    case HostTestStep::State::Skipped:
        break;
    }
    return QStringLiteral("skipped");
}

QJsonObject toJson(const HostCard &card)
{
    return {
        {QStringLiteral("host"), card.config.id.value},
        {QStringLiteral("label"), card.config.label},
        {QStringLiteral("target"), card.config.target},
        {QStringLiteral("state"), stateName(card)},
        {QStringLiteral("text"), card.stateText},
        {QStringLiteral("preparing_percent"), card.preparing ? QJsonValue(*card.preparing) : QJsonValue()},
        {QStringLiteral("unreachable_since"),
         card.unreachableSince ? QJsonValue(card.unreachableSince->toString(Qt::ISODateWithMs)) : QJsonValue()},
        {QStringLiteral("backend"), card.backend},
        {QStringLiteral("engine"), card.engine},
        {QStringLiteral("container_image"), card.config.image.isEmpty() ? QJsonValue() : QJsonValue(card.config.image)},
        {QStringLiteral("pooled"), card.config.pooled},
        {QStringLiteral("draining"), card.config.draining},
        {QStringLiteral("capacity"), card.config.capacity},
        {QStringLiteral("cpus"), card.cpus},
        {QStringLiteral("load"), card.load ? QJsonValue(*card.load) : QJsonValue()},
        {QStringLiteral("memory_used"), card.memoryUsed},
        {QStringLiteral("memory_total"), card.memoryTotal},
        {QStringLiteral("sandboxes"), card.sandboxes}};
}

QJsonObject toJson(const HostTestStep &step)
{
    return {{QStringLiteral("step"), step.id},
            {QStringLiteral("title"), step.title},
            {QStringLiteral("state"), stateName(step.state)},
            {QStringLiteral("text"), step.text},
            {QStringLiteral("remedy"), step.remedy}};
}

QString lineOf(const HostCard &card)
{
    const QString memory = card.memoryTotal > 0 ? QStringLiteral("%1 of %2 GB used")
                                                      .arg(double(card.memoryUsed) / 1e9, 0, 'f', 1)
                                                      .arg(double(card.memoryTotal) / 1e9, 0, 'f', 1)
                                                : QString();
    const QString sandboxes =
        card.sandboxes == 1 ? QStringLiteral("1 sandbox") : QStringLiteral("%1 sandboxes").arg(card.sandboxes);
    const QString image = card.config.image.isEmpty() ? QString() : QStringLiteral("image %1  ").arg(card.config.image);
    return QStringLiteral("%1 %2 %3 %4  %5  %6%7%8")
        .arg(card.config.id.value.leftJustified(14), stateName(card).leftJustified(11), card.backend.leftJustified(11),
             sandboxes.rightJustified(14), memory, image,
             card.config.draining ? QStringLiteral("draining ") : QString(), card.stateText);
}

Status wrongUse(const QString &text)
{
    return Error{ErrorKind::Invalid, text, QStringLiteral("flotillactl --help lists the commands.")};
}

QCoro::Task<Result<HostCard>> findHost(CommandContext *context, QString name)
{
    const Result<QList<HostCard>> cards = co_await context->application.hostService().hosts();
    if (!cards)
        co_return cards.error();
    for (const HostCard &card : *cards) {
        if (card.config.id.value == name || card.config.label == name)
            co_return HostCard(card);
    }
    co_return Error{ErrorKind::NotFound, QStringLiteral("There is no host \"%1\".").arg(name.left(80)),
                    QStringLiteral("flotillactl hosts lists them.")};
}

CommandTask listHosts(CommandContext *context)
{
    HostService &service = context->application.hostService();
    service.connectAll();
    const auto deadline = std::chrono::steady_clock::now() + connectDeadline;
    Result<QList<HostCard>> cards = co_await service.hosts();
    const auto busy = [](const HostCard &card) {
        const bool unknown = card.memoryTotal == 0 || (card.backend.isEmpty() && card.stateText.isEmpty());
        return card.state == HostState::Connecting || (card.state == HostState::Ready && unknown);
    };
    while (cards && std::any_of(cards->cbegin(), cards->cend(), busy) && std::chrono::steady_clock::now() < deadline) {
        co_await QCoro::sleepFor(50ms);
        cards = co_await service.hosts();
    }
    if (!cards)
        co_return context->output.fail(cards.error());
    QJsonArray json;
    for (const HostCard &card : std::as_const(*cards)) {
        json.append(toJson(card));
        context->output.line(lineOf(card));
    }
    context->output.value(json);
    co_return 0;
}

/// What the options say about a host; the rest stays as it is.
Status takeOptions(const Invocation &invocation, HostConfig *config)
{
    const QHash<QString, QString> &values = invocation.values;
    bool number = true;
    config->target = values.value(QStringLiteral("ssh"), config->target);
    config->backend = values.value(QStringLiteral("backend"), config->backend);
    config->image = values.value(QStringLiteral("container-image"), config->image);
    if (const QString capacity = values.value(QStringLiteral("capacity")); values.contains(QStringLiteral("capacity")))
        config->capacity = capacity.toInt(&number);
    if (!number)
        return wrongUse(QStringLiteral("The capacity \"%1\" is not a number.")
                            .arg(values.value(QStringLiteral("capacity")).left(40)));
    config->pooled = config->pooled && !invocation.flags.contains(QStringLiteral("no-pool"));
    return {};
}

CommandTask addHost(CommandContext *context, QString name)
{
    HostConfig config;
    config.id = hostIdFor(name);
    config.label = name.simplified();
    config.target = name;
    if (const Status taken = takeOptions(context->invocation, &config); !taken)
        co_return context->output.fail(taken.error());
    const Status added = co_await context->application.hostService().add(config);
    if (!added)
        co_return context->output.fail(added.error());
    context->output.value(QJsonObject{{QStringLiteral("host"), config.id.value},
                                      {QStringLiteral("label"), config.label},
                                      {QStringLiteral("added"), true}});
    if (config.id.value != name)
        context->output.note(
            QStringLiteral("The host is called %1 here, because such a name has letters from a to z, digits and "
                           "dashes. \"%2\" is shown for it.")
                .arg(config.id.value, config.label));
    context->output.line(QStringLiteral("%1 is added. flotillactl hosts test %1 tries it.").arg(config.id.value));
    co_return 0;
}

CommandTask setHost(CommandContext *context, QString name)
{
    const Result<HostCard> card = co_await findHost(context, name);
    if (!card)
        co_return context->output.fail(card.error());
    HostConfig config = card->config;
    if (const Status taken = takeOptions(context->invocation, &config); !taken)
        co_return context->output.fail(taken.error());
    if (config == card->config)
        co_return context->output.fail(
            wrongUse(QStringLiteral("Nothing would change. Say what: --container-image C, --backend B, --capacity N, "
                                    "--ssh TARGET or --no-pool."))
                .error());
    const Status updated = co_await context->application.hostService().update(config);
    if (!updated)
        co_return context->output.fail(updated.error());
    context->output.value(QJsonObject{{QStringLiteral("host"), config.id.value}, {QStringLiteral("changed"), true}});
    context->output.line(
        QStringLiteral("%1 is changed. Apps that run there take it at their next start.").arg(config.label));
    co_return 0;
}

CommandTask testHost(CommandContext *context, QString name)
{
    const Result<HostCard> card = co_await findHost(context, name);
    HostConfig config;
    if (card) {
        config = card->config;
    } else { // one that was not added yet
        config.id = hostIdFor(name);
        config.label = name.simplified();
        config.target = name;
    }
    if (const Status taken = takeOptions(context->invocation, &config); !taken)
        co_return context->output.fail(taken.error());
    HostService &service = context->application.hostService();
    QObject here;
    QObject::connect(&service, &HostService::testProgress, &here, [context](const QString &, const HostTestStep &step) {
        if (step.state == HostTestStep::State::Running && !step.text.isEmpty())
            context->output.note(step.text);
        if (step.state == HostTestStep::State::Running || step.state == HostTestStep::State::Skipped)
            return;
        context->output.line(QStringLiteral("%1  %2%3")
                                 .arg(stateName(step.state).leftJustified(7), step.title,
                                      step.text.isEmpty() ? QString() : QStringLiteral(": ") + step.text));
        if (!step.remedy.isEmpty())
            context->output.line(QStringLiteral("         ") + step.remedy);
    });
    const Result<QList<HostTestStep>> steps = co_await service.test(config, QStringLiteral("cli"));
    if (!steps)
        co_return context->output.fail(steps.error());
    co_await QCoro::sleepFor(1ms); // the last steps are on their way to this thread
    QJsonArray json;
    bool good = true;
    for (const HostTestStep &step : *steps) {
        json.append(toJson(step));
        good = good && step.state == HostTestStep::State::Ok;
    }
    context->output.value(json);
    co_return good ? 0 : 1;
}

CommandTask removeHost(CommandContext *context, QString name)
{
    const Result<HostCard> card = co_await findHost(context, name);
    if (!card)
        co_return context->output.fail(card.error());
    const bool stops = context->invocation.flags.contains(QStringLiteral("stop-apps"));
    const Result<QString> stays = co_await context->application.hostService().remove(card->config.id, stops);
    if (!stays)
        co_return context->output.fail(stays.error());
    context->output.value(QJsonObject{{QStringLiteral("host"), card->config.id.value},
                                      {QStringLiteral("removed"), true},
                                      {QStringLiteral("stays"), *stays}});
    context->output.line(QStringLiteral("%1 is removed.").arg(card->config.label));
    if (!stays->isEmpty())
        context->output.line(*stays);
    co_return 0;
}

CommandTask drainHost(CommandContext *context, QString name, bool drains)
{
    const Result<HostCard> card = co_await findHost(context, name);
    if (!card)
        co_return context->output.fail(card.error());
    if (!drains) {
        HostConfig config = card->config;
        config.draining = false;
        const Status updated = co_await context->application.hostService().update(config);
        if (!updated)
            co_return context->output.fail(updated.error());
        context->output.value(
            QJsonObject{{QStringLiteral("host"), config.id.value}, {QStringLiteral("draining"), false}});
        context->output.line(QStringLiteral("%1 takes apps again.").arg(config.label));
        co_return 0;
    }
    const Result<QList<FleetItemResult>> results =
        co_await context->application.board().drain(QStringLiteral("cli"), card->config.id);
    if (!results)
        co_return context->output.fail(results.error());
    co_return reportItems(context, *results, QStringLiteral("left"));
}

} // namespace

namespace Commands {

CommandTask hosts(CommandContext *context)
{
    const QString verb = context->invocation.positional.value(0);
    const QString name = context->invocation.positional.value(1);
    if (verb.isEmpty())
        co_return co_await listHosts(context);
    if (name.isEmpty())
        co_return context->output.fail(
            wrongUse(QStringLiteral("The command is: flotillactl hosts [add|set|test|rm|drain|undrain NAME]")).error());
    if (verb == QLatin1String("add"))
        co_return co_await addHost(context, name);
    if (verb == QLatin1String("set"))
        co_return co_await setHost(context, name);
    if (verb == QLatin1String("test"))
        co_return co_await testHost(context, name);
    if (verb == QLatin1String("rm"))
        co_return co_await removeHost(context, name);
    if (verb == QLatin1String("drain") || verb == QLatin1String("undrain"))
        co_return co_await drainHost(context, name, verb == QLatin1String("drain"));
    co_return context->output.fail(
        wrongUse(QStringLiteral("\"%1\" cannot be done with hosts; use add, set, test, rm, drain or undrain.")
                     .arg(verb.left(40)))
            .error());
}

} // namespace Commands

} // namespace Flotilla
