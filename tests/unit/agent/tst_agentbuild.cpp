// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;
using Test::await;

using Files = QHash<QString, QByteArray>;

class TestAgentBuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_agent.reset(); }

    void aReactAppIsBuiltAndServed();
    void entriesAreFound_data();
    void entriesAreFound();
    void cssAndAssetsAreBundled();
    void ownPageGivesTitleAndHead();
    void errorsHavePlaces_data();
    void errorsHavePlaces();
    void unknownPackagesAreNamed();
    void unknownPackagesAreFoundInEveryForm_data();
    void unknownPackagesAreFoundInEveryForm();
    void wrongImportsAreNamed();
    void theLastGoodBuildStaysServed();
    void aNewBuildReplacesARunningOne();
    void manyErrorsAreBounded();
    void aMissingCompilerIsSaid();
    void buildsAreAnnounced();
    void sourceMapsAreMadeWhenAskedFor();
    void sourceMapsFollowTheBuild();
    void whoeverLeavesDoesNotWaitForMaps();

private:
    Result<AgentBuild> apply(const Files &files, bool replace = true)
    {
        return await(m_agent->client().apply(files, {}, replace, true));
    }
    std::unique_ptr<Test::RealAgent> m_agent;
};

namespace {

const QByteArray app = "export default function App() { return <h1>Hello</h1>; }\n";

} // namespace

void TestAgentBuild::init()
{
    const QString runtime = Test::RealAgent::runtimeWithCompiler();
    if (runtime.isEmpty() && !qEnvironmentVariableIsSet("FLOTILLA_REQUIRE_PEERS"))
        QSKIP("esbuild is not built here (target flotilla_resources)");
    QVERIFY2(!runtime.isEmpty(), "esbuild is required");
    m_agent = std::make_unique<Test::RealAgent>("{}", runtime);
    QVERIFY(await(m_agent->client().hello()).ok());
}

void TestAgentBuild::aReactAppIsBuiltAndServed()
{
    const auto build = apply({{QStringLiteral("src/App.tsx"), app}});
    QVERIFY2(build.ok(), build ? "" : qPrintable(build.error().text));
    QCOMPARE(build->state, AgentBuild::State::Ok);
    QCOMPARE(build->kind, QStringLiteral("react"));
    QCOMPARE(build->revision, 1);
    QVERIFY(build->milliseconds > 0);
    QVERIFY(build->diagnostics.isEmpty());
    const Test::HttpReply page = m_agent->get("/");
    QCOMPARE(page.status, 200);
    QVERIFY(page.head.contains("Content-Type: text/html; charset=utf-8"));
    QVERIFY(page.head.contains("Cache-Control: no-store"));
    QVERIFY(page.body.contains("<script type=\"module\" src=\"/app.js\"></script>"));
    const qsizetype importMap = page.body.indexOf("importmap");
    QVERIFY(importMap > 0 && importMap < page.body.indexOf("/app.js"));
    const Test::HttpReply script = m_agent->get("/app.js");
    QCOMPARE(script.status, 200);
    QVERIFY(script.head.contains("Content-Type: text/javascript"));
    QVERIFY(script.body.contains("Hello"));
    QVERIFY(script.body.contains("createRoot"));
    QCOMPARE(m_agent->get("/some/route").body, page.body);
    QVERIFY(script.body.endsWith("//# sourceMappingURL=app.js.map\n"));
    const auto status = await(m_agent->client().status());
    QVERIFY(status.ok());
    QCOMPARE(status->kind, QStringLiteral("react"));
    QCOMPARE(status->build.revision, 1);
}

