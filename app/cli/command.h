// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "backends/core/future.h"
#include "backends/core/id.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <QCoroTask>

#include <chrono>

namespace Flotilla {

class Application;
struct AppSummary;

/// What the user asked for, after parsing.
struct Invocation
{
    QStringList positional;         ///< after the command's name
    QHash<QString, QString> values; ///< options with a value
    QSet<QString> flags;
    QStringList tail;                              ///< everything after --, of a command that takesCommand
    std::chrono::steady_clock::time_point started; ///< of the process
};

struct CommandContext
{
    Application &application;
    Output output;
    Invocation invocation;
};

using CommandTask = QCoro::Task<int>; ///< the exit code

struct Command
{
    const char *name;
    const char *arguments; ///< for the help: "APP [PATH]"
    const char *summary;
    int minimum; ///< positional arguments
    int maximum;
    QStringList valueOptions; ///< names of options that take a value
    QStringList flagOptions;
    CommandTask (*run)(CommandContext *context);
    bool waitsForSignal = false; ///< termination signals are blocked in every thread; the command takes them
    bool takesCommand = false;   ///< what follows -- is a command line, not arguments that may begin with dashes
};

/// Finishes when the user or the system asks the program to end (SIGINT, SIGTERM, SIGHUP; one that is ignored is no
/// wish). For commands with waitsForSignal.
QCoro::Task<void> untilTerminated();
/// Blocks them for this thread and those it starts later.
void blockTerminationSignals();

const QList<Command> &commandTable();

/// Parses what follows the program's name. Errors name the word that is wrong.
struct ParsedLine
{
    const Command *command = nullptr; ///< null: print the help
    bool json = false;
    QString data;
    Invocation invocation;
};
Result<ParsedLine> parseCommandLine(const QStringList &arguments);
QString helpText();

/// The app that TEXT names: its id, the beginning of one id, or its title. The error lists what fits.
QCoro::Task<Result<AppSummary>> findApp(CommandContext *context, QString text);

} // namespace Flotilla
