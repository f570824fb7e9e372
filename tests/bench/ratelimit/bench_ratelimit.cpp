// SPDX-License-Identifier: GPL-3.0-or-later
// bench_ratelimit [REQUESTS_PER_MINUTE [APPS]]: a load test at a model server that answers only so many requests, once
// told by 429 with retry-after alone and once also by the headers that say what is left. Every app takes two requests,
// for its file and for its last word. `share` is the time that a server at its limit needs for them, divided by the
// time until the last app was live. Without arguments: 50 a minute, 40 apps, some three minutes.
#include "tests/bench/loadsummary.h"
#include "tests/support/cliprocess.h"
#include "tests/support/streamload.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <cstdio>

using namespace Flotilla;

namespace {

constexpr int burst = 10;
constexpr int requestsOfAnApp = 2;

QByteArray script(double perMinute, bool limitHeaders)
{
    const QJsonObject file{{QStringLiteral("path"), QStringLiteral("index.html")},
                           {QStringLiteral("content"), QStringLiteral("<!doctype html><h1>Tides</h1>")}};
    const QJsonObject call{{QStringLiteral("tool"), QStringLiteral("write_file")}, {QStringLiteral("input"), file}};
    const QJsonObject writes{{QStringLiteral("events"), QJsonArray{call}}};
    const QJsonObject ends{{QStringLiteral("text"), QStringLiteral("Done.")}};
    return QJsonDocument(QJsonObject{{QStringLiteral("select"), QStringLiteral("depth")},
                                     {QStringLiteral("turns"), QJsonArray{writes, ends}},
                                     {QStringLiteral("requestsPerMinute"), perMinute},
                                     {QStringLiteral("burst"), burst},
                                     {QStringLiteral("limitHeaders"), limitHeaders}})
        .toJson(QJsonDocument::Compact);
}

QJsonObject measure(double perMinute, int apps, bool limitHeaders)
{
    const Test::FakeServerProcess server(script(perMinute, limitHeaders));
    const Test::Cli cli;
    const double needed = (apps * requestsOfAnApp - burst) * 60 / perMinute;
    const auto ran =
        cli.run({QStringLiteral("--json"), QStringLiteral("loadtest"), QStringLiteral("--count"), QString::number(apps),
                 QStringLiteral("--model"), QStringLiteral("openai:fake-model@") + server.openAiBase().toString()},
                {}, int(needed * 3000) + 60'000);
    const QJsonObject summary = ran.json().object();
    const double seconds = summary[QLatin1String("duration_s")].toDouble();
    QJsonObject result{{QStringLiteral("needed_s"), needed},
                       {QStringLiteral("share"), seconds > 0 ? needed / seconds : 0},
                       {QStringLiteral("lost"), apps - summary[QLatin1String("live")].toInt()}};
    Bench::addSummary(result, ran, {"requested", "live", "failed", "duration_s", "retries", "classes"});
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList given = QCoreApplication::arguments();
    const double perMinute = given.value(1, QStringLiteral("50")).toDouble();
    const int apps = given.value(2, QStringLiteral("40")).toInt();
    const QJsonObject result{{QStringLiteral("requests_per_minute"), perMinute},
                             {QStringLiteral("retry_after"), measure(perMinute, apps, false)},
                             {QStringLiteral("limit_headers"), measure(perMinute, apps, true)}};
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
