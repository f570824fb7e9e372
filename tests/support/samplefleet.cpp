// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/samplefleet.h"

#include "backends/fleet/hostconfig.h"
#include "tests/support/sampleapps.h"

namespace Flotilla {

namespace {

constexpr qint64 megabyte = 1024 * 1024;

struct SampleHost
{
    const char *id;
    const char *label;
    const char *backend;
    const char *engine;
    int cpus;
    double cpu;
    double usedGb;
    double totalGb;
};
constexpr SampleHost sampleHosts[] = {
    {"local", "This computer", "bubblewrap", "bubblewrap 0.8.0", 8, 38, 9.1, 24},
    {"gpu-box", "gpu-box", "podman", "podman 5.4", 32, 61, 71, 128},
    {"studio-nas", "studio-nas", "docker", "docker 28", 8, 22, 14, 32},
    {"berlin-02", "berlin-02", "podman", "podman 5.2", 16, 0, 0, 64},
};

FleetRow sampleRow(int i, QRandomGenerator &random)
{
    static const auto titles = SampleApps::make(16);
    FleetRow row;
    row.app = AppId{QStringLiteral("sample%1").arg(i)};
    row.title = titles[i % 16].title;
    if (i >= 16)
        row.title += QStringLiteral(" %1").arg(i / 16 + 1);
    row.version = 1 + i % 7;
    const SampleHost &host = sampleHosts[i % 3 == 2 ? 2 : i % 3 == 0 ? 1 : 0];
    row.placement = QString::fromLatin1(host.id);
    row.host = HostId{QString::fromLatin1(host.id)};
    row.hostLabel = QString::fromLatin1(host.label);
    row.backend = QString::fromLatin1(host.backend);
    row.created = QDateTime::currentDateTimeUtc().addSecs(-60 * (3 + random.bounded(200)));
    if (i % 5 == 0)
        row.labels = {i % 2 ? QStringLiteral("demo") : QStringLiteral("team-a")};
    const int kind = i % 47;
    row.state = SandboxState::Running;
    if (kind == 5 || kind == 29) {
        row.state = SandboxState::Creating;
    } else if (kind == 1 || kind == 9 || kind == 31) {
        row.state = SandboxState::Stopped;
    } else if (kind == 7) {
        row.state = SandboxState::Failed;
        row.reason = SandboxReason::OutOfMemory;
        row.detail = QStringLiteral("The app used more than its 512 MB of memory and was ended. Raise the limit in "
                                    "Settings, or ask for a leaner app.");
    }
    if (row.state == SandboxState::Running || row.state == SandboxState::Creating)
        row.sandbox = SandboxId{QStringLiteral("box%1").arg(i)};
    if (row.state == SandboxState::Running) {
        row.cpuPercent = 0.4 + random.bounded(130) / 10.0;
        row.memoryBytes = (28 + random.bounded(210)) * megabyte;
        row.processes = 2 + random.bounded(6);
    }
    return row;
}

class SampleShell : public ExecProcess
{
public:
    SampleShell()
        : ExecProcess(nullptr)
    {
    }
    void writeStdin(const QByteArray &) override {}
    void closeStdin() override {}
    void resize(int, int) override {}
    void kill() override {}
};

} // namespace

SandboxTerminalHandle sampleTerminal(const QByteArray &printed)
{
    auto shell = std::make_unique<SampleShell>();
    SampleShell *prints = shell.get();
    auto terminal = std::make_shared<SandboxTerminal>(std::move(shell));
    Q_EMIT prints->standardOutput(printed);
    return terminal;
}

SampleFleet::SampleFleet(int count, QObject *parent)
    : FleetSession(parent)
    , m_random(7)
{
    for (int i = 0; i < count; ++i) {
        m_rows.append(sampleRow(i, m_random));
        m_index.insert(m_rows.last().app, i);
    }
    const auto now = QDateTime::currentMSecsSinceEpoch();
    const char *lines[] = {"GET /api/levels 200 3 ms", "GET /api/levels 200 2 ms", "warn: station 44 is silent",
                           "GET /api/levels 200 3 ms"};
    for (int i = 0; i < 12; ++i)
        logLines.append(
            {i + 1, now - (12 - i) * 1000, QStringLiteral("server"), i % 4 == 2, QString::fromLatin1(lines[i % 4])});
    files = {{QStringLiteral("index.html"), "<!doctype html>\n<title>River levels</title>\n<div id=\"root\"></div>\n"},
             {QStringLiteral("src/App.tsx"), "export default function App() {\n  return <h1>River levels</h1>;\n}\n"},
             {QStringLiteral("src/api.ts"), "export const levels = () => fetch('/api/levels');\n"},
             {QStringLiteral("data/stations.json"), "[\n  { \"id\": 44, \"name\": \"Harbour\" }\n]\n"}};
    connect(&m_ticks, &QTimer::timeout, this, [this] { tick(m_perTick); });
}

void SampleFleet::startTicking(int perSecond)
{
    m_perTick = qMax(1, perSecond / 10);
    m_ticks.start(100);
}

void SampleFleet::wander(FleetRow &row)
{
    if (row.state != SandboxState::Running || !row.hostReachable)
        return;
    const double cpu = row.cpuPercent.value_or(5) + (m_random.bounded(61) - 30) / 10.0;
    row.cpuPercent = qBound(0.1, cpu, 60.0);
    const qint64 memory = row.memoryBytes.value_or(100 * megabyte) + (m_random.bounded(31) - 15) * megabyte;
    row.memoryBytes = qBound(20 * megabyte, memory, 500 * megabyte);
}

void SampleFleet::tick(int rows)
{
    QList<FleetRow> changed;
    for (int i = 0; i < rows && !m_rows.isEmpty(); ++i) {
        m_next = (m_next + 1) % count();
        wander(m_rows[m_next]);
        changed.append(m_rows[m_next]);
    }
    if (!changed.isEmpty())
        Q_EMIT rowsChanged(changed, {});
}

void SampleFleet::change(int index, const std::function<void(FleetRow &)> &edit)
{
    edit(m_rows[index]);
    Q_EMIT rowsChanged({m_rows[index]}, {});
}

void SampleFleet::setHostReachable(const QString &label, bool reachable)
{
    QList<FleetRow> changed;
    for (FleetRow &row : m_rows) {
        if (row.hostLabel != label)
            continue;
        row.hostReachable = reachable;
        changed.append(row);
    }
    Q_EMIT rowsChanged(changed, {});
}

Future<QList<FleetRow>> SampleFleet::rows()
{
    if (rowsError)
        return readyFuture<QList<FleetRow>>(*rowsError);
    return readyFuture<QList<FleetRow>>(m_rows);
}

FleetItemResult SampleFleet::perform(FleetAction action, const AppId &app, const QString &argument)
{
    const int index = m_index.value(app, -1);
    FleetItemResult result{app, index < 0 ? app.value : m_rows[index].title, !failing.contains(app),
                           failing.value(app)};
    if (!result.ok || index < 0)
        return result;
    FleetRow &row = m_rows[index];
    switch (action) {
    case FleetAction::Stop:
        row.state = SandboxState::Stopped;
        row.sandbox = {};
        row.cpuPercent.reset();
        row.memoryBytes.reset();
        break;
    case FleetAction::Wake:
    case FleetAction::Restart:
        row.state = SandboxState::Running;
        row.reason = SandboxReason::None;
        row.sandbox = SandboxId{app.value + QStringLiteral("-box")};
        row.created = QDateTime::currentDateTimeUtc();
        break;
    case FleetAction::Label:
        row.labels.append(argument);
        break;
    case FleetAction::Unlabel:
        row.labels.removeAll(argument);
        break;
    case FleetAction::Move:
        if (argument.startsWith(QLatin1String("//")))
            row.image = row.ownImage = argument.mid(2);
        else
            row.hostLabel = argument;
        break;
    case FleetAction::Delete:
        m_bin.insert(app, row);
        Q_EMIT rowsChanged({}, {app});
        return result;
    }
    Q_EMIT rowsChanged({row}, {});
    return result;
}

Future<QList<FleetItemResult>> SampleFleet::apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                                  const QString &argument)
{
    calls.append({job, action, apps, argument});
    auto promise = std::make_shared<QPromise<Result<QList<FleetItemResult>>>>();
    promise->start();
    m_held.append([this, job, action, apps, argument, promise] {
        QList<FleetItemResult> results;
        for (const AppId &app : apps) {
            results.append(perform(action, app, argument));
            Q_EMIT itemDone(job, results.last());
        }
        promise->addResult(results);
        promise->finish();
    });
    if (!holdJobs)
        QMetaObject::invokeMethod(this, &SampleFleet::finishJobs, Qt::QueuedConnection);
    return promise->future();
}

