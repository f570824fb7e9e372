// SPDX-License-Identifier: GPL-3.0-or-later
// Create, first command and first preview request of a sandbox over a real sshd on the loopback, against the same
// without SSH, interleaved in the same run; then many sandboxes on one connection. Prints JSON.
// usage: bench_ssh [ROUNDS [HELD [PROFILE_MS [plain]]]]
// PROFILE_MS: what the login shell's profile costs. plain: without the helper on the host.
#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/hosts/ssh/sshhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/waiting.h"
#include "tests/support/sshserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

using namespace Flotilla; // a program of its own

namespace {

SandboxSpec specOf(const QString &name)
{
    SandboxSpec spec;
    spec.id.value = name;
    spec.app.value = name;
    return spec;
}

/// One request on a connection of its own, until the first bytes of the answer.
void preview(BubblewrapBackend &backend, const SandboxId &id)
{
    const Result<StreamOpener> opener = backend.appStream(id);
    const auto stream = wait((*opener)());
    QEventLoop loop;
    QObject::connect(stream.get(), &QIODevice::readyRead, &loop, &QEventLoop::quit);
    stream->write("GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n");
    loop.exec();
    if (!stream->readAll().startsWith("HTTP/1.1")) {
        std::fprintf(stderr, "no answer over HTTP\n");
        std::exit(1);
    }
}

struct Samples
{
    std::vector<double> create;
    std::vector<double> exec;
    std::vector<double> preview;
    std::vector<double> all;
    std::vector<double> run; ///< a program that does nothing, on the host

    QJsonObject json() const
    {
        using Bench::percentile;
        return {{QStringLiteral("create_p50_ms"), percentile(create, 0.5)},
                {QStringLiteral("exec_p50_ms"), percentile(exec, 0.5)},
                {QStringLiteral("preview_p50_ms"), percentile(preview, 0.5)},
                {QStringLiteral("run_p50_ms"), percentile(run, 0.5)},
                {QStringLiteral("all_p50_ms"), percentile(all, 0.5)},
                {QStringLiteral("all_p99_ms"), percentile(all, 0.99)}};
    }
};

void measure(Host &host, BubblewrapBackend &backend, const QString &name, Samples *samples)
{
    const SandboxSpec spec = specOf(name);
    ExecSpec command;
    command.argv = QStringList{QStringLiteral("/bin/true")};
    QElapsedTimer all;
    QElapsedTimer timer;
    all.start();
    wait(backend.create(spec));
    const double created = milliseconds(all);
    timer.start();
    wait((*backend.agent(spec.id))->run(command));
    const double ran = milliseconds(timer);
    timer.start();
    preview(backend, spec.id);
    const double shown = milliseconds(timer);
    const double sum = milliseconds(all);
    CommandSpec nothing;
    nothing.program = QStringLiteral("true");
    timer.start();
    wait(host.run(nothing));
    const double bare = milliseconds(timer);
    wait(backend.terminate(spec.id));
    if (!samples)
        return;
    samples->create.push_back(created);
    samples->exec.push_back(ran);
    samples->preview.push_back(shown);
    samples->all.push_back(sum);
    samples->run.push_back(bare);
}

/// Many at once over one connection; every one of them runs a command and answers a request.
QJsonObject hold(BubblewrapBackend &backend, const Test::SshServer &server, int count)
{
    QElapsedTimer timer;
    timer.start();
    QList<Future<SandboxInfo>> creating;
    for (int i = 0; i < count; ++i)
        creating.append(backend.create(specOf(QStringLiteral("held-%1").arg(i))));
    for (const auto &future : creating)
        wait(future);
    const double seconds = milliseconds(timer) / 1000;
    ExecSpec command;
    command.argv = QStringList{QStringLiteral("/bin/true")};
    timer.start();
    QList<Future<std::pair<ExecResult, QByteArray>>> running;
    for (int i = 0; i < count; ++i)
        running.append((*backend.agent(specOf(QStringLiteral("held-%1").arg(i)).id))->run(command));
    for (const auto &future : running)
        wait(future);
    const double executed = milliseconds(timer);
    timer.start();
    for (int i = 0; i < count; ++i)
        preview(backend, specOf(QStringLiteral("held-%1").arg(i)).id);
    const double shown = milliseconds(timer) / count;
    return {{QStringLiteral("held"), count},
            {QStringLiteral("connections"), server.connections().size()},
            {QStringLiteral("creates_per_second"), count / seconds},
            {QStringLiteral("exec_in_all_ms"), executed},
            {QStringLiteral("preview_each_ms"), shown}};
}

/// bash reads ~/.bashrc for sshd, and the home of the test server is one of its own.
void slowDown(const Test::SshServer &server, int milliseconds)
{
    QFile profile(server.path(QStringLiteral("home/.bashrc")));
    if (!profile.open(QIODevice::WriteOnly) ||
        profile.write("sleep " + QByteArray::number(milliseconds / 1000.0) + '\n') < 0)
        std::exit(1);
}

std::unique_ptr<SshHost> connectTo(const Test::SshServer &server, const QTemporaryDir &dir, const QString &helper)
{
    SshHostConfig config;
    config.label = config.target = QStringLiteral("box");
    config.configFile = server.configFile();
    config.localDir = dir.filePath(QStringLiteral("fwd"));
    config.remoteDir = dir.filePath(QStringLiteral("far"));
    config.cacheDir = dir.filePath(QStringLiteral("cache"));
    config.helper = helper;
    auto host = std::make_unique<SshHost>(config, AskPerson());
    wait(host->connectNow());
    if (helper.isEmpty())
        return host;
    wait(host->provide(helper));
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (host->hasHelper())
            loop.quit();
    });
    timer.start(1);
    loop.exec();
    return host;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 100;
    const int held = argc > 2 ? std::atoi(argv[2]) : 200;
    const int profile = argc > 3 ? std::atoi(argv[3]) : 0;
    const bool plain = argc > 4 && qstrcmp(argv[4], "plain") == 0;
    const QString bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + QLatin1String("/../bin"));
    const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-bench-XXXXXX"));
    Test::SshServer server(dir.filePath(QStringLiteral("sshd")));
    if (!server.start()) {
        std::fprintf(stderr, "sshd does not start\n");
        return 1;
    }
    const BubblewrapBackend::Layout layout{
        bin + QLatin1String("/flotilla-agent"), bin + QLatin1String("/../share/flotilla/runtime"), {}, {}};
    LocalHost local(dir.filePath(QStringLiteral("near")));
    if (profile > 0)
        slowDown(server, profile);
    const auto box = connectTo(server, dir, plain ? QString() : layout.agent);
    BubblewrapBackend here(&local, layout);
    BubblewrapBackend there(box.get(), layout);
    Samples near;
    Samples far;
    for (int i = -5; i < rounds; ++i) { // the first few only warm up
        const QString name = QStringLiteral("bench-%1").arg(i + 5);
        measure(local, here, name, i < 0 ? nullptr : &near);
        measure(*box, there, name, i < 0 ? nullptr : &far);
    }
    QJsonObject result{
        {QStringLiteral("rounds"), rounds},
        {QStringLiteral("profile_ms"), profile},
        {QStringLiteral("helper"), !plain},
        {QStringLiteral("local"), near.json()},
        {QStringLiteral("ssh"), far.json()},
        {QStringLiteral("added_p50_ms"), Bench::percentile(far.all, 0.5) - Bench::percentile(near.all, 0.5)},
        {QStringLiteral("many"), hold(there, server, held)}};
    wait(there.reconcile({}));
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
