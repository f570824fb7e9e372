// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "app/application/application.h"
#include "backends/projects/projectservice.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace Flotilla {

namespace {

Error usageError(const QString &text)
{
    return {ErrorKind::Invalid, text, QStringLiteral("flotillactl --help lists the commands.")};
}

/// Options whose empty value would be taken for a missing one.
bool isEmptyValue(const QString &name, const QString &value)
{
    static const QStringList names{QStringLiteral("api"),       QStringLiteral("file"),    QStringLiteral("image"),
                                   QStringLiteral("plan"),      QStringLiteral("prompts"), QStringLiteral("record"),
                                   QStringLiteral("recording"), QStringLiteral("report"),  QStringLiteral("tag"),
                                   QStringLiteral("threshold"), QStringLiteral("version")};
    return value.isEmpty() && names.contains(name);
}

/// Takes --name VALUE or --name=VALUE off the front of `rest`. False: not an option that this command knows.
Result<bool> takeOption(QStringList &rest, const QStringList &valueOptions, const QStringList &flagOptions,
                        Invocation &invocation)
{
    const QString word = rest.constFirst();
    const QString name = word.mid(2).section(QLatin1Char('='), 0, 0);
    if (flagOptions.contains(name) && !word.contains(QLatin1Char('='))) {
        rest.removeFirst();
        invocation.flags.insert(name);
        return true;
    }
    if (!valueOptions.contains(name))
        return false;
    rest.removeFirst();
    const bool joined = word.contains(QLatin1Char('='));
    const QString value = joined ? word.section(QLatin1Char('='), 1) : rest.isEmpty() ? QString() : rest.constFirst();
    if ((!joined && rest.isEmpty()) || isEmptyValue(name, value))
        return usageError(QStringLiteral("--%1 needs a value.").arg(name));
    if (!joined)
        rest.removeFirst();
    invocation.values.insert(name, value);
    return true;
}

Result<const Command *> findCommand(const QString &name)
{
    for (const Command &command : commandTable()) {
        if (name == QLatin1String(command.name))
            return &command;
    }
    return usageError(QStringLiteral("There is no command \"%1\".").arg(name));
}

Status checkCount(const Command &command, const Invocation &invocation)
{
    const qsizetype count = invocation.positional.size();
    if (count >= command.minimum && count <= command.maximum)
        return {};
    return usageError(QStringLiteral("The command is: flotillactl %1 %2")
                          .arg(QLatin1String(command.name), QLatin1String(command.arguments)));
}

} // namespace

Result<ParsedLine> parseCommandLine(const QStringList &arguments)
{
    ParsedLine line;
    QStringList rest = arguments;
    QStringList valueOptions{QStringLiteral("data"), QStringLiteral("passphrase-fd")};
    QStringList flagOptions{QStringLiteral("json"), QStringLiteral("help"), QStringLiteral("accept-new-host-key")};
    while (!rest.isEmpty()) {
        if (rest.constFirst() == QLatin1String("--")) {
            line.invocation.tail = rest.mid(1);
            break;
        }
        if (rest.constFirst() == QLatin1String("-h"))
            rest.first() = QStringLiteral("--help");
        if (rest.constFirst() == QLatin1String("-n"))
            rest.first() = QStringLiteral("--count");
        if (rest.constFirst().startsWith(QLatin1String("--"))) {
            const QString word = rest.constFirst();
            const Result<bool> taken = takeOption(rest, valueOptions, flagOptions, line.invocation);
            if (!taken)
                return taken.error();
            if (!*taken)
                return usageError(QStringLiteral("The option \"%1\" is not known here.").arg(word));
            continue;
        }
        const QString word = rest.takeFirst();
        if (line.command) {
            line.invocation.positional.append(word);
            continue;
        }
        const Result<const Command *> command = findCommand(word);
        if (!command)
            return command.error();
        line.command = *command;
        valueOptions += line.command->valueOptions;
        flagOptions += line.command->flagOptions;
    }
    if (line.command && !line.command->takesCommand)
        line.invocation.positional += std::exchange(line.invocation.tail, {});
    line.json = line.invocation.flags.contains(QStringLiteral("json"));
    line.data = line.invocation.values.value(QStringLiteral("data"));
    if (line.invocation.flags.contains(QStringLiteral("help")))
        line.command = nullptr;
    if (line.command) {
        if (const Status counted = checkCount(*line.command, line.invocation); !counted)
            return counted.error();
    }
    return line;
}

QCoro::Task<Result<AppSummary>> findApp(CommandContext *context, QString text)
{
    const Result<QList<AppSummary>> apps = co_await context->application.projects().apps();
    if (!apps)
        co_return apps.error();
    if (text.isEmpty())
        co_return Error{ErrorKind::Invalid, QStringLiteral("Name an app; \"\" is none."),
                        QStringLiteral("flotillactl apps lists them.")};
    QList<AppSummary> found;
    for (const AppSummary &app : *apps) {
        if (app.id.value == text)
            co_return app;
        if (app.id.value.startsWith(text) || app.title.compare(text, Qt::CaseInsensitive) == 0)
            found.append(app);
    }
    if (found.size() == 1)
        co_return found.constFirst();
    if (found.isEmpty())
        co_return Error{ErrorKind::NotFound, QStringLiteral("There is no app \"%1\".").arg(text.left(80)),
                        QStringLiteral("flotillactl apps lists them.")};
    QStringList names;
    for (const AppSummary &app : std::as_const(found))
        names.append(app.id.value + QLatin1Char(' ') + app.title);
    co_return Error{ErrorKind::Invalid, QStringLiteral("\"%1\" fits more than one app; use an id.").arg(text.left(80)),
                    names.mid(0, 5).join(QLatin1String(", "))};
}

} // namespace Flotilla
