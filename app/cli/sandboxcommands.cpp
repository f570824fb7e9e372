// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/boardselect.h"
#include "app/cli/commands.h"
#include "app/cli/stdinreader.h"
#include "backends/agent/agentclient.h"
#include "backends/core/foreigntext.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostservice.h"
#include "backends/http/httpclient.h"
#include "backends/projects/projectservice.h"

#include <QCoroFuture>
#include <QCoroSignal>
#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonObject>

#include <cstring>
#include <unistd.h>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr qint64 maxStdinWaiting = 1024 * 1024;
constexpr int noSuchProgram = 127; ///< as shells say it

/// How a command ended that did not end by itself: "ran out of memory".
QString endingOf(const ExecResult &result)
{
    constexpr int signalBase = 128; // ExecResult::exitCode
    static const QHash<QString, QString> endings{
        {QStringLiteral("timeout"), QStringLiteral("took too long and was ended")},
        {QStringLiteral("out-of-memory"), QStringLiteral("was ended: it ran out of memory")},
        {QStringLiteral("out-of-disk"), QStringLiteral("was ended: the sandbox ran out of disk space")},
        {QStringLiteral("pids-limit"), QStringLiteral("was ended: it started too many processes")}};
    if (const auto ending = endings.constFind(result.reason); ending != endings.cend())
        return *ending;
    const int signal = result.exitCode - signalBase;
    return QStringLiteral("was ended by signal %1 (%2)").arg(signal).arg(QString::fromLocal8Bit(strsignal(signal)));
}

/// How many sandboxes of the app there are to stop.
int countOf(const QList<FleetEntry> &entries, const AppId &app)
{
    return int(std::count_if(entries.cbegin(), entries.cend(), [&app](const FleetEntry &entry) {
        return entry.info.app == app &&
               (entry.info.state == SandboxState::Running || entry.info.state == SandboxState::Creating);
    }));
}

/// Wakes the app and waits until its preview is ready or cannot become so.
QCoro::Task<Status> wake(CommandContext *context, AppId id)
{
    ProjectService &projects = context->application.projects();
    auto deadline = std::chrono::steady_clock::now() + 30s;
    QObject here;
    QObject::connect(&context->application.fleet(), &SandboxProvider::startProgress, &here,
                     [&deadline] { deadline = std::chrono::steady_clock::now() + 30s; });
    for (;;) {
        const Result<PreviewStatus> status = co_await projects.openPreview(id);
        if (!status)
            co_return status.error();
        switch (status->state) {
        case PreviewState::Ready:
        case PreviewState::Empty:
            co_return Status();
        case PreviewState::Starting:
        case PreviewState::Building:
            break;
        default:
            co_return Error{ErrorKind::Unavailable, status->text, status->detail};
        }
        if (std::chrono::steady_clock::now() > deadline)
            co_return Error{ErrorKind::Timeout, QStringLiteral("The app did not become ready within 30 seconds."), {}};
        (void)co_await qCoro(&projects, &ProjectService::previewChanged, 1000ms);
    }
}

QCoro::Task<Result<HttpResponse>> request(CommandContext *context, AppId id, QString path)
{
    const QUrl inside(path.isEmpty() ? QStringLiteral("/") : path);
    if (!inside.isValid() || !inside.isRelative() || !inside.host().isEmpty())
        co_return Error{
            ErrorKind::Invalid, QStringLiteral("\"%1\" is not a path inside the app.").arg(path.left(80)), {}};
    co_return co_await context->application.fetch(id, inside);
}

/// One process in the sandbox, joined to our own three streams. Lives on the service thread.
class ExecBridge : public QObject
{
public:
    ExecBridge(std::unique_ptr<ExecProcess> process, bool collect)
        : m_process(std::move(process))
    {
        m_promise.start();
        connect(m_process.get(), &ExecProcess::standardOutput, this, [this, collect](const QByteArray &bytes) {
            if (!keep(collect, STDOUT_FILENO, m_output, bytes))
                m_process->kill(); // as the system does with a program that nobody reads
        });
        connect(m_process.get(), &ExecProcess::standardError, this,
                [this, collect](const QByteArray &bytes) { keep(collect, STDERR_FILENO, m_errors, bytes); });
        connect(m_process.get(), &ExecProcess::finished, this, [this](const Result<ExecResult> &result) {
            m_promise.addResult(result);
            m_promise.finish();
        });
        connect(m_process.get(), &ExecProcess::stdinTaken, this, &ExecBridge::readOn);
        readStdin(this, [this](const QByteArray &bytes, const std::function<void()> &taken) {
            bytes.isEmpty() ? m_process->closeStdin() : m_process->writeStdin(bytes);
            m_written.append(taken);
            readOn();
        });
    }

