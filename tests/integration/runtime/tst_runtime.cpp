// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerrecipe.h"
#include "tests/integration/runtime/runtimeserver.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineView>

#include <unistd.h>

using namespace Flotilla;

namespace {

/// Collects errors of the page.
class Page : public QWebEnginePage
{
public:
    using QWebEnginePage::QWebEnginePage;
    QStringList errors;

protected:
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message, int line,
                                  const QString &source) override
    {
        if (level == ErrorMessageLevel)
            errors.append(QStringLiteral("%1 (%2:%3)").arg(message, source).arg(line));
    }
};

} // namespace

/// The vendor modules, the utility classes and one sampled app of each kind in the engine that shows them (Chromium
/// 102).
class TestRuntime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyModuleLoads_data();
    void everyModuleLoads();
    void everyPackageBringsItsLicence();
    void thereIsOneReact();
    void utilityClassesWork_data();
    void utilityClassesWork();
    void nothingShowsUnstyled();
    void sampledAppsShow_data();
    void sampledAppsShow();
    void formsFollowTheModeOfAnApp();
    void longWordsOfATitleStayWhole_data();
    void longWordsOfATitleStayWhole();
    void cleanupTestCase();

private:
    void open(const QByteArray &body, const QByteArray &script = {});
    void openUrl(const QUrl &url);
    QVariant run(const QString &script);
    QByteArray built(const Recipe &recipe);
    void show(const Recipe &recipe, int width);

    QString m_runtime;
    std::unique_ptr<RuntimeServer> m_server;
    std::unique_ptr<QWebEngineProfile> m_profile;
    std::unique_ptr<Page> m_page;
    std::unique_ptr<QWebEngineView> m_view;
    QByteArray m_head;
};

void TestRuntime::initTestCase()
{
    m_runtime = qEnvironmentVariable("FLOTILLA_BIN_DIR") + QStringLiteral("/../share/flotilla/runtime");
    QFile head(m_runtime + QStringLiteral("/head.html"));
    QVERIFY2(head.open(QIODevice::ReadOnly), "build the target flotilla_resources first");
    m_head = head.readAll();
    m_server = std::make_unique<RuntimeServer>(m_runtime);
    m_profile = std::make_unique<QWebEngineProfile>();
    m_page = std::make_unique<Page>(m_profile.get());
    m_view = std::make_unique<QWebEngineView>();
    m_view->setPage(m_page.get());
    m_view->resize(1280, 800);
    m_view->show();
}

void TestRuntime::cleanupTestCase()
{
    m_view.reset();
    m_page.reset();
    m_profile.reset();
}

void TestRuntime::init()
{
    m_page->errors.clear();
}

void TestRuntime::openUrl(const QUrl &url)
{
    bool loaded = false;
    const auto connection =
        connect(m_page.get(), &QWebEnginePage::loadFinished, this, [&loaded](bool ok) { loaded = ok; });
    m_page->load(url);
    QTRY_VERIFY_WITH_TIMEOUT(loaded, 20000);
    disconnect(connection);
}

void TestRuntime::open(const QByteArray &body, const QByteArray &script)
{
    m_server->add(QStringLiteral("/"), "<!doctype html><html lang=\"en\"><head>" + m_head + "</head><body>" + body +
                                           "<script type=\"module\">" + script +
                                           "\nwindow.ready = true</script></body></html>");
    openUrl(m_server->url(QStringLiteral("/")));
}

QVariant TestRuntime::run(const QString &script)
{
    QVariant answer;
    bool done = false;
    m_page->runJavaScript(script, [&](const QVariant &value) {
        answer = value;
        done = true;
    });
    if (!QTest::qWaitFor([&done] { return done; }, 10000))
        qWarning("the page does not answer");
    return answer;
}

