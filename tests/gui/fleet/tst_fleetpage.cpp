// SPDX-License-Identifier: GPL-3.0-or-later
// The Fleet screen over a made-up fleet, as a person uses it.
#include "tests/support/samplefleet.h"
#include "widgets/common/chip.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/sheet.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/filestab.h"
#include "widgets/fleet/filterbox.h"
#include "widgets/fleet/fleetactions.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/fleetrowpainter.h"
#include "widgets/fleet/fleetview.h"
#include "widgets/fleet/hoststrip.h"
#include "widgets/fleet/resultpanel.h"
#include "widgets/fleet/selectionbar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestFleetPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
    }
    void cleanup() { m_page.reset(); }

    void showsEveryAppWithCounts()
    {
        open(200);
        QCOMPARE(m_page->model()->rowCount(), 200);
        QCOMPARE(m_page->model()->count(FleetBucket::All), 200);
        QVERIFY(m_page->detail()->isVisible()); // the first one is shown
        QVERIFY(m_fleet->watched);
        m_page->hide();
        QVERIFY(!m_fleet->watched);
    }

    void anEmptyFleetSaysWhatItIsFor()
    {
        open(0);
        QSignalSpy wanted(m_page.get(), &FleetPage::newAppRequested);
        auto *action = find<QPushButton>("emptyActionQPushButton");
        QVERIFY(action->isVisible());
        QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
    }

    void aFailureSaysWhyAndTriesAgain()
    {
        m_fleet = std::make_unique<SampleFleet>(5);
        m_fleet->rowsError = Error{ErrorKind::Storage, QStringLiteral("The store cannot be read."), {}};
        show();
        auto *action = find<QPushButton>("emptyActionQPushButton");
        QTRY_VERIFY(action->isVisible());
        m_fleet->rowsError.reset();
        QTest::mouseClick(action, Qt::LeftButton);
        QTRY_COMPARE(m_page->model()->rowCount(), 5);
    }

    void tabsAndFilterNarrowTheTable()
    {
        open(200);
        find<SegmentedControl>("fleetTabs")->setCurrent(int(FleetBucket::NeedsLook));
        QCOMPARE(m_page->model()->rowCount(), m_page->model()->count(FleetBucket::NeedsLook));
        find<SegmentedControl>("fleetTabs")->setCurrent(0);
        QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(m_page->filter()->hasFocus());
        QTest::keyClicks(m_page->filter(), QStringLiteral("host:gpu-box state:live mem:>100MB "));
        QTRY_VERIFY(m_page->model()->rowCount() < 100);
        QVERIFY(m_page->model()->rowCount() > 0);
        for (int row = 0; row < m_page->model()->rowCount(); ++row)
            QCOMPARE(m_page->model()->at(row).row.hostLabel, QStringLiteral("gpu-box"));
        QTest::keyClick(m_page->filter(), Qt::Key_Escape);
        QCOMPARE(m_page->model()->rowCount(), 200);
    }

    void anUnknownKeyIsExplainedAndTheTableStays()
    {
        open(20);
        m_page->filter()->setFilterText(QStringLiteral("hsot:gpu-box"));
        auto *error = find<QLabel>("filterErrorQLabel");
        QVERIFY(error->isVisible());
        QVERIFY(error->text().contains(QStringLiteral("host:")));
        QCOMPARE(m_page->model()->rowCount(), 20);
        m_page->filter()->setFilterText(QStringLiteral("host:gpu-box"));
        QVERIFY(!error->isVisible());
    }

    void completionKnowsKeysAndValues()
    {
        open(20);
        QCOMPARE(m_page->filter()->completions(QStringLiteral("ho")), QStringList{QStringLiteral("host:")});
        QVERIFY(m_page->filter()->completions(QStringLiteral("host:gp")).contains(QStringLiteral("host:gpu-box")));
        QVERIFY(m_page->filter()
                    ->completions(QStringLiteral("host:this"))
                    .contains(QStringLiteral("host:\"This computer\"")));
        QVERIFY(m_page->filter()
                    ->completions(QStringLiteral("-state:live,as"))
                    .contains(QStringLiteral("-state:live,asleep")));
        QVERIFY(m_page->filter()->completions(QStringLiteral("label:de")).contains(QStringLiteral("label:demo")));
    }

    void aHostCardFilters()
    {
        open(60);
        Q_EMIT m_page->hostStrip()->hostClicked(HostId{QStringLiteral("gpu-box")});
        QCOMPARE(m_page->filter()->text(), QStringLiteral("host:gpu-box"));
        QVERIFY(m_page->model()->rowCount() < 60);
        Q_EMIT m_page->hostStrip()->hostClicked(HostId{QStringLiteral("gpu-box")});
        QCOMPARE(m_page->model()->rowCount(), 60);
        Q_EMIT m_page->hostStrip()->hostClicked(HostId{QStringLiteral("local")}); // a label with a space
        QVERIFY(m_page->model()->rowCount() > 0 && m_page->model()->rowCount() < 60);
    }

    void whyOffersWhatCanBeDone()
    {
        open(20);
        Q_EMIT m_page->hostStrip()->whyClicked(HostId{QStringLiteral("berlin-02")});
        auto *why = find<QLabel>("whyQLabel");
        QVERIFY(why->text().contains(QStringLiteral("port 22")));
        QTest::mouseClick(find<QPushButton>("whyRetryQPushButton"), Qt::LeftButton);
        QCOMPARE(m_hosts->reconnected, QStringList{QStringLiteral("berlin-02")});
    }

    void theKeyboardChecksRows()
    {
        open(50);
        FleetView *view = m_page->view();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(m_page->model()->checkedCount(), 1);
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_page->model()->checkedCount(), 4);
        QVERIFY(find<SelectionBar>("selectionBar")->isRaised());
        QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_page->model()->checkedCount(), 50);
        QTest::keyClick(view, Qt::Key_Escape);
        QCOMPARE(m_page->model()->checkedCount(), 0);
        QVERIFY(!find<SelectionBar>("selectionBar")->isRaised());
        QSignalSpy opened(m_page.get(), &FleetPage::openRequested);
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
    }

    void theMouseChecksRows()
    {
        open(50);
        FleetView *view = m_page->view();
        const auto click = [view](int row, int column, Qt::KeyboardModifiers modifiers = {}) {
            const QRect cell = view->visualRect(view->model()->index(row, column));
            QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, cell.center());
        };
        click(2, FleetModel::Mark);
        click(5, FleetModel::Title, Qt::ControlModifier);
        QCOMPARE(m_page->model()->checkedCount(), 2);
        click(8, FleetModel::Title, Qt::ShiftModifier);
        QCOMPARE(m_page->model()->checkedCount(), 5);
        click(3, FleetModel::Title); // shows it, and leaves the checks alone
        QCOMPARE(m_page->model()->checkedCount(), 5);
        QCOMPARE(view->currentApp(), m_page->model()->at(3).row.app);
        QCOMPARE(m_page->detail()->app(), view->currentApp());
        QVERIFY(find<QLabel>("barWhereQLabel")->text().startsWith(QStringLiteral("on ")));
    }

    void aRangeFollowsItsEnd()
    {
        open(50);
        FleetView *view = m_page->view();
        const auto click = [view](int row, Qt::KeyboardModifiers modifiers = {}) {
            const QRect cell = view->visualRect(view->model()->index(row, FleetModel::Title));
            QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, cell.center());
        };
        const auto checked = [this] {
            QList<int> rows;
            for (const AppId &app : m_page->model()->checkedApps())
                rows.append(m_page->model()->rowOf(app));
            return rows;
        };
        click(1, Qt::ControlModifier);
        click(4, Qt::ControlModifier);
        click(8, Qt::ShiftModifier);
        QCOMPARE(checked(), QList<int>({1, 4, 5, 6, 7, 8}));
        click(5, Qt::ShiftModifier);
        QCOMPARE(checked(), QList<int>({1, 4, 5}));
        click(0, Qt::ShiftModifier); // the one that was marked before stays when the range leaves it
        click(6, Qt::ShiftModifier);
        QCOMPARE(checked(), QList<int>({1, 4, 5, 6}));
        m_page->model()->clearChecks();
        click(10);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(checked(), QList<int>({10, 11, 12}));
    }

    void whatIsGoneIsNotLookedAt()
    {
        open(300);
        const AppId first = m_page->model()->at(0).row.app, second = m_page->model()->at(1).row.app;
        m_page->showApp(first);
        Q_EMIT m_fleet->rowsChanged({}, {first});
        QTRY_COMPARE(m_page->detail()->app(), second);
        QList<AppId> most;
        for (int row = 0; row < 250; ++row)
            most.append(m_page->model()->at(row).row.app);
        const AppId left = m_page->model()->at(250).row.app;
        Q_EMIT m_fleet->rowsChanged({}, most);
        QTRY_COMPARE(m_page->model()->total(), 49);
        QCOMPARE(m_page->detail()->app(), m_page->view()->currentApp());
        QVERIFY(m_page->model()->rowOf(left) == 0 && m_page->model()->rowOf(m_page->detail()->app()) >= 0);
        QList<AppId> rest;
        for (int row = 0; row < m_page->model()->rowCount(); ++row)
            rest.append(m_page->model()->at(row).row.app);
        Q_EMIT m_fleet->rowsChanged({}, rest);
        QTRY_COMPARE(m_page->model()->total(), 0);
        QVERIFY(!m_page->detail()->isVisible());
        QVERIFY(find<QPushButton>("emptyActionQPushButton")->isVisible());
    }

    void stoppingManyAsksOnceAndSaysWhatAndWhere()
    {
        open(30);
        m_page->model()->setRangeChecked(0, 2, true);
        QTest::mouseClick(find<QPushButton>("barStopQPushButton"), Qt::LeftButton);
        auto *what = find<QLabel>("confirmWhatQLabel");
        QVERIFY(what && what->isVisible());
        int running = 0;
        for (int row = 0; row < 3; ++row) {
            const FleetRow &app = m_page->model()->at(row).row;
            if (app.sandbox.isEmpty())
                continue;
            ++running;
            QVERIFY(what->text().contains(app.title));
            QVERIFY(what->text().contains(app.hostLabel));
        }
        QVERIFY(m_fleet->calls.isEmpty());
        QTest::mouseClick(find<QPushButton>("confirmQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_fleet->calls.size(), 1);
        QCOMPARE(m_fleet->calls[0].apps.size(), running);
        QTRY_VERIFY(find<QPushButton>("toastActionQPushButton")); // all of them can be woken again
    }

    void whatIsAsleepIsNotStopped()
    {
        open(30);
        QList<AppId> asleep;
        for (int row = 0; row < m_page->model()->rowCount(); ++row)
            if (const FleetRow &app = m_page->model()->at(row).row; app.sandbox.isEmpty())
                asleep.append(app.app);
        QVERIFY(asleep.size() > 1);
        m_page->actions()->run(FleetAction::Stop, asleep);
        QVERIFY(!find<QPushButton>("confirmQPushButton"));
        QVERIFY(m_fleet->calls.isEmpty());
    }

    void escLeavesEverythingAsItIs()
    {
        open(30);
        m_page->model()->setRangeChecked(0, 2, true);
        m_page->actions()->run(FleetAction::Delete, m_page->model()->checkedApps());
        auto *sheet = find<Sheet>("sheet");
        QVERIFY(sheet->isVisible());
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : sheet, Qt::Key_Escape);
        QTRY_VERIFY(!find<Sheet>("sheet"));
        QVERIFY(m_fleet->calls.isEmpty());
        QCOMPARE(m_page->model()->checkedCount(), 3);
    }

    void aSingleStopAsksNothingAndCanBeUndone()
    {
        open(30);
        const AppId app = m_fleet->row(2).app;
        m_page->actions()->run(FleetAction::Stop, {app});
        QVERIFY(!find<Sheet>("sheet"));
        QTRY_VERIFY(m_page->model()->find(app)->row.state == SandboxState::Stopped);
        QPushButton *undo = nullptr;
        QTRY_VERIFY((undo = find<QPushButton>("toastActionQPushButton")) && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_VERIFY(m_page->model()->find(app)->row.state == SandboxState::Running);
        QCOMPARE(m_fleet->calls.last().action, FleetAction::Wake);
    }

    void aSingleDeleteCanBeUndone()
    {
        open(5);
        m_page->actions()->run(FleetAction::Delete, {m_fleet->row(2).app});
        QTRY_COMPARE(m_page->model()->total(), 4);
        QPushButton *undo = nullptr;
        QTRY_VERIFY((undo = find<QPushButton>("toastActionQPushButton")) && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE(m_page->model()->total(), 5);
    }

    void aDeleteOfManyCanBeUndone()
    {
        open(12);
        m_page->model()->setRangeChecked(2, 6, true);
        m_page->actions()->run(FleetAction::Delete, m_page->model()->checkedApps());
        QTest::mouseClick(find<QPushButton>("confirmQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_page->model()->total(), 7);
        QPushButton *undo = nullptr;
        QTRY_VERIFY((undo = find<QPushButton>("toastActionQPushButton")) && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE(m_page->model()->total(), 12);
    }

    void fromTheFilterDownToWhatItFound()
    {
        open(60);
        m_page->showApp(m_page->model()->at(50).row.app);
        QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(m_page->filter()->hasFocus());
        QTest::keyClicks(m_page->filter(), QStringLiteral("river "));
        QTest::keyClick(m_page->filter(), Qt::Key_Down);
        QTRY_VERIFY(m_page->view()->hasFocus());
        QVERIFY(m_page->model()->rowCount() > 0 && m_page->model()->rowCount() < 60);
        QVERIFY(m_page->model()->rowOf(m_page->view()->currentApp()) >= 0);
        QTest::keyClick(m_page->view(), Qt::Key_Space);
        QCOMPARE(m_page->model()->checkedCount(), 1);
    }

    void whatFailedIsListedAndTriedAgain()
    {
        open(30);
        m_page->model()->setRangeChecked(0, 5, true);
        const AppId bad = m_page->model()->at(3).row.app;
        m_fleet->failing.insert(bad, QStringLiteral("gpu-box did not answer."));
        m_page->actions()->run(FleetAction::Label, m_page->model()->checkedApps(), QStringLiteral("demo"));
        auto *panel = find<ResultPanel>("resultPanel");
        QTRY_VERIFY(panel->isVisible());
        auto *list = find<QListWidget>("resultQListWidget");
        QCOMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("did not answer")));
        m_fleet->failing.clear();
        QTest::mouseClick(find<QPushButton>("retryFailedQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_fleet->calls.size(), 2);
        QCOMPARE(m_fleet->calls[1].apps, QList<AppId>{bad});
        QCOMPARE(m_fleet->calls[1].argument, QStringLiteral("demo"));
        QVERIFY(!panel->isVisible());
    }

    void aLongJobShowsProgressAndCanBeCancelled()
    {
        open(30);
        m_fleet->holdJobs = true;
        m_page->model()->setRangeChecked(0, 5, true);
        m_page->actions()->run(FleetAction::Move, m_page->model()->checkedApps(), QStringLiteral("gpu-box"));
        auto *cancel = find<QPushButton>("barCancelQPushButton");
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(m_fleet->cancelled, QStringList{m_fleet->calls[0].job});
        m_fleet->finishJobs();
        QTRY_VERIFY(!cancel->isVisible());
    }

    void anotherImageCanBeUndone()
    {
        open(30);
        const QList<AppId> apps{m_page->model()->at(0).row.app, m_page->model()->at(1).row.app};
        const auto images = [&] {
            return QStringList{m_page->model()->find(apps[0])->row.ownImage,
                               m_page->model()->find(apps[1])->row.ownImage};
        };
        m_page->actions()->setImage({apps[0]}, QStringLiteral("node:20"));
        QTRY_COMPARE(images(), (QStringList{QStringLiteral("node:20"), QString()}));
        m_page->model()->setRangeChecked(0, 1, true);
        m_page->askImage(m_page->model()->checkedApps());
        auto *field = find<QLineEdit>("appImageQLineEdit");
        auto *use = find<QPushButton>("useImageQPushButton");
        QVERIFY(field->text().isEmpty()); // they differ
        field->setText(QStringLiteral("localhost/tools:1"));
        QTest::mouseClick(use, Qt::LeftButton);
        QTRY_COMPARE(images(), (QStringList{QStringLiteral("localhost/tools:1"), QStringLiteral("localhost/tools:1")}));
        QCOMPARE(m_fleet->calls.last().argument, QStringLiteral("//localhost/tools:1"));
        QPushButton *undo = nullptr;
        QTRY_VERIFY((undo = find<QPushButton>("toastActionQPushButton")) && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE(images(), (QStringList{QStringLiteral("node:20"), QString()}));
    }

    void updatesLeaveSelectionScrollAndOrder()
    {
        open(1000);
        FleetView *view = m_page->view();
        view->verticalScrollBar()->setValue(9000);
        const AppId current = m_page->model()->at(260).row.app;
        view->setCurrentApp(current);
        m_page->model()->setRangeChecked(255, 258, true);
        QTest::mouseMove(view->viewport(), QPoint(200, 200)); // a person is there
        const int value = view->verticalScrollBar()->value();
        const AppId top = m_page->model()->at(view->rowAt(0)).row.app;
        for (int i = 0; i < 10; ++i) {
            m_fleet->tick(500);
            m_page->model()->flush();
        }
        QCOMPARE(view->currentApp(), current);
        QCOMPARE(m_page->model()->checkedCount(), 4);
        QCOMPARE(view->verticalScrollBar()->value(), value);
        QCOMPARE(m_page->model()->at(view->rowAt(0)).row.app, top);
    }

    void rowsThatComeAboveDoNotMoveTheView()
    {
        open(500);
        FleetView *view = m_page->view();
        view->verticalScrollBar()->setValue(5000);
        const AppId top = m_page->model()->at(view->rowAt(0)).row.app;
        const int offset = view->rowViewportPosition(view->rowAt(0));
        FleetRow fresh = m_fleet->row(0);
        fresh.app = AppId{QStringLiteral("fresh")};
        fresh.title = QStringLiteral("AAA first of all");
        Q_EMIT m_fleet->rowsChanged({fresh}, {});
        m_page->model()->flush();
        m_page->model()->settle();
        QCOMPARE(m_page->model()->rowCount(), 501);
        QCOMPARE(m_page->model()->at(view->rowAt(0)).row.app, top);
        QCOMPARE(view->rowViewportPosition(view->rowAt(0)), offset);
    }

    void everyDetailTabOpens()
    {
        open(10);
        m_fleet->snapshotList.append({SnapshotId{QStringLiteral("s")},
                                      {},
                                      {},
                                      {},
                                      QStringLiteral("podman"),
                                      QStringLiteral("before"),
                                      100,
                                      QDateTime::currentDateTimeUtc()});
        m_fleet->eventList.append({1,
                                   QDateTime::currentDateTimeUtc(),
                                   {},
                                   m_page->detail()->app(),
                                   {},
                                   QStringLiteral("failed"),
                                   QStringLiteral("The app ran out of memory.")});
        for (int tab = DetailPane::Overview; tab <= DetailPane::Snapshots; ++tab) {
            m_page->showDetail(tab);
            QTest::qWait(30);
            QVERIFY(!m_page->grab().isNull());
        }
        QVERIFY(find<QPushButton>("snapshotRestoreQPushButton"));
    }

    void columnsWithoutRoomAreLeftOutUntilThereIsSome()
    {
        open(40);
        FleetView *view = m_page->view();
        QVERIFY(!view->isColumnHidden(FleetModel::Up));
        m_page->resize(968, 700);
        QTRY_VERIFY(view->isColumnHidden(FleetModel::Up));
        QVERIFY(view->isColumnChosen(FleetModel::Up));
        QTRY_COMPARE(view->horizontalScrollBar()->maximum(), 0);
        m_page->resize(1384, 900);
        QTRY_VERIFY(!view->isColumnHidden(FleetModel::Up));
    }

    void namesOfHostsStayWholeInASmallWindow()
    {
        open(40);
        m_page->resize(968, 644); // 1024x700 without the rail
        QVERIFY(m_page->detail()->isVisible());
        FleetView *view = m_page->view();
        QTRY_COMPARE(view->horizontalScrollBar()->maximum(), 0);
        const QFontMetrics metrics(Theme::instance().font());
        const int needed = metrics.horizontalAdvance(QStringLiteral("This computer"));
        QVERIFY(view->columnWidth(FleetModel::Host) - FleetRowPainter::padding - Space::xs >= needed);
    }

    void namesOfAppsStayWholeInASmallWindow()
    {
        open(40);
        m_page->resize(968, 644);
        FleetView *view = m_page->view();
        QTRY_COMPARE(view->horizontalScrollBar()->maximum(), 0);
        const QFontMetrics metrics(Theme::instance().font());
        const int needed = metrics.horizontalAdvance(QStringLiteral("Night-owl timer 12"));
        QVERIFY(view->columnWidth(FleetModel::Title) - FleetRowPainter::padding - Space::xs >= needed);
        m_page->resize(824, 504); // the window at its smallest
        QTRY_COMPARE(view->horizontalScrollBar()->maximum(), 0);
    }

    void titlesOfFiguresStandAboveThemInASmallWindow()
    {
        open(40);
        m_page->resize(968, 644);
        FleetView *view = m_page->view();
        QTRY_VERIFY(view->columnWidth(FleetModel::Memory) < FleetRowPainter::widthForSpark);
        const QFontMetrics metrics(Theme::instance().font(TextSize::Base));
        for (const int column : {FleetModel::Cpu, FleetModel::Memory}) {
            const QRect cell(0, 0, view->columnWidth(column), 32);
            const QRect figure = FleetRowPainter::figureBox(cell);
            QVERIFY(cell.right() - figure.right() >= Space::s); // the scroll bar is next
            QVERIFY(metrics.horizontalAdvance(FleetModel::columnTitle(column)) + Space::s <= figure.width());
        }
    }

    void nothingIsFocusedThatNobodyChose()
    {
        open(40);
        QTRY_VERIFY(m_page->view()->hasFocus());
        const int first = m_page->model()->rowOf(m_page->view()->currentApp());
        QTest::keyClick(m_page->view(), Qt::Key_Down);
        QCOMPARE(m_page->model()->rowOf(m_page->view()->currentApp()), first + 1);
    }

    void anUnreachableRowShowsNoFigures()
    {
        open(40);
        const int index = 3; // on gpu-box
        FleetRow row = m_fleet->row(index);
        QVERIFY(!uptimeOf(row, QDateTime::currentDateTimeUtc()).isEmpty());
        row.hostReachable = false;
        QVERIFY(uptimeOf(row, QDateTime::currentDateTimeUtc()).isEmpty());
        m_fleet->setHostReachable(row.hostLabel, false);
        m_page->showApp(row.app);
        QTRY_COMPARE(find<Chip>("detailStateChip")->text(), QStringLiteral("Host unreachable"));
        m_page->showDetail(DetailPane::Files);
        auto *files = m_page->findChild<FilesTab *>(QStringLiteral("filesTab"));
        QCOMPARE(files->findChild<EmptyState *>()->title(), QStringLiteral("gpu-box cannot be reached"));
    }

    void columnsAndOrderAreRemembered()
    {
        open(10);
        m_page->view()->setColumnShown(FleetModel::Labels, true);
        m_page->view()->setColumnShown(FleetModel::Version, false);
        m_page->model()->sort(FleetModel::Memory, Qt::DescendingOrder);
        int told = 0;
        connect(m_page.get(), &FleetPage::viewStateChanged, this, [&told] { ++told; });
        m_page->showDetail(DetailPane::Events);
        QCOMPARE(told, 1);
        const QString state = m_page->viewState();
        open(10);
        m_page->restoreViewState(state);
        QCOMPARE(m_page->detail()->tab(), int(DetailPane::Events));
        QVERIFY(!m_page->view()->isColumnHidden(FleetModel::Labels));
        QVERIFY(m_page->view()->isColumnHidden(FleetModel::Version));
        QCOMPARE(m_page->model()->sortColumn(), int(FleetModel::Memory));
        m_page->restoreViewState(QStringLiteral("not json"));
        m_page->restoreViewState(QStringLiteral("{\"sort\":999,\"detail\":-5,\"tab\":99,\"hidden\":\"x\"}"));
        QCOMPARE(m_page->detail()->tab(), int(DetailPane::Snapshots));
        QCOMPARE(m_page->model()->sortColumn(), int(FleetModel::Memory));
    }

private:
    void open(int apps)
    {
        m_page.reset();
        m_fleet = std::make_unique<SampleFleet>(apps);
        show();
        QTRY_COMPARE(m_page->model()->total(), apps);
    }
    void show()
    {
        m_hosts = std::make_unique<SampleHosts>();
        m_page = std::make_unique<FleetPage>(m_fleet.get(), m_hosts.get());
        m_page->resize(1384, 900);
        m_page->show();
        QApplication::setActiveWindow(m_page.get());
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    template <typename T>
    T *find(const char *name)
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<SampleFleet> m_fleet;
    std::unique_ptr<SampleHosts> m_hosts;
    std::unique_ptr<FleetPage> m_page;
};

QTEST_MAIN(TestFleetPage)
#include "tst_fleetpage.moc"