void SampleFleet::finishJobs()
{
    const auto held = std::exchange(m_held, {});
    for (const auto &finish : held)
        finish();
}

Future<void> SampleFleet::takeFromBin(const AppId &app)
{
    if (m_bin.contains(app))
        Q_EMIT rowsChanged({m_bin.take(app)}, {});
    return readyFuture<void>(Status());
}

Future<QByteArray> SampleFleet::thumbnail(const AppId &app)
{
    return readyFuture<QByteArray>(SampleApps::thumbnail(app));
}

Future<QList<FleetEvent>> SampleFleet::events(const AppId &app, int)
{
    QList<FleetEvent> result;
    for (const FleetEvent &event : std::as_const(eventList)) {
        if (event.app == app)
            result.append(event);
    }
    return readyFuture<QList<FleetEvent>>(result);
}

Future<SnapshotInfo> SampleFleet::snapshot(const AppId &app, const QString &label)
{
    SnapshotInfo info;
    info.id = SnapshotId{newId()};
    info.app = app;
    info.label = label;
    info.backend = QStringLiteral("podman");
    info.bytes = 2 * megabyte;
    info.created = QDateTime::currentDateTimeUtc();
    snapshotList.append(info);
    return readyFuture<SnapshotInfo>(info);
}

Future<QList<SnapshotInfo>> SampleFleet::snapshots(const AppId &)
{
    return readyFuture<QList<SnapshotInfo>>(snapshotList);
}

