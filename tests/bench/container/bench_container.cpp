// SPDX-License-Identifier: GPL-3.0-or-later
// Containers from create to "the agent answers" through our client, against `xargs -P8 docker run -d` (podman run -d)
// with the same options, which is not even asked to wait for its program. Rounds of both by turns on one engine; prints
// JSON. usage: bench_container [COUNT [ROUNDS]]
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/container/containerbody.h"
#include "tests/bench/container/runarguments.h"
#include "tests/bench/percentiles.h"
#include "tests/support/testengine.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace Flotilla; // a program of its own

namespace {

/// A benchmark is its own event loop; the programs of Flotilla never do this.
template <typename T>
Result<T> wait(const QFuture<Result<T>> &future)
{
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.result();
}

double secondsOf(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e9;
}

/// Returns at the first error: the engine is ended by its owner, whatever happens here.
class Comparison
{
public:
    Comparison(ContainerEngine::Kind kind, int count)
        : m_engine(kind)
        , m_kind(kind)
        , m_count(count)
    {
    }

    Result<QJsonObject> run(int rounds);

private:
    SandboxSpec spec(int number) const;
    Status prepare();
    Status writeArguments();
    Result<double> ours();
    Result<double> theirs();
    Result<QByteArray> shell(const QString &script) const;

    TestEngine m_engine;
    ContainerEngine::Kind m_kind;
    int m_count;
    QString m_bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + QLatin1String("/../bin"));
    QTemporaryDir m_dir{QStringLiteral("/tmp/flotilla-bench-XXXXXX")};
    LocalHost m_host{m_dir.filePath(QStringLiteral("run"))};
    HttpClient m_http;
    std::unique_ptr<ContainerBackend> m_backend;
    QStringList m_arguments; ///< of their `run -d`, up to and with the program
};

SandboxSpec Comparison::spec(int number) const
{
    SandboxSpec spec;
    spec.id.value = QStringLiteral("bench-%1").arg(number);
    spec.app.value = spec.id.value;
    return spec;
}

