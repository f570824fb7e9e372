// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

namespace Flotilla {

/// What the pane shows for a status: the page itself, or a designed page with words and one action.
struct PreviewScene
{
    enum class Action { None, Fix, GoToGood, Wake, TryAgain, Reload, ShowAnyway, OpenInBrowser, Stop };
    bool web = false;  ///< show the web view
    bool busy = false; ///< a turning ring instead of an icon
    bool overLastFrame = false;
    QString icon;
    QString title;
    QString text;
    QString details;
    Action action = Action::None;
    Action second = Action::None;
    QList<Diagnostic> diagnostics; ///< at most 3
    int step = -1;                 ///< of sandbox, build, open; -1: no steps
};

struct PreviewFacts
{
    QString webViewProblem; ///< not empty: no web view here
    bool pageCrashed = false;
    bool pageLost = false; ///< it never arrived
    bool pageBlank = false;
    bool pageComing = false;  ///< its load has not ended
    bool pageHung = false;    ///< it answers nothing
    int pageStatus = 0;       ///< the HTTP status it came with, when that is an error
    QString pageError;        ///< what the page last threw and did not catch
    bool errorSeen = false;   ///< a person hid it
    bool showAnyway = false;  ///< a person wants to see the blank page
    int lastGreen = 0;        ///< a version to go back to
    bool turnRunning = false; ///< nothing to fix by hand while the model is at it
    bool slow = false;        ///< it has been building for long: its sandbox may not answer
};

/// What a person sees: the state of the status, unless the web view found the page empty or crashed. What a page that
/// can be seen threw is a fact about its version (see useerrors.h), not a state.
PreviewState seenState(const PreviewStatus &status, const PreviewFacts &facts);
PreviewScene sceneFor(const PreviewStatus &status, const PreviewFacts &facts);
QString actionText(PreviewScene::Action action, int lastGreen);

} // namespace Flotilla
