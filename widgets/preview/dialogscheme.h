// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/previewpage.h"

#include <QWebEngineUrlSchemeHandler>

class QWebEngineScript;

namespace Flotilla {

/// confirm() and prompt() of a page without a dialog of the engine, which would hold up the window and every other
/// page: a script sends the question to a scheme of ours and the page alone waits for the reply. GUI thread.
class DialogScheme : public QWebEngineUrlSchemeHandler
{
    Q_OBJECT

public:
    using QWebEngineUrlSchemeHandler::QWebEngineUrlSchemeHandler;

    /// Before the first profile of the process is made; more often does nothing.
    static void registerScheme();
    static QByteArray name();
    static bool matches(const QUrl &url);
    static QWebEngineScript script(); ///< in the page's own world, in every frame
    void requestStarted(QWebEngineUrlRequestJob *job) override;

Q_SIGNALS:
    /// `origin` is who asks. The answer of `dialog` may come at any time, also when the page is gone.
    void asked(const QUrl &origin, const Flotilla::PageDialog &dialog);
};

} // namespace Flotilla