void TestAgentBuild::entriesAreFound_data()
{
    QTest::addColumn<Files>("files");
    QTest::newRow("App.jsx") << Files{{QStringLiteral("src/App.jsx"), app}};
    QTest::newRow("App.js with JSX") << Files{{QStringLiteral("src/App.js"), app}};
    QTest::newRow("App in the root") << Files{{QStringLiteral("App.tsx"), app}};
    QTest::newRow("named export") << Files{
        {QStringLiteral("src/App.tsx"), "export function App() { return <h1>Hello</h1>; }"}};
    QTest::newRow("default by name") << Files{
        {QStringLiteral("src/App.tsx"), "const App = () => <h1>Hello</h1>; export { App as default };"}};
    QTest::newRow("own main") << Files{{QStringLiteral("src/App.tsx"), app},
                                       {QStringLiteral("src/main.tsx"),
                                        "import { createRoot } from 'react-dom/client'; import App from './App';\n"
                                        "createRoot(document.getElementById('root')!).render(<App />);"}};
    QTest::newRow("alias and environment")
        << Files{{QStringLiteral("src/App.tsx"),
                  "import { Title } from '@/parts/Title';\nconst key = import.meta.env.VITE_KEY ?? process.env.KEY;\n"
                  "export default function App() { return <Title text={key} />; }"},
                 {QStringLiteral("src/parts/Title.tsx"),
                  "export const Title = (p: { text?: string }) => <h1>Hello {p.text}</h1>;"}};
    QTest::newRow("stray project files") << Files{
        {QStringLiteral("src/App.tsx"), app},
        {QStringLiteral("tsconfig.json"),
         "{\"extends\":\"@tsconfig/nowhere\",\"compilerOptions\":{\"jsx\":\"preserve\"}}"},
        {QStringLiteral("package.json"), "{\"name\":\"x\",\"type\":\"commonjs\"}"}};
}

void TestAgentBuild::entriesAreFound()
{
    QFETCH(Files, files);
    const auto build = apply(files);
    QVERIFY(build.ok());
    QVERIFY2(build->state == AgentBuild::State::Ok,
             qPrintable(build->text + (build->diagnostics.isEmpty() ? QString() : build->diagnostics.first().text)));
    const QByteArray script = m_agent->get("/app.js").body;
    QVERIFY(script.contains("Hello"));
    QVERIFY(script.contains("createRoot"));
}

void TestAgentBuild::cssAndAssetsAreBundled()
{
    const auto build = apply({{QStringLiteral("src/App.tsx"), "import './app.css'; import dot from './dot.svg';\n"
                                                              "export default () => <img src={dot} />;"},
                              {QStringLiteral("src/app.css"), ".card { color: red; .inner { color: blue } }"},
                              {QStringLiteral("src/index.css"), "body { margin: 3px }"},
                              {QStringLiteral("src/dot.svg"), "<svg/>"},
                              {QStringLiteral("public/logo.png"), "PNG"}});
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Ok);
    const QByteArray page = m_agent->get("/").body;
    QVERIFY(page.indexOf("/app.css") > page.indexOf("importmap"));
    const Test::HttpReply css = m_agent->get("/app.css");
    QVERIFY(css.head.contains("Content-Type: text/css"));
    QVERIFY(css.body.contains(".card .inner")); // lowered for Chromium 102
    QVERIFY(css.body.contains("margin: 3px"));
    QVERIFY(m_agent->get("/app.js").body.contains("data:image/svg+xml"));
    QCOMPARE(m_agent->get("/logo.png").body, QByteArray("PNG"));
}

void TestAgentBuild::ownPageGivesTitleAndHead()
{
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), app},
                   {QStringLiteral("index.html"),
                    "<!DOCTYPE html><html><head><title>My app</title><meta name=\"a\" content=\"b\"></head>"
                    "<body class=\"x\"><div id=\"root\"></div><script type=\"module\" "
                    "src=\"/src/main.tsx\"></script></body></html>"}})
                .ok());
    const QByteArray page = m_agent->get("/").body;
    QVERIFY(page.contains("<title>My app</title>"));
    QVERIFY(page.contains("content=\"b\""));
    QVERIFY(page.contains("class=\"x\""));
    QVERIFY(!page.contains("/src/main.tsx"));
    QVERIFY(page.contains("src=\"/app.js\""));
    QCOMPARE(page.count("id=\"root\""), 1);
    QVERIFY(page.indexOf("importmap") < page.indexOf("<title>"));
}

void TestAgentBuild::errorsHavePlaces_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("lineText");
    QTest::newRow("syntax") << QByteArray("export default function App() {\n  return <div>\n}\n") << 3 << 1
                            << QStringLiteral("not valid inside a JSX element") << QStringLiteral("}");
    QTest::newRow("characters, not bytes")
        << QByteArray("export default () => <p>äöü</b>;") << 1 << 30 << QStringLiteral("does not match opening \"p\"")
        << QStringLiteral("export default () => <p>äöü</b>;");
    QTest::newRow("missing file") << QByteArray("import x from './nope';\nexport default () => x;") << 1 << 15
                                  << QStringLiteral("Could not resolve \"./nope\"")
                                  << QStringLiteral("import x from './nope';");
    QTest::newRow("long line") << QByteArray("const a = \"" + QByteArray(300, 'x') +
                                             "\"; let a;\nexport default () => a;")
                               << 1 << 319 << QStringLiteral("already been declared")
                               << QString::fromLatin1("const a = \"" + QByteArray(300, 'x') + "\"; let a;");
    QTest::newRow("no component") << QByteArray("export const nothing = 1;") << 1 << 1
                                  << QStringLiteral("No matching export")
                                  << QStringLiteral("export const nothing = 1;");
}

