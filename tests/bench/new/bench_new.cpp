// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl new with the sampler at full pace: from the start of the process until it has seen HTTP 200 of the built
// app and ended. A new app in the same store each time, as a user would; the first run also creates the store.
#include "tests/bench/percentiles.h"
#include "tests/support/cliprocess.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonObject>

#include <cstdio>

using namespace Flotilla;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    constexpr int runs = 30;
    Test::Cli cli;
    std::vector<double> walls;
    double first = 0;
    for (int i = 0; i <= runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto made = cli.run(
            {QStringLiteral("--json"), QStringLiteral("new"), QStringLiteral("a habit tracker number %1").arg(i)});
        const double wall = double(timer.nsecsElapsed()) / 1e6;
        if (made.exitCode != 0) {
            std::fprintf(stderr, "new failed: %s%s\n", made.err.constData(), made.out.constData());
            return 1;
        }
        i == 0 ? (void)(first = wall) : walls.push_back(wall);
    }
    std::printf("{\"runs\": %d, \"first_ms\": %.1f, \"wall_p50_ms\": %.1f, \"wall_p95_ms\": %.1f}\n", runs, first,
                Bench::percentile(walls, 0.5), Bench::percentile(walls, 0.95));
    return 0;
}
