// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/projectreader.h"

#include "backends/projects/messagejson.h"
#include "backends/projects/useerrors.h"
#include "backends/sandbox/sandboxprovider.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

/// The price is not known when nothing knows it.
void addCost(AppSummary &app, const std::optional<double> &cost)
{
    if (cost)
        app.cost = app.cost.value_or(0) + *cost;
}

void addVersion(AppSummary &app, const VersionRecord &version)
{
    app.usage +=
        Usage{version.inputTokens, version.cacheReadTokens, version.cacheWriteTokens, version.outputTokens, false};
    addCost(app, version.cost);
    app.version = version.number;
    app.green = version.state == QLatin1String("green");
    if (app.green)
        app.lastGreen = version.number;
    app.problem = version.state == QLatin1String("red") ? version.error : QString();
}

} // namespace

/// Also when another program started it, and this one has not looked at it yet.
bool ProjectReader::isRunning(const AppId &app) const
{
    if (!m_sandboxes)
        return false;
    if (const auto sandbox = m_sandboxes->current(app))
        return sandbox->state == SandboxState::Running;
    const auto recorded = m_store->sandboxes().of(app);
    return recorded && recorded->has_value() && (*recorded)->state == toString(SandboxState::Running);
}

Result<AppSummary> ProjectReader::summary(const AppRecord &record) const
{
    const auto versions = m_store->versions().list(record.id);
    if (!versions)
        return versions.error();
    const auto fruitless = m_store->conversation().withoutVersion(record.id);
    if (!fruitless)
        return fruitless.error();
    AppSummary app;
    app.id = record.id;
    app.title = record.title;
    app.prompt = record.prompt;
    app.model = record.model;
    app.host = record.host;
    app.container = record.image;
    app.starred = record.starred;
    app.created = record.created;
    app.updated = record.updated;
    for (const VersionRecord &version : *versions)
        addVersion(app, version);
    if (!versions->isEmpty())
        app.useErrors = useErrorsOf(checksOf(versions->last().checks));
    for (const MessageRecord &turn : *fruitless) {
        const Message message = messageOf(turn);
        app.usage += message.usage;
        addCost(app, message.cost);
    }
    app.running = isRunning(record.id);
    return app;
}

Result<QList<AppSummary>> ProjectReader::apps() const
{
    const auto records = m_store->apps().list();
    if (!records)
        return records.error();
    QList<AppSummary> apps;
    for (const AppRecord &record : *records) {
        auto app = summary(record);
        if (!app)
            return app.error();
        apps.append(*std::move(app));
    }
    return apps;
}

Result<AppSummary> ProjectReader::app(const AppId &id) const
{
    const auto record = m_store->apps().get(id);
    if (!record)
        return record.error();
    return summary(*record);
}

Result<QList<Message>> ProjectReader::conversation(const AppId &id) const
{
    const auto records = m_store->conversation().list(id);
    if (!records)
        return records.error();
    QList<Message> messages;
    for (const MessageRecord &record : *records)
        messages.append(messageOf(record));
    return messages;
}

Result<QList<VersionSummary>> ProjectReader::versions(const AppId &id) const
{
    const auto records = m_store->versions().list(id);
    if (!records)
        return records.error();
    QList<VersionSummary> versions;
    for (const VersionRecord &record : *records)
        versions.append(summaryOf(record));
    return versions;
}

Result<VersionSummary> ProjectReader::version(const AppId &id, int number) const
{
    const auto record = m_store->versions().get(id, number);
    if (!record)
        return record.error();
    return summaryOf(*record);
}

} // namespace Flotilla
