// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/wallgrid.h"

#include <QTest>

using namespace Flotilla;

class TestWallGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allFitAndNoneOverlap_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSize>("area");
        for (const int count : {1, 2, 7, 10, 100, 999, 1000, 10'000}) {
            for (const QSize &area : {QSize(1050, 800), QSize(540, 480), QSize(760, 690), QSize(300, 900)})
                QTest::addRow("%d in %dx%d", count, area.width(), area.height()) << count << area;
        }
    }
    void allFitAndNoneOverlap()
    {
        QFETCH(int, count);
        QFETCH(QSize, area);
        const WallGrid grid = WallGrid::fit(count, area);
        const QRect room(QPoint(), area);
        QVERIFY(room.contains(grid.rect(0)));
        QVERIFY2(room.contains(grid.rect(count - 1)), qPrintable(QString::number(grid.rect(count - 1).bottom())));
        QVERIFY(grid.columns == 1 || !grid.rect(0).intersects(grid.rect(1)));
        QVERIFY(count <= grid.columns || !grid.rect(0).intersects(grid.rect(grid.columns)));
        QVERIFY(grid.cell.width() >= 1 && grid.cell.height() >= 1);
    }

    void fewCellsAreNotLeftAlone()
    {
        for (int width = 600; width < 700; width += 5) {
            const WallGrid grid = WallGrid::fit(1000, QSize(width, 660));
            const int rest = 1000 % grid.columns;
            QVERIFY2(rest == 0 || rest * 4 >= grid.columns, qPrintable(QString::number(width)));
        }
        QCOMPARE(WallGrid::fit(3, QSize(400, 100)).rows, 1);
    }

    void aPageThatCanBeReadIsNotCut()
    {
        for (const int count : {1, 4, 10, 20}) {
            const WallGrid grid = WallGrid::fit(count, QSize(1050, 800));
            QVERIFY2(qAbs(grid.cell.width() - 1.6 * grid.cell.height()) <= 2, qPrintable(QString::number(count)));
        }
    }

    void aFewPagesFillTheWall()
    {
        for (const QSize &area : {QSize(1035, 770), QSize(710, 640)}) {
            const WallGrid grid = WallGrid::fit(10, area);
            const double filled = 10.0 * grid.cell.width() * grid.cell.height() / (area.width() * area.height());
            QVERIFY2(filled > 0.6, qPrintable(QString::number(filled)));
        }
    }

    void whatIsLeftOverIsSharedOut()
    {
        const QRect room(0, 0, 1050, 800);
        const WallGrid grid = WallGrid::fit(10, room.size());
        const QRect all = grid.rect(0) | grid.rect(grid.columns - 1) | grid.rect(9);
        QVERIFY(qAbs(all.left() - (room.right() - all.right())) <= 1);
        QVERIFY(qAbs(all.top() - (room.bottom() - all.bottom())) <= 1);
        QCOMPARE(grid.at(grid.rect(0).topLeft() - QPoint(0, 1)), -1);
    }

    void aCellIsFoundWhereItIs()
    {
        const WallGrid grid = WallGrid::fit(1000, QSize(1050, 800));
        for (const int index : {0, 1, 42, 517, 999}) {
            QCOMPARE(grid.at(grid.rect(index).center()), index);
            QCOMPARE(grid.at(grid.rect(index).topLeft()), index);
        }
        QCOMPARE(grid.at(QPoint(-1, 5)), -1);
        QCOMPARE(grid.at(grid.rect(999).bottomRight() + QPoint(grid.cell.width(), 400)), -1);
    }

    void aLeastWidthScrolls()
    {
        const WallGrid fitting = WallGrid::fit(10'000, QSize(1050, 800));
        QVERIFY(fitting.cell.width() < 44);
        const WallGrid scrolled = WallGrid::fit(10'000, QSize(1050, 800), 44);
        QVERIFY(scrolled.cell.width() >= 44);
        QVERIFY(scrolled.height > 800);
        QVERIFY(scrolled.rect(scrolled.columns - 1).right() < 1050);
        QCOMPARE(scrolled.firstAt(0), 0);
        QCOMPARE(scrolled.firstAt(scrolled.height), (scrolled.rows - 1) * scrolled.columns);
    }

    void nothingHasNoCells()
    {
        QCOMPARE(WallGrid::fit(0, QSize(100, 100)).at(QPoint(5, 5)), -1);
        QCOMPARE(WallGrid::fit(5, QSize(0, 0)).rows, 0);
    }
};

QTEST_GUILESS_MAIN(TestWallGrid)
#include "tst_wallgrid.moc"
