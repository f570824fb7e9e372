// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/show/realshow.h"

#include "app/flotilla/shell.h"
#include "tests/bench/show/pinger.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>

namespace Flotilla {

namespace {

constexpr int longestMs = 300'000;
constexpr int settleMs = 3000;
constexpr int lookMs = 20;

/// Handles events until `done`; false: it took too long. As exec() does, which sleeps between them; processEvents()
/// with a time limit does not, and took a third of the machine from what is measured.
template <typename Done>
bool runUntil(Done done)
{
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done() || timer.elapsed() > longestMs)
            loop.quit();
    });
    look.start(lookMs);
    loop.exec();
    return done();
}

QJsonObject measurePage(ScalePage *page, int count, double holdSeconds)
{
    LoadPlan plan = SetupPanel::preset(count);
    plan.holdSeconds = holdSeconds;
    page->setup()->setPlan(plan);
    page->toggleShow();
    LoadBoard *board = page->board();
    Pinger pinger(page);
    page->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"))->click();
    runUntil([board] { return board->isRunning(); });
    runUntil([board] { return !board->isRunning() || board->snapshot().state == LoadRunState::Holding; });
    QJsonObject json{{QStringLiteral("apps"), count},
                     {QStringLiteral("live"), board->snapshot().live()},
                     {QStringLiteral("failed"), board->snapshot().failed()},
                     {QStringLiteral("seconds"), board->snapshot().seconds}};
    runUntil([board] { return !board->isRunning() || board->snapshot().state == LoadRunState::Ending; });
    pinger.report(json);
    json.insert(QStringLiteral("pictures"), page->pictures()->held());
    json.insert(QStringLiteral("resident_mb"), residentMb());
    json.insert(QStringLiteral("web_engine_mb"), webEngineMb());
    json.insert(QStringLiteral("ended"), runUntil([board] { return !board->isRunning(); }));
    return json;
}

} // namespace

QJsonObject measureReal(int count, double holdSeconds)
{
    const QTemporaryDir data(QStringLiteral("/tmp/flotilla-show-XXXXXX"));
    auto shell = Shell::start(data.path());
    if (!shell.ok())
        return {{QStringLiteral("problem"), shell.error().text}};
    MainWindow &window = (*shell)->window();
    window.resize(1920, 1080);
    window.show();
    window.load();
    window.showPage(MainWindow::Scale);
    QElapsedTimer shown;
    shown.start();
    runUntil([&shown] { return shown.elapsed() > settleMs; }); // the first paint and the web engine's start are over
    return measurePage(window.scalePage(), count, holdSeconds);
}

} // namespace Flotilla
