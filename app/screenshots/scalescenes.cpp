// SPDX-License-Identifier: GPL-3.0-or-later
// The Scale screen with runs that never happened.
#include "app/screenshots/scene.h"
#include "tests/support/fakeloadsource.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/runspanel.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/loadtest/wallview.h"

#include <QFile>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <QWebEngineView>

namespace Flotilla {

namespace {

/// The window with its Scale screen over a fake.
struct Stage
{
    explicit Stage(Scene &wanted)
        : scene(wanted)
    {
        if (!scene.start())
            return;
        scene.window().setScale([this] {
            ScalePage::Parts parts;
            parts.source = &source;
            parts.pictures = FakePictures::parts();
            parts.reportDir = scene.data();
            return new ScalePage(parts);
        });
        scene.window().showPage(MainWindow::Scale);
        page = scene.window().scalePage();
    }

    void begin(int count, double simulatedSeconds = 0)
    {
        LoadPlan plan = SetupPanel::preset(count);
        plan.pace.answerSeconds = simulatedSeconds;
        source.start(plan);
    }

    void settle()
    {
        Scene::wait(300); // until the page has decided on a pace of its own
        page->pictures()->setPace(WallPictures::Pace::Full);
        const auto live = [this] { return page->board()->snapshot().live(); };
        Scene::waitFor([&] { return page->pictures()->held() >= live(); }, 20000);
        Scene::wait(700);
    }

    void onStage()
    {
        page->toggleShow();
        scene.window().setWindowState(Qt::WindowNoState); // the camera says how large the stage is
    }

