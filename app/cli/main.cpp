// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"
#include "app/cli/command.h"
#include "app/cli/hostanswers.h"
#include "app/cli/startprogress.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/loadtest/loadtestservice.h"
#include "backends/secrets/environmentkeys.h"
#include "backends/storage/store.h"

#include <QCoreApplication>
#include <QTimer>

#include <csignal>

using namespace Flotilla;

namespace {

/// The next start after a load test whose program was killed takes away what it left, however short the command is.
CommandTask runToTheEnd(const Command *command, CommandContext *context)
{
    const int code = co_await command->run(context);
    co_await outcome(context->application.loadTests().recovered());
    co_return isOutputLost() ? failForLostOutput() : code;
}

[[noreturn]] void runCommand(const ParsedLine &line, Application &application)
{
    CommandContext context{application, Output(line.json), line.invocation};
    const QString aside = application.openReport().damagedSetAside;
    if (!aside.isEmpty())
        writeAll(2, QStringLiteral("flotillactl: the store was damaged; it was moved to %1 and a new one begun.\n")
                        .arg(aside)
                        .toUtf8());
    answerHostQuestions(&context);
    showStartProgress(&context);
    QTimer::singleShot(0, QCoreApplication::instance(), [&] {
        runToTheEnd(line.command, &context).then([](int code) { QCoreApplication::exit(code); });
    });
    const int code = QCoreApplication::exec();
    application.park();
    application.releaseRuntimeFolder();
    Application::leave(code);
}

} // namespace

int main(int argc, char **argv)
{
    const auto started = std::chrono::steady_clock::now();
    openStandardStreams();
    std::signal(SIGPIPE, SIG_IGN);
    takeKeysFromEnvironment();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flotillactl"));
    installLogHandler();

    Result<ParsedLine> line = parseCommandLine(QCoreApplication::arguments().mid(1));
    if (!line)
        return Output(QCoreApplication::arguments().contains(QLatin1String("--json"))).fail(line.error());
    if (!line->command) {
        writeAll(1, helpText().toUtf8());
        return line->invocation.flags.contains(QStringLiteral("help")) ? 0 : 1;
    }
    line->invocation.started = started;
    if (line->command->waitsForSignal)
        blockTerminationSignals();
    auto application = Application::start({ApplicationPaths::resolve(line->data)});
    if (!application)
        return Output(line->json).fail(application.error());
    runCommand(*line, **application);
}
