// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/apptabbar.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Flotilla;

class TestAppTabBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }

    void everyToolIsReachable_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("880 wide") << 440;
        QTest::newRow("1024 wide") << 568;
        QTest::newRow("1180 wide") << 724;
        QTest::newRow("1440 wide") << 984;
    }
    void everyToolIsReachable()
    {
        QFETCH(int, width);
        AppTabBar bar;
        bar.setConsoleProblems(3);
        bar.setVersions(12);
        bar.setBlocked(2);
        bar.resize(width, bar.height());
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        auto *menu = bar.findChild<QToolButton *>(QStringLiteral("previewMoreButton"))->menu();
        Q_EMIT menu->aboutToShow();
        int hidden = 0;
        for (const char *name :
             {"previewReloadButton", "blockedChip", "deviceWidths", "zoomButton", "previewBackButton"}) {
            auto *tool = bar.findChild<QWidget *>(QString::fromLatin1(name));
            if (tool->isHidden())
                ++hidden;
            else
                QVERIFY2(bar.rect().contains(tool->geometry()), name);
        }
        QCOMPARE(menu->actions().size(), hidden);
        QCOMPARE(menu->parentWidget()->isVisible(), hidden > 0);
        const auto *tabs = bar.findChild<SegmentedControl *>(QStringLiteral("appTabs"));
        QVERIFY(tabs->width() >= tabs->minimumSizeHint().width());
        QVERIFY(bar.rect().contains(tabs->geometry()));
        QVERIFY(hidden == 0 || !tabs->geometry().intersects(menu->parentWidget()->geometry()));
        QVERIFY(width > 500 || hidden > 0);
        QVERIFY(width < 900 || hidden == 0);
    }

    void theMenuDoesWhatTheToolsDo()
    {
        AppTabBar bar;
        bar.setBlocked(2);
        bar.resize(10, bar.height()); // as narrow as it gets
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        QSignalSpy blocked(&bar, &AppTabBar::blockedClicked);
        QSignalSpy widths(&bar, &AppTabBar::widthChanged);
        QSignalSpy zooms(&bar, &AppTabBar::zoomChanged);
        auto *menu = bar.findChild<QToolButton *>(QStringLiteral("previewMoreButton"))->menu();
        Q_EMIT menu->aboutToShow();
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (QMenu *below = action->menu())
                below->actions().first()->trigger();
            else
                action->trigger();
        }
        QCOMPARE(blocked.size(), 1);
        QCOMPARE(widths.value(0).value(0).toInt(), 390);
        QCOMPARE(zooms.value(0).value(0).toDouble(), 0.5);
    }
};

QTEST_MAIN(TestAppTabBar)
#include "tst_apptabbar.moc"
