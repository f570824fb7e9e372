// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a process of its own, on a real X screen (Xvfb). Shown: from the start of the process until its pixels
// are on the screen; listed: until pictures of apps are there too; both with 1000 apps in the store. Stall: the longest
// time the GUI thread kept an event waiting while an app streamed at 200 tokens/s and somebody typed and scrolled.
#include "app/flotilla/shell.h"
#include "app/screenshots/samplestore.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/window/streaming.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QScreen>
#include <QSet>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace Flotilla;

namespace {

constexpr int Starts = 15;
constexpr int Streams = 5;
constexpr int PollMs = 2;
constexpr int LongestMs = 20000;

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "bench_window: %s\n", qPrintable(why));
    std::exit(1);
}

int coloursIn(const QRect &area)
{
    const QImage image =
        QGuiApplication::primaryScreen()->grabWindow(0, area.x(), area.y(), area.width(), area.height()).toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    return colours.size() == 1 && *colours.begin() == qRgb(0, 0, 0) ? 0 : int(colours.size());
}

double waitFor(const QElapsedTimer &timer, const QRect &area, int colours)
{
    while (coloursIn(area) < colours) {
        if (timer.hasExpired(LongestMs))
            fail(QStringLiteral("no window came"));
        QThread::msleep(PollMs);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

struct Start
{
    double shown = 0;
    double listed = 0;
};

Start startOnce(const QString &data)
{
    const QString program = qEnvironmentVariable("FLOTILLA_BIN_DIR") + QStringLiteral("/flotilla");
    QProcess window;
    QElapsedTimer timer;
    timer.start();
    window.start(program, {QStringLiteral("--data"), data});
    Start start;
    start.shown = waitFor(timer, QRect(700, 300, 4, 4), 1);
    start.listed = waitFor(timer, QRect(300, 560, 800, 200), 60);
    window.kill();
    window.waitForFinished();
    while (coloursIn(QRect(700, 300, 4, 4)) > 0)
        QThread::msleep(PollMs);
    return start;
}

QJsonObject streamOnce(const QString &data)
{
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--stream"), data});
    if (!window.waitForFinished(180000) || window.exitCode() != 0)
        fail(QStringLiteral("the streaming window ended badly"));
    return QJsonDocument::fromJson(window.readAllStandardOutput()).object();
}

void stopApps(const QString &data)
{
    QProcess stop;
    stop.start(qEnvironmentVariable("FLOTILLA_BIN_DIR") + QStringLiteral("/flotillactl"),
               {QStringLiteral("--data"), data, QStringLiteral("stop"), QStringLiteral("--all")});
    stop.waitForFinished();
}

int measure()
{
    const QTemporaryDir full;
    if (!fillSampleStore(full.path(), 1000).ok())
        fail(QStringLiteral("no sample store"));
    std::vector<double> shown;
    std::vector<double> listed;
    startOnce(full.path()); // from a cold disk it would measure the disk
    for (int i = 0; i < Starts; ++i) {
        const Start start = startOnce(full.path());
        shown.push_back(start.shown);
        listed.push_back(start.listed);
    }
    std::vector<double> stalls;
    for (int i = 0; i < Streams; ++i) {
        const QTemporaryDir data;
        if (!setSampleSetting(data.path(), QStringLiteral("samplerTokensPerSecond"), QStringLiteral("200")).ok())
            fail(QStringLiteral("no settings"));
        stalls.push_back(streamOnce(data.path())[QLatin1String("stall_ms")].toDouble());
        stopApps(data.path());
    }
    std::printf("{\"starts\": %d, \"apps\": 1000, \"shown_p50_ms\": %.0f, \"shown_max_ms\": %.0f, \"listed_p50_ms\": "
                "%.0f, \"streams\": %d, \"stall_p50_ms\": %.0f, \"stall_max_ms\": %.0f}\n",
                Starts, Bench::percentile(shown, 0.5), Bench::percentile(shown, 1), Bench::percentile(listed, 0.5),
                Streams, Bench::percentile(stalls, 0.5), Bench::percentile(stalls, 1));
    return 0;
}

int runProgram(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--stream") == 0) {
        prepareGraphics();
        QApplication app(argc, argv);
        return Bench::runStreaming(app, QString::fromLocal8Bit(argv[2]));
    }
    QGuiApplication app(argc, argv);
    return measure();
}

} // namespace

int main(int argc, char **argv)
{
    Application::leave(runProgram(argc, argv));
}
