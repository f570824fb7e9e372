// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/frames.h"
#include "backends/agent/serve/aside.h"
#include "backends/agent/serve/esbuildoutput.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/http.h"
#include "backends/agent/serve/importcheck.h"
#include "backends/agent/serve/logring.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/paths.h"
#include "tests/support/ordinaryuser.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Flotilla::Agent;

/// The parts of the agent that need no process.
class TestAgentParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesSurviveAnyCut();
    void esbuildOutputIsRead();
    void esbuildOutputThatLies();
    void columnsAreCharacters();
    void foreignImportsAreFound();
    void wrongNamesAreFound();
    void onlyImportStatementsCount();
    void nearNamesAreNear();
    void pagesAreMade();
    void entryFitsTheExport();
    void linesAreCut();
    void percentEscapes();
    void optionsAreRead();
    void clippingKeepsCharacters();
    void whatIsAsideComesBack_data();
    void whatIsAsideComesBack();
    void foldersWithoutRightsAreRemoved();
};

void TestAgentParts::foldersWithoutRightsAreRemoved()
{
    const Flotilla::OrdinaryUser user;
    const QTemporaryDir dir;
    const QString inner = dir.filePath(QStringLiteral("tree/inner")), closed = inner + QStringLiteral("/closed");
    const QString outside = dir.filePath(QStringLiteral("outside"));
    QVERIFY(QDir().mkpath(closed) && QDir().mkpath(outside));
    QVERIFY(QFile::link(outside, closed + QStringLiteral("/link")));
    QVERIFY(::chmod(QFile::encodeName(outside).constData(), 0500) == 0);
    QVERIFY(::chmod(QFile::encodeName(closed).constData(), 0) == 0);
    QVERIFY(::chmod(QFile::encodeName(inner).constData(), 0555) == 0);
    const Fd folder = openFolder(dir.path().toStdString());
    QVERIFY(removeTree(folder.get(), "tree"));
    QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("tree"))));
    QCOMPARE(QFile::permissions(outside) & QFile::WriteOwner, QFile::Permissions()); // no link is followed
}

void TestAgentParts::whatIsAsideComesBack_data()
{
    QTest::addColumn<QString>("killed");
    QTest::newRow("by itself") << QString();
    QTest::newRow("killed while the new came") << QStringLiteral(".flotilla-kept");
    QTest::newRow("killed while it was moved") << QStringLiteral(".flotilla-moving");
}

