// SPDX-License-Identifier: GPL-3.0-or-later
// windowprogram DATA APP: the window program as its main() runs it. Opens the app, says the title of its page, and
// closes the window. windowprogram DATA --close MS: opens nothing and closes after that time.
#include "app/flotilla/shell.h"
#include "backends/core/log.h"

#include <QApplication>
#include <QTimer>
#include <QWebEngineView>

#include <csignal>
#include <cstdio>

using namespace Flotilla;

namespace {

/// Asks again and again: the view is made late.
void closeWhenLoaded(MainWindow *window)
{
    auto *timer = new QTimer(window);
    QObject::connect(timer, &QTimer::timeout, window, [window, timer] {
        const auto *view = window->findChild<QWebEngineView *>(QStringLiteral("previewWebView"));
        if (!view || !view->title().startsWith(QLatin1String("stored")))
            return;
        timer->stop();
        std::puts(qPrintable(view->title()));
        window->close();
    });
    timer->start(20);
}

int runWindow(int argc, char **argv)
{
    const bool closeOnly = argc == 4;
    prepareGraphics();
    QApplication app(argc, argv);
    installLogHandler();
    return runShell(app, QString::fromLocal8Bit(argv[1]), [argv, closeOnly](Shell &shell) {
        if (closeOnly) {
            QTimer::singleShot(QString::fromLocal8Bit(argv[3]).toInt(), &shell.window(), &QWidget::close);
            return;
        }
        shell.window().openApp(AppId{QString::fromLatin1(argv[2])});
        closeWhenLoaded(&shell.window());
    });
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (argc != 3 && !(argc == 4 && qstrcmp(argv[2], "--close") == 0))
        return 2;
    Application::leave(runWindow(argc, argv));
}
