// SPDX-License-Identifier: GPL-3.0-or-later
// Last token to the rebuilt app served: a follow-up to the sampler at full pace in a running app. The clock starts when
// the turn leaves the streaming state and stops when the turn is green, which includes build, version commit and HTTP
// 200.
#include "app/application/application.h"
#include "backends/projects/projectservice.h"
#include "tests/bench/percentiles.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

using namespace Flotilla;

namespace {

template <typename T>
T wait(Future<T> future)
{
    future.waitForFinished();
    const Result<T> result = future.result();
    if (!result.ok()) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().text));
        std::exit(1);
    }
    return *result;
}

void waitVoid(Future<void> future)
{
    future.waitForFinished();
    if (!future.result().ok()) {
        std::fprintf(stderr, "%s\n", qPrintable(future.result().error().text));
        std::exit(1);
    }
}

/// Milliseconds from the end of the stream to green, read from the signals on the service thread.
double rebuild(ProjectService &projects, const AppId &app, const QString &wish)
{
    QElapsedTimer timer;
    bool streamed = false;
    double ended = 0;
    const auto watch = QObject::connect(
        &projects, &ProjectService::appChanged, &projects,
        [&](const AppSummary &now) {
            if (!streamed && now.turn != TurnState::Preparing && now.turn != TurnState::Streaming && !isEnd(now.turn)) {
                streamed = true;
                timer.start();
            }
            if (streamed && isEnd(now.turn) && ended == 0)
                ended = double(timer.nsecsElapsed()) / 1e6;
        },
        Qt::DirectConnection);
    QElapsedTimer whole;
    whole.start();
    waitVoid(projects.submit(app, {wish, {}, {}}));
    const AppSummary done = wait(projects.waitForTurn(app));
    QObject::disconnect(watch);
    if (!done.green) {
        std::fprintf(stderr, "the turn was not green: %s\n", qPrintable(done.problem));
        std::exit(1);
    }
    // Coalesced signals may skip the states between; then the whole turn is an upper bound.
    return ended > 0 ? ended : double(whole.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTemporaryDir dir(QStringLiteral("/tmp/flotilla-bench-XXXXXX"));
    ApplicationPaths paths = ApplicationPaths::resolve(dir.path() + QLatin1String("/store"));
    const QString bin = qEnvironmentVariable("FLOTILLA_BIN_DIR");
    paths.agent = bin + QLatin1String("/flotilla-agent");
    paths.resources = bin + QLatin1String("/../share/flotilla");
    auto application = Application::start({paths, nullptr});
    if (!application) {
        std::fprintf(stderr, "%s\n", qPrintable(application.error().text));
        return 1;
    }
    ProjectService &projects = (*application)->projects();
    const AppId id =
        wait(projects.create({QStringLiteral("a kanban board for a bakery"), QStringLiteral("sampler"), {}}));
    wait(projects.waitForTurn(id));
    std::vector<double> samples;
    for (int i = 0; i < 30; ++i)
        samples.push_back(
            rebuild(projects, id, i % 2 ? QStringLiteral("make it dark") : QStringLiteral("make it light")));
    waitVoid(projects.sleep(id));
    std::printf("{\"runs\": %zu, \"rebuild_p50_ms\": %.1f, \"rebuild_p95_ms\": %.1f}\n", samples.size(),
                Bench::percentile(samples, 0.5), Bench::percentile(samples, 0.95));
    return 0;
}
