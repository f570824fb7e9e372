// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshots/samplestore.h"
#include "app/screenshots/scene.h"
#include "backends/projects/projectservice.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/appview.h"
#include "widgets/common/appstatus.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/galleryview.h"
#include "widgets/home/homeheader.h"
#include "widgets/home/homepage.h"
#include "widgets/home/promptbox.h"
#include "widgets/preview/previewpane.h"
#include "widgets/terminal/terminalbridge.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalview.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>

namespace Flotilla {

namespace {

constexpr auto wish = "a habit tracker with a weekly chart, in the colours of a rainy harbour";

bool turnEnded(Scene &scene)
{
    const auto &apps = scene.window().apps()->apps();
    return !apps.isEmpty() && apps.first().version > 0 && !turnRuns(apps.first().turn);
}

void buildWish(Scene &scene)
{
    scene.window().homePage()->prompt()->setText(QString::fromLatin1(wish));
    auto *build = scene.window().findChild<QPushButton *>(QStringLiteral("buildQPushButton"));
    Scene::waitFor([build] { return build->isEnabled(); }, 3000);
    build->click();
    scene.expect(Scene::waitFor([&] { return scene.window().page() == MainWindow::App; }, 5000), "the app opens");
}

void firstRun(Scene &scene)
{
    if (!scene.start())
        return;
    scene.take();
    scene.window().homePage()->prompt()->setText(QString::fromLatin1(wish));
    scene.take(QStringLiteral("typed"));
}

void home(Scene &scene)
{
    scene.expect(fillSampleStore(scene.data(), 14).ok(), "the sample store");
    if (!scene.start())
        return;
    scene.take();
    auto *search = scene.window().homePage()->header()->search();
    search->setText(QStringLiteral("zebra"));
    scene.take(QStringLiteral("no-results"));
    search->clear();
    scene.window().openPalette();
    scene.take(QStringLiteral("palette"));
    scene.window().findChild<QLineEdit *>(QStringLiteral("paletteQLineEdit"))->setText(QStringLiteral("moss"));
    scene.take(QStringLiteral("palette-typed"));
}

void homeThousand(Scene &scene)
{
    scene.expect(fillSampleStore(scene.data(), 1000).ok(), "the sample store");
    if (!scene.start())
        return;
    scene.take();
    auto *bar = scene.window().homePage()->gallery()->verticalScrollBar();
    bar->setValue(bar->maximum() / 3);
    Scene::wait(400);
    scene.take(QStringLiteral("scrolled"));
}

void appStreaming(Scene &scene)
{
    scene.expect(setSampleSetting(scene.data(), QStringLiteral("samplerTokensPerSecond"), QStringLiteral("60")).ok(),
                 "the pace of the sampler");
    if (!scene.start())
        return;
    buildWish(scene);
    Scene::wait(2500);
    scene.take();
}

void appGreen(Scene &scene)
{
    if (!scene.start())
        return;
    buildWish(scene);
    scene.expect(Scene::waitFor([&] { return turnEnded(scene); }, 40000), "the turn ends");
    scene.expect(scene.window().apps()->apps().value(0).green, "the version is green");
    Scene::wait(4000);
    scene.take();
    auto *view = scene.window().findChild<AppView *>();
    view->showTab(AppTabBar::Terminal);
    const TerminalPane *terminal = view->terminal();
    scene.expect(Scene::waitFor([&] { return terminal->state() == TerminalPane::State::Open; }, 20000),
                 "the terminal opens");
    Scene::wait(1500);
    Q_EMIT terminal->view()->bridge()->keys("ls -la --color; echo see http://localhost:8000/\n");
    Scene::wait(1000);
    terminal->view()->openSearch();
    Scene::wait(300);
    scene.take(QStringLiteral("terminal"));
    scene.window().showPage(MainWindow::Home);
    Scene::wait(600);
    scene.take(QStringLiteral("home"));
    scene.window().close();
    Scene::wait(300);
    if (auto *dialog = QApplication::activeModalWidget()) {
        scene.take(QStringLiteral("quit"));
        dialog->close();
    }
}

/// Takes the picture when the pane shows `action`.
bool openSample(Scene &scene, const QString &title, const FileMap &files, PreviewScene::Action action)
{
    const auto id = addSampleApp(scene.data(), title, files);
    scene.expect(id.ok(), "the sample app");
    if (!id.ok() || !scene.start())
        return false;
    scene.window().openApp(*id);
    const auto *preview = scene.window().findChild<PreviewPane *>();
    scene.expect(Scene::waitFor([=] { return preview->scene().action == action; }, 60000),
                 "the pane says what is wrong");
    scene.take();
    return true;
}

void appBuildError(Scene &scene)
{
    openSample(
        scene, QStringLiteral("Harbour habits"),
        {{QStringLiteral("src/App.tsx"), "import { Chart } from './Chart';\n\nexport default function App() {\n"
                                         "  return <main className=\"p-8\"><Chart data={[1, 2, 3] /></main>;\n}\n"}},
        PreviewScene::Action::Fix);
}

void appCrashed(Scene &scene)
{
    openSample(
        scene, QStringLiteral("River levels"),
        {{QStringLiteral("app.json"), "{\"start\": \"python3 server.py\"}\n"},
         {QStringLiteral("server.py"), "print('reading stations')\nraise SystemExit('stations.csv is not there')\n"}},
        PreviewScene::Action::Fix);
}

void appBlank(Scene &scene)
{
    if (!openSample(scene, QStringLiteral("Tea shop"),
                    {{QStringLiteral("index.html"), "<!doctype html><title>Tea</title>"}}, PreviewScene::Action::Fix))
        return;
    const auto *chip = scene.window().findChild<QAbstractButton *>(QStringLiteral("appStateChip"));
    scene.expect(chip && chip->text().startsWith(QLatin1String("Needs a look")), "the chip does not say green");
}

void appUsedError(Scene &scene)
{
    const auto id = addSampleApp(
        scene.data(), QStringLiteral("Tide table"),
        {{QStringLiteral("index.html"),
          "<!doctype html><title>Tides</title><body style=\"font:24px sans-serif;padding:3rem\"><h1>Tides</h1>"
          "<button>Next week</button><script>setTimeout(() => undefined.map(), 300)</script>"}});
    scene.expect(id.ok(), "the sample app");
    if (!id.ok() || !scene.start())
        return;
    scene.window().openApp(*id);
    const auto kept = [&] { return !scene.window().apps()->apps().value(0).useErrors.isEmpty(); };
    scene.expect(Scene::waitFor(kept, 30000), "the error is kept");
    Scene::wait(1000);
    scene.take();
    scene.window().findChild<AppView *>()->showTab(AppTabBar::Versions);
    Scene::wait(500);
    scene.take(QStringLiteral("versions"));
    scene.window().showPage(MainWindow::Home);
    Scene::wait(600);
    scene.take(QStringLiteral("home"));
}

void settings(Scene &scene)
{
    if (!scene.start())
        return;
    const QList<QPair<SettingsPage::Section, QString>> sections{
        {SettingsPage::Models, QStringLiteral("models")}, {SettingsPage::Appearance, QStringLiteral("appearance")},
        {SettingsPage::Budget, QStringLiteral("budget")}, {SettingsPage::Sandboxes, QStringLiteral("sandboxes")},
        {SettingsPage::Api, QStringLiteral("api")},       {SettingsPage::Privacy, QStringLiteral("privacy")},
        {SettingsPage::About, QStringLiteral("about")}};
    for (const auto &[section, name] : sections) {
        scene.window().openSettings(section);
        Scene::wait(1500);
        scene.take(name);
    }
}

void banners(Scene &scene)
{
    if (!scene.start())
        return;
    scene.window().addBanner(StatusKind::Failed,
                             QStringLiteral("The store was damaged. It was set aside at "
                                            "~/.local/share/flotilla/damaged-1 and a new one begun; "
                                            "nothing was overwritten."));
    scene.take();
}

} // namespace

const QList<SceneEntry> &scenes()
{
    static const QList<SceneEntry> all =
        QList<SceneEntry>{
            {"first-run", firstRun},     {"home", home},
            {"home-1000", homeThousand}, {"app-streaming", appStreaming},
            {"app-green", appGreen},     {"app-build-error", appBuildError},
            {"app-crashed", appCrashed}, {"app-blank", appBlank},
            {"settings", settings},      {"app-used-error", appUsedError},
            {"damaged-store", banners},
        } +
        fleetScenes() + scaleScenes();
    return all;
}

} // namespace Flotilla
