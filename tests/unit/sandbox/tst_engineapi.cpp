// SPDX-License-Identifier: GPL-3.0-or-later
// A container engine that answers nonsense: every call ends, with a sentence, in bounded memory.
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/container/containerbackend.h"
#include "backends/sandbox/container/engineapi.h"
#include "tests/conformance/await.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTimer>

namespace Flotilla {

namespace {

constexpr auto callTimeout = std::chrono::milliseconds(1500);
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 mostMemory = 600'000'000; // freed blocks wait in a quarantine of 256 MB
#else
constexpr qint64 mostMemory = 200'000'000;
#endif

/// What the engine does after a request.
struct Script
{
    QByteArray bytes;
    enum After { Close, Hold, Endless, Drip } after = Close;
};

class FakeEngine : public QLocalServer
{
public:
    explicit FakeEngine(const QString &path)
    {
        connect(this, &QLocalServer::newConnection, this, [this] { serve(nextPendingConnection()); });
        listen(path);
    }

    Script script;
    qint64 sent = 0;

private:
    void serve(QLocalSocket *socket)
    {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, socket, [this, socket] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            sent += socket->write(script.bytes);
            if (script.after == Script::Close)
                socket->disconnectFromServer();
            if (script.after == Script::Endless)
                connect(socket, &QLocalSocket::bytesWritten, socket, [this, socket] { more(socket); });
            if (script.after == Script::Drip)
                drip(socket);
        });
    }
    void more(QLocalSocket *socket)
    {
        if (socket->bytesToWrite() == 0)
            sent += socket->write(QByteArray(256 * 1024, 'x'));
    }
    static void drip(QLocalSocket *socket)
    {
        auto *timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        timer->start(20);
    }
};

QByteArray ok(const QByteArray &body, qsizetype length = -1)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(length < 0 ? body.size() : length) + "\r\n\r\n" + body;
}

qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    const QByteArray text = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
    const qsizetype at = text.indexOf("VmHWM:") + 6;
    return text.mid(at, text.indexOf("kB", at) - at).trimmed().toLongLong() * 1024;
}

} // namespace

class TestEngineApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_engine.isListening()); }

    void believesWhatAnEngineCanLimit_data()
    {
        QTest::addColumn<QByteArray>("info");
        QTest::addColumn<QByteArray>("libpod"); // empty: Docker
        QTest::addColumn<QString>("missing");
        // Podman 4.3 on cgroup v2 says so of every machine, as root and rootless
        const QByteArray podman = R"({"MemoryLimit": true, "PidsLimit": true, "CpuCfsQuota": false,
            "SecurityOptions": ["name=apparmor", "name=seccomp,profile=default"]})";
        const QByteArray all = R"({"MemoryLimit": true, "PidsLimit": true, "CpuCfsQuota": true,
            "SecurityOptions": ["name=seccomp,profile=default"]})";
        const auto libpod = [](const QByteArray &controllers) {
            return QByteArray(R"({"host": {"cgroupControllers": [)" + controllers + "]}}");
        };
        QTest::newRow("Docker") << all << QByteArray() << QString();
        QTest::newRow("Docker without") << podman << QByteArray() << QStringLiteral("CpuCfsQuota");
        QTest::newRow("Podman") << podman << libpod(R"("cpu", "memory", "pids")") << QString();
        QTest::newRow("Podman, no cpu") << all << libpod(R"("memory", "pids")") << QStringLiteral("CpuCfsQuota");
        QTest::newRow("Podman, no memory") << all << libpod(R"("cpu", "pids")") << QStringLiteral("MemoryLimit");
        QTest::newRow("Podman, no pids") << all << libpod(R"("cpu", "memory")") << QStringLiteral("PidsLimit");
        QTest::newRow("Podman, nothing") << all << QByteArray("{}") << QStringLiteral("MemoryLimit");
        const QByteArray old = all.chopped(1) + R"(, "Rootless": true, "CgroupVersion": "1"})";
        QTest::newRow("Podman, rootless on cgroup v1") << old << QByteArray() << QStringLiteral("rootless");
        QTest::newRow("no filter") << QByteArray(R"({"MemoryLimit": true, "PidsLimit": true, "CpuCfsQuota": true})")
                                   << QByteArray() << QStringLiteral("filter");
    }

    void believesWhatAnEngineCanLimit()
    {
        QFETCH(QByteArray, info);
        QFETCH(QByteArray, libpod);
        QFETCH(QString, missing);
        QJsonObject facts = QJsonDocument::fromJson(info).object();
        if (!libpod.isEmpty())
            facts = EngineParse::withControllers(facts, QJsonDocument::fromJson(libpod).object());
        const Status able = EngineParse::canEnforce(facts);
        QCOMPARE(able.ok(), missing.isEmpty());
        if (!able)
            QVERIFY2((able.error().text + able.error().detail).contains(missing), qPrintable(able.error().detail));
    }

    void nonsenseEndsAsASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("after");
        const auto row = [](const char *name, const QByteArray &bytes, Script::After after) {
            QTest::newRow(name) << bytes << int(after);
        };
        const QByteArray open = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
        row("no HTTP", QByteArray::fromHex("00ff17") + "what?\r\n\r\n", Script::Close);
        row("nothing", {}, Script::Close);
        row("silence", {}, Script::Hold);
        row("half a header", "HTTP/1.1 200 OK\r\nConte", Script::Close);
        row("endless header", "HTTP/1.1 200 OK\r\nX: ", Script::Endless);
        row("no JSON", ok("<html>welcome</html>"), Script::Close);
        row("binary", ok(QByteArray(100'000, '\xfe')), Script::Close);
        row("empty", ok({}), Script::Close);
        row("a number", ok("17"), Script::Close);
        row("cut JSON", ok("[{\"Id\":\"a"), Script::Close);
        row("cut body", ok("[{\"Id\":\"a", 100'000), Script::Close);
        row("cut body, then silence", ok("[{\"Id\":\"a", 100'000), Script::Hold);
        row("slow", open + "[", Script::Drip);
        row("endless", open + "[\"", Script::Endless);
        row("said to be huge", ok("[", qsizetype(1) << 50), Script::Endless);
        row("deep", ok(QByteArray(2'000'000, '[')), Script::Close);
        row("error page", "HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\n<oops", Script::Close);
        row("endless error", "HTTP/1.1 500 Oops\r\n\r\n", Script::Endless);
    }
    void nonsenseEndsAsASentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, after);
        m_engine.script = {bytes, Script::After(after)};
        m_engine.sent = 0;
        const qint64 before = peakMemory();
        QElapsedTimer timer;
        timer.start();
        EngineCall call;
        call.path = QStringLiteral("/containers/json");
        call.timeout = callTimeout;
        const auto reply = await(m_api.call(call));
        QVERIFY2(timer.elapsed() < 8'000, QByteArray::number(timer.elapsed()));
        Result<QJsonArray> list = reply ? reply->array() : Result<QJsonArray>(reply.error());
        QVERIFY(!list);
        QVERIFY2(list.error().text.size() > 20, problem(list));
        QVERIFY2(!list.error().text.contains(QLatin1Char('<')), problem(list));
        const auto identified = await(EngineApi::identify(&m_host, &m_http, m_engine.fullServerName()));
        QVERIFY(!identified);
        QVERIFY2(peakMemory() - before < mostMemory, QByteArray::number(peakMemory() - before));
        QVERIFY2(m_engine.sent < 200'000'000, QByteArray::number(m_engine.sent));
    }

    void namesTheEngineThatDoesNotAnswer()
    {
        m_engine.script = {{}, Script::Close};
        for (const auto &[kind, name] : {std::pair(ContainerEngine::Kind::Podman, QStringLiteral("Podman")),
                                         std::pair(ContainerEngine::Kind::Docker, QStringLiteral("Docker"))}) {
            const auto engine = await(EngineApi::identify(&m_host, &m_http, m_engine.fullServerName(), kind));
            QVERIFY(!engine);
            QVERIFY2(engine.error().text.startsWith(name), problem(engine));
        }
    }

    void nonsenseInAStreamEnds_data() { nonsenseEndsAsASentence_data(); }
    void nonsenseInAStreamEnds()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, after);
        m_engine.script = {bytes, Script::After(after)};
        EngineCall call;
        call.method = "POST";
        call.path = QStringLiteral("/images/create");
        call.timeout = callTimeout;
        const qint64 before = peakMemory();
        const auto reply = await(m_api.stream(call, [](const QJsonObject &) {}), 10'000);
        if (!reply)
            QVERIFY2(reply.error().kind != ErrorKind::Timeout || reply.error().text.size() > 20, problem(reply));
        QVERIFY2(peakMemory() - before < mostMemory, QByteArray::number(peakMemory() - before));
    }

    void nonsenseToABuildEnds_data() { nonsenseEndsAsASentence_data(); }
    void nonsenseToABuildEnds()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, after);
        m_engine.script = {bytes, Script::After(after)};
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("Containerfile")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(1'000'000, '#')) > 0);
        file.close();
        const qint64 before = peakMemory();
        auto wish = std::make_unique<QObject>();
        QTimer::singleShot(callTimeout, wish.get(), [&wish] { wish.reset(); }); // a person who has enough of it
        const auto built =
            await(m_backend.buildImage({folder.path(), {}, QStringLiteral("localhost/t:1")}, {}, wish.get()), 10'000);
        QVERIFY(!built);
        QVERIFY2(built.error().text.size() > 20, problem(built));
        QVERIFY2(peakMemory() - before < mostMemory, QByteArray::number(peakMemory() - before));
    }

    void wrongTypesAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("not objects") << QByteArray("[1, \"x\", null, [], true]");
        QTest::newRow("labels") << QByteArray("[{\"Id\":{},\"Labels\":5,\"State\":[]}]");
        QTest::newRow("name") << QByteArray("[{\"Id\":\"a\",\"Labels\":{\"org.flotilla.sandbox\":\"../../etc\"}}]");
        QTest::newRow("owner") << QByteArray("[{\"Id\":\"a\",\"Labels\":{\"org.flotilla.sandbox\":\"a\","
                                             "\"org.flotilla.owner\":\"somebody\"},\"State\":\"running\"}]");
    }
    void wrongTypesAreLeftOut()
    {
        QFETCH(QByteArray, body);
        m_engine.script = {ok(body), Script::Close};
        const auto list = await(m_backend.list());
        VERIFY_OK(list);
        QVERIFY(list->isEmpty());
    }

private:
    static ContainerEngine engineAt(const QString &socket)
    {
        ContainerEngine engine;
        engine.socket = socket;
        engine.apiVersion = QStringLiteral("1.41");
        return engine;
    }

    QTemporaryDir m_dir{QStringLiteral("/tmp/flotilla-fake-XXXXXX")};
    FakeEngine m_engine{m_dir.filePath(QStringLiteral("engine.sock"))};
    HttpClient m_http;
    LocalHost m_host{m_dir.filePath(QStringLiteral("run"))};
    EngineApi m_api{&m_host, &m_http, engineAt(m_engine.fullServerName())};
    ContainerBackend m_backend{&m_host, &m_http, engineAt(m_engine.fullServerName()), {}};
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestEngineApi)
#include "tst_engineapi.moc"
