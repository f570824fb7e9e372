// SPDX-License-Identifier: GPL-3.0-or-later
// bench_scale [COUNT|COUNT@SECONDS]...: 0 to COUNT apps verified live with flotillactl loadtest, each run on a store of
// its own: the sampler at full pace, or with a simulated model time of SECONDS per answer. 1000 at full pace is held
// for a minute and probed twice. After each run the machine is searched for what the sandboxes left. Without arguments:
// 1, 10, 100 and 1000 of both kinds; 10,000 takes minutes and is run when asked for.
#include "app/application/application.h"
#include "tests/bench/loadsummary.h"
#include "tests/support/cliprocess.h"
#include "tests/support/systemcount.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>

#include <cstdio>

using namespace Flotilla;

namespace {

struct Case
{
    int count = 0;
    double modelSeconds = 0;

    static Case of(const QString &text)
    {
        return {text.section(QLatin1Char('@'), 0, 0).toInt(), text.section(QLatin1Char('@'), 1).toDouble()};
    }
    QStringList arguments() const
    {
        QStringList list{QStringLiteral("--json"), QStringLiteral("loadtest"), QStringLiteral("--count"),
                         QString::number(count)};
        if (modelSeconds > 0)
            list << QStringLiteral("--answer") << QString::number(modelSeconds);
        if (modelSeconds == 0 && count == 1000)
            list << QStringLiteral("--hold") << QStringLiteral("60");
        return list;
    }
};

/// The apps that answered in the worst sweep.
int leastAnswered(const QJsonObject &summary)
{
    int least = summary[QLatin1String("live")].toInt();
    for (const QJsonValue &sweep : summary[QLatin1String("sweeps")].toArray())
        least = std::min(least, sweep.toObject()[QLatin1String("passed")].toInt());
    return least;
}

QJsonObject measure(const Case &wanted)
{
    const Test::Cli cli;
    QElapsedTimer timer;
    timer.start();
    const auto ran = cli.run(wanted.arguments(), {}, 1'200'000);
    const double wall = double(timer.elapsed()) / 1000;
    const auto left = Test::SystemCount::of(cli.data(), ApplicationPaths::resolve(cli.data()).runtime);
    const QJsonObject summary = ran.json().object();
    QJsonObject result{{QStringLiteral("wall_s"), wall},
                       {QStringLiteral("answered"), leastAnswered(summary)},
                       {QStringLiteral("left_behind"), left.text()},
                       {QStringLiteral("left_behind_count"), left.isClean() ? 0 : 1}};
    Bench::addSummary(result, ran,
                      {"requested", "live", "failed", "duration_s", "clean_up_s", "time_to_live_s", "classes",
                       "generator", "machine"});
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList cases = QCoreApplication::arguments().mid(1);
    if (cases.isEmpty())
        cases = QStringLiteral("1 10 100 1000 1@27 10@27 100@27 1000@27").split(QLatin1Char(' '));
    QJsonObject full;
    QJsonObject simulated;
    for (const QString &text : std::as_const(cases)) {
        const Case wanted = Case::of(text);
        QJsonObject &results = wanted.modelSeconds > 0 ? simulated : full;
        results.insert(QStringLiteral("n%1").arg(wanted.count), measure(wanted));
    }
    const QJsonObject result{{QStringLiteral("full_pace"), full}, {QStringLiteral("simulated"), simulated}};
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
