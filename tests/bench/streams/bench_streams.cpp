// SPDX-License-Identifier: GPL-3.0-or-later
// bench_streams [STREAMS] [TOKENS_PER_SECOND] [SECONDS]: so many answers at once from a FakeLlmServer, which is a
// process of its own, through the client that apps are written with. Prints what arrived and what it cost this process.
// Without arguments: 1000 at 50 tokens/s for 20 s.
#include "backends/fleet/loadtest/loadpreflight.h"
#include "backends/http/httpclient.h"
#include "backends/llm/governor.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/modellist.h"
#include "tests/support/streamload.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>

using namespace Flotilla;

namespace {

double cpuSeconds()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

std::shared_ptr<LanguageModel> openModel(HttpClient *http, const QUrl &base)
{
    HttpModelConfig config;
    config.http = http;
    config.format = wireFormatFor(ModelRef::Kind::OpenAi);
    config.baseUrl = base;
    config.key = [] { return readyFuture<QString>(QString()); };
    config.info.id = QStringLiteral("fake-model");
    static const auto governor = std::make_shared<Governor>();
    return governor->wrap(std::make_shared<HttpModel>(config));
}

QJsonObject toJson(const Test::StreamLoad::Result &result, double wall, double cpu)
{
    return {{QStringLiteral("streams"), result.streams},
            {QStringLiteral("complete"), result.complete},
            {QStringLiteral("at_once"), result.mostOpen},
            {QStringLiteral("tokens_expected"), result.expected},
            {QStringLiteral("tokens_received"), result.received},
            {QStringLiteral("dropped"), result.dropped()},
            {QStringLiteral("wall_s"), wall},
            {QStringLiteral("tokens_per_s"), double(result.received) / wall},
            {QStringLiteral("cpu_s"), cpu},
            {QStringLiteral("cpu_cores"), cpu / wall},
            {QStringLiteral("longest_gap_ms"), result.longestGapMs},
            {QStringLiteral("problem"), result.problem}};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    raiseOpenFiles(); // the server inherits it
    const QStringList given = QCoreApplication::arguments();
    const int streams = given.value(1, QStringLiteral("1000")).toInt();
    const double pace = given.value(2, QStringLiteral("50")).toDouble();
    const double seconds = given.value(3, QStringLiteral("20")).toDouble();
    const QString text = Test::numberedText(int(pace * seconds));
    const Test::FakeServerProcess server(Test::scriptSaying(text, pace));
    HttpClient http;
    Test::StreamLoad load(openModel(&http, server.openAiBase()), text);
    QObject::connect(&load, &Test::StreamLoad::over, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QTimer::singleShot(int(seconds * 5000) + 60'000, &app, &QCoreApplication::quit);
    QElapsedTimer timer;
    timer.start();
    const double before = cpuSeconds();
    load.start(streams);
    QCoreApplication::exec();
    const auto json = toJson(load.result(), double(timer.elapsed()) / 1000, cpuSeconds() - before);
    std::puts(QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
    return load.isOver() && load.result().dropped() == 0 ? 0 : 1;
}