void TestAgentParts::whatIsAsideComesBack()
{
    QFETCH(QString, killed);
    const QTemporaryDir dir;
    const auto write = [&dir](const QString &name, const QByteArray &bytes) {
        QFile file(dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    };
    const Fd folder(::open(dir.path().toUtf8().constData(), O_RDONLY | O_DIRECTORY));
    QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("deep/er")));
    write(QStringLiteral("deep/er/one"), "1");
    write(QStringLiteral("two"), "2");
    if (killed.isEmpty()) {
        const Aside aside(folder.get());
        QVERIFY(aside.ok());
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("two"))));
        write(QStringLiteral("two"), "new");
    } else {
        QVERIFY(QDir(dir.path()).mkdir(killed));
        QVERIFY(QDir(dir.path()).rename(QStringLiteral("deep"), killed + QStringLiteral("/deep")));
        if (killed == QLatin1String(".flotilla-kept")) {
            QVERIFY(QDir(dir.path()).rename(QStringLiteral("two"), killed + QStringLiteral("/two")));
            write(QStringLiteral("two"), "new");
            write(QStringLiteral("three"), "new");
        }
        Aside::recover(folder.get());
    }
    QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList({QStringLiteral("deep"), QStringLiteral("two")}));
    QFile two(dir.filePath(QStringLiteral("two"))), one(dir.filePath(QStringLiteral("deep/er/one")));
    QVERIFY(two.open(QIODevice::ReadOnly) && one.open(QIODevice::ReadOnly));
    QCOMPARE(two.readAll() + one.readAll(), QByteArray("21"));
    Aside gone(folder.get());
    gone.drop();
    QVERIFY(QDir(dir.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestAgentParts::framesSurviveAnyCut()
{
    std::string stream;
    appendFrame(stream, 'J', "{}");
    appendFrame(stream, 'B', std::string(70'000, 'x'));
    appendFrame(stream, 'I', "");
    for (const std::size_t step : {1, 3, 5, 4096, 1'000'000}) {
        FrameDecoder decoder;
        std::vector<Frame> frames;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            decoder.feed(std::string_view(stream).substr(at, step));
            for (Frame frame; decoder.next(frame);)
                frames.push_back(frame);
        }
        QCOMPARE(frames.size(), std::size_t(3));
        QCOMPARE(frames[1].payload.size(), std::size_t(70'000));
        QCOMPARE(frames[2].type, 'I');
        QCOMPARE(decoder.buffered(), std::size_t(0));
        QVERIFY(!decoder.broken());
    }
}

void TestAgentParts::esbuildOutputIsRead()
{
    const auto diagnostics = parseEsbuildOutput(
        "✘ [ERROR] Unexpected closing \"span\" tag\n\n    src/Bad.tsx:3:9:\n      3 │   <p>é</span>\n"
        "        │      ~~~~\n        ╵      p\n\n  The opening \"p\" tag is here:\n\n    src/Bad.tsx:1:3:\n"
        "      1 │ x\n        ╵ ^\n\n▲ [WARNING] Odd\n\n    a:b/c.ts:12:0:\n\n✘ [ERROR] No place\n\n3 errors\n");
    QCOMPARE(diagnostics.size(), std::size_t(3));
    QCOMPARE(diagnostics[0].file, std::string("src/Bad.tsx"));
    QCOMPARE(diagnostics[0].line, 3);
    QCOMPARE(diagnostics[0].column, 10);
    QVERIFY(diagnostics[0].error);
    QCOMPARE(diagnostics[1].file, std::string("a:b/c.ts"));
    QVERIFY(!diagnostics[1].error);
    QCOMPARE(diagnostics[2].line, 0);
}

void TestAgentParts::esbuildOutputThatLies()
{
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += "✘ [ERROR] " + std::string(5000, 'x') + "\n";
    const auto diagnostics = parseEsbuildOutput(many);
    QCOMPARE(diagnostics.size(), maxDiagnostics);
    QCOMPARE(diagnostics[0].text.size(), maxDiagnosticText);
    for (const char *place : {"    :1:2:", "    a:1:", "    a:x:2:", "    a:-1:2:", "    a:99999999999:1:", "   a:1:2:",
                              "     a:1:2:", "    ::::", "    1:2:"})
        QVERIFY2(parseEsbuildOutput(std::string("✘ [ERROR] x\n\n") + place + "\n").at(0).line == 0, place);
    QVERIFY(parseEsbuildOutput("    src/App.tsx:1:2:\n").empty());
}

void TestAgentParts::columnsAreCharacters()
{
    Diagnostic diagnostic;
    diagnostic.line = 2;
    diagnostic.column = 6; // bytes from 1: after "äö" and a space
    locateInSource(diagnostic, "first\r\näö x\r\nthird");
    QCOMPARE(diagnostic.lineText, std::string("äö x"));
    QCOMPARE(diagnostic.column, 4);
    diagnostic.line = 99;
    diagnostic.column = 99;
    locateInSource(diagnostic, "one line");
    QCOMPARE(diagnostic.lineText, std::string());
}

void TestAgentParts::foreignImportsAreFound()
{
    const auto keys = importMapKeys(R"({"imports":{"react":"/r.js","lib/":"/lib/","three":"/3.js"}})");
    QCOMPARE(keys.size(), std::size_t(3));
    const auto imports = foreignImports(
        R"({"inputs":{"src/A.tsx":{"imports":[{"path":"lodash","external":true},{"path":"unused","external":true}]}},
            "outputs":{"d/app.js":{"imports":[{"path":"lodash","external":true},{"path":"react","external":true},{"path":"lib/sub","external":true},
              {"path":"three/addons","external":true},{"path":"https://esm.sh/x","external":true},{"path":"./chunk.js"},{"path":"data:x","external":true}]}}})",
        keys);
    QCOMPARE(imports.size(), std::size_t(2));
    QCOMPARE(imports[0].specifier, std::string("lodash"));
    QCOMPARE(imports[0].file, std::string("src/A.tsx"));
    QCOMPARE(imports[1].specifier, std::string("three/addons"));
    const Diagnostic diagnostic = describeForeignImport(imports[0], "// lodash\nimport _ from 'lodash';\n", keys);
    QCOMPARE(diagnostic.line, 2);
    QCOMPARE(diagnostic.column, 15);
    QVERIFY(diagnostic.text.find("react") != std::string::npos);
    QVERIFY(foreignImports("not json", keys).empty());
    QVERIFY(
        !mayImportForeign("import { a } from \"react\";\nimport \"lib/sub\";\n", "p { background: url(/a) }", keys));
    for (const char *script : {"import \"lodash\";", "export * from 'lodash'", "x = import(", "__require(\"react\")",
                               "import \"lo", "import a from \"lodash"})
        QVERIFY2(mayImportForeign(script, "", keys), script);
    for (const char *styles :
         {"@import \"lodash\";", "@import url(lodash);", "a { b: url(\"lodash/a.png\") }", "url(x"})
        QVERIFY2(mayImportForeign("", styles, keys), styles);
    QVERIFY(foreignImports(R"({"outputs":[1,{"imports":{"a":5}}]})", keys).empty());
}

void TestAgentParts::wrongNamesAreFound()
{
    const std::string exports =
        R"({"react":["default","useState"],"icons":["Anchor","Home","HomeIcon"],"dom":["createRoot"]})";
    const auto wrong =
        wrongNames("// src/App.tsx\nimport { Hoem as Casa, Anchor } from \"icons\";\n"
                   "import React, {\n  useState,\n  createRoot\n} from \"react\";\n"
                   "import * as R from \"react\";\nimport \"icons\";\nimport Home from \"icons\";\n"
                   "import { any } from \"unknown\";\n// src/b.ts\nexport { Nope } from \"icons\";\nvar x;\n",
                   exports);
    QCOMPARE(wrong.size(), std::size_t(4));
    QCOMPARE(wrong[0].diagnostic.text, std::string(R"("icons" has no export named "Hoem". Did you mean "Home"?)"));
    QCOMPARE(wrong[1].diagnostic.text, std::string(R"("react" has no export named "createRoot"; it comes from "dom")"));
    QCOMPARE(wrong[2].diagnostic.text,
             std::string(R"("icons" has no default export. Import by name: import { Home } from "icons")"));
    QCOMPARE(wrong[3].diagnostic.file, std::string("src/b.ts"));

    WrongName first = wrong[0];
    placeNamedImport(first, "import { Hoem } from 'other'\n// Hoem\nimport {\n  ä, Hoem as Casa } from 'icons'\n");
    QCOMPARE(first.diagnostic.line, 4);
    QCOMPARE(first.diagnostic.column, 6);
    QCOMPARE(first.diagnostic.lineText, std::string("  ä, Hoem as Casa } from 'icons'"));
    placeNamedImport(first, "no such import");
    QCOMPARE(first.diagnostic.line, 4);
}

void TestAgentParts::onlyImportStatementsCount()
{
    const std::string exports = R"({"icons":["Home"]})";
    QVERIFY(wrongNames("// a.tsx\nimport { Home } from \"icons\";\nvar code = `\nimport { Nope } from \"icons\";\n`;\n",
                       exports)
                .empty());
    QVERIFY(wrongNames("import { Nope } from", exports).empty());
    QVERIFY(wrongNames("// a\nimport { Nope", exports).empty());
    QVERIFY(wrongNames("// a\nexport { Nope };\n", exports).empty());
    QVERIFY(wrongNames("// a\nimport { Nope } from \"icons\";\n", "not json").empty());
    QVERIFY(wrongNames({}, {}).empty());
    QCOMPARE(wrongNames("// a\nimport { Nope } from \"icons\"", exports).size(), std::size_t(1));
}

void TestAgentParts::nearNamesAreNear()
{
    const std::vector<std::string_view> names{"Trash", "Trash2", "Trash2Icon", "Edit", "Pencil", "default", "Sun"};
    QCOMPARE(nearNames("TrashTwo", names).front(), std::string_view("Trash"));
    QCOMPARE(nearNames("trash2", names).front(), std::string_view("Trash2"));
    QVERIFY(nearNames("Qqqqqqqqq", names).empty());
    QVERIFY(nearNames("Trash", names).size() <= 3);
}

void TestAgentParts::pagesAreMade()
{
    const std::string plain = reactPage({}, "<HEAD/>", true);
    QVERIFY(plain.find("<HEAD/>") < plain.find("/app.css"));
    QVERIFY(plain.find("/app.css") < plain.find("</head>"));
    const std::string broken = reactPage("<p>no head here", "<HEAD/>", false);
    QVERIFY(broken.find("id=\"root\"") != std::string::npos);
    const std::string rootless =
        reactPage("<html><head></head><BODY class=a><script src='/src/main.jsx'></script></BODY></html>", "H", false);
    QVERIFY(rootless.find("<BODY class=a><div id=\"root\"></div>") != std::string::npos);
    QVERIFY(rootless.find("/src/main") == std::string::npos);
    QCOMPARE(withHead("<!doctype html><header>x</header>", "H"), std::string("<!doctype html>H<header>x</header>"));
    QCOMPARE(withHead("x", "H"), std::string("Hx"));
    BuildResult build;
    build.diagnostics.push_back({"a<b>.tsx", 1, 2, "</pre><script>alert(1)</script>", "<img>", true});
    QVERIFY(statusPage("<t>", "<x>", &build).find("<script>") == std::string::npos);
}

void TestAgentParts::entryFitsTheExport()
{
    QVERIFY(entrySource("src/App", "export default 1", {}).find("import App from \"./src/App\"") != std::string::npos);
    QVERIFY(entrySource("src/App", "export const App = 1", {}).find("import { App } from") != std::string::npos);
    QVERIFY(entrySource("src/App", "", {"src/index.css"}).find("import \"./src/index.css\"") == 0);
}

void TestAgentParts::linesAreCut()
{
    LogRing ring;
    LineSplitter splitter(ring, "server", false);
    splitter.feed("one\r\ntw");
    splitter.feed("o\n\n");
    splitter.feed(std::string(10'000, 'x'));
    splitter.finish();
    QCOMPARE(ring.lines().size(), std::size_t(5));
    QCOMPARE(ring.lines()[0].text, std::string("one"));
    QCOMPARE(ring.lines()[1].text, std::string("two"));
    QCOMPARE(ring.lines()[2].text.size(), std::size_t(4096));
    QCOMPARE(ring.lines()[4].text.size(), std::size_t(10'000 - 2 * 4096));
    for (int i = 0; i < 5000; ++i)
        splitter.feed("line\n");
    QCOMPARE(ring.lines().size(), std::size_t(2000));
    QCOMPARE(ring.lines().back().sequence, std::int64_t(5005));
    for (int i = 0; i < 500; ++i)
        splitter.feed(std::string(4096, 'y'));
    QCOMPARE(ring.lines().size(), std::size_t(256));
}

void TestAgentParts::percentEscapes()
{
    std::string decoded;
    QVERIFY(percentDecode("a%20b%c3%A4", decoded));
    QCOMPARE(decoded, std::string("a bä"));
    for (const char *bad : {"%", "%2", "%zz", "a%00b"})
        QVERIFY2(!percentDecode(bad, decoded), bad);
}

void TestAgentParts::optionsAreRead()
{
    const auto parse = [](std::vector<std::string> words, Options &options) {
        words.insert(words.begin(), "serve");
        std::vector<char *> argv;
        for (std::string &word : words)
            argv.push_back(word.data());
        std::string error;
        return parseOptions(int(argv.size()), argv.data(), options, error);
    };
    Options options;
    QVERIFY(parse({"--dir", "/x", "--port", "81", "--limits", R"({"memory_bytes":5,"processes":-3,"data_bytes":"x"})"},
                  options));
    QCOMPARE(options.dir, std::string("/x"));
    QCOMPARE(options.port, 81);
    QCOMPARE(options.limits.memoryBytes, std::int64_t(5));
    QCOMPARE(options.limits.processes, std::int64_t(0));
    QCOMPARE(options.limits.dataBytes, std::int64_t(0));
    for (const auto &words : std::vector<std::vector<std::string>>{
             {"--dir"}, {"--port", "0"}, {"--port", "x"}, {"--limits", "5"}, {"--control-fd", "1"}, {"x", "y"}})
        QVERIFY(!parse(words, options));
}

void TestAgentParts::clippingKeepsCharacters()
{
    QCOMPARE(clipped("aä", 2), std::string("a"));
    QCOMPARE(clipped("aä", 3), std::string("aä"));
    QCOMPARE(clipped("日本", 5), std::string("日"));
}

QTEST_GUILESS_MAIN(TestAgentParts)
#include "tst_agentparts.moc"