Result<QByteArray> Comparison::shell(const QString &script) const
{
    QProcess process;
    process.setProcessEnvironment(m_engine.environment());
    const QStringList command{QStringLiteral("-c"), script, QStringLiteral("sh"), m_engine.cliCommand().constFirst(),
                              QString::number(m_count)};
    process.start(QStringLiteral("/bin/sh"), command + m_arguments);
    if (!process.waitForFinished(300'000) || process.exitCode() != 0)
        return Error{ErrorKind::Unavailable, QStringLiteral("The command line of the engine failed."),
                     QString::fromUtf8(process.readAllStandardError().right(2000))};
    return process.readAllStandardOutput();
}

/// The backend with its base image made, and the options for the other side.
Status Comparison::prepare()
{
    if (!m_engine.start())
        return Error{ErrorKind::Unavailable, m_engine.problem(), {}};
    ContainerEngine engine;
    engine.kind = m_kind;
    engine.socket = m_engine.socket();
    const ContainerBackend::Layout layout{
        m_bin + QLatin1String("/flotilla-agent"), m_bin + QLatin1String("/../share/flotilla/runtime"), {}, {}};
    m_backend = std::make_unique<ContainerBackend>(&m_host, &m_http, engine, layout);
    if (const auto first = wait(m_backend->create(spec(0))); !first)
        return first.error();
    if (const Status ended = wait(m_backend->terminate(spec(0).id)); !ended)
        return ended;
    return writeArguments();
}

Status Comparison::writeArguments()
{
    CommandSpec asking;
    asking.program = m_bin + QLatin1String("/flotilla-agent");
    asking.args = QStringList{QStringLiteral("launch"), QStringLiteral("--container-facts"), m_host.runtimeDir()};
    const auto ran = wait(m_host.run(asking));
    if (!ran)
        return ran.error();
    const auto facts = ContainerBody::parseFacts(QJsonDocument::fromJson(ran->standardOutput).object());
    if (!facts)
        return facts.error();
    const auto image = shell(QStringLiteral("exec \"$1\" images --format '{{.Repository}}:{{.Tag}}' | head -n 1"));
    if (!image)
        return image.error();
    ContainerPlan plan;
    plan.engine.kind = m_kind;
    plan.facts = *facts;
    plan.agent = asking.program;
    plan.runtime = QDir::cleanPath(m_bin + QLatin1String("/../share/flotilla/runtime"));
    plan.owner = QStringLiteral("theirs");
    plan.folder = m_dir.filePath(QStringLiteral("theirs"));
    plan.user = 65534;
    plan.cpus = 2;
    QDir().mkpath(plan.folder + QLatin1String("/hand"));
    QFile::copy(QStringLiteral("/etc/passwd"), plan.folder + QLatin1String("/passwd"));
    m_arguments = Bench::runArguments(ContainerBody::make(spec(0), plan), facts->seccompPath) +
                  QStringList{QStringLiteral("--entrypoint"), QStringLiteral("/usr/bin/sleep"),
                              QString::fromUtf8(image->trimmed()), QStringLiteral("600")};
    return {};
}

/// Seconds until every agent answered.
Result<double> Comparison::ours()
{
    QElapsedTimer timer;
    timer.start();
    QList<Future<SandboxInfo>> creating;
    for (int i = 0; i < m_count; ++i)
        creating.append(m_backend->create(spec(i)));
    for (const auto &future : std::as_const(creating)) {
        if (const auto made = wait(future); !made)
            return made.error();
    }
    const double seconds = secondsOf(timer);
    for (int i = 0; i < m_count; ++i) {
        if (const Status ended = wait(m_backend->terminate(spec(i).id)); !ended)
            return ended.error();
    }
    return seconds;
}

/// Seconds until every `run -d` came back.
Result<double> Comparison::theirs()
{
    QElapsedTimer timer;
    timer.start();
    const auto ran = shell(QStringLiteral("cli=$1; n=$2; shift 2; seq \"$n\" | "
                                          "xargs -P8 -I{} \"$cli\" run -d --name theirs-{} \"$@\""));
    const double seconds = secondsOf(timer);
    if (!ran)
        return ran.error();
    const auto removed = shell(QStringLiteral("seq \"$2\" | sed s/^/theirs-/ | xargs \"$1\" rm -f"));
    return removed ? Result<double>(seconds) : Result<double>(removed.error());
}

Result<QJsonObject> Comparison::run(int rounds)
{
    if (const Status prepared = prepare(); !prepared)
        return prepared.error();
    std::vector<double> mine;
    std::vector<double> others;
    for (int round = -1; round < rounds; ++round) { // the first warms up
        const Result<double> a = ours();
        const Result<double> b = a ? theirs() : a;
        if (!b)
            return b.error();
        if (round < 0)
            continue;
        mine.push_back(m_count / *a);
        others.push_back(m_count / *b);
    }
    const double our = Bench::percentile(mine, 0.5);
    const double their = Bench::percentile(others, 0.5);
    return QJsonObject{{QStringLiteral("count"), m_count},
                       {QStringLiteral("rounds"), rounds},
                       {QStringLiteral("ours_per_second_median"), our},
                       {QStringLiteral("cli_per_second_median"), their},
                       {QStringLiteral("ratio_median"), our / their}};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 24;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    QJsonObject result;
    for (const auto &[kind, name] : {std::pair{ContainerEngine::Kind::Docker, QLatin1String("docker")},
                                     std::pair{ContainerEngine::Kind::Podman, QLatin1String("podman")}}) {
        const Result<QJsonObject> measured = Comparison(kind, count).run(rounds);
        if (!measured) {
            std::fprintf(stderr, "%s: %s %s\n", name.data(), qPrintable(measured.error().text),
                         qPrintable(measured.error().detail));
            return 1;
        }
        result.insert(name, *measured);
    }
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
