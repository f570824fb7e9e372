// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startprogress.h"

#include "app/application/application.h"
#include "app/cli/command.h"
#include "backends/fleet/fleet.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

namespace Flotilla {

namespace {

constexpr std::chrono::seconds pause{1};

} // namespace

void showStartProgress(CommandContext *context)
{
    const auto show = [context, next = QDeadlineTimer(0)](const AppId &, const QString &text) mutable {
        if (!next.hasExpired())
            return;
        next.setRemainingTime(pause);
        context->output.note(text);
    };
    QObject::connect(&context->application.fleet(), &SandboxProvider::startProgress, QCoreApplication::instance(),
                     show);
}

} // namespace Flotilla
