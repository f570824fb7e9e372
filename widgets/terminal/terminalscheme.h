// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWebEngineUrlRequestInterceptor>
#include <QWebEngineUrlSchemeHandler>

namespace Flotilla {

/// Serves the terminal's page from the program itself, under a scheme that nothing else uses. GUI thread.
class TerminalScheme : public QWebEngineUrlSchemeHandler
{
    Q_OBJECT

public:
    using QWebEngineUrlSchemeHandler::QWebEngineUrlSchemeHandler;

    /// Before the first profile of the process is made; more often does nothing.
    static void registerScheme();
    static QByteArray name();
    static QUrl page();
    static bool matches(const QUrl &url);
    void requestStarted(QWebEngineUrlRequestJob *job) override;
};

/// Lets the page ask for nothing but itself.
class TerminalFilter : public QWebEngineUrlRequestInterceptor
{
    Q_OBJECT

public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;
    void interceptRequest(QWebEngineUrlRequestInfo &info) override;
};

} // namespace Flotilla
