// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/shell.h"
#include "backends/core/log.h"
#include "backends/secrets/environmentkeys.h"

#include <QApplication>
#include <QCommandLineParser>

#include <csignal>

using namespace Flotilla;

namespace {

int runWindow(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flotilla"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOTILLA_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Flotilla"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.flotilla.Flotilla"));
    installLogHandler();

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A wish typed in chat becomes a live app in its own sandbox."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("Use the private store in DIR."),
                                  QStringLiteral("DIR"));
    parser.addOption(data);
    parser.process(app);
    return runShell(app, parser.value(data));
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    takeKeysFromEnvironment();
    Application::leave(runWindow(argc, argv));
}
