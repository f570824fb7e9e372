// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Flotilla {

class LoadTestService;

/// One line a second about a load test on stderr, also with --json. Lives in the command; main thread.
class LoadProgress
{
public:
    LoadProgress(LoadTestService *service, const Output &output);

private:
    void show(const LoadSnapshot &snapshot);
    void print();

    QObject m_context;
    QElapsedTimer m_last;
    QTimer m_later; ///< for what came too soon after the line before
    LoadSnapshot m_snapshot;
    LoadRunState m_state = LoadRunState::Preparing;
};

} // namespace Flotilla