void TestRuntime::everyPackageBringsItsLicence()
{
    QFile packages(m_runtime + QStringLiteral("/packages.txt"));
    QFile licences(m_runtime + QStringLiteral("/../licences/runtime.txt"));
    QVERIFY(packages.open(QIODevice::ReadOnly) && licences.open(QIODevice::ReadOnly));
    const QByteArray text = '\n' + licences.readAll();
    const QList<QByteArray> lines = packages.readAll().trimmed().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray name = line.split(' ').first().split('/').first(); // the part of a package names it, too
        const QByteArray package = name == "motion" ? QByteArray("framer-motion") : name;
        QVERIFY2(text.contains('\n' + package + ' ' + line.split(' ').last() + " ("), line);
    }
    QVERIFY(text.contains("\nesbuild ") && text.contains("\n@unocss/core "));
}

void TestRuntime::everyModuleLoads_data()
{
    QTest::addColumn<QString>("specifier");
    QTest::addColumn<int>("names");
    QFile file(m_runtime + QStringLiteral("/exports.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject exported = QJsonDocument::fromJson(file.readAll()).object();
    for (auto entry = exported.begin(); entry != exported.end(); ++entry) {
        QJsonArray names = entry.value().toArray();
        const bool hasDefault = names.contains(QLatin1String("default"));
        QTest::newRow(qPrintable(entry.key())) << entry.key() << int(names.size()) - int(hasDefault);
    }
}

void TestRuntime::everyModuleLoads()
{
    QFETCH(QString, specifier);
    QFETCH(int, names);
    open({}, "import * as all from '" + specifier.toUtf8() +
                 "'\nwindow.names = Object.keys(all).filter((n) => n !== 'default' && all[n] !== undefined).length");
    QTRY_VERIFY2(run(QStringLiteral("window.ready === true")).toBool(),
                 qPrintable(m_page->errors.join(QLatin1Char('\n'))));
    const int found = run(QStringLiteral("window.names")).toInt();
    QVERIFY2(found > 0 && found >= names - 2 && found <= names,
             qPrintable(QStringLiteral("%1 of %2").arg(found).arg(names)));
    QCOMPARE(m_page->errors, QStringList());
}

void TestRuntime::thereIsOneReact()
{
    open("<div id=root></div>", R"(
import { createElement as h, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { jsx } from 'react/jsx-runtime'
import { jsxDEV } from 'react/jsx-dev-runtime'
import { create } from 'zustand'
import { motion } from 'framer-motion'
import { motion as same } from 'motion/react'
import { LineChart, Line } from 'recharts'
import { Anchor } from 'lucide-react'
import clsx from 'clsx'
import { format } from 'date-fns'
window.sameMotion = motion === same
const useStore = create(() => ({ word: 'stored' }))
function App() {
  const [n] = useState(41)
  return jsx('main', { children: [
    h('p', { key: 1, id: 'text', className: clsx('a', n && 'b') }, n + 1, ' ', useStore((s) => s.word), ' ', format(new Date(2026, 0, 5), 'd MMM')),
    h(motion.p, { key: 2 }, 'moves'), h(Anchor, { key: 3 }), jsxDEV('i', { id: 'dev', children: 'dev' }, 4, false),
    h(LineChart, { key: 5, width: 200, height: 100, data: [{ v: 1 }, { v: 3 }] }, h(Line, { dataKey: 'v' }))] })
}
createRoot(document.getElementById('root')).render(h(App))
)");
    QTRY_COMPARE(run(QStringLiteral("document.querySelector('#text')?.textContent")).toString(),
                 QStringLiteral("42 stored 5 Jan"));
    QCOMPARE(run(QStringLiteral("document.querySelector('#text').className")).toString(), QStringLiteral("a b"));
    QVERIFY(run(QStringLiteral("window.sameMotion")).toBool());
    QTRY_VERIFY(
        run(QStringLiteral("!!document.querySelector('svg.lucide-anchor') && !!document.querySelector('.recharts-line "
                           "path') && !!document.querySelector('#dev')"))
            .toBool());
    QCOMPARE(m_page->errors, QStringList());
}

void TestRuntime::utilityClassesWork_data()
{
    QTest::addColumn<QString>("classes");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *classes, const char *property, const char *value) {
        QTest::newRow(classes) << QString::fromLatin1(classes) << QString::fromLatin1(property)
                               << QString::fromLatin1(value);
    };
    row("bg-blue-500", "backgroundColor", "rgb(59, 130, 246)");
    row("text-white/50", "color", "rgba(255, 255, 255, 0.5)");
    row("md:p-8", "paddingTop", "32px");
    row("bg-[#16324f]", "backgroundColor", "rgb(22, 50, 79)");
    row("rounded-2xl", "borderTopLeftRadius", "16px");
    row("bg-gradient-to-r from-red-500 to-blue-500", "backgroundImage",
        "linear-gradient(to right, rgb(239, 68, 68) 0%, rgb(59, 130, 246) 100%)");
    row("grid grid-cols-[2fr_1fr]", "display", "grid");
    row("font-bold", "fontWeight", "700");
}

void TestRuntime::utilityClassesWork()
{
    QFETCH(QString, classes);
    QFETCH(QString, property);
    QFETCH(QString, value);
    open("<button type=\"button\" id=\"x\" class=\"" + classes.toUtf8() + "\">x</button>");
    const QString style = QStringLiteral("getComputedStyle(document.querySelector('#x')).%1").arg(property);
    QTRY_COMPARE(run(style).toString(), value);
}

/// A class that appears later has its rule before the next frame.
void TestRuntime::nothingShowsUnstyled()
{
    open("<div id=\"x\">x</div>");
    QTRY_VERIFY(run(QStringLiteral("window.ready === true")).toBool());
    run(QStringLiteral("document.querySelector('#x').className = 'pt-[13px]'; requestAnimationFrame(() => { "
                       "window.seen = getComputedStyle(document.querySelector('#x')).paddingTop }); 0"));
    QTRY_COMPARE(run(QStringLiteral("window.seen")).toString(), QStringLiteral("13px"));
}

QByteArray TestRuntime::built(const Recipe &recipe)
{
    QTemporaryDir folder;
    for (const SampleFile &file : filesOf(recipe)) {
        QDir().mkpath(QFileInfo(folder.filePath(file.path)).path());
        QFile out(folder.filePath(file.path));
        if (out.open(QIODevice::WriteOnly))
            out.write(file.content.toUtf8());
    }
    QFile entry(folder.filePath(QStringLiteral("main.tsx")));
    if (entry.open(QIODevice::WriteOnly))
        entry.write("import { createRoot } from 'react-dom/client'\nimport App from './src/App'\n"
                    "createRoot(document.getElementById('root')!).render(<App />)\n");
    entry.close();
    QProcess compiler;
    compiler.setWorkingDirectory(folder.path());
    compiler.start(m_runtime + QStringLiteral("/bin/esbuild"),
                   {QStringLiteral("main.tsx"), QStringLiteral("--bundle"), QStringLiteral("--format=esm"),
                    QStringLiteral("--target=chrome102"), QStringLiteral("--jsx=automatic"),
                    QStringLiteral("--packages=external"), QStringLiteral("--outfile=app.js")});
    compiler.waitForFinished();
    QFile css(folder.filePath(QStringLiteral("app.css")));
    QFile js(folder.filePath(QStringLiteral("app.js")));
    if (!css.open(QIODevice::ReadOnly) || !js.open(QIODevice::ReadOnly))
        return {};
    m_server->add(QStringLiteral("/app.css"), css.readAll());
    return js.readAll();
}

void TestRuntime::sampledAppsShow_data()
{
    QTest::addColumn<QString>("wish");
    for (const auto &kind : SamplerParts::kinds())
        QTest::newRow(qPrintable(kind.name)) << kind.words.first();
}

void TestRuntime::show(const Recipe &recipe, int width)
{
    const QByteArray script = built(recipe);
    QVERIFY(!script.isEmpty());
    m_server->add(QStringLiteral("/app.js"), script);
    m_server->add(QStringLiteral("/app"),
                  "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">" + m_head +
                      "<link rel=\"stylesheet\" href=\"/app.css\"></head><body><div id=\"root\"></div>"
                      "<script type=\"module\" src=\"/app.js\"></script></body></html>");
    m_view->resize(width, 800);
    openUrl(m_server->url(QStringLiteral("/app")));
    QTRY_COMPARE(run(QStringLiteral("document.querySelector('h1')?.textContent")).toString(), recipe.title);
}

/// Loads, says its name, draws something, does not scroll sideways on a phone, and reports no error.
void TestRuntime::sampledAppsShow()
{
    QFETCH(QString, wish);
    show(recipeFor(wish), 390);
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY(run(QStringLiteral("innerWidth")).toInt() <= 400);
    QVERIFY2(run(QStringLiteral("document.documentElement.scrollWidth - innerWidth")).toInt() <= 0,
             "scrolls sideways at 390");
    m_view->resize(1280, 800);
    QTRY_VERIFY(run(QStringLiteral("innerWidth")).toInt() >= 1200);
    QVERIFY2(run(QStringLiteral("document.documentElement.scrollWidth - innerWidth")).toInt() <= 0,
             "scrolls sideways at 1280");
    QVERIFY(run(QStringLiteral("document.body.innerText.length")).toInt() > 40);
    QVERIFY(run(QStringLiteral("document.querySelectorAll('button').length")).toInt() > 0);
    QCOMPARE(m_page->errors, QStringList());
}

/// What the engine draws itself (lists, dates, bars) is dark in a dark app: by a variable that the reset obeys.
void TestRuntime::formsFollowTheModeOfAnApp()
{
    const QString scheme = QStringLiteral("getComputedStyle(document.documentElement).colorScheme");
    show(recipeFor(QStringLiteral("a dark todo list")), 1280);
    QTRY_COMPARE(run(scheme).toString(), QStringLiteral("dark"));
    run(QStringLiteral("document.querySelector('[aria-label=\"Switch to light\"]').click()"));
    QTRY_COMPARE(run(scheme).toString(), QStringLiteral("light"));
    open("<p>An app that says nothing about it.</p>");
    QTRY_COMPARE(run(scheme).toString(), QStringLiteral("normal"));
}

void TestRuntime::longWordsOfATitleStayWhole_data()
{
    QTest::addColumn<QString>("layout");
    for (const char *layout : {"top", "side", "hero", "center"})
        QTest::newRow(layout) << QString::fromLatin1(layout);
}

void TestRuntime::longWordsOfATitleStayWhole()
{
    QFETCH(QString, layout);
    Recipe recipe = recipeFor(QStringLiteral("a habit tracker"));
    recipe.layout = layout;
    recipe.title = QStringLiteral("Wohnungsrenovierungsplaner");
    const QString lines = QStringLiteral("(() => { const range = document.createRange();"
                                         "range.selectNodeContents(document.querySelector('h1'));"
                                         "return new Set([...range.getClientRects()].map((r) => r.top)).size })()");
    const QString size = QStringLiteral("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)");
    show(recipe, 1280);
    QTRY_COMPARE(run(lines).toInt(), 1);
    const double wide = run(size).toDouble();
    m_view->resize(390, 800);
    QTRY_VERIFY(run(QStringLiteral("innerWidth")).toInt() <= 400);
    QTRY_COMPARE(run(lines).toInt(), 1);
    QVERIFY(run(QStringLiteral("document.documentElement.scrollWidth - innerWidth")).toInt() <= 0);
    m_view->resize(1280, 800); // and grows again
    QTRY_COMPARE(run(size).toDouble(), wide);
}

int main(int argc, char **argv)
{
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1"); // tests only: the engine refuses to start as root otherwise
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", qgetenv("QTWEBENGINE_CHROMIUM_FLAGS") + " --disable-gpu");
    QApplication app(argc, argv);
    TestRuntime test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_runtime.moc"
