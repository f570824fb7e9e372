// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeloadsource.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/setuppanel.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestLoadBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunBeginsWithAllAppsWaiting()
    {
        FakeLoadSource source;
        LoadBoard board(&source);
        QSignalSpy reset(&board, &LoadBoard::reset);
        source.start(SetupPanel::preset(100));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(board.rows().size(), 100);
        QVERIFY(board.isRunning());
        QVERIFY(board.rows()[99].phase == LoadPhase::Queued);
    }

    void changesAreToldAtMostTenTimesASecond()
    {
        FakeLoadSource source;
        LoadBoard board(&source);
        source.start(SetupPanel::preset(1000));
        QSignalSpy told(&board, &LoadBoard::rowsChanged);
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1000) {
            source.advance(20);
            QTest::qWait(5);
        }
        QVERIFY2(told.count() >= 3 && told.count() <= 12, qPrintable(QString::number(told.count())));
    }

    void everyChangeArrivesAndCountsAgree()
    {
        FakeLoadSource source;
        source.setFailures(3);
        LoadBoard board(&source);
        QSet<int> seen;
        connect(&board, &LoadBoard::rowsChanged, this, [&seen](const QList<int> &indexes) {
            for (const int index : indexes)
                seen.insert(index);
        });
        QSignalSpy ended(&board, &LoadBoard::ended);
        source.start(SetupPanel::preset(300));
        while (!source.isOver())
            source.advance(500);
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(seen.size(), 300);
        const auto live = std::count_if(board.rows().begin(), board.rows().end(),
                                        [](const LoadRow &row) { return row.phase == LoadPhase::Live; });
        QCOMPARE(int(live), board.snapshot().live());
        QCOMPARE(board.snapshot().live() + board.snapshot().failed(), 300);
        QCOMPARE(board.hosts().size(), 1);
        QCOMPARE(board.hosts()[0].live, board.snapshot().live());
        QVERIFY(!board.isRunning());
    }

    void frozenNothingIsToldAndNothingIsLost()
    {
        FakeLoadSource source;
        LoadBoard board(&source);
        source.start(SetupPanel::preset(50));
        board.setFrozen(true);
        QSignalSpy rows(&board, &LoadBoard::rowsChanged);
        QSignalSpy progress(&board, &LoadBoard::progressed);
        source.advanceToShare(1);
        QTest::qWait(250);
        QCOMPARE(rows.count() + progress.count(), 0);
        board.setFrozen(false);
        QCOMPARE(rows.count(), 1);
        QCOMPARE(rows[0][0].value<QList<int>>().size(), 50);
    }

    void aRunUnderWayIsTakenOver()
    {
        FakeLoadSource source;
        source.start(SetupPanel::preset(80));
        source.advanceToShare(0.5);
        LoadBoard board(&source);
        QVERIFY(!board.hasRun());
        board.adopt();
        QTRY_VERIFY(board.isRunning());
        QTRY_VERIFY(!board.samples().isEmpty());
        QCOMPARE(board.rows().size(), 80);
        QVERIFY(board.snapshot().live() >= 38);
    }

    void rowsOutsideOfTheRunAreLeftOut()
    {
        FakeLoadSource source;
        LoadBoard board(&source);
        source.start(SetupPanel::preset(10));
        LoadRow stray;
        stray.index = 10;
        LoadRow negative;
        negative.index = -1;
        Q_EMIT source.rowsChanged({stray, negative});
        QCOMPARE(board.rows().size(), 10);
    }
};

QTEST_GUILESS_MAIN(TestLoadBoard)
#include "tst_loadboard.moc"
