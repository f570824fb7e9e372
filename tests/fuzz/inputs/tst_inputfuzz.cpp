// SPDX-License-Identifier: GPL-3.0-or-later
// What other programs, hosts, engines, files and damaged rows may say: good inputs, bent from fixed seeds.
#include "app/api/apihttp.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadrecovery.h"
#include "backends/fleet/loadtest/loadreplay.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/hosts/ssh/helperframes.h"
#include "backends/hosts/ssh/knownhosts.h"
#include "backends/llm/recording/recordedanswer.h"
#include "backends/preview/requestguard.h"
#include "backends/projects/appimport.h"
#include "backends/projects/exporter.h"
#include "backends/projects/messagejson.h"
#include "backends/projects/workspace.h"
#include "backends/sandbox/bubblewrap/launchprotocol.h"
#include "backends/sandbox/container/buildoutput.h"
#include "backends/sandbox/container/enginereply.h"
#include "backends/sandbox/container/ignorerules.h"
#include "backends/sandbox/sandboxrules.h"
#include "tests/fuzz/mutator.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace Flotilla {

using Test::Mutator;

namespace {

constexpr int cases = 3000;
constexpr int fileCases = 400;

const QByteArray secret("0123456789abcdef0123456789abcdef");

/// Each half of the time JSON that still parses, but says something else.
QByteArray otherValues(Mutator &mutator, QByteArray json)
{
    static const QByteArrayList values{"-1",   "1e300",       "null", "[]",         "{}",
                                       "\"\"", "\"../../x\"", "true", "2147483648", "0.5"};
    for (int changes = 1 + mutator.below(3); changes > 0; --changes) {
        const qsizetype colon = json.indexOf(':', mutator.below(int(json.size())));
        const qsizetype end = colon < 0 ? -1 : json.indexOf(',', colon);
        if (end > 0 && json.mid(colon, end - colon).count(char(0x22)) % 2 == 0)
            json.replace(colon + 1, end - colon - 1, values[mutator.below(int(values.size()))]);
    }
    return json;
}

} // namespace

class TestInputFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bentApiRequests()
    {
        Mutator mutator(11);
        const QByteArray good("POST /v1/apps/a%20b/messages HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Length: 5\r\n"
                              "Authorization: Bearer x\r\n\r\nhello");
        int understood = 0;
        for (int i = 0; i < cases; ++i) {
            const QByteArray bytes = mutator.mutate(good);
            ApiParser parser;
            auto state = ApiParser::State::More;
            for (qsizetype at = 0, step = 1 + mutator.below(60); at < bytes.size() && state == ApiParser::State::More;
                 at += step)
                state = parser.feed(bytes.mid(at, step));
            if (state != ApiParser::State::Done)
                continue;
            ++understood;
            for (const QString &part : parser.request().path)
                QVERIFY(part != QLatin1String("..") && !part.contains(QLatin1Char('/')));
            QVERIFY(!parser.request().headers.contains("transfer-encoding"));
        }
        QVERIFY(understood > 50);
    }

    void bentPreviewRequests()
    {
        Mutator mutator(12);
        const QByteArray good = "GET /a HTTP/1.1\r\nHost: " + secret +
                                ".localhost:1\r\nAccept: */*\r\n\r\n"
                                "POST /b HTTP/1.1\r\nHost: " +
                                secret +
                                ".localhost:1\r\nTransfer-Encoding: chunked\r\n"
                                "\r\n5\r\nhello\r\n0\r\n\r\n";
        int passed = 0;
        for (int i = 0; i < cases; ++i) {
            const QByteArray bytes = mutator.mutate(good);
            RequestGuard whole, pieces;
            QByteArray all, parts;
            const auto verdict = whole.feed(bytes.constData(), bytes.size(), all);
            auto last = RequestGuard::Verdict::Pass;
            for (qsizetype at = 0, step = 1 + mutator.below(50);
                 at < bytes.size() && last == RequestGuard::Verdict::Pass; at += step)
                last = pieces.feed(bytes.constData() + at, std::min(step, bytes.size() - at), parts);
            QCOMPARE(last, verdict);                    // how it is cut makes no difference
            if (verdict == RequestGuard::Verdict::Pass) // else what came of a body before the mistake may have passed
                QCOMPARE(parts, all);
            QVERIFY(all.isEmpty() || whole.secret().size() == secret.size());
            passed += all.isEmpty() ? 0 : 1;
        }
        QVERIFY(passed > 50);
    }

    void bentHelperFrames()
    {
        Mutator mutator(13);
        const QByteArray good = HelperFrames::frame(QJsonObject{{QStringLiteral("started"), 7}}) +
                                HelperFrames::frame('O', "some output") + HelperFrames::frame('E', {});
        for (int i = 0; i < cases; ++i) {
            const QByteArray bytes = mutator.mutate(good);
            HelperFrames::Decoder whole, pieces;
            QByteArrayList all, parts;
            whole.feed(bytes.constData(), bytes.size());
            while (const auto frame = whole.next())
                all.append(frame->type + frame->payload);
            for (qsizetype at = 0, step = 1 + mutator.below(20); at < bytes.size(); at += step) {
                pieces.feed(bytes.constData() + at, std::min(step, bytes.size() - at));
                while (const auto frame = pieces.next())
                    parts.append(frame->type + frame->payload);
            }
            QCOMPARE(parts, all);
            QCOMPARE(pieces.broken(), whole.broken());
        }
    }

    void bentEngineAnswers()
    {
        Mutator mutator(14);
        const QByteArray container(
            R"({"Id":"0a1b","State":"exited","Status":"Exited (137) 3 seconds ago","Labels":{"org.flotilla.owner":"me",
"org.flotilla.sandbox":"abc","org.flotilla.app":"def","org.flotilla.created":"1700000000000"},"Config":{"Labels":{}}})");
        int understood = 0;
        for (int i = 0; i < cases; ++i) {
            QByteArray stream = mutator.mutate(container + '\n' + container);
            QList<QJsonObject> found;
            EngineParse::objects(stream, found);
            for (const QJsonObject &object : std::as_const(found)) {
                const auto list = EngineParse::list({object});
                for (const EngineContainer &one : list)
                    QVERIFY(isSafeSandboxName(one.id.value));
                understood += int(list.size());
                EngineParse::inspect(object);
                EngineParse::negotiate(object);
                EngineParse::withControllers(object, object);
                [[maybe_unused]] const Status able = EngineParse::canEnforce(object);
            }
            const EngineReply reply{mutator.below(600), mutator.mutate(container)};
            QVERIFY(reply.message().size() <= 500);
            [[maybe_unused]] const auto object = reply.object();
            [[maybe_unused]] const auto array = reply.array();
        }
        QVERIFY(understood > 50);
    }

    void bentBuilds()
    {
        Mutator mutator(16);
        const QByteArray good(
            "{\"stream\":\"Step 1/2 : FROM node:20\\n\"}\r\n{\"status\":\"Downloading\",\"id\":\"a\","
            "\"progressDetail\":{\"current\":5000000,\"total\":9000000}}\r\n{\"stream\":\"STEP 2/2: RUN "
            "\\u001b[91mnpm ci\\n\\u001b[0m\"}\r\n{\"aux\":{\"ID\":\"sha256:0\"}}");
        int told = 0;
        for (int i = 0; i < cases; ++i) {
            QByteArray stream = mutator.below(2) ? mutator.mutate(good) : otherValues(mutator, good);
            QList<QJsonObject> found;
            EngineParse::objects(stream, found);
            BuildOutput output;
            for (const QJsonObject &object : std::as_const(found))
                told += output.take(object) ? 1 : 0;
            const BuildProgress progress = output.takeProgress();
            QVERIFY(progress.text.size() < 300);
            for (const QString &line : progress.lines)
                QVERIFY(line.size() <= 600 && !line.contains(QChar(0x1b)));
            const auto words = QByteArray::fromStdString(
                mutator.mutate("building at STEP \"RUN a\": while running runtime: exit status 3"));
            QVERIFY(!output.fault(QStringLiteral("t"), QStringLiteral("box"), QString::fromUtf8(words)).text.isEmpty());
            const auto rules = IgnoreRules::parse(
                QByteArray::fromStdString(mutator.mutate("# a\n*.log\n!**/[a-c]?.txt\nsub/**/x\n")), QString());
            if (rules) [[maybe_unused]]
                const bool out = rules->leaveOut(QString::fromUtf8(words));
        }
        QVERIFY(told > 50);
    }

    void bentLauncherAnswers()
    {
        Mutator mutator(15);
        const QByteArray good(
            R"({"ok":true,"sandboxes":[{"label":{"id":"abc","app":"def","owner":"me","cgroup":"","created_ms":5},"alive":true,
"oom_kills":0}],"stats":[{"id":"abc","memory_bytes":1,"cpu_ms":2,"processes":3}],"snapshots":[{"id":"s1","sandbox":"abc",
"app":"def","backend":"podman","label":"x","bytes":7,"created_ms":5}]})");
        int understood = 0;
        for (int i = 0; i < cases; ++i) {
            CommandResult ran;
            ran.standardOutput = mutator.below(2) ? mutator.mutate(good) : otherValues(mutator, good);
            const auto answer = LaunchProtocol::parse(ran, QStringLiteral("box"));
            if (!answer)
                continue;
            ++understood;
            for (const LaunchedSandbox &sandbox : LaunchProtocol::parseList(*answer))
                QVERIFY(isSafeSandboxName(sandbox.id.value));
            for (const SnapshotInfo &snapshot : LaunchProtocol::parseSnapshots(*answer, HostId{QStringLiteral("box")}))
                QVERIFY(isSafeSandboxName(snapshot.id.value) && snapshot.label.size() <= 500);
            LaunchProtocol::parseAllStats(*answer);
        }
        QVERIFY(understood > 50);
    }

    void bentKnownHosts()
    {
        Mutator mutator(16);
        const QByteArray good(
            "box ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbK0z0r9QkRIYCTb5GgDIkSjTQ2ZJpGSYFoUuCRcPUu\n"
            "@revoked [box]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbK0z0r9QkRIYCTb5GgDIkSjTQ2ZJpG\n"
            "|1|aGVsbG9oZWxsb2hlbGxvaGVsbA==|aGVsbG9oZWxsb2hlbGxvaGVsbA== ssh-rsa AAAAB3NzaC1yc2E=\n");
        const QTemporaryDir dir;
        SshTarget target;
        target.hostName = QStringLiteral("box");
        target.port = 22;
        target.userKnownHosts = {dir.filePath(QStringLiteral("known_hosts"))};
        for (int i = 0; i < fileCases; ++i) {
            QFile file(target.userKnownHosts.constFirst());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(mutator.mutate(good));
            file.close();
            target.port = mutator.below(2) ? 22 : 2222;
            const KnownHosts known(target);
            QVERIFY(known.algorithms().contains("ssh-ed25519"));
        }
    }

    void bentRuns()
    {
        Mutator mutator(17);
        const QByteArray good(
            R"({"format":1,"run":"r1","name":"a","state":"done","started":"2026-11-24T12:00:00.000Z","summary":{"live":1,"requested":1,
"failed":0,"model":"x","classes":{"live":1},"errors":{},"hosts":{"local":{"apps":1}}},"plan":{"count":1},"environment":{"cores":2},
"apps":[{"index":0,"app":"abc","prompt":"p","title":"<script>","host":"local","phase":"live","outcome":"live","colors":["x"],
"t0":0,"t1":1,"t2":2,"t3":3,"t4":4,"t5":5,"t6":6,"probed":true}],"samples":[{"t":1,"live":1,"p50":6,"p95":6}],
"events":[{"t":2,"kind":"phase","text":"x"}]})");
        int understood = 0;
        for (int i = 0; i < fileCases; ++i) {
            const QByteArray json = mutator.below(2) ? mutator.mutate(good) : otherValues(mutator, good);
            const auto record = loadRecordFromJson(QJsonDocument::fromJson(json).object());
            if (!record)
                continue;
            ++understood;
            QVERIFY(!loadReportHtml(*record).contains("<script"));
            rowsToCsv(record->rows);
            samplesToCsv(record->samples);
            const LoadReplay replay(interruptedRun(*record), 60);
            QVERIFY(replay.snapshot().target >= 0);
        }
        QVERIFY(understood > 50);
    }

    void bentPlans()
    {
        Mutator mutator(18);
        const QByteArray good(
            R"({"name":"show","stages":[{"shape":"step","to":10,"seconds":2},{"shape":"linear","to":100,"seconds":30.5}],
"max_in_flight":40,"model":"sampler","hosts":["a","b"],"hold_seconds":5,"seed":42,"thresholds":["failed <= 0"]})");
        for (int i = 0; i < cases; ++i) {
            const QByteArray json = mutator.below(2) ? mutator.mutate(good) : otherValues(mutator, good);
            const auto plan = loadPlanFromText(json, QStringLiteral("plan.json"), QDir(QStringLiteral("/nonexistent")));
            if (plan)
                QVERIFY(checkPlan(*plan));
            storedLoadPlan(QJsonDocument::fromJson(json).object());
        }
    }

    void bentRecordings()
    {
        Mutator mutator(19);
        const QByteArray good(
            R"({"format":"flotilla-recording-1","model":"sampler","prompt":"a quiz","step":0,"tools":true,"events":[{"at":1,"text":"x"},
{"at":2,"call":{"index":0,"id":"c","name":"write_file"}},{"at":3,"index":0,"input":"{}"},{"at":4,"called":{"index":0,"id":"c",
"name":"write_file","input":{},"error":""}},{"at":5,"usage":{"input":1,"cache_read":0,"cache_write":0,"output":2,"estimated":false}},
{"at":6,"done":"end"}]})");
        QVERIFY(answerFromLine(good));
        int understood = 0;
        for (int i = 0; i < cases; ++i) {
            const auto answer = answerFromLine(mutator.below(2) ? mutator.mutate(good) : otherValues(mutator, good));
            if (!answer)
                continue;
            ++understood;
            QVERIFY(answerFromLine(toLine(*answer))); // what is kept of it is right, too
        }
        QVERIFY(understood > 50);
    }

    void bentMessages()
    {
        Mutator mutator(20);
        MessageRecord good;
        good.id = 3;
        good.app = {QStringLiteral("abc")};
        good.role = QStringLiteral("assistant");
        good.state = QStringLiteral("complete");
        const QByteArray content(
            R"({"blocks":[{"type":"text","text":"hi"},{"type":"tool","id":"c","tool":"write_file","path":"a","preview":"b","state":"done"},
{"type":"image","media_type":"image/png","data":"AAAA"},{"type":"notice","severity":"info","text":"x"}],"model":"sampler",
"usage":{"input":1,"output":2},"cost":0.1,"seconds":2,"checks":["build"],"green":true})");
        for (int i = 0; i < cases; ++i) {
            MessageRecord record = good;
            record.content = mutator.below(2) ? mutator.mutate(content) : otherValues(mutator, content);
            const Message read = messageOf(record);
            QCOMPARE(read.id, good.id);
            QCOMPARE(messageOf(recordOf(read)).blocks.size(), read.blocks.size());
            checksOf(QString::fromUtf8(record.content));
        }
    }

    void bentArchives()
    {
        Mutator mutator(21);
        const QByteArray good = Exporter::zip({{QStringLiteral("index.html"), "<h1>x</h1>"},
                                               {QStringLiteral("src/deep/a.js"), "let a = 1;"},
                                               {QStringLiteral("node_modules/x/y.js"), "no"}});
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("app.zip"));
        int understood = 0;
        for (int i = 0; i < fileCases; ++i) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(mutator.mutate(good));
            file.close();
            ImportProgress progress;
            const auto imported = AppImport::readNow(path, progress);
            if (!imported)
                continue;
            ++understood;
            for (const QString &name : imported->files.keys())
                QVERIFY2(!pathProblem(name), qPrintable(name));
        }
        QVERIFY(understood > 5);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestInputFuzz)
#include "tst_inputfuzz.moc"
