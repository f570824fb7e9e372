// SPDX-License-Identifier: GPL-3.0-or-later
// The Fleet screen with 10,000 rows at 2,000 updates a second from another thread, as the board delivers them: longest
// time an event of the GUI thread waited, its share of a core; then 1,000 rows at rest. Medians over rounds; prints
// JSON. usage: bench_board [ROUNDS [SECONDS]]
#include "tests/bench/percentiles.h"
#include "tests/support/samplefleet.h"
#include "widgets/common/stallwatchdog.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/fleetview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QThread>

#include <cstdio>
#include <ctime>

using namespace Flotilla; // a program of its own

namespace {

constexpr int deliveriesPerSecond = 10;

/// The service thread's part.
class Feeder : public QObject
{
    Q_OBJECT

public:
    Feeder(const SampleFleet &fleet, int perSecond)
        : m_perTick(perSecond / deliveriesPerSecond)
    {
        for (int i = 0; i < fleet.count(); ++i)
            m_rows.append(fleet.row(i));
    }
    qint64 delivered() const { return m_delivered; }

public Q_SLOTS:
    void begin() { startTimer(1000 / deliveriesPerSecond, Qt::PreciseTimer); }

Q_SIGNALS:
    void rows(const QList<Flotilla::FleetRow> &changed, const QList<Flotilla::AppId> &removed);

protected:
    void timerEvent(QTimerEvent *) override
    {
        QList<FleetRow> changed;
        changed.reserve(m_perTick);
        for (int i = 0; i < m_perTick; ++i) {
            m_next = (m_next + 7919) % int(m_rows.size()); // all over the table
            FleetRow &row = m_rows[m_next];
            if (row.cpuPercent)
                row.cpuPercent = 0.5 + m_random.bounded(400) / 10.0;
            if (row.memoryBytes)
                row.memoryBytes = (30ll + m_random.bounded(300)) * 1024 * 1024;
            if (m_random.bounded(50) == 0) // some change their state too
                row.state = row.state == SandboxState::Running ? SandboxState::Creating : SandboxState::Running;
            changed.append(row);
        }
        m_delivered += changed.size();
        Q_EMIT rows(changed, {});
    }

private:
    QList<FleetRow> m_rows;
    QRandomGenerator m_random{3};
    int m_perTick;
    int m_next = 0;
    std::atomic<qint64> m_delivered{0};
};

double threadCpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

struct Sample
{
    double stallMs = 0;
    double cpuPercent = 0;
};

Sample measure(StallWatchdog &watchdog, int seconds, const std::function<void(int)> &meanwhile)
{
    watchdog.reset();
    QElapsedTimer timer;
    timer.start();
    const double before = threadCpuSeconds();
    for (int step = 0; step < seconds * 2; ++step) {
        wait(500);
        if (meanwhile)
            meanwhile(step);
    }
    const double cpu = threadCpuSeconds() - before;
    return {double(watchdog.longestStall().count()), cpu / (double(timer.nsecsElapsed()) / 1e9) * 100};
}

struct Screen
{
    explicit Screen(int apps)
        : fleet(apps)
        , hosts(4)
        , page(&fleet, &hosts)
    {
        page.resize(1384, 900);
        page.show();
        wait(1500);
        page.view()->setCurrentApp(page.model()->at(3).row.app);
        wait(1000);
    }
    SampleFleet fleet;
    SampleHosts hosts;
    FleetPage page;
};

QJsonObject busy(StallWatchdog &watchdog, int rounds, int seconds)
{
    constexpr int apps = 10000, perSecond = 2000;
    Screen screen(apps);
    Feeder feeder(screen.fleet, perSecond);
    QObject::connect(&feeder, &Feeder::rows, &screen.fleet, &FleetSession::rowsChanged);
    QThread thread;
    feeder.moveToThread(&thread);
    thread.start();
    QMetaObject::invokeMethod(&feeder, &Feeder::begin);
    screen.page.model()->sort(FleetModel::Cpu, Qt::DescendingOrder);
    wait(1000);
    std::vector<double> stalls, cpus, scrolling;
    for (int round = 0; round < rounds; ++round) {
        const Sample still = measure(watchdog, seconds, {});
        stalls.push_back(still.stallMs);
        cpus.push_back(still.cpuPercent);
        QScrollBar *bar = screen.page.view()->verticalScrollBar();
        scrolling.push_back(
            measure(watchdog, 3, [bar](int step) { bar->setValue(bar->maximum() * step / 7); }).stallMs);
    }
    thread.quit();
    thread.wait();
    using Bench::percentile;
    return {{QStringLiteral("rows"), apps},
            {QStringLiteral("updates_per_second"), perSecond},
            {QStringLiteral("updates_delivered"), feeder.delivered()},
            {QStringLiteral("longest_stall_ms_median"), percentile(stalls, 0.5)},
            {QStringLiteral("longest_stall_ms_worst"), percentile(stalls, 1.0)},
            {QStringLiteral("longest_stall_scrolling_ms_median"), percentile(scrolling, 0.5)},
            {QStringLiteral("gui_thread_percent_median"), percentile(cpus, 0.5)}};
}

QJsonObject idle(StallWatchdog &watchdog, int rounds, int seconds)
{
    constexpr int apps = 1000;
    Screen screen(apps);
    std::vector<double> cpus;
    for (int round = 0; round < rounds; ++round)
        cpus.push_back(measure(watchdog, seconds, {}).cpuPercent);
    return {{QStringLiteral("rows"), apps},
            {QStringLiteral("gui_thread_percent_median"), Bench::percentile(cpus, 0.5)}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme::instance().install(app);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 10;
    QJsonObject result;
    {
        StallWatchdog watchdog;
        result.insert(QStringLiteral("busy"), busy(watchdog, rounds, seconds));
        result.insert(QStringLiteral("idle"), idle(watchdog, rounds, seconds));
    }
    result.insert(QStringLiteral("rounds"), rounds);
    result.insert(QStringLiteral("platform"), QGuiApplication::platformName());
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}

#include "bench_board.moc"
