// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "backends/fleet/fleettypes.h"

namespace Flotilla {

/// What `--selector` and the options of `ps` choose: "host:gpu-box state:running label:demo app:quiz words". Every
/// word has to fit; a word without a key fits title and id.
struct Selector
{
    QStringList hosts, states, labels, apps, words;

    static Result<Selector> parse(const QString &text);
    bool matches(const FleetRow &row) const;
    bool isEmpty() const;
    Status check() const; ///< every state is one
};

/// "gpu-box", "GPU box" or "any" -> what apps are placed by.
QCoro::Task<Result<QString>> hostNamed(CommandContext *context, QString name);
/// Prints what became of each item of a bulk action; `verb` is what those did that worked. The exit code.
/// Bubblewrap, podman or docker; empty is fine.
Status checkBackend(const QString &name);
int reportItems(CommandContext *context, const QList<FleetItemResult> &results, const QString &verb);

/// Connects to every host that has sandboxes of ours; one that cannot be reached is left as the table has it.
QCoro::Task<Status> adoptEverything(CommandContext *context);

} // namespace Flotilla