void TestAgentBuild::errorsHavePlaces()
{
    QFETCH(QByteArray, source);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, text);
    QFETCH(QString, lineText);
    const auto build = apply({{QStringLiteral("src/App.tsx"), source}});
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QVERIFY(!build->diagnostics.isEmpty());
    const AgentDiagnostic &first = build->diagnostics.first();
    QCOMPARE(first.file, QStringLiteral("src/App.tsx"));
    QCOMPARE(first.line, line);
    QCOMPARE(first.column, column);
    QVERIFY2(first.text.contains(text), qPrintable(first.text));
    QCOMPARE(first.lineText, lineText);
    QVERIFY(first.error);
    const Test::HttpReply page = m_agent->get("/");
    QCOMPARE(page.status, 503);
    QVERIFY(page.body.contains(QStringLiteral("src/App.tsx:%1").arg(line).toUtf8()));
    QVERIFY(page.body.contains("http-equiv=\"refresh\""));
}

void TestAgentBuild::unknownPackagesAreNamed()
{
    const auto build = apply(
        {{QStringLiteral("src/App.tsx"), "import { Row } from './Row';\nexport default () => <Row />;"},
         {QStringLiteral("src/Row.tsx"),
          "import React from 'react';\n\nimport _ from \"left-pad/sub\";\nexport const Row = () => <b>{_()}</b>;"}});
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QCOMPARE(build->diagnostics.size(), 1);
    const AgentDiagnostic &diagnostic = build->diagnostics.first();
    QCOMPARE(diagnostic.file, QStringLiteral("src/Row.tsx"));
    QCOMPARE(diagnostic.line, 3);
    QCOMPARE(diagnostic.column, 15);
    QVERIFY(diagnostic.text.contains(QStringLiteral("\"left-pad/sub\" is not available")));
    QVERIFY(diagnostic.text.contains(QStringLiteral("react-dom/client")));
}

void TestAgentBuild::unknownPackagesAreFoundInEveryForm_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("styles");
    QTest::addColumn<bool>("isUnknown");
    const auto row = [](const char *name, const char *code, const char *styles = "", bool isUnknown = true) {
        QTest::newRow(name) << QByteArray(code) << QByteArray(styles) << isUnknown;
    };
    row("default", "import a from 'left-pad'; console.log(a);");
    row("names over lines", "import {\n  a,\n  b as c,\n} from \"left-pad\"; console.log(a, c);");
    row("all", "import * as a from 'left-pad'; console.log(a);");
    row("for its effect", "import 'left-pad';");
    row("exported again", "export { a } from 'left-pad';");
    row("all exported again", "export * from 'left-pad';");
    row("with a type", "import a from 'left-pad' with { type: 'json' }; console.log(a);");
    row("later", "import('left-pad').then(console.log);");
    row("later, with a remark", "import(/* @vite-ignore */ 'left-pad').then(console.log);");
    row("required", "console.log(require('left-pad'));");
    row("a quote in the name", "import a from \"left'pad\"; console.log(a);");
    row("styles", "", "@import 'left-pad/styles.css'; p { color: red }");
    row("a picture of a package", "", "p { background: url(left-pad/a.png) }");
    row("known", "import { useState } from 'react'; import 'recharts'; console.log(useState);", "", false);
    row("the web", "import a from 'https://example.org/a.js'; import('https://example.org/b.js'); console.log(a);",
        "@import url(https://example.org/a.css); p { background: url(data:image/gif;base64,AA) }", false);
    row("only a text", "console.log(`import a from \"left-pad\"`, 'import(\\'left-pad\\')');",
        "p::after { content: '@import \"left-pad\"' }", false);
    row("computed", "const name = 'left-pad'; import(name).then(console.log);", "", false);
    row("only a type", "import type { A } from 'left-pad'; console.log(null as A);", "", false);
}

