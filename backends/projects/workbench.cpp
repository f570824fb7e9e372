// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/workbench.h"

#include "backends/core/continuation.h"
#include "backends/projects/toolbox.h"
#include "backends/sandbox/sandboxprovider.h"

#include <QCoreApplication>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype keptOutput = 128 * 1024; ///< of its beginning, and of its end
constexpr qsizetype shownOutput = 16 * 1024;

Error sandboxGone()
{
    return {ErrorKind::Unavailable,
            QCoreApplication::translate("Projects", "The app's sandbox ended while it was used. Try again."),
            {}};
}

/// Collects the output of one process for a model. What went wrong stands mostly at the end of a long one.
struct RunOutput
{
    QPromise<Result<QString>> promise;
    QByteArray begin;
    QByteArray rest;
    qint64 leftOut = 0;
    bool done = false;

    void add(const QByteArray &piece)
    {
        const qsizetype room = std::min(piece.size(), keptOutput - begin.size());
        begin += piece.left(room);
        rest += piece.mid(room);
        if (rest.size() > 2 * keptOutput)
            cut();
    }
    void cut()
    {
        const qsizetype tooMany = std::max<qsizetype>(0, rest.size() - keptOutput);
        rest.remove(0, tooMany);
        leftOut += tooMany;
    }
    QString text() const { return cutMiddle(QString::fromUtf8(begin + rest), shownOutput, leftOut); }
    void end(const Result<QString> &result)
    {
        if (std::exchange(done, true))
            return;
        promise.addResult(result);
        promise.finish();
    }
};

QString runText(const QString &output, const ExecResult &result)
{
    const QString end =
        result.reason == QLatin1String("exited") ? QString() : QStringLiteral(" (%1)").arg(result.reason);
    return QStringLiteral("exit code %1%2\n%3").arg(result.exitCode).arg(end, output);
}

} // namespace

SandboxWorkbench::SandboxWorkbench(AppId app, SandboxProvider *provider, QObject *parent)
    : Workbench(parent)
    , m_app(std::move(app))
    , m_provider(provider)
{
    connect(provider, &SandboxProvider::startProgress, this, [this](const AppId &started, const QString &text) {
        if (started == m_app)
            Q_EMIT starting(text);
    });
}

SandboxWorkbench::~SandboxWorkbench() = default;

Future<void> SandboxWorkbench::acquire()
{
    return toFuture(doAcquire());
}

bool SandboxWorkbench::isReady() const
{
    return !m_agent.isNull();
}

QCoro::Task<Status> SandboxWorkbench::doAcquire()
{
    const QPointer<SandboxWorkbench> self(this);
    const auto acquired = co_await outcome(m_provider->acquire(m_app));
    if (!self)
        co_return sandboxGone();
    if (!acquired)
        co_return acquired.error();
    const auto agent = m_provider->agent(m_app);
    if (!agent)
        co_return agent.error();
    co_return adopt(*agent);
}

Status SandboxWorkbench::adopt(AgentClient *agent)
{
    if (m_agent == agent)
        return {};
    forget();
    m_agent = agent;
    connect(agent, &AgentClient::buildChanged, this, &Workbench::buildChanged);
    connect(agent, &AgentClient::serverChanged, this, &Workbench::serverChanged);
    connect(agent, &AgentClient::logAdded, this, &Workbench::logAdded);
    connect(agent, &AgentClient::limitHit, this, &Workbench::limitHit);
    connect(agent, &AgentClient::lost, this, [this] {
        forget();
        Q_EMIT lost();
    });
    agent->watch();
    Q_EMIT ready();
    return {};
}

void SandboxWorkbench::forget()
{
    cancelRun();
    if (m_agent)
        m_agent->disconnect(this);
    m_agent.clear();
    m_held.reset();
}

SandboxWorkbench::Change SandboxWorkbench::changeTo(const FileMap &files) const
{
    if (!m_held)
        return {files, {}, true};
    Change change;
    for (auto file = files.cbegin(); file != files.cend(); ++file)
        if (const auto held = m_held->constFind(file.key()); held == m_held->constEnd() || *held != file.value())
            change.files.insert(file.key(), file.value());
    for (auto held = m_held->cbegin(); held != m_held->cend(); ++held)
        if (!files.contains(held.key()))
            change.deleted.append(held.key());
    return change;
}

Future<AgentBuild> SandboxWorkbench::sync(const FileMap &files, bool build)
{
    m_last = toFuture(doSync(files, build));
    return m_last;
}

QCoro::Task<Result<AgentBuild>> SandboxWorkbench::doSync(FileMap files, bool build)
{
    const QPointer<SandboxWorkbench> self(this);
    if (m_last.isValid() && !m_last.isFinished())
        co_await outcome(m_last); // its own caller looks at how it went
    if (!self)
        co_return sandboxGone();
    const Status acquired = co_await doAcquire();
    if (!self)
        co_return sandboxGone();
    if (!acquired)
        co_return acquired.error();
    const Change change = changeTo(files);
    m_held.reset(); // unknown until the answer is there
    auto built = co_await outcome(m_agent->apply(change.files, change.deleted, change.replace, build));
    if (!self || !built)
        co_return built;
    m_held = files;
    if (build)
        Q_EMIT buildChanged(*built);
    co_return built;
}

Future<QString> SandboxWorkbench::run(const QString &command, std::chrono::seconds timeout)
{
    if (!m_agent)
        return readyFuture<QString>(sandboxGone());
    ExecSpec spec;
    spec.argv = {QStringLiteral("/bin/sh"), QStringLiteral("-c"), command};
    spec.timeout = timeout;
    auto output = std::make_shared<RunOutput>();
    output->promise.start();
    const auto future = output->promise.future();
    m_process = m_agent->exec(spec);
    connect(m_process.get(), &ExecProcess::standardOutput, this, [output](const QByteArray &b) { output->add(b); });
    connect(m_process.get(), &ExecProcess::standardError, this, [output](const QByteArray &b) { output->add(b); });
    connect(m_process.get(), &ExecProcess::finished, this, [output](const Result<ExecResult> &result) {
        output->end(result ? Result<QString>(runText(output->text(), *result)) : Result<QString>(result.error()));
    });
    connect(m_process.get(), &QObject::destroyed, this, [output] { output->end(Error{ErrorKind::Cancelled, {}, {}}); });
    m_process->closeStdin();
    return future;
}

void SandboxWorkbench::cancelRun()
{
    m_process.reset();
}

Future<QList<AgentLogLine>> SandboxWorkbench::logs()
{
    if (!m_agent)
        return readyFuture<QList<AgentLogLine>>(QList<AgentLogLine>());
    return m_agent->logs();
}

} // namespace Flotilla
