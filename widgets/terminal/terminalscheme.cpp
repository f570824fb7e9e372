// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalscheme.h"

#include "widgets/common/webviews.h"

#include <QFile>
#include <QHash>
#include <QWebEngineUrlRequestJob>
#include <QWebEngineUrlScheme>

// outside of every namespace, as the macro wants it
static void initTerminalPage()
{
    Q_INIT_RESOURCE(terminal_page);
}

namespace Flotilla {

namespace {

constexpr char TerminalSchemeName[] = "flotilla-terminal";

struct PageFile
{
    QString source;
    QByteArray type;
};

const QHash<QString, PageFile> &pageFiles()
{
    static const QHash<QString, PageFile> files = [] {
        const QString own = QStringLiteral(":/flotilla/terminal/");
        QHash<QString, PageFile> table;
        for (const char *name :
             {"terminal.js", "xterm.js", "addon-fit.js", "addon-search.js", "addon-unicode11.js", "addon-web-links.js"})
            table.insert(QLatin1Char('/') + QLatin1String(name), {own + QLatin1String(name), "text/javascript"});
        for (const char *name : {"terminal.css", "xterm.css"})
            table.insert(QLatin1Char('/') + QLatin1String(name), {own + QLatin1String(name), "text/css"});
        table.insert(QStringLiteral("/"), {own + QLatin1String("terminal.html"), "text/html"});
        table.insert(QStringLiteral("/qwebchannel.js"),
                     {QStringLiteral(":/qtwebchannel/qwebchannel.js"), "text/javascript"});
        return table;
    }();
    return files;
}

} // namespace

void TerminalScheme::registerScheme()
{
    static const bool registered = [] {
        confineWebViews();
        initTerminalPage();
        QWebEngineUrlScheme scheme(TerminalSchemeName);
        scheme.setSyntax(QWebEngineUrlScheme::Syntax::Host);
        scheme.setFlags(QWebEngineUrlScheme::SecureScheme);
        QWebEngineUrlScheme::registerScheme(scheme);
        return true;
    }();
    Q_UNUSED(registered)
}

QByteArray TerminalScheme::name()
{
    return TerminalSchemeName;
}

QUrl TerminalScheme::page()
{
    return QUrl(QLatin1String(TerminalSchemeName) + QLatin1String("://page/"));
}

bool TerminalScheme::matches(const QUrl &url)
{
    return url.scheme() == QLatin1String(TerminalSchemeName);
}

void TerminalScheme::requestStarted(QWebEngineUrlRequestJob *job)
{
    const auto found = pageFiles().constFind(job->requestUrl().path());
    if (found == pageFiles().cend())
        return job->fail(QWebEngineUrlRequestJob::UrlNotFound);
    auto *file = new QFile(found->source, job);
    if (!file->open(QIODevice::ReadOnly))
        return job->fail(QWebEngineUrlRequestJob::RequestFailed);
    job->reply(found->type, file);
}

void TerminalFilter::interceptRequest(QWebEngineUrlRequestInfo &info)
{
    if (!TerminalScheme::matches(info.requestUrl()))
        info.block(true);
}

} // namespace Flotilla