void TestAgentBuild::unknownPackagesAreFoundInEveryForm()
{
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, styles);
    QFETCH(bool, isUnknown);
    const auto build = apply({{QStringLiteral("src/App.tsx"), app},
                              {QStringLiteral("src/main.tsx"), "import './App'; import './a.css';\n" + code},
                              {QStringLiteral("src/a.css"), styles}});
    QVERIFY2(build.ok(), build ? "" : qPrintable(build.error().text));
    QVERIFY2((build->state == AgentBuild::State::Failed) == isUnknown, qPrintable(build->text));
    QCOMPARE(build->diagnostics.size(), isUnknown ? 1 : 0);
    if (isUnknown)
        QVERIFY2(build->diagnostics.first().text.contains(QLatin1String("is not available")),
                 qPrintable(build->diagnostics.first().text));
}

void TestAgentBuild::wrongImportsAreNamed()
{
    const auto build =
        apply({{QStringLiteral("src/App.tsx"),
                "import { useState, version as v } from 'react';\nimport { Card } from './Card';\n"
                "export default () => <Card>{useState(v)}</Card>;"},
               {QStringLiteral("src/Card.tsx"),
                "import {\n  Anchor,\n  TrashBin2x,\n  Unused,\n  type LucideIcon,\n} from 'lucide-react'\n"
                "import Line from 'recharts'\nconst icon: LucideIcon = Anchor;\n"
                "const code = `\nimport { Nothing } from \"react\";\n`;\n"
                "export const Card = () => <p>{code}<TrashBin2x/><Line/>{String(icon)}</p>;"}});
    QVERIFY2(build.ok(), build ? "" : qPrintable(build.error().text));
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QCOMPARE(build->diagnostics.size(), 2);
    const AgentDiagnostic &icon = build->diagnostics.at(0);
    QCOMPARE(icon.file, QStringLiteral("src/Card.tsx"));
    QCOMPARE(icon.line, 3);
    QCOMPARE(icon.column, 3);
    QVERIFY2(icon.text.contains(QLatin1String("no export named \"TrashBin2x\". Did you mean \"Trash")),
             qPrintable(icon.text));
    QCOMPARE(build->diagnostics.at(1).line, 7);
    QVERIFY(build->diagnostics.at(1).text.contains(QLatin1String("import { Line } from \"recharts\"")));
    const auto fixed =
        apply({{QStringLiteral("src/App.tsx"),
                "import { Trash2, House } from 'lucide-react';\nimport React, { Fragment } from 'react';\n"
                "export default () => <Fragment><Trash2/><House/>{React.version}</Fragment>;"}});
    QVERIFY(fixed.ok());
    QVERIFY2(fixed->state == AgentBuild::State::Ok, qPrintable(fixed->text));
}

void TestAgentBuild::theLastGoodBuildStaysServed()
{
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), app}}).ok());
    const auto failed = apply({{QStringLiteral("src/App.tsx"), "export default ("}});
    QVERIFY(failed.ok());
    QCOMPARE(failed->state, AgentBuild::State::Failed);
    QCOMPARE(failed->revision, 1);
    QVERIFY(m_agent->get("/app.js").body.contains("Hello"));
    const auto good = apply({{QStringLiteral("src/App.tsx"), "export default () => 'again';"}});
    QCOMPARE(good->revision, 2);
    QVERIFY(m_agent->get("/app.js").body.contains("again"));
}

void TestAgentBuild::aNewBuildReplacesARunningOne()
{
    QList<Future<AgentBuild>> builds;
    for (int i = 0; i < 5; ++i)
        builds += m_agent->client().apply(
            {{QStringLiteral("src/App.tsx"), "export default () => 'number " + QByteArray::number(i) + "';"}}, {}, true,
            true);
    for (const auto &future : builds) {
        const auto build = await(future);
        QVERIFY(build.ok());
        QCOMPARE(build->state, AgentBuild::State::Ok);
    }
    const auto status = await(m_agent->client().status());
    QVERIFY(status->build.revision <= 5);
    QVERIFY(m_agent->get("/app.js").body.contains("number "));
    const auto again = await(m_agent->client().build());
    QVERIFY(again.ok());
    QCOMPARE(again->revision, status->build.revision + 1);
}

void TestAgentBuild::manyErrorsAreBounded()
{
    QByteArray source;
    for (int i = 0; i < 400; ++i)
        source += "import './missing" + QByteArray::number(i) + "';\n";
    const auto build = apply({{QStringLiteral("src/App.tsx"), source + "export default () => null;"}});
    QVERIFY2(build.ok(), build ? "" : qPrintable(build.error().detail));
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QCOMPARE(build->diagnostics.size(), 50);
}

