// SPDX-License-Identifier: GPL-3.0-or-later
// Real container engines: restarted under living sandboxes, and what they measure themselves.
#include "backends/agent/agentclient.h"
#include "backends/core/clock.h"
#include "backends/fleet/boardrows.h"
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/support/testengine.h"
#include "tests/support/testregistry.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
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
        QTest::newRow("docker killed") << int(Kind::Docker) << true;
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
        auto holder =
            (*peer.backend->agent(id))
                ->exec(
                    shell("exec python3 -c \"import time; a = b'x' * 80_000_000\nwhile time.process_time() < 2: pass\n"
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
        const QJsonObject counted = theirNumbers(peer, id);
        const double seconds = counted["cpu_stats"]["cpu_usage"]["total_usage"].toDouble() / 1e9;
        QVERIFY2(seconds > 2, QJsonDocument(counted).toJson());
        const QByteArray times = QByteArray::number(metrics->cpuSeconds) + " | " + QByteArray::number(seconds);
        QVERIFY2(std::abs(metrics->cpuSeconds - seconds) <= 0.05 * seconds, times);
        QCOMPARE(metrics->processes, 2);
        QCOMPARE(counted["pids_stats"]["current"].toInt(), 2);
    }

    void theBoardsShareIsThatOfTheEngine_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void theBoardsShareIsThatOfTheEngine()
    {
        QFETCH(int, kind);
        Peer peer{Kind(kind)};
        NEED(peer);
        const auto info = await(peer.backend->create(specOf(QStringLiteral("paced"))));
        VERIFY_OK(info);
        BoardRows board;
        AppRecord app;
        app.id = info->app;
        app.host = QStringLiteral("local");
        board.setApp(app, 1, {});
        QVERIFY(board.setSandbox(*info));
        auto worker = (*peer.backend->agent(info->id))->exec(shell(pacedLoad));
        qsizetype turns = 0;
        connect(worker.get(), &ExecProcess::standardOutput, this, [&turns](const QByteArray &b) { turns += b.size(); });
        const auto sample = [&]() -> EngineCount {
            const auto metrics = await(peer.backend->metrics(info->id));
            if (metrics)
                board.setMetrics(info->id, *metrics, Clock::system().monotonic());
            return countOf(theirNumbers(peer, info->id));
        };
        QTRY_VERIFY_WITH_TIMEOUT(turns >= 10, 20'000);
        const EngineCount first = sample();
        const qsizetype begun = turns;
        QTRY_VERIFY_WITH_TIMEOUT(turns >= begun + 50, 60'000);
        const EngineCount last = sample();
        QVERIFY(last.seconds > first.seconds + 1 && last.at > first.at);
        const double theirs = (last.seconds - first.seconds) / (first.at.msecsTo(last.at) / 1000.0) * 100;
        const double ours = board.find(info->app)->cpuPercent.value_or(-1);
        QVERIFY2(std::abs(ours - theirs) <= 0.05 * theirs,
                 qPrintable(QStringLiteral("%1 % on the board, %2 % by the engine").arg(ours).arg(theirs)));
    }

    void aNamedImageIsPulledWithProgress_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void aNamedImageIsPulledWithProgress()
    {
        QFETCH(int, kind);
        const TestRegistry registry;
        QVERIFY(registry.started());
        Peer peer{Kind(kind)};
        NEED(peer);
        QSignalSpy changes(peer.backend.get(), &SandboxBackend::sandboxChanged);
        SandboxSpec spec = specOf(QStringLiteral("named"));
        spec.image = registry.image("tiny");
        VERIFY_OK(await(peer.backend->create(spec)));
        QCOMPARE(peer.run(spec.id, "read said < /marker; echo $said"), QByteArray("pulled"));
        QVERIFY(!changes.isEmpty());
        const auto first = changes.constFirst().constFirst().value<SandboxInfo>();
        QCOMPARE(first.id, spec.id);
        QCOMPARE(first.app, spec.app);
        QVERIFY(first.state == SandboxState::Creating);
        QCOMPARE(first.detail, QString(QStringLiteral("Pulling ") + spec.image));
    }

    void whatIsWrongWithAnImageIsASentence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("sentence");
        for (const Kind kind : {Kind::Docker, Kind::Podman}) {
            const char *name = kind == Kind::Docker ? "docker" : "podman";
            const auto row = [&](const char *what, const char *sentence) {
                QTest::addRow("%s %s", name, what)
                    << int(kind) << QString::fromLatin1(what) << QString::fromLatin1(sentence);
            };
            row("nothing", "There is no image %1.");
            row("bare", "The image %1 has no /bin/sh that runs.");
            row("foreign", "The image %1 is made for arm64 and does not run on");
            row("127.0.0.1:1/team/app", "The registry of the image %1 cannot be reached from");
            row("No Name", "\"%1\" is no name of a container image.");
        }
    }
    void whatIsWrongWithAnImageIsASentence()
    {
        QFETCH(int, kind);
        QFETCH(QString, image);
        QFETCH(QString, sentence);
        const TestRegistry registry;
        QVERIFY(registry.started());
        Peer peer{Kind(kind)};
        NEED(peer);
        SandboxSpec spec = specOf(QStringLiteral("wrong"));
        spec.image =
            image.contains(QRegularExpression(QStringLiteral("[ /]"))) ? image : registry.image(image.toLatin1());
        const auto made = await(peer.backend->create(spec));
        QVERIFY(!made);
        QVERIFY2(made.error().text.startsWith(sentence.arg(spec.image)), problem(made));
        QVERIFY(!peer.engine.cli({QStringLiteral("ps"), QStringLiteral("-a")}).contains("flotilla-"));
        SandboxSpec good = specOf(QStringLiteral("good"));
        good.image = registry.image("tiny");
        VERIFY_OK(await(peer.backend->create(good)));
    }

    void aPullThatNobodyWantsEnds_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void aPullThatNobodyWantsEnds()
    {
        QFETCH(int, kind);
        const TestRegistry registry;
        QVERIFY(registry.started());
        Peer peer{Kind(kind)};
        NEED(peer);
        ImageProgress last;
        connect(qobject_cast<ContainerBackend *>(peer.backend.get()), &ContainerBackend::imageProgress, this,
                [&last](const QString &, const ImageProgress &progress) { last = progress; });
        SandboxSpec one = specOf(QStringLiteral("one")), two = specOf(QStringLiteral("two"));
        one.image = two.image = registry.image("stuck");
        const Future<SandboxInfo> first = peer.backend->create(one), second = peer.backend->create(two);
        QTRY_VERIFY_WITH_TIMEOUT(last.done > 1'000'000, 30'000); // half of it comes
        QVERIFY(last.total > 11'000'000 && last.done < last.total);
        VERIFY_OK(await(peer.backend->terminate(one.id)));
        QVERIFY(first.isFinished() && first.result().error().kind == ErrorKind::Cancelled);
        QVERIFY(!second.isFinished());
        VERIFY_OK(await(peer.backend->terminate(two.id)));
        QVERIFY(second.isFinished() && second.result().error().kind == ErrorKind::Cancelled);
        SandboxSpec good = specOf(QStringLiteral("one")); // the same name is free again
        good.image = registry.image("tiny");
        VERIFY_OK(await(peer.backend->create(good)));
    }

    void whatAnImageSaysLoosensNothing_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void whatAnImageSaysLoosensNothing()
    {
        QFETCH(int, kind);
        const TestRegistry registry;
        QVERIFY(registry.started());
        Peer peer{Kind(kind)};
        NEED(peer);
        SandboxSpec spec = specOf(QStringLiteral("keeps"));
        spec.image = registry.image("keeps");
        VERIFY_OK(await(peer.backend->create(spec)));
        QCOMPARE(peer.run(spec.id, "echo $PATH"), QByteArray("/own/bin:/bin"));
        const QByteArray mounted = peer.run(spec.id, "while read line; do echo $line; done < /proc/self/mounts");
        QVERIFY2(mounted.contains("tmpfs /var/keep tmpfs"), mounted);
        QVERIFY2(peer.run(spec.id, "echo x > /var/keep/x && echo kept").contains("kept"), mounted);
        QVERIFY(peer.engine.cli({QStringLiteral("volume"), QStringLiteral("ls"), QStringLiteral("-q")}).isEmpty());
    }

    void anImageWithTheFoldersOfApps_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void anImageWithTheFoldersOfApps()
    {
        QFETCH(int, kind);
        const TestRegistry registry;
        QVERIFY(registry.started());
        Peer peer{Kind(kind)};
        NEED(peer);
        SandboxSpec spec = specOf(QStringLiteral("owns"));
        spec.image = registry.image("owns");
        VERIFY_OK(await(peer.backend->create(spec)));
        QCOMPARE(peer.run(spec.id, "echo /app/*"), QByteArray("/app/*")); // the workspace begins empty
        for (const char *folder : {"/app", "/data", "/tmp"}) {
            const QByteArray write = QByteArray("echo x > ") + folder + "/x && echo written";
            QCOMPARE(peer.run(spec.id, write.constData()), QByteArray("written"));
            const QByteArray look = QByteArray("while read line; do case $line in *' ") + folder +
                                    " '*) echo $line;; esac; done < /proc/self/mounts";
            const QByteArray mount = peer.run(spec.id, look.constData());
            QVERIFY2(mount.contains("nosuid,nodev") && mount.contains("size="), mount);
        }
    }

    void anImageThatWasRemovedIsMadeAgain_data()
    {
        figuresAreThoseOfTheEngine_data();
    }
    void anImageThatWasRemovedIsMadeAgain()
    {
        QFETCH(int, kind);
        Peer peer{Kind(kind)};
        NEED(peer);
        VERIFY_OK(await(peer.backend->create(specOf(QStringLiteral("before")))));
        VERIFY_OK(await(peer.backend->terminate({QStringLiteral("before")})));
        const QByteArray removed = peer.engine.cli(
            {QStringLiteral("image"), QStringLiteral("prune"), QStringLiteral("-a"), QStringLiteral("-f")});
        VERIFY_OK(await(peer.backend->create(specOf(QStringLiteral("after")))));
    }

private:
    /// GET /containers/ID/stats of the engine.
    /// What `stats` of the engine makes its percentage of.
    struct EngineCount
    {
        double seconds = 0; ///< of one core
        QDateTime at;
    };
    static EngineCount countOf(const QJsonObject &numbers)
    {
        return {numbers["cpu_stats"]["cpu_usage"]["total_usage"].toDouble() / 1e9,
                QDateTime::fromString(numbers["read"].toString(), Qt::ISODateWithMs)};
    }
    /// A third of a core, paced by the clock, so that both look at the same share whenever they look; a letter for each
    /// tenth of a second.
    static constexpr auto pacedLoad = R"(exec python3 -c "
import time
due = time.monotonic()
while True:
    for part in range(5):
        done = time.process_time() + 0.0066
        while time.process_time() < done: pass
        due += 0.02
        time.sleep(max(0, due - time.monotonic()))
    print('.', end='', flush=True)
")";
    static QJsonObject theirNumbers(Peer &peer, const SandboxId &id)
    {
        const QByteArray names = peer.engine.cli({QStringLiteral("ps"), QStringLiteral("--filter"),
                                                  QStringLiteral("name=-%1$").arg(id.value), QStringLiteral("--format"),
                                                  QStringLiteral("{{.Names}}")});
        HttpRequest request;
        request.url = QUrl(QStringLiteral("http://engine/v1.41/containers/%1/stats?stream=false&one-shot=true")
                               .arg(QString::fromUtf8(names.trimmed())));
        request.unixSocket = peer.engine.socket();
        const auto answer = await(peer.http.fetch(request));
        return answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestEngines)
#include "tst_engines.moc"
