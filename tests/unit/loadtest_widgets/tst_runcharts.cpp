// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeloadsource.h"
#include "widgets/charts/chart.h"
#include "widgets/loadtest/chartdeck.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/runcharts.h"
#include "widgets/loadtest/setuppanel.h"

#include <QTest>

using namespace Flotilla;

class TestRunCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAtAnAxisAreExact()
    {
        QCOMPARE(chartNumber(ChartUnit::Seconds, 0), QStringLiteral("0"));
        QCOMPARE(chartNumber(ChartUnit::Seconds, 0.25), QStringLiteral("0.25 s"));
        QCOMPARE(chartNumber(ChartUnit::Seconds, 10), QStringLiteral("10 s"));
        QCOMPARE(chartNumber(ChartUnit::Seconds, 12.5), QStringLiteral("12.5 s"));
        QCOMPARE(chartNumber(ChartUnit::Seconds, 75), QStringLiteral("1 min 15 s"));
        QCOMPARE(chartNumber(ChartUnit::Count, 2.5), QStringLiteral("2.5"));
        QCOMPARE(chartNumber(ChartUnit::Count, 12.5), QStringLiteral("12.5"));
        QCOMPARE(chartNumber(ChartUnit::Percent, 0), QStringLiteral("0 %"));
    }

    void timesAreMarkedAsOnAClock()
    {
        QCOMPARE(clockStep(12), 15.0);
        QCOMPARE(clockStep(45), 60.0);
        QCOMPARE(clockStep(75), 120.0);
        QCOMPARE(clockStep(1801), 3600.0);
        QCOMPARE(clockStep(9000), 10'800.0);
    }

    void nothingIsCountedInHalves()
    {
        QCOMPARE(countStep(0.5), 1.0);
        QCOMPARE(countStep(2), 2.0);
        QCOMPARE(countStep(2.5), 5.0);
        QCOMPARE(countStep(250), 250.0);
    }

    void everyAppIsOneDot()
    {
        FakeLoadSource source;
        source.setFailures(0);
        LoadBoard board(&source);
        ChartDeck deck(&board);
        auto *charts = deck.findChild<RunCharts *>();
        source.start(SetupPanel::preset(200));
        source.advanceToShare(1);
        QTRY_COMPARE(charts->order()->pointCount(0), 200);
        source.advance(200);
        QTest::qWait(150);
        QCOMPARE(charts->order()->pointCount(0), 200);
        QCOMPARE(charts->ramp()->pointCount(0), int(board.samples().size()));
    }

    void anotherRunClearsThem()
    {
        FakeLoadSource source;
        LoadBoard board(&source);
        ChartDeck deck(&board);
        auto *charts = deck.findChild<RunCharts *>();
        source.start(SetupPanel::preset(30));
        while (!source.isOver())
            source.advance(1000);
        QTRY_VERIFY(charts->order()->pointCount(0) > 0);
        source.start(SetupPanel::preset(10));
        QCOMPARE(charts->order()->pointCount(0), 0);
    }

    void thePlannedRampEndsAtTheTotal_data()
    {
        QTest::addColumn<LoadStage::Shape>("shape");
        QTest::newRow("step") << LoadStage::Shape::Step;
        QTest::newRow("linear") << LoadStage::Shape::Linear;
        QTest::newRow("spike") << LoadStage::Shape::Spike;
    }
    void thePlannedRampEndsAtTheTotal()
    {
        QFETCH(LoadStage::Shape, shape);
        LoadPlan plan;
        plan.stages = {{shape, 5000, 20}};
        QList<double> x;
        QList<double> y;
        RunCharts::planned(plan, 30, &x, &y);
        QCOMPARE(x.size(), y.size());
        QVERIFY(x.size() < 300);
        QCOMPARE(y.last(), 5000.0);
        QVERIFY(std::is_sorted(x.begin(), x.end()));
        QVERIFY(std::is_sorted(y.begin(), y.end()));
    }

    void axesEndAtRoundTimes()
    {
        QCOMPARE(RunCharts::axisEnd(0.5), 1.0);
        QCOMPARE(RunCharts::axisEnd(18.2), 20.0);
        QCOMPARE(RunCharts::axisEnd(299), 300.0);
        QCOMPARE(RunCharts::axisEnd(5000), 5400.0);
    }
};

QTEST_MAIN(TestRunCharts)
#include "tst_runcharts.moc"
