// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/previewscene.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

using Action = PreviewScene::Action;

/// lupdate takes the namespace for the context.
QString tr(const char *text)
{
    return QCoreApplication::translate("Flotilla", text);
}

PreviewScene page(const char *icon, const QString &title, const QString &text, Action action = Action::None)
{
    PreviewScene scene;
    scene.icon = QString::fromLatin1(icon);
    scene.title = title;
    scene.text = text;
    scene.action = action;
    return scene;
}

PreviewScene busy(const QString &title, const QString &text, int step, bool turnRunning)
{
    PreviewScene scene = page("", title, text);
    scene.busy = true;
    scene.step = step;
    scene.second = turnRunning ? Action::Stop : Action::None;
    return scene;
}

QString orElse(const QString &text, const QString &fallback)
{
    return text.isEmpty() ? fallback : text;
}

PreviewScene withWayOut(PreviewScene scene, const PreviewFacts &facts)
{
    if (facts.turnRunning) {
        scene.action = Action::None;
        scene.second = Action::Stop;
        scene.text = tr("The model is told about it and tries again.");
        return scene;
    }
    if (facts.lastGreen > 0)
        scene.second = Action::GoToGood;
    return scene;
}

/// What can be done by hand while no turn is at it.
PreviewScene withFix(const PreviewScene &scene, const PreviewFacts &facts, Action second)
{
    PreviewScene all = withWayOut(scene, facts);
    if (!facts.turnRunning)
        all.second = second;
    return all;
}

/// The page did not come as it should.
PreviewScene lateOrBad(const PreviewFacts &facts)
{
    if (facts.pageStatus > 0)
        return withFix(page("error", tr("The app answers with an error"),
                            tr("Instead of its page comes the HTTP status %1.").arg(facts.pageStatus), Action::Fix),
                       facts, Action::ShowAnyway);
    if (!facts.pageComing)
        return withFix(
            page("eye-off", tr("The page is empty"), tr("It loads without an error, but shows nothing."), Action::Fix),
            facts, Action::ShowAnyway);
    PreviewScene scene =
        busy(tr("The page is loading"), tr("The app has not sent all of it yet."), 2, facts.turnRunning);
    scene.action = facts.turnRunning ? Action::None : Action::ShowAnyway;
    return scene;
}

PreviewScene ready(const PreviewStatus &status, const PreviewFacts &facts)
{
    if (!facts.webViewProblem.isEmpty())
        return page("shield", tr("The preview opens in your browser"), facts.webViewProblem, Action::OpenInBrowser);
    if (facts.pageCrashed)
        return page("error", tr("The page crashed"),
                    tr("The app is still running; its page used up its memory or met an engine fault."),
                    Action::Reload);
    if (facts.pageHung) {
        PreviewScene scene = page("warning", tr("The page does not answer"),
                                  tr("Something in it runs without an end, or takes very long."), Action::Reload);
        scene.second = facts.turnRunning ? Action::None : Action::Fix;
        return scene;
    }
    if (facts.pageLost)
        return page("warning", tr("The page does not load"), tr("The app is running, but its page did not arrive."),
                    Action::Reload);
    if ((facts.pageBlank || facts.pageStatus > 0) && !facts.showAnyway)
        return lateOrBad(facts);
    PreviewScene scene;
    scene.web = !status.url.isEmpty();
    return scene.web ? scene : busy(tr("Opening"), {}, 2, facts.turnRunning);
}

PreviewScene buildError(const PreviewStatus &status, const PreviewFacts &facts)
{
    // What is wrong and where stands in the list below; nobody has to read it twice.
    const QString text = status.diagnostics.isEmpty() ? status.text : tr("“Fix it” sends this to the model.");
    const QString title =
        status.diagnostics.isEmpty() ? tr("The app does not start") : tr("This version does not build");
    PreviewScene scene = withWayOut(page("tools", title, text, Action::Fix), facts);
    scene.diagnostics = status.diagnostics.mid(0, 3);
    scene.details = status.detail;
    return scene;
}

} // namespace

PreviewState seenState(const PreviewStatus &status, const PreviewFacts &facts)
{
    if (status.state != PreviewState::Ready || !facts.webViewProblem.isEmpty())
        return status.state;
    if (facts.pageCrashed)
        return PreviewState::Crashed;
    if (facts.pageLost || facts.pageHung || facts.pageStatus > 0)
        return PreviewState::Failed;
    return facts.pageBlank && !facts.pageComing ? PreviewState::Empty : PreviewState::Ready;
}

PreviewScene sceneFor(const PreviewStatus &status, const PreviewFacts &facts)
{
    PreviewScene scene;
    switch (status.state) {
    case PreviewState::Nothing:
        return facts.turnRunning
                   ? busy(tr("The first version is being written"), tr("It shows up here by itself."), 0, true)
                   : page("app", tr("Nothing to show yet"), tr("Ask for something in the chat; the app appears here."));
    case PreviewState::Starting:
        return busy(tr("Starting"), orElse(status.text, tr("A sandbox of its own is being made for this app.")), 0,
                    facts.turnRunning);
    case PreviewState::Building:
        scene = busy(tr("Building"), orElse(status.text, tr("The files are put together.")), 1, facts.turnRunning);
        scene.overLastFrame = true;
        scene.action = facts.slow && !facts.turnRunning ? Action::TryAgain : Action::None;
        return scene;
    case PreviewState::Ready:
        return ready(status, facts);
    case PreviewState::BuildError:
        return buildError(status, facts);
    case PreviewState::Crashed:
        scene = withWayOut(
            page("error", tr("The app crashed"), orElse(status.text, tr("Its program ended by itself.")), Action::Fix),
            facts);
        scene.details = status.detail;
        return scene;
    case PreviewState::Empty:
        return withWayOut(page("eye-off", tr("The page is empty"),
                               orElse(status.text, tr("It loads without an error, but shows nothing.")), Action::Fix),
                          facts);
    case PreviewState::Stopped:
        if (!status.text.isEmpty()) // nobody put it to sleep
            return page("sleep", tr("This app does not run now"), status.text, Action::Wake);
        return page("sleep", tr("This app is asleep"), tr("It uses no memory now. Its data is kept."), Action::Wake);
    case PreviewState::Failed:
        scene = page("warning", tr("The sandbox could not start"), status.text, Action::TryAgain);
        scene.details = status.detail;
        return scene;
    }
    return scene;
}

QString actionText(PreviewScene::Action action, int lastGreen)
{
    switch (action) {
    case Action::None:
        return {};
    case Action::Fix:
        return tr("Fix it");
    case Action::GoToGood:
        return tr("Go back to version %1").arg(lastGreen);
    case Action::Wake:
        return tr("Wake it");
    case Action::TryAgain:
        return tr("Try again");
    case Action::Reload:
        return tr("Reload");
    case Action::ShowAnyway:
        return tr("Show it anyway");
    case Action::OpenInBrowser:
        return tr("Open in browser");
    case Action::Stop:
        return tr("Stop");
    }
    return {};
}

} // namespace Flotilla
