// SPDX-License-Identifier: GPL-3.0-or-later
// The Scale screen with runs that never happened.
#include "app/screenshots/scene.h"
#include "tests/support/fakeloadsource.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/runspanel.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/loadtest/wallview.h"

#include <QTableWidget>

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
    stage.source.advanceToShare(0.5);
    stage.settle();
    scene.takeAll(QStringLiteral("50"));
    stage.page->board()->setFrozen(true);
    scene.takeAll(QStringLiteral("frozen"));
    stage.page->board()->setFrozen(false);
    stage.source.advanceToShare(1);
    stage.source.advance(6000);
    Scene::wait(400);
    scene.takeAll(QStringLiteral("end"));
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
    return {{"scale-setup", scaleSetup},
            {"scale", scaleRun},
            {"scale-show", scaleShow},
            {"scale-runs", scaleRuns},
            {"scale-10000", scaleLarge}};
}

} // namespace Flotilla
