// SPDX-License-Identifier: GPL-3.0-or-later
// Sandbox create to agent ready against a bare bwrap with the same namespaces (interleaved in the same run), memory of
// an idle sandbox in all, and creates per second. Prints JSON. usage: bench_sandbox [ROUNDS [HELD]]
#include "app/application/application.h"
#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/waiting.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace Flotilla; // a program of its own

namespace {

/// Sum of some lines of /proc/meminfo, in bytes.
double kernelMemory()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    double sum = 0;
    if (!file.open(QIODevice::ReadOnly))
        return sum;
    for (const QByteArray &line : file.readAll().split('\n')) {
        for (const char *name : {"Slab:", "KernelStack:", "PageTables:", "Percpu:", "Shmem:"}) {
            if (line.startsWith(name))
                sum += line.mid(qsizetype(qstrlen(name))).trimmed().split(' ').constFirst().toDouble() * 1024;
        }
    }
    return sum;
}

SandboxSpec specOf(int number)
{
    SandboxSpec spec;
    spec.id.value = QStringLiteral("bench-%1").arg(number);
    spec.app.value = spec.id.value;
    return spec;
}

CommandSpec bareBwrap()
{
    CommandSpec command;
    command.program = QStringLiteral("bwrap");
    const char *const args[] = {"--unshare-user",
                                "--disable-userns",
                                "--unshare-pid",
                                "--unshare-net",
                                "--unshare-ipc",
                                "--unshare-uts",
                                "--unshare-cgroup-try",
                                "--ro-bind",
                                "/",
                                "/",
                                "/bin/true"};
    for (const char *arg : args)
        command.args.append(QLatin1String(arg));
    return command;
}

QJsonObject benchLatency(LocalHost &host, BubblewrapBackend &backend, int rounds)
{
    std::vector<double> create;
    std::vector<double> bare;
    std::vector<double> end;
    QElapsedTimer timer;
    for (int i = -5; i < rounds; ++i) { // the first few only warm up
        const SandboxSpec spec = specOf(i + 5);
        timer.start();
        wait(backend.create(spec));
        const double created = milliseconds(timer);
        timer.start();
        wait(backend.terminate(spec.id));
        const double ended = milliseconds(timer);
        timer.start();
        wait(host.run(bareBwrap()));
        if (i < 0)
            continue;
        bare.push_back(milliseconds(timer));
        create.push_back(created);
        end.push_back(ended);
    }
    using Bench::percentile;
    return {{QStringLiteral("rounds"), rounds},
            {QStringLiteral("create_p50_ms"), percentile(create, 0.5)},
            {QStringLiteral("create_p99_ms"), percentile(create, 0.99)},
            {QStringLiteral("bare_p50_ms"), percentile(bare, 0.5)},
            {QStringLiteral("bare_p99_ms"), percentile(bare, 0.99)},
            {QStringLiteral("ratio_p50"), percentile(create, 0.5) / percentile(bare, 0.5)},
            {QStringLiteral("terminate_p50_ms"), percentile(end, 0.5)}};
}

/// Starts `count` with at most four in flight; returns the seconds it took.
double createMany(BubblewrapBackend &backend, int count)
{
    QElapsedTimer timer;
    timer.start();
    QList<Future<SandboxInfo>> running;
    for (int i = 0; i < count; ++i) {
        if (running.size() == 4)
            wait(running.takeFirst());
        running.append(backend.create(specOf(i)));
    }
    for (const auto &future : running)
        wait(future);
    return milliseconds(timer) / 1000;
}

QJsonObject benchHeld(BubblewrapBackend &backend, int count)
{
    const double before = kernelMemory();
    const double seconds = createMany(backend, count);
    const double kernel = (kernelMemory() - before) / count;
    std::vector<double> user;
    for (int i = 0; i < count; ++i)
        user.push_back(double(wait(backend.metrics(specOf(i).id)).memoryBytes));
    QElapsedTimer timer;
    timer.start();
    QList<Future<void>> ending;
    for (int i = 0; i < count; ++i)
        ending.append(backend.terminate(specOf(i).id));
    for (const auto &future : ending)
        wait(future);
    const double median = Bench::percentile(user, 0.5);
    return {{QStringLiteral("held"), count},
            {QStringLiteral("creates_per_second"), count / seconds},
            {QStringLiteral("terminates_per_second"), count * 1000 / milliseconds(timer)},
            {QStringLiteral("idle_user_mb"), median / 1e6},
            {QStringLiteral("idle_kernel_mb"), kernel / 1e6},
            {QStringLiteral("idle_mb"), (median + kernel) / 1e6}};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 200;
    const int held = argc > 2 ? std::atoi(argv[2]) : 100;
    const QString bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + QLatin1String("/../bin"));
    const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-bench-XXXXXX"));
    const QString runtime = ApplicationPaths::resolve(dir.path()).runtime; // in memory where the product has it there
    LocalHost host(runtime);
    BubblewrapBackend backend(
        &host, {bin + QLatin1String("/flotilla-agent"), bin + QLatin1String("/../share/flotilla/runtime"), {}, {}});
    QJsonObject result = benchLatency(host, backend, rounds);
    const QJsonObject memory = benchHeld(backend, held);
    for (auto it = memory.begin(); it != memory.end(); ++it)
        result.insert(it.key(), it.value());
    wait(backend.reconcile({}));
    QDir(runtime).removeRecursively();
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
