// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentparse.h"
#include "backends/agent/frames.h"
#include "backends/agent/serve/esbuildoutput.h"
#include "backends/agent/serve/http.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/paths.h"
#include "tests/fuzz/mutator.h"

#include <QJsonObject>
#include <QTest>

using namespace Flotilla;
using Flotilla::Test::Mutator;

namespace {

constexpr int cases = 4000;

const std::string answer =
    R"({"ok":true,"kind":"react","build":{"state":"failed","revision":7,"kind":"react","ms":1.5,"text":"1 error",
"diagnostics":[{"file":"src/App.tsx","line":3,"column":9,"text":"bad","line_text":"x","error":true}]},
"server":{"state":"running","restarts":1,"exit_code":0,"signal":0,"reason":""},"lines":[{"seq":1,"time_ms":5,"source":"server","error":false,"text":"hi"}],
"entries":[{"path":"a/b","size":1,"type":"file"}],"exit_code":0,"reason":"exited","memory_bytes":1,"cpu_ms":2,"processes":3,"data_bytes":4,"workspace_bytes":5})";

} // namespace

class TestAgentFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesOfNoise();
    void bentFrames();
    void bentAnswers();
    void bentCompilerOutput();
    void bentMetafiles();
    void bentPages();
    void bentRequests();
    void bentPaths();
};

void TestAgentFuzz::framesOfNoise()
{
    Mutator mutator(1);
    for (int i = 0; i < cases; ++i) {
        Agent::FrameDecoder decoder;
        Agent::Frame frame;
        std::size_t fed = 0, taken = 0;
        for (int piece = 0; piece < 5; ++piece) {
            const std::string bytes = mutator.noise(200);
            fed += bytes.size();
            decoder.feed(bytes);
            while (decoder.next(frame))
                taken += frame.payload.size() + 5;
        }
        QVERIFY(taken + decoder.buffered() <= fed);
        QVERIFY(!decoder.broken() || decoder.buffered() == 0);
    }
}

void TestAgentFuzz::bentFrames()
{
    Mutator mutator(2);
    std::string good;
    Agent::appendFrame(good, 'J', answer);
    Agent::appendFrame(good, 'B', "some bytes");
    Agent::appendFrame(good, 'O', "");
    for (int i = 0; i < cases; ++i) {
        const std::string bytes = mutator.mutate(good);
        Agent::FrameDecoder whole, pieces;
        std::vector<std::string> fromWhole, fromPieces;
        Agent::Frame frame;
        whole.feed(bytes);
        while (whole.next(frame))
            fromWhole.push_back(frame.type + frame.payload);
        const std::size_t step = std::size_t(1 + mutator.below(50));
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            pieces.feed(std::string_view(bytes).substr(at, step));
            while (pieces.next(frame))
                fromPieces.push_back(frame.type + frame.payload);
        }
        QVERIFY(fromWhole == fromPieces); // how it is cut makes no difference
        QCOMPARE(whole.broken(), pieces.broken());
    }
}

void TestAgentFuzz::bentAnswers()
{
    Mutator mutator(3);
    int understood = 0;
    for (int i = 0; i < cases; ++i) {
        const auto object = AgentParse::object(mutator.mutate(answer));
        if (!object)
            continue;
        ++understood;
        AgentParse::failure(*object);
        const auto build = AgentParse::build(object->value(QLatin1String("build")).toObject());
        QVERIFY(!build || (build->diagnostics.size() <= 50 && build->revision >= 0));
        const auto lines = AgentParse::logLines(*object);
        QVERIFY(!lines || lines->size() <= 2000);
        const auto exec = AgentParse::exec(*object);
        QVERIFY(!exec || (exec->exitCode >= 0 && exec->exitCode <= 255));
        const auto stats = AgentParse::stats(*object);
        QVERIFY(!stats || stats->memoryBytes >= 0);
        [[maybe_unused]] const auto status = AgentParse::status(*object);
        [[maybe_unused]] const auto entries = AgentParse::entries(*object);
    }
    QVERIFY(understood > 50); // else this tests nothing
}

