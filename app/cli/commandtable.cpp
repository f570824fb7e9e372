// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

namespace Flotilla {

const QList<Command> &commandTable()
{
    using namespace Commands;
    const auto model = QStringLiteral("model");
    const auto image = QStringLiteral("image");
    const auto version = QStringLiteral("version");
    const auto all = QStringLiteral("all");
    const auto host = QStringLiteral("host");
    const auto backend = QStringLiteral("backend");
    const auto label = QStringLiteral("label");
    const auto container = QStringLiteral("container-image");
    static const QList<Command> table{
        {"new",
         "PROMPT [--model M] [--image F] [--host H] [--backend B] [--container-image C]",
         "make an app; waits until it is green or red",
         1,
         1,
         {model, image, host, backend, container},
         {},
         create},
        {"edit", "APP PROMPT [--model M] [--image F]", "ask for a change", 2, 2, {model, image}, {}, edit},
        {"apps", "", "list the apps", 0, 0, {}, {}, apps},
        {"show", "APP", "one app with its state and cost", 1, 1, {}, {}, show},
        {"files", "APP [--version V]", "list the files of an app", 1, 1, {version}, {}, files},
        {"cat", "APP PATH [--version V]", "print one file", 2, 2, {version}, {}, cat},
        {"versions", "APP", "list the versions of an app", 1, 1, {}, {}, versions},
        {"restore", "APP VERSION", "make a new version with the files of an old one", 2, 2, {}, {}, restore},
        {"fetch", "APP [PATH]", "print what the app answers, through the gateway", 1, 2, {}, {}, fetch},
        {"exec", "APP -- CMD...", "run a command in the app's sandbox", 1, 1, {}, {}, exec, false, true},
        {"logs", "APP", "print the logs of the app", 1, 1, {}, {}, logs},
        {"ps",
         "[--host H] [--state S] [--label L]",
         "list the sandboxes",
         0,
         0,
         {host, label, QStringLiteral("state")},
         {},
         ps},
        {"stop",
         "APP | --all | --selector S",
         "stop the sandbox of an app, of every app, or of those that S chooses",
         0,
         1,
         {QStringLiteral("selector")},
         {all},
         stop},
        {"hosts",
         "[add|set|test|rm|drain|undrain NAME] [--ssh TARGET] [--backend B] [--container-image C] [--capacity N] "
         "[--no-pool] [--stop-apps]",
         "list, add, change, test, remove or empty hosts",
         0,
         2,
         {QStringLiteral("ssh"), backend, container, QStringLiteral("capacity")},
         {QStringLiteral("no-pool"), QStringLiteral("stop-apps")},
         hosts},
        {"images",
         "[build DIR --tag NAME [--file F]] [--host H] [--backend B]",
         "list the container images of a host, or build one from a folder with a Containerfile",
         0,
         2,
         {QStringLiteral("tag"), QStringLiteral("file"), host, backend},
         {},
         images,
         true},
        {"move",
         "APP [--host H] [--backend B] [--container-image C]",
         "take an app to another host or container image",
         1,
         1,
         {host, backend, container},
         {},
         move},
        {"label",
         "APP NAME [--remove]",
         "label an app, or take a label off",
         2,
         2,
         {},
         {QStringLiteral("remove")},
         Commands::label},
        {"snapshot", "APP [--label L]", "keep the files and data of an app as they are", 1, 1, {label}, {}, snapshot},
        {"snapshots", "[APP]", "list the snapshots", 0, 1, {}, {}, snapshots},
        {"fork", "APP|SNAPSHOT [-n N]", "make N new apps of one", 1, 1, {QStringLiteral("count")}, {}, Commands::fork},
        {"stats", "[APP]", "processor, memory and processes of the sandboxes", 0, 1, {}, {}, stats},
        {"events",
         "[APP] [--follow]",
         "what happened to apps and hosts",
         0,
         1,
         {},
         {QStringLiteral("follow")},
         events,
         true},
        {"export",
         "APP [FILE] [--version V]",
         "write the files of an app as a zip archive",
         1,
         2,
         {version},
         {},
         exportApp},
        {"import", "FILE", "make an app of a zip or tar archive or a folder", 1, 1, {}, {}, importApp},
        {"rm", "APP", "delete an app with all its versions", 1, 1, {}, {}, remove},
        {"loadtest",
         "[--count N | --plan F] [--prompts F] [--model M | --recording F] [--host H,...] [--backend B] [--hold S]",
         "make many apps at once, probe them, report, and clean up",
         0,
         0,
         {QStringLiteral("count"), QStringLiteral("plan"), model, QStringLiteral("host"), QStringLiteral("backend"),
          QStringLiteral("hold"), QStringLiteral("report"), QStringLiteral("first-token"), QStringLiteral("answer"),
          QStringLiteral("tokens"), QStringLiteral("seed"), QStringLiteral("threshold"), QStringLiteral("name"),
          QStringLiteral("in-flight"), QStringLiteral("prompts"), QStringLiteral("recording"),
          QStringLiteral("record")},
         {QStringLiteral("keep")},
         loadtest,
         true},
        {"runs",
         "[show ID | compare A B | remove ID]",
         "the load tests that were run",
         0,
         3,
         {QStringLiteral("report")},
         {},
         runs},
        {"replay", "ID [--speed X]", "play a load test again", 1, 1, {QStringLiteral("speed")}, {}, replay, true},
        {"serve",
         "[--api PORT]",
         "keep the gateway up and print the URLs; with --api also the control API",
         0,
         0,
         {QStringLiteral("api")},
         {},
         serve,
         true},
        {"models", "", "list the models that can be used now", 0, 0, {}, {}, models},
        {"doctor", "", "check what this computer needs to run sandboxes", 0, 0, {}, {}, doctor},
    };
    return table;
}

QString helpText()
{
    QString text = QStringLiteral("usage: flotillactl [--data DIR] [--json] COMMAND\n\n");
    for (const Command &command : commandTable()) {
        const QString usage = QLatin1String(command.name) + QLatin1Char(' ') + QLatin1String(command.arguments);
        text += QStringLiteral("  %1 %2\n").arg(usage, -40).arg(QLatin1String(command.summary));
    }
    text += QStringLiteral("\nM is sampler, anthropic:NAME or openai:NAME[@BASEURL]. APP is an id or a title.\n"
                           "H is a host's name, local, or any (the pool). B is bubblewrap, podman or docker.\n"
                           "C is a container image, like node:20; \"\" is the one that Flotilla makes of the host.\n"
                           "S is like \"host:gpu-box state:running label:demo app:quiz\".\n"
                           "When a host asks in a script: --accept-new-host-key, --passphrase-fd N.\n"
                           "The store is DIR, else FLOTILLA_DATA, else the user's own.\n");
    return text;
}

} // namespace Flotilla