    Future<ExecResult> finished() { return m_promise.future(); }
    QByteArray output() const { return m_output; }
    QByteArray errors() const { return m_errors; }

private:
    /// Our own standard input is read no faster than the command reads.
    void readOn()
    {
        if (m_process->stdinWaiting() >= maxStdinWaiting)
            return;
        for (const auto &taken : std::exchange(m_written, {}))
            taken();
    }

    static bool keep(bool collect, int descriptor, QByteArray &collected, const QByteArray &bytes)
    {
        if (!collect)
            return writeAll(descriptor, bytes);
        collected.append(bytes);
        return true;
    }

    std::unique_ptr<ExecProcess> m_process;
    QPromise<Result<ExecResult>> m_promise;
    QList<std::function<void()>> m_written; ///< chunks that the command may not have taken yet
    QByteArray m_output;
    QByteArray m_errors;
};

Result<ExecBridge *> startExec(Application &application, const AppId &id, const QStringList &argv, bool json)
{
    const Result<AgentClient *> agent = application.fleet().agent(id);
    if (!agent)
        return agent.error();
    ExecSpec spec;
    spec.argv = argv;
    spec.timeout = 24h;
    return new ExecBridge((*agent)->exec(spec), json); // dies with the process
}

QJsonObject toJson(const FleetEntry &entry)
{
    const SandboxInfo &info = entry.info;
    return {{QStringLiteral("sandbox"), info.id.value},
            {QStringLiteral("app"), info.app.value},
            {QStringLiteral("host"), info.host.value},
            {QStringLiteral("backend"), info.backend},
            {QStringLiteral("state"), toString(info.state)},
            {QStringLiteral("reason"), toString(info.reason)},
            {QStringLiteral("detail"), info.detail},
            {QStringLiteral("memory_bytes"), entry.metrics ? QJsonValue(entry.metrics->memoryBytes) : QJsonValue()},
            {QStringLiteral("processes"), entry.metrics ? QJsonValue(entry.metrics->processes) : QJsonValue()},
            {QStringLiteral("created"), info.created.toString(Qt::ISODateWithMs)}};
}

QString unreachableNote(const FleetEntry &entry, const FleetRow &row)
{
    if (isOutOfReach(entry.info.state, entry.info.reason))
        return QStringLiteral("  (unreachable: %1)").arg(entry.info.detail);
    return row.hostReachable ? QString() : QStringLiteral("  (host unreachable)");
}

QString lineOf(const FleetEntry &entry, const FleetRow &row)
{
    const QString memory =
        entry.metrics ? QStringLiteral("%1 MB").arg(double(entry.metrics->memoryBytes) / 1e6, 0, 'f', 1) : QString();
    return QStringLiteral("%1  app %2  %3  %4  %5 %6  %7  %8%9")
        .arg(entry.info.id.value, entry.info.app.value, entry.info.host.value, entry.info.backend,
             toString(entry.info.state), toString(entry.info.reason), memory, row.title, unreachableNote(entry, row));
}