Future<void> SampleFleet::removeSnapshot(const SnapshotInfo &snapshot)
{
    snapshotList.removeAll(snapshot);
    return readyFuture<void>(Status());
}

Future<QList<AppId>> SampleFleet::fork(const AppId &app, const std::optional<SnapshotInfo> &, int)
{
    return readyFuture<QList<AppId>>(QList<AppId>{AppId{app.value + QStringLiteral("-fork")}});
}

Future<QList<AgentLogLine>> SampleFleet::logs(const AppId &, qint64 since)
{
    QList<AgentLogLine> lines;
    for (const AgentLogLine &line : std::as_const(logLines)) {
        if (line.sequence > since)
            lines.append(line);
    }
    return readyFuture<QList<AgentLogLine>>(lines);
}

Future<QList<AgentEntry>> SampleFleet::listFiles(const AppId &)
{
    QList<AgentEntry> entries;
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        entries.append({it.key(), it.value().size(), QStringLiteral("file")});
    return readyFuture<QList<AgentEntry>>(entries);
}

Future<QByteArray> SampleFleet::readFile(const AppId &, const QString &path)
{
    if (!files.contains(path))
        return readyFuture<QByteArray>(Error{ErrorKind::NotFound, QStringLiteral("There is no such file."), path});
    return readyFuture<QByteArray>(files.value(path));
}

Future<void> SampleFleet::putFiles(const AppId &, const QHash<QString, QByteArray> &put)
{
    for (auto it = put.cbegin(); it != put.cend(); ++it)
        files.insert(it.key(), it.value());
    return readyFuture<void>(Status());
}

Future<SandboxTerminalHandle> SampleFleet::openTerminal(const AppId &, int, int)
{
    if (terminal)
        return terminal();
    return readyFuture<SandboxTerminalHandle>(
        Error{ErrorKind::Unavailable, QStringLiteral("A made-up app has no shell."), {}});
}

SampleHosts::SampleHosts(int count, QObject *parent)
    : HostSession(parent)
    , m_random(11)
{
    constexpr int numbers[] = {412, 530, 342, 0};
    for (int i = 0; i < count && i < 4; ++i) {
        const SampleHost &host = sampleHosts[i];
        HostCard card;
        card.config.id = HostId{QString::fromLatin1(host.id)};
        card.config.label = QString::fromLatin1(host.label);
        card.config.target = i == 0 ? QString() : card.config.label;
        card.state = HostState::Ready;
        card.backend = QString::fromLatin1(host.backend);
        card.engine = QString::fromLatin1(host.engine);
        card.cpus = host.cpus;
        card.cpuPercent = host.cpu;
        card.load = host.cpu * host.cpus / 100;
        card.memoryUsed = qint64(host.usedGb * 1024 * megabyte);
        card.memoryTotal = qint64(host.totalGb * 1024 * megabyte);
        card.sandboxes = numbers[i];
        if (i == 3) {
            card.state = HostState::Unreachable;
            card.stateText =
                QStringLiteral("berlin-02 does not answer at port 22 (connection timed out). Check that it "
                               "is switched on and that you can reach its network.");
            card.unreachableSince = QDateTime::currentDateTimeUtc().addSecs(-840);
            card.retrySeconds = 12;
            card.sandboxes = 3;
        }
        m_cards.append(card);
    }
}

void SampleHosts::tick()
{
    for (HostCard &card : m_cards) {
        if (card.state == HostState::Ready)
            card.cpuPercent = qBound(1.0, card.cpuPercent.value_or(30) + m_random.bounded(17) - 8, 99.0);
        Q_EMIT hostChanged(card);
    }
}