void TestAgentFuzz::bentCompilerOutput()
{
    Mutator mutator(4);
    const std::string good = "✘ [ERROR] Unexpected \"}\"\n\n    src/App.tsx:12:4:\n      12 │ }\n         ╵ ^\n\n▲ "
                             "[WARNING] x\n\n    a.ts:1:0:\n\n1 error\n";
    for (int i = 0; i < cases; ++i) {
        auto diagnostics = Agent::parseEsbuildOutput(mutator.mutate(good));
        QVERIFY(diagnostics.size() <= Agent::maxDiagnostics);
        for (Agent::Diagnostic &diagnostic : diagnostics) {
            QVERIFY(diagnostic.line >= 0 && diagnostic.column >= 0 &&
                    diagnostic.text.size() <= Agent::maxDiagnosticText);
            Agent::locateInSource(diagnostic, mutator.noise(300));
            QVERIFY(diagnostic.lineText.size() <= Agent::maxDiagnosticText);
        }
    }
}

void TestAgentFuzz::bentMetafiles()
{
    Mutator mutator(5);
    const std::string good =
        R"({"inputs":{"src/A.tsx":{"bytes":1,"imports":[{"path":"lodash","kind":"import-statement","external":true}]}},
"outputs":{"d/app.js":{"imports":[{"path":"lodash","external":true},{"path":"react","external":true}],"exports":[],"bytes":3}}})";
    for (int i = 0; i < cases; ++i) {
        const auto imports = Agent::foreignImports(mutator.mutate(good), {"react", "lib/", ""});
        for (const auto &import : imports) {
            const auto diagnostic =
                Agent::describeForeignImport(import, mutator.mutate("import _ from 'lodash';\n"), {"react"});
            QVERIFY(diagnostic.text.size() <= Agent::maxDiagnosticText);
        }
        Agent::importMapKeys(mutator.mutate(R"({"imports":{"react":"/r.js"}})"));
        Agent::mayImportForeign(mutator.mutate("import a from \"react\";\nimport('x');\n"),
                                mutator.mutate("@import \"a\";p{b:url('c')}"), {"react"});
    }
}

void TestAgentFuzz::bentPages()
{
    Mutator mutator(6);
    const std::string good = "<!doctype html><html><head><title>x</title></head><body><div id=\"root\"></div><script "
                             "type=\"module\" src=\"/src/main.tsx\"></script></body></html>";
    for (int i = 0; i < cases; ++i) {
        const std::string page = Agent::reactPage(mutator.mutate(good), "<HEAD/>", i % 2 == 0);
        QVERIFY(page.find("<HEAD/>") != std::string::npos);
        QVERIFY(page.find("/app.js") != std::string::npos);
    }
}

void TestAgentFuzz::bentRequests()
{
    Mutator mutator(7);
    const std::string good = "GET /a/b%20c?d=e HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\nHEAD / "
                             "HTTP/1.1\r\nHost: y\r\nContent-Length: 3\r\n\r\nabc";
    for (int i = 0; i < cases; ++i) {
        const std::string bytes = mutator.mutate(good);
        Agent::HttpRequestParser parser;
        const std::size_t step = std::size_t(1 + mutator.below(100));
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            auto state = parser.feed(std::string_view(bytes).substr(at, step));
            for (; state == Agent::HttpRequestParser::State::HasRequest; state = parser.next()) {
                const Agent::HttpRequest &request = parser.request();
                QVERIFY(!request.pathOk || request.path.empty() || Agent::isValidPath(request.path));
            }
            if (state == Agent::HttpRequestParser::State::Broken)
                break;
        }
    }
}

void TestAgentFuzz::bentPaths()
{
    Mutator mutator(8);
    for (int i = 0; i < cases; ++i) {
        const std::string path = mutator.mutate("src/components/App.tsx");
        if (!Agent::isValidPath(path))
            continue;
        QVERIFY(path.size() <= 512 && path[0] != '/' && path.find("//") == std::string::npos &&
                path.find('\0') == std::string::npos);
        QVERIFY(('/' + path + '/').find("/../") == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestAgentFuzz)
#include "tst_agentfuzz.moc"