CommandTask stopSelected(CommandContext *context, QString text)
{
    const Result<Selector> selector = Selector::parse(text);
    if (!selector)
        co_return context->output.fail(selector.error());
    if (selector->isEmpty())
        co_return context->output.fail({ErrorKind::Invalid, QStringLiteral("The selector chooses nothing."), {}});
    for (const QString &name : std::as_const(selector->hosts)) {
        const Result<QString> host = co_await hostNamed(context, name);
        if (!host)
            co_return context->output.fail(host.error());
    }
    const Status adopted = co_await adoptEverything(context);
    if (!adopted)
        co_return context->output.fail(adopted.error());
    FleetBoard &board = context->application.board();
    const Result<QList<FleetRow>> rows = co_await board.rows();
    if (!rows)
        co_return context->output.fail(rows.error());
    QList<AppId> chosen;
    for (const FleetRow &row : *rows) {
        if (!row.sandbox.isEmpty() && selector->matches(row))
            chosen.append(row.app);
    }
    const Result<QList<FleetItemResult>> results =
        co_await board.apply(QStringLiteral("cli"), FleetAction::Stop, chosen);
    if (!results)
        co_return context->output.fail(results.error());
    co_return reportItems(context, *results, QStringLiteral("stopped"));
}

/// Another program may have started it, on a host that this one has not asked yet.
QCoro::Task<Status> reachSandbox(CommandContext *context, AppId app)
{
    const Result<QList<FleetEntry>> entries = co_await context->application.fleet().list();
    if (!entries)
        co_return entries.error();
    HostId host;
    for (const FleetEntry &entry : *entries)
        host = entry.info.app == app ? entry.info.host : host;
    const Result<QList<HostCard>> cards = co_await context->application.hostService().hosts();
    if (!cards)
        co_return cards.error();
    for (const HostCard &card : *cards) {
        if (card.config.id == host && card.state == HostState::Unreachable)
            co_return Error{ErrorKind::Unavailable, card.stateText, {}};
    }
    co_return Status();
}

} // namespace