HostCard SampleHosts::card(const QString &label) const
{
    for (const HostCard &card : m_cards) {
        if (card.config.label == label)
            return card;
    }
    return {};
}

void SampleHosts::set(const HostCard &changed)
{
    for (HostCard &card : m_cards) {
        if (card.config.id == changed.config.id)
            card = changed;
    }
    Q_EMIT hostChanged(changed);
}

Future<QList<HostCard>> SampleHosts::hosts()
{
    return readyFuture<QList<HostCard>>(m_cards);
}

Future<void> SampleHosts::add(const HostConfig &config)
{
    if (const Status good = checkHostConfig(config); !good)
        return readyFuture<void>(good);
    for (const HostCard &card : std::as_const(m_cards)) {
        if (card.config.id == config.id)
            return readyFuture<void>(
                Error{ErrorKind::Conflict, QStringLiteral("There is a host called %1 already.").arg(config.label), {}});
    }
    added.append(config);
    HostCard card;
    card.config = config;
    m_cards.append(card);
    Q_EMIT hostChanged(card);
    return readyFuture<void>(Status());
}

Future<void> SampleHosts::update(const HostConfig &config)
{
    if (const Status good = checkHostConfig(config); !good)
        return readyFuture<void>(good);
    updated.append(config);
    for (HostCard &card : m_cards) {
        if (card.config.id != config.id)
            continue;
        card.config = config;
        Q_EMIT hostChanged(card);
    }
    return readyFuture<void>(Status());
}

Future<QString> SampleHosts::remove(const HostId &id, bool stopApps)
{
    if (removeError && !stopApps)
        return readyFuture<QString>(*removeError);
    removed.append(id.value);
    m_cards.removeIf([&id](const HostCard &card) { return card.config.id == id; });
    Q_EMIT hostRemoved(id);
    return readyFuture<QString>(QString(staysThere));
}

Future<BuiltImage> SampleHosts::buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                           const QString &job)
{
    builds.append({host, backend, build, job, std::make_shared<QPromise<Result<BuiltImage>>>()});
    builds.last().promise->start();
    return builds.last().promise->future();
}

void SampleHosts::endBuild(int index, const Result<BuiltImage> &result)
{
    if (builds[index].promise->future().isFinished())
        return;
    builds[index].promise->addResult(result);
    builds[index].promise->finish();
}

void SampleHosts::cancelBuild(const QString &job)
{
    for (int i = 0; i < builds.size(); ++i) {
        if (builds[i].job == job)
            endBuild(i, Error{ErrorKind::Cancelled, QStringLiteral("The build was cancelled."), {}});
    }
}

Future<QList<HostTestStep>> SampleHosts::test(const HostConfig &config, const QString &test)
{
    const std::pair<const char *, const char *> steps[] = {
        {"resolve", "Resolve the name"},     {"connect", "Connect"},           {"host-key", "Check the host key"},
        {"authenticate", "Log in"},          {"agent", "Copy flotilla-agent"}, {"engine", "Find an engine"},
        {"sandbox", "Start a first sandbox"}};
    const QHash<QString, QString> texts{
        {QStringLiteral("resolve"), QStringLiteral("%1 is build@10.0.4.17, port 22").arg(config.target)},
        {QStringLiteral("connect"), QStringLiteral("Answered after 14 ms")},
        {QStringLiteral("host-key"), QStringLiteral("Known: SHA256:8sWc…b1E")},
        {QStringLiteral("authenticate"), QStringLiteral("With the key id_ed25519 from the agent")},
        {QStringLiteral("agent"), QStringLiteral("Version 0.1.0, checksum verified")},
        {QStringLiteral("engine"), QStringLiteral("Podman 5.4, rootless")},
        {QStringLiteral("sandbox"), QStringLiteral("Ready after 410 ms")}};
    QList<HostTestStep> all;
    bool failed = false;
    for (const auto &[id, title] : steps) {
        HostTestStep step{QString::fromLatin1(id), QString::fromLatin1(title), HostTestStep::State::Ok, {}, {}};
        if (failed) {
            step.state = HostTestStep::State::Skipped;
        } else if (step.id == failAt) {
            failed = true;
            step.state = HostTestStep::State::Failed;
            step.text = QStringLiteral("Podman is installed, but its service does not run for the user build.");
            step.remedy = QStringLiteral("systemctl --user enable --now podman.socket");
        } else {
            step.text = texts.value(step.id);
        }
        all.append(step);
        Q_EMIT testProgress(test, step);
    }
    return readyFuture<QList<HostTestStep>>(all);
}

} // namespace Flotilla