    Scene &scene;
    FakeLoadSource source;
    ScalePage *page = nullptr;
};

void scaleSetup(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    scene.takeAll();
    stage.source.problems = {QStringLiteral("This user may run 7,800 processes at once; 10,000 apps need about 31,000. "
                                            "Raise it with: ulimit -u 40000"),
                             QStringLiteral("10,000 apps need about 19 GB of memory; 14 GB are free. "
                                            "Close other programs or choose fewer apps.")};
    stage.page->setup()->setPlan(SetupPanel::preset(10'000));
    Scene::wait(600);
    scene.takeAll(QStringLiteral("limits"));
    auto plan = SetupPanel::preset(100);
    plan.pace.answerSeconds = 27;
    stage.page->setup()->setPlan(plan);
    Scene::wait(600);
    scene.takeAll(QStringLiteral("simulated"));
    plan.pace = {};
    plan.recording = QStringLiteral("/home/ada/answers-of-a-morning.jsonl");
    stage.source.problems.clear();
    stage.page->setup()->setPlan(plan);
    Scene::wait(600);
    scene.takeAll(QStringLiteral("recorded"));
}

void scaleRun(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.page->showView(ScalePage::Run);
    Scene::wait(400);
    scene.takeAll(QStringLiteral("none"));
    stage.begin(1000);
    stage.source.advance(1);
    Scene::wait(400);
    scene.takeAll(QStringLiteral("0"));
    stage.source.advanceToShare(0.2);
    stage.source.mark(QStringLiteral("mark 1"));
    stage.source.advanceToShare(0.5);
    stage.settle();
    scene.takeAll(QStringLiteral("50"));
    stage.source.advanceToShare(1);
    stage.source.advance(1500);
    stage.settle();
    scene.takeAll(QStringLiteral("100"));
    stage.page->run()->setZoom(1);
    stage.page->run()->wall()->setCurrent(333);
    Scene::wait(500);
    scene.takeAll(QStringLiteral("heat"));
    stage.source.advance(6000);
    stage.page->run()->showEndCard(true);
    scene.takeAll(QStringLiteral("end"));
}

void scaleShow(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.begin(1000, 27);
    stage.onStage();
    stage.source.advance(1);
    Scene::wait(400);
    scene.takeAll(QStringLiteral("0"));
    stage.source.advanceToShare(0.5);
    Scene::wait(1500); // drawn cards: hardly any pictures are taken so far
    scene.takeAll(QStringLiteral("50"));
    stage.page->board()->setFrozen(true);
    scene.takeAll(QStringLiteral("frozen"));
    stage.page->board()->setFrozen(false);
    stage.source.advanceToShare(1);
    stage.source.advance(1500);
    stage.settle();
    scene.takeAll(QStringLiteral("hold"));
    stage.page->run()->setZoom(1);
    Scene::wait(500);
    scene.takeAll(QStringLiteral("heat"));
    stage.page->run()->setZoom(2);
    stage.source.advance(6000);
    Scene::wait(400);
    scene.takeAll(QStringLiteral("end"));
}

/// A stage without a run, one with a few apps, and the keys over it.
void scaleShowSmall(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.onStage();
    scene.takeAll(QStringLiteral("none"));
    stage.begin(10);
    stage.source.advanceToShare(0.5);
    Scene::wait(1500);
    scene.takeAll(QStringLiteral("50"));
    stage.source.advanceToShare(1);
    stage.source.advance(1500);
    stage.settle();
    scene.takeAll(QStringLiteral("hold"));
    stage.page->findChild<QToolButton *>(QStringLiteral("keysQToolButton"))->click();
    scene.takeAll(QStringLiteral("keys"));
}

/// Not made up: 0 to 1000 in the window, and then what an audience may ask for.
void scaleReal(Scene &scene)
{
    if (!scene.start())
        return;
    constexpr QSize stage(1920, 1080);
    Theme::instance().setMode(ThemeMode::Dark);
    scene.window().setGeometry(QRect(QPoint(), stage));
    scene.window().showPage(MainWindow::Scale);
    ScalePage *page = scene.window().scalePage();
    LoadPlan plan = SetupPanel::preset(1000);
    plan.holdSeconds = 75;
    page->setup()->setPlan(plan);
    Scene::wait(1000);
    page->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"))->click();
    const auto live = [page](int apps) { return page->board()->snapshot().live() >= apps; };
    scene.expect(Scene::waitFor([&] { return live(1); }, 30000), "the first app");
    page->toggleShow();
    scene.window().setWindowState(Qt::WindowNoState);
    scene.takeOne(QStringLiteral("begin"), true, stage);
    scene.expect(Scene::waitFor([&] { return live(500); }, 60000), "500 apps");
    scene.takeOne(QStringLiteral("50"), true, stage);
    scene.expect(Scene::waitFor([&] { return live(1000); }, 60000), "1000 apps");
    scene.takeOne(QStringLiteral("100"), true, stage);
    Scene::waitFor([&] { return page->pictures()->held() >= 990; }, 60000);
    scene.takeOne(QStringLiteral("hold"), true, stage);
    page->run()->wall()->setCurrent(444);
    Scene::wait(600);
    scene.takeOne(QStringLiteral("hover"), true, stage);
    page->run()->setZoom(3);
    Scene::wait(9000);
    scene.takeOne(QStringLiteral("heroes"), true, stage);
    scene.takeOne(QStringLiteral("heroes"), false, QSize(1024, 700));
    page->run()->setZoom(2);
    scene.expect(Scene::waitFor([&] { return !page->board()->isRunning(); }, 90000), "the end");
    scene.takeOne(QStringLiteral("end"), true, stage);
}

void scaleRuns(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.page->showView(ScalePage::Runs);
    scene.takeAll(QStringLiteral("none"));
    stage.source.addStoredRuns();
    stage.page->showView(ScalePage::Setup);
    stage.page->showView(ScalePage::Runs);
    scene.takeAll();
    auto *table = stage.page->runs()->table();
    table->clearSelection();
    table->selectionModel()->select(table->model()->index(1, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    table->selectionModel()->select(table->model()->index(3, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    scene.takeAll(QStringLiteral("compare"));
    stage.page->board()->setReplaySpeed(10);
    stage.source.replay(stage.page->runs()->runs().value(2).id, 10);
    stage.source.advanceToShare(0.7);
    stage.settle();
    scene.takeAll(QStringLiteral("replay"));
}

void takeReport(Scene &scene, QByteArray html, bool dark)
{
    if (dark) // the engine has no switch for it
        html.replace("(prefers-color-scheme:dark)", "all");
    QFile file(scene.data() + QStringLiteral("/report.html"));
    scene.expect(file.open(QIODevice::WriteOnly) && file.write(html) == html.size(), "writing the report");
    file.close();
    QWebEngineView view;
    view.resize(1024, 1080);
    bool loaded = false;
    QObject::connect(&view, &QWebEngineView::loadFinished, &view, [&loaded](bool ok) { loaded = ok; });
    view.load(QUrl::fromLocalFile(file.fileName()));
    view.show();
    scene.expect(Scene::waitFor([&] { return loaded; }, 20000), "loading the report");
    for (int part = 0; part < 4; ++part) {
        view.page()->runJavaScript(QStringLiteral("scrollTo(0, %1)").arg(part * 1040));
        Scene::wait(600);
        scene.takeWidget(&view, QString::number(part + 1), dark);
    }
}

/// The file of a run as a browser shows it, part after part.
void scaleReport(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.source.setHosts({QStringLiteral("local"), QStringLiteral("gpu-box")});
    stage.source.addStoredRuns();
    const auto runs = stage.source.runs().result();
    const auto record = stage.source.run(runs->value(3).id).result();
    for (const bool dark : {false, true})
        takeReport(scene, stage.source.report(*record), dark);
}

void scaleLarge(Scene &scene)
{
    Stage stage(scene);
    if (!stage.page)
        return;
    stage.source.setSeconds(240);
    stage.source.setFailures(9);
    stage.source.setHosts({QStringLiteral("local"), QStringLiteral("gpu-box"), QStringLiteral("studio-nas")});
    stage.begin(10'000);
    stage.source.advanceToShare(0.62);
    Scene::wait(800);
    scene.takeAll();
    stage.page->run()->setZoom(2);
    stage.page->pictures()->setPace(WallPictures::Pace::Full);
    Scene::wait(6000);
    scene.takeAll(QStringLiteral("pictures"));
}

} // namespace

QList<SceneEntry> scaleScenes()
{
    return {{"scale-setup", scaleSetup},       {"scale", scaleRun},        {"scale-show", scaleShow},
            {"scale-show-10", scaleShowSmall}, {"scale-real", scaleReal},  {"scale-runs", scaleRuns},
            {"scale-report", scaleReport},     {"scale-10000", scaleLarge}};
}

} // namespace Flotilla
