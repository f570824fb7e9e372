// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/previewmonitor.h"

#include "backends/core/continuation.h"
#include "backends/projects/turnchecks.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

QString limitText(const QString &reason, const QString &text)
{
    if (reason == QLatin1String("out-of-memory"))
        return QCoreApplication::translate("Preview", "The app used more memory than it may.");
    if (reason == QLatin1String("out-of-disk"))
        return QCoreApplication::translate("Preview", "The app used more disk space than it may.");
    if (reason == QLatin1String("pids-limit"))
        return QCoreApplication::translate("Preview", "The app started more processes than it may.");
    return text.left(300);
}

} // namespace

PreviewMonitor::PreviewMonitor(Workbench *bench, QObject *parent)
    : QObject(parent)
    , m_bench(bench)
{
    connect(bench, &Workbench::buildChanged, this, &PreviewMonitor::takeBuild);
    connect(bench, &Workbench::serverChanged, this, &PreviewMonitor::takeServer);
    connect(bench, &Workbench::lost, this, [this] {
        m_status.version = 0;
        show(PreviewState::Stopped,
             QCoreApplication::translate("Preview", "Its sandbox has ended, or its host cannot be reached."));
    });
    connect(bench, &Workbench::starting, this, [this](const QString &text) {
        if (m_status.state == PreviewState::Starting || m_status.state == PreviewState::Building)
            show(m_status.state, text);
    });
    connect(bench, &Workbench::ready, this, [this] {
        if (m_status.state == PreviewState::Starting)
            show(PreviewState::Building);
    });
    connect(bench, &Workbench::limitHit, this, [this](const QString &reason, const QString &text) {
        if (m_status.state != PreviewState::Ready || reason == QLatin1String("out-of-memory"))
            show(PreviewState::Crashed, limitText(reason, text), text);
    });
}

void PreviewMonitor::set(PreviewStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    Q_EMIT changed(m_status);
}

void PreviewMonitor::show(PreviewState state, const QString &text, const QString &detail)
{
    PreviewStatus status = m_status;
    status.state = state;
    status.text = text;
    status.detail = detail;
    status.diagnostics.clear();
    set(status);
}

void PreviewMonitor::takeBuild(const AgentBuild &build)
{
    PreviewStatus status = m_status;
    if (status.version == 0 || status.revision != build.revision)
        status.version = m_next;
    status.text.clear();
    status.detail.clear();
    status.diagnostics.clear();
    for (const AgentDiagnostic &diagnostic : build.diagnostics)
        status.diagnostics.append(diagnosticOf(diagnostic));
    if (build.state == AgentBuild::State::Ok) {
        status.state = PreviewState::Ready;
        status.revision = build.revision;
    } else if (build.state == AgentBuild::State::None) {
        status.state = PreviewState::Empty;
        status.text = QCoreApplication::translate("Preview", "The app has no start page yet.");
    } else {
        const Finding finding = judgeBuild(build);
        status.state = PreviewState::BuildError;
        status.text = finding.problem.summary;
        status.detail = finding.problem.report;
    }
    set(status);
}

void PreviewMonitor::takeServer(const AgentServer &server)
{
    if (server.state == QLatin1String("crashed"))
        return show(PreviewState::Crashed,
                    server.reason == QLatin1String("out-of-memory")
                        ? limitText(server.reason, {})
                        : QCoreApplication::translate("Preview", "The app's server stopped with exit code %1.")
                              .arg(server.exitCode),
                    server.reason.left(300));
    if (server.state == QLatin1String("running") && m_status.state == PreviewState::Crashed)
        show(PreviewState::Ready);
}

void PreviewMonitor::endTurn(int version)
{
    m_next = version;
    PreviewStatus status = m_status;
    status.version = version;
    set(status);
}

void PreviewMonitor::endWaiting(const QString &why)
{
    if (m_status.state == PreviewState::Starting || m_status.state == PreviewState::Building)
        show(why.isEmpty() ? PreviewState::Stopped : PreviewState::Failed, why); // a person stopped it: nothing failed
}

Future<PreviewStatus> PreviewMonitor::open(const FileMap &files, int version)
{
    m_next = version;
    m_status.version = 0;
    if (files.isEmpty()) {
        show(PreviewState::Nothing, QCoreApplication::translate("Preview", "Nothing has been made yet."));
        return readyFuture<PreviewStatus>(m_status);
    }
    show(m_bench->isReady() ? PreviewState::Building : PreviewState::Starting);
    m_bench->distrust();
    auto promise = std::make_shared<QPromise<Result<PreviewStatus>>>();
    promise->start();
    const auto future = promise->future();
    whenDone(this, m_bench->sync(files, true), [this, promise](const Result<AgentBuild> &built) {
        if (built)
            takeBuild(*built);
        else
            show(PreviewState::Failed, built.error().text, built.error().detail);
        promise->addResult(Result<PreviewStatus>(m_status));
        promise->finish();
    });
    return future;
}

} // namespace Flotilla