namespace Commands {

CommandTask fetch(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const Status awake = co_await wake(context, app->id);
    if (!awake)
        co_return context->output.fail(awake.error());
    const Result<HttpResponse> response = co_await request(context, app->id, context->invocation.positional.value(1));
    if (!response)
        co_return context->output.fail(response.error());
    if (context->output.json()) {
        context->output.value(QJsonObject{
            {QStringLiteral("status"), response->status},
            {QStringLiteral("content_type"), QString::fromLatin1(headerValue(response->headers, "content-type"))},
            {QStringLiteral("body"), QString::fromUtf8(response->body)}});
    } else {
        context->output.raw(response->body);
    }
    co_return response->status < 400 ? 0 : 1;
}

CommandTask exec(CommandContext *context)
{
    if (context->invocation.tail.isEmpty())
        co_return context->output.fail(
            {ErrorKind::Invalid, QStringLiteral("Say what to run after --: flotillactl exec APP -- ls."), {}});
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    const Result<PreviewStatus> woken = co_await context->application.projects().openPreview(app->id);
    if (!woken)
        co_return context->output.fail(woken.error());
    Application &application = context->application;
    const QStringList argv = context->invocation.tail;
    const bool json = context->output.json();
    const Result<ExecBridge *> bridge =
        co_await onThread(application.serviceContext(),
                          [&application, id = app->id, argv, json] { return startExec(application, id, argv, json); });
    if (!bridge && bridge.error().kind == ErrorKind::NotFound && !woken->text.isEmpty()) // it did not wake
        co_return context->output.fail({ErrorKind::Unavailable, woken->text, woken->detail});
    if (!bridge)
        co_return context->output.fail(bridge.error());
    const Result<ExecResult> result = co_await (*bridge)->finished();
    if (!result && isOutputLost())
        co_return 1; // we ended it, and main says why
    if (!result) {
        const int failed = context->output.fail(result.error());
        co_return result.error().kind == ErrorKind::NotFound ? noSuchProgram : failed;
    }
    context->output.value(QJsonObject{{QStringLiteral("exit_code"), result->exitCode},
                                      {QStringLiteral("reason"), result->reason},
                                      {QStringLiteral("stdout"), QString::fromUtf8((*bridge)->output())},
                                      {QStringLiteral("stderr"), QString::fromUtf8((*bridge)->errors())}});
    if (result->reason != QLatin1String("exited") && !isOutputLost())
        context->output.note(QStringLiteral("flotillactl: the command %1.").arg(endingOf(*result)));
    co_return result->exitCode;
}

CommandTask logs(CommandContext *context)
{
    const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
    if (!app)
        co_return context->output.fail(app.error());
    if (const Status reached = co_await reachSandbox(context, app->id); !reached)
        co_return context->output.fail(reached.error());
    const Result<QList<LogLine>> lines = co_await context->application.projects().logs(app->id);
    if (!lines)
        co_return context->output.fail(lines.error());
    QJsonArray json;
    for (const LogLine &line : *lines) {
        json.append(QJsonObject{{QStringLiteral("time"), line.time.toString(Qt::ISODateWithMs)},
                                {QStringLiteral("source"), line.source},
                                {QStringLiteral("error"), line.error},
                                {QStringLiteral("text"), line.text}});
        context->output.line(
            QStringLiteral("%1 %2 %3")
                .arg(line.time.toString(Qt::ISODateWithMs), formatForeign(line.source), formatForeign(line.text)));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask ps(CommandContext *context)
{
    const QHash<QString, QString> &values = context->invocation.values;
    Selector selector;
    for (const auto &[option, list] : {std::pair("host", &selector.hosts), std::pair("state", &selector.states),
                                       std::pair("label", &selector.labels)}) {
        if (values.contains(QLatin1String(option)))
            list->append(values.value(QLatin1String(option)));
    }
    if (const Status good = selector.check(); !good)
        co_return context->output.fail(good.error());
    for (const QString &name : std::as_const(selector.hosts)) {
        const Result<QString> host = co_await hostNamed(context, name);
        if (!host)
            co_return context->output.fail(host.error());
    }
    const Result<QList<FleetEntry>> entries = co_await context->application.fleet().list();
    if (!entries)
        co_return context->output.fail(entries.error());
    const Result<QList<FleetRow>> rows = co_await context->application.board().rows();
    if (!rows)
        co_return context->output.fail(rows.error());
    QHash<AppId, FleetRow> byApp;
    for (const FleetRow &row : *rows)
        byApp.insert(row.app, row);
    QJsonArray json;
    for (const FleetEntry &entry : *entries) {
        FleetRow row = byApp.value(entry.info.app);
        row.host = entry.info.host;
        row.state = entry.info.state;
        if (!selector.matches(row))
            continue;
        QJsonObject object = toJson(entry);
        object.insert(QStringLiteral("title"), row.title);
        object.insert(QStringLiteral("container_image"), row.image.isEmpty() ? QJsonValue() : QJsonValue(row.image));
        object.insert(QStringLiteral("labels"), QJsonArray::fromStringList(row.labels));
        object.insert(QStringLiteral("host_reachable"), row.hostReachable);
        json.append(object);
        context->output.line(lineOf(entry, row));
    }
    context->output.value(json);
    co_return 0;
}

CommandTask stop(CommandContext *context)
{
    const bool all = context->invocation.flags.contains(QStringLiteral("all"));
    const QString selector = context->invocation.values.value(QStringLiteral("selector"));
    const int ways = int(all) + int(!selector.isEmpty()) + int(!context->invocation.positional.isEmpty());
    if (ways != 1)
        co_return context->output.fail({ErrorKind::Invalid, QStringLiteral("Name one app, --all or --selector."), {}});
    if (!selector.isEmpty())
        co_return co_await stopSelected(context, selector);
    int stopped = 0;
    if (all) {
        const Result<int> count = co_await context->application.fleet().stopAll();
        if (!count)
            co_return context->output.fail(count.error());
        stopped = *count;
    } else {
        const Result<AppSummary> app = co_await findApp(context, context->invocation.positional.constFirst());
        if (!app)
            co_return context->output.fail(app.error());
        const Result<QList<FleetEntry>> entries = co_await context->application.fleet().list();
        if (!entries)
            co_return context->output.fail(entries.error());
        const Status done = co_await context->application.projects().sleep(app->id);
        if (!done)
            co_return context->output.fail(done.error());
        stopped = countOf(*entries, app->id);
    }
    context->output.value(QJsonObject{{QStringLiteral("stopped"), stopped}});
    context->output.line(stopped == 1 ? QStringLiteral("1 sandbox stopped.")
                                      : QStringLiteral("%1 sandboxes stopped.").arg(stopped));
    co_return 0;
}

} // namespace Commands

} // namespace Flotilla
