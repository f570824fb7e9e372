// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stallwatchdog.h"

#include <QTest>

#include <thread>

using namespace Flotilla;
using namespace std::chrono_literals;

class TestStallWatchdog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesAStall()
    {
        StallWatchdog watchdog;
        QTest::qWait(60);
        watchdog.reset();
        std::this_thread::sleep_for(120ms); // the stall itself
        QTRY_VERIFY(watchdog.longestStall() >= 100ms);
        QVERIFY(watchdog.stallsOver50ms() >= 1);
    }

    void canBeReset()
    {
        StallWatchdog watchdog;
        std::this_thread::sleep_for(80ms);
        QTRY_VERIFY(watchdog.longestStall() >= 50ms);
        watchdog.reset();
        QVERIFY(watchdog.longestStall() < 50ms);
    }

    void endsWhileTheThreadIsBusy()
    {
        auto watchdog = std::make_unique<StallWatchdog>();
        std::this_thread::sleep_for(20ms);
        watchdog.reset(); // must not wait for an answer that cannot come
    }
};

QTEST_GUILESS_MAIN(TestStallWatchdog)
#include "tst_stallwatchdog.moc"
