// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QImage;
class QVariant;
class QWebEngineScript;

namespace Flotilla {

/// Scripts that run beside a page in an isolated world: they see its DOM, it cannot see or change them. All values they
/// return come from a hostile page and are read with bounds.
namespace PageScripts {

/// Notes changes and failed resources from the very beginning. Writes `greeting` to the console before the page writes
/// anything; empty: nothing. Esc leaves what fills the view.
QWebEngineScript watcher(const QString &greeting = {});
/// Every page is told yes when it registers a service worker, and none is: what one keeps would be shown, and looked
/// at, instead of a newer version of the app.
QWebEngineScript noServiceWorkers();
/// navigator.clipboard.writeText() that works after a click or a key, as in a browser, and at no other time.
QWebEngineScript copying();
QString watcherReport();     ///< expression for runJavaScript in the ApplicationWorld: a PageReport as object
QString changedSinceAsked(); ///< whether the DOM changed since this was asked last
QString startPicker();       ///< shows a frame over the element under the mouse; a click chooses it
QString pollPicker();        ///< null while nothing was chosen; "" when given up with Esc; else an object
QString stopPicker();

} // namespace PageScripts

struct PageReport
{
    double idleMs = 0; ///< since the last change of the DOM
    bool hasText = false;
    bool hasBoxes = false; ///< pictures, canvases, controls; without text, also what has a colour or border of its own
    QStringList failed;    ///< addresses of scripts and styles that did not load
    static PageReport fromVariant(const QVariant &value);
};

struct PickedElement
{
    QString selector;
    QString text;
    QString html; ///< the opening tag
    static PickedElement fromVariant(const QVariant &value);
};

/// All sampled pixels have one colour.
bool isUniform(const QImage &image);

} // namespace Flotilla
