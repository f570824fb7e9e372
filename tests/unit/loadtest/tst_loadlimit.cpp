// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadlimit.h"
#include "backends/fleet/loadtest/loadmachine.h"

#include <QTest>

using namespace Flotilla;

class TestLoadLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Calls that come late come together, and a machine that is busy was told to idle.
    void twoLooksAtOnceDoNotMakeABusyMachineIdle()
    {
        LoadMachine::Ticks before{100, 200, 0};
        QCOMPARE(LoadMachine::share(before, {109, 210, 0}), 0.9);
        QCOMPARE(LoadMachine::share(before, {109, 210, 0}), 0.9);
        QCOMPARE(LoadMachine::share(before, {109, 212, 0}), 0.9);
        QCOMPARE(LoadMachine::share(before, {110, 220, 0}), 0.1); // with the two before
    }

    void growsWhileACoreIdles()
    {
        LoadLimit limit(2);
        const int first = limit.value();
        for (int i = 0; i < 400; ++i)
            limit.adjust(0.5, 0, true);
        QVERIFY(first < 10);
        QCOMPARE(limit.value(), 128);
    }

    void staysWhenNothingWaits()
    {
        LoadLimit limit(2);
        const int first = limit.value();
        for (int i = 0; i < 100; ++i)
            limit.adjust(0.1, 0, false);
        QCOMPARE(limit.value(), first);
    }

    void oneIdleMomentIsNoReason()
    {
        LoadLimit limit(2);
        const int first = limit.value();
        for (int i = 0; i < 100; ++i)
            limit.adjust(i % 10 == 0 ? 0.6 : 1.0, 0, true);
        QCOMPARE(limit.value(), first);
    }

    void shrinksWhenTheProgramIsLate_data()
    {
        QTest::addColumn<double>("busy");
        QTest::addColumn<double>("late");
        QTest::newRow("late, cores idle") << 0.5 << 100.0;
        QTest::newRow("in time, cores busy") << 1.0 << 0.0;
    }
    void shrinksWhenTheProgramIsLate()
    {
        QFETCH(double, busy);
        QFETCH(double, late);
        LoadLimit limit(2);
        const int least = limit.value();
        for (int i = 0; i < 50; ++i)
            limit.adjust(0.5, 0, true);
        const int grown = limit.value();
        QVERIFY(grown > least + 10);
        for (int i = 0; i < 400; ++i)
            limit.adjust(busy, late, true);
        QCOMPARE(limit.value(), least);
    }
};

QTEST_GUILESS_MAIN(TestLoadLimit)
#include "tst_loadlimit.moc"