void TestAgentBuild::aMissingCompilerIsSaid()
{
    Test::RealAgent bare;
    QVERIFY(await(bare.client().hello()).ok());
    const auto build = await(bare.client().apply({{QStringLiteral("src/App.tsx"), app}}, {}, true, true));
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QVERIFY(build->text.contains(QStringLiteral("not installed")));
}

void TestAgentBuild::buildsAreAnnounced()
{
    QSignalSpy builds(&m_agent->client(), &AgentClient::buildChanged);
    QSignalSpy lines(&m_agent->client(), &AgentClient::logAdded);
    QSignalSpy lost(&m_agent->client(), &AgentClient::lost);
    m_agent->client().watch();
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), app}}).ok());
    QTRY_COMPARE(builds.size(), 1);
    QCOMPARE(builds.first().first().value<AgentBuild>().state, AgentBuild::State::Ok);
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), "export default ("}}).ok());
    QTRY_COMPARE(builds.size(), 2);
    QCOMPARE(builds.last().first().value<AgentBuild>().state, AgentBuild::State::Failed);
    QTRY_VERIFY(!lines.isEmpty());
    QCOMPARE(lines.first().first().value<AgentLogLine>().source, QStringLiteral("build"));
    QCOMPARE(lost.size(), 0);
    QVERIFY(await(m_agent->client().shutdown()).ok());
    QTRY_COMPARE(lost.size(), 1);
    QVERIFY(m_agent->process().state() == QProcess::NotRunning || m_agent->process().waitForFinished(5000));
    QCOMPARE(m_agent->process().exitCode(), 0);
}

void TestAgentBuild::sourceMapsAreMadeWhenAskedFor()
{
    QCOMPARE(m_agent->get("/app.js.map").status, 503); // there is no app yet
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), "import './a.css';\n" + app},
                   {QStringLiteral("src/a.css"), "p { color: red }"}})
                .ok());
    for (int i = 0; i < 2; ++i) {
        const Test::HttpReply map = m_agent->get("/app.js.map");
        QCOMPARE(map.status, 200);
        const QJsonObject json = QJsonDocument::fromJson(map.body).object();
        const QJsonArray sources = json.value(QLatin1String("sources")).toArray();
        const auto isApp = [](const QJsonValue &source) { return source.toString().endsWith(u"/src/App.tsx"); };
        const auto place = std::find_if(sources.begin(), sources.end(), isApp);
        QVERIFY2(place != sources.end(), map.body.constData());
        QCOMPARE(json.value(QLatin1String("sourcesContent")).toArray().at(place - sources.begin()).toString().toUtf8(),
                 QByteArray("import './a.css';\n" + app));
    }
    QVERIFY(m_agent->get("/app.css").body.endsWith("/*# sourceMappingURL=app.css.map */\n"));
    QVERIFY(m_agent->get("/app.css.map").body.contains("a.css"));
    QCOMPARE(await(m_agent->client().status())->build.revision, 1);
    QCOMPARE(m_agent->get("/other.js.map").status, 404);
}

void TestAgentBuild::sourceMapsFollowTheBuild()
{
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), app}}).ok());
    QCOMPARE(m_agent->get("/app.css.map").status, 404); // no styles
    QVERIFY(m_agent->get("/app.js.map").body.contains("Hello"));
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), "export default () => 'again';"}}).ok());
    QVERIFY(m_agent->get("/app.js.map").body.contains("again"));
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), "export default () => 'thrice';"}}).ok());
    QCOMPARE(apply({{QStringLiteral("src/App.tsx"), "export default ("}})->state, AgentBuild::State::Failed);
    QCOMPARE(m_agent->get("/app.js.map").status, 404); // of sources that are gone
    QVERIFY(m_agent->get("/app.js").body.contains("thrice"));
    const Files unbuilt{{QStringLiteral("src/App.tsx"), "export default () => 'not built';"}};
    QVERIFY(await(m_agent->client().apply(unbuilt, {}, true, false)).ok());
    QCOMPARE(m_agent->get("/app.js.map").status, 404);
}

void TestAgentBuild::whoeverLeavesDoesNotWaitForMaps()
{
    QVERIFY(apply({{QStringLiteral("src/App.tsx"), app}}).ok());
    for (int i = 0; i < 20; ++i) {
        QLocalSocket socket;
        socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /app.js.map HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        socket.abort();
    }
    QCOMPARE(m_agent->get("/app.js.map").status, 200);
    QCOMPARE(m_agent->get("/").status, 200);
}

QTEST_GUILESS_MAIN(TestAgentBuild)
#include "tst_agentbuild.moc"
