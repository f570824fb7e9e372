// SPDX-License-Identifier: GPL-3.0-or-later
// Real container engines: restarted under living sandboxes, and what they measure themselves.
#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/support/testengine.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace Flotilla {

namespace {

using Kind = ContainerEngine::Kind;

SandboxSpec specOf(const QString &id)
{
    SandboxSpec spec;
    spec.id.value = id;
    spec.app.value = QStringLiteral("app-") + id;
    return spec;
}

ExecSpec shell(const char *script)
{
    ExecSpec spec;
    spec.argv = QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromUtf8(script)};
    return spec;
}

/// "61.2MiB / 512MiB" -> bytes
double bytesIn(const QByteArray &text)
{
    const QByteArray used = text.split('/').value(0).trimmed();
    static const QList<std::pair<QByteArray, double>> units{
        {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}};
    for (const auto &[unit, factor] : units) {
        if (used.endsWith(unit))
            return used.chopped(unit.size()).toDouble() * factor;
    }
    return 0;
}

} // namespace

class TestEngines : public QObject
{
    Q_OBJECT

private:
    struct Peer
    {
        explicit Peer(Kind kind)
            : engine(kind)
        {
            started = engine.start();
            qputenv("FLOTILLA_TEST_ENGINE_SOCKET", engine.socket().toUtf8());
            backend = containersOn(&host, &http, kind);
        }
        ~Peer()
        {
            if (started)
                (void)await(backend->reconcile({}));
            backend.reset();
        }
        QByteArray run(const SandboxId &id, const char *script)
        {
            const auto agent = backend->agent(id);
            if (!agent)
                return problem(agent);
            const auto ran = await((*agent)->run(shell(script)));
            return ran ? ran->second.trimmed() : problem(ran);
        }

        QTemporaryDir dir{QStringLiteral("/tmp/flotilla-eng-XXXXXX")};
        TestEngine engine;
        HttpClient http;
        LocalHost host{dir.filePath(QStringLiteral("run"))};
        std::unique_ptr<SandboxBackend> backend;
        bool started = false;
    };

    static void kinds()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("hard");
        QTest::newRow("docker") << int(Kind::Docker) << false;
        // not "docker killed": the containerd that it leaves behind keeps a private dockerd from starting again
        QTest::newRow("podman") << int(Kind::Podman) << false;
        QTest::newRow("podman killed") << int(Kind::Podman) << true;
    }

#define NEED(peer)                                                                                                     \
    if (!(peer).started && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)                                \
        QSKIP(qPrintable((peer).engine.problem()));                                                                    \
    QVERIFY2((peer).started, qPrintable((peer).engine.problem()))

private Q_SLOTS:
    void aRestartedEngineLosesNothingSilently_data()
    {
        kinds();
    }
    void aRestartedEngineLosesNothingSilently()
    {
        QFETCH(int, kind);
        QFETCH(bool, hard);
        Peer peer{Kind(kind)};
        NEED(peer);
        QList<SandboxId> ids;
        for (const char *name : {"one", "two", "three"}) {
            VERIFY_OK(await(peer.backend->create(specOf(QLatin1String(name)))));
            ids.append(SandboxId{QLatin1String(name)});
        }
        QSignalSpy changes(peer.backend.get(), &SandboxBackend::sandboxChanged);
        peer.engine.stop(hard);
        const auto meanwhile = await(peer.backend->create(specOf(QStringLiteral("late"))));
        QVERIFY(!meanwhile);
        QVERIFY2(meanwhile.error().text.size() > 20, problem(meanwhile));
        QVERIFY2(peer.engine.start(), qPrintable(peer.engine.problem()));
        for (const SandboxId &id : std::as_const(ids)) {
            Result<SandboxInfo> info = await(peer.backend->get(id));
            VERIFY_OK(info);
            if (info->state == SandboxState::Running) {
                QTRY_COMPARE_WITH_TIMEOUT(peer.run(id, "echo here"), QByteArray("here"), 20'000);
                continue;
            }
            QVERIFY(info->state == SandboxState::Failed);
            QVERIFY(!info->detail.isEmpty());
            QVERIFY(info->reason != SandboxReason::None);
            VERIFY_OK(await(peer.backend->create(specOf(id.value)))); // the same id, a new life
            QCOMPARE(peer.run(id, "echo again"), QByteArray("again"));
        }
        const auto kept = await(peer.backend->reconcile(ids));
        VERIFY_OK(kept);
        QCOMPARE(kept->size(), 3);
        VERIFY_OK(await(peer.backend->reconcile({})));
        QVERIFY(!peer.engine.cli({QStringLiteral("ps"), QStringLiteral("-a")}).contains("flotilla-base"));
    }

    void figuresAreThoseOfTheEngine_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("docker") << int(Kind::Docker);
        QTest::newRow("podman") << int(Kind::Podman);
    }
    void figuresAreThoseOfTheEngine()
    {
        QFETCH(int, kind);
        Peer peer{Kind(kind)};
        NEED(peer);
        const SandboxId id{QStringLiteral("measured")};
        VERIFY_OK(await(peer.backend->create(specOf(id.value))));
        auto holder = (*peer.backend->agent(id))
                          ->exec(shell("exec python3 -c \"import time; a = b'x' * 80_000_000; t = time.time()\nwhile "
                                       "time.time() < t + 1: pass\n"
                                       "print('held', flush=True); time.sleep(600)\""));
        QByteArray said;
        connect(holder.get(), &ExecProcess::standardOutput, this, [&said](const QByteArray &bytes) { said += bytes; });
        QTRY_VERIFY_WITH_TIMEOUT(said.contains("held"), 20'000);
        const auto metrics = await(peer.backend->metrics(id));
        VERIFY_OK(metrics);
        const QByteArray format = peer.engine.cli({QStringLiteral("stats"), QStringLiteral("--no-stream"),
                                                   QStringLiteral("--format"), QStringLiteral("{{.MemUsage}}")});
        const double theirs = bytesIn(format.trimmed());
        QVERIFY2(theirs > 80e6, format);
        const QByteArray both = QByteArray::number(metrics->memoryBytes) + " | " + format;
        QVERIFY2(std::abs(double(metrics->memoryBytes) - theirs) <= 0.05 * theirs, both);
        QVERIFY2(metrics->cpuSeconds > 0.9 && metrics->cpuSeconds < 3, QByteArray::number(metrics->cpuSeconds));
        QCOMPARE(metrics->processes, 2);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestEngines)
#include "tst_engines.moc"
