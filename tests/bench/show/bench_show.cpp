// SPDX-License-Identifier: GPL-3.0-or-later
// bench_show: how long the GUI thread keeps an event waiting while the Scale screen shows 0 to 1000 at 1920x1080 in
// show mode, fed with 2000 row changes a second by a fake, pictures included. A second number is 10,000 apps.
#include "tests/support/fakeloadsource.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <atomic>
#include <cstdio>
#include <mutex>

using namespace Flotilla;

namespace {

/// Posts an event every few milliseconds from a thread of its own and notes how long each one waited.
class Pinger : public QThread
{
public:
    explicit Pinger(QObject *target)
        : m_target(target)
    {
        start();
    }
    ~Pinger() override { stop(); }
    QList<double> stop()
    {
        m_quit = true;
        wait();
        return m_waits;
    }

protected:
    void run() override
    {
        using Time = std::chrono::steady_clock;
        while (!m_quit) {
            auto answered = std::make_shared<std::atomic<bool>>(false);
            const auto sent = Time::now();
            QMetaObject::invokeMethod(
                m_target, [answered] { *answered = true; }, Qt::QueuedConnection);
            while (!*answered && !m_quit)
                usleep(200);
            m_waits.append(std::chrono::duration<double, std::milli>(Time::now() - sent).count());
            usleep(2000);
        }
    }

private:
    QObject *m_target;
    std::atomic<bool> m_quit{false};
    QList<double> m_waits;
};

double residentMb()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    return status.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

QJsonObject measure(int count, double rampSeconds, double maxSeconds)
{
    FakeLoadSource source;
    source.setSeconds(rampSeconds);
    ScalePage::Parts parts;
    parts.source = &source;
    parts.pictures = FakePictures::parts();
    ScalePage page(parts);
    page.resize(1920, 1080);
    page.show();
    source.start(SetupPanel::preset(count));
    page.toggleShow();
    page.pictures()->setPace(WallPictures::Pace::Full);
    QApplication::processEvents();
    auto pinger = std::make_unique<Pinger>(&page);
    source.play(20);
    QElapsedTimer timer;
    timer.start();
    int live = 0;
    while (!source.isOver() && timer.elapsed() < maxSeconds * 1000) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        live = page.board()->snapshot().live();
    }
    QList<double> waits = pinger->stop();
    std::sort(waits.begin(), waits.end());
    const auto at = [&waits](double share) {
        return waits[std::min(waits.size() - 1, qsizetype(share * double(waits.size())))];
    };
    return {{QStringLiteral("apps"), count},
            {QStringLiteral("live"), live},
            {QStringLiteral("seconds"), double(timer.elapsed()) / 1000},
            {QStringLiteral("changes_per_s"), source.changesPerSecond()},
            {QStringLiteral("pictures"), page.pictures()->held()},
            {QStringLiteral("stall_p50_ms"), at(0.5)},
            {QStringLiteral("stall_p99_ms"), at(0.99)},
            {QStringLiteral("stall_max_ms"), waits.last()},
            {QStringLiteral("resident_mb"), residentMb()}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme::instance().install(app);
    Theme::instance().setMode(ThemeMode::Dark);
    // seven changes per app: 3.5 s for a thousand are 2000 a second
    const QJsonObject result{{QStringLiteral("thousand"), measure(1000, 3.5, 30)},
                             {QStringLiteral("ten_thousand"), measure(10'000, 35, 60)}};
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
