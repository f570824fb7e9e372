// SPDX-License-Identifier: GPL-3.0-or-later
// The Scale screen over runs that never happened.
#include "tests/support/fakeloadsource.h"
#include "widgets/common/chip.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/counterstrip.h"
#include "widgets/loadtest/endcard.h"
#include "widgets/loadtest/honestystrip.h"
#include "widgets/loadtest/keysheet.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/runspanel.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/loadtest/walllegend.h"
#include "widgets/loadtest/wallview.h"

#include <QApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Flotilla;

class TestScalePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_source = std::make_unique<FakeLoadSource>();
        m_dir = std::make_unique<QTemporaryDir>();
        ScalePage::Parts parts;
        parts.source = m_source.get();
        parts.pictures = FakePictures::parts();
        m_taker = static_cast<FakePictures *>(parts.pictures.taker.get());
        parts.reportDir = m_dir->path();
        m_page = std::make_unique<ScalePage>(parts);
        m_page->resize(1400, 860);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup()
    {
        m_page.reset();
        m_source.reset();
    }

    void startShowsTheWall()
    {
        QTRY_COMPARE(m_taker->warmUps, 1); // not in the middle of the show
        QTest::mouseClick(m_page->findChild<QPushButton *>(QStringLiteral("startRunQPushButton")), Qt::LeftButton);
        QTRY_COMPARE(m_source->starts, 1);
        QCOMPARE(m_page->view(), int(ScalePage::Run));
        QCOMPARE(m_page->run()->wall()->grid().count, 1000);
        QVERIFY(m_page->findChild<QPushButton *>(QStringLiteral("cancelRunQPushButton"))->isVisible());
    }

    void startIsAlwaysInSight()
    {
        m_page->resize(824, 560); // beside the sidebar of a window of 1024x700, with room to spare
        auto *start = m_page->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"));
        QTRY_COMPARE(start->visibleRegion().boundingRect(), start->rect());
        m_page->findChild<QPushButton *>(QStringLiteral("jsonQPushButton"))->click();
        QTRY_COMPARE(start->visibleRegion().boundingRect(), start->rect());
        m_page->resize(1400, 1400); // and right below the form where there is room
        m_page->findChild<QPushButton *>(QStringLiteral("jsonQPushButton"))->click();
        QTRY_VERIFY(start->mapTo(m_page.get(), QPoint()).y() < 1000);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE(m_source->starts, 1);
    }

    void aWallWithoutARunSaysSo()
    {
        m_page->showView(ScalePage::Run);
        auto *none = m_page->run()->findChild<EmptyState *>();
        QVERIFY(none->isVisible());
        QVERIFY(!m_page->findChild<Chip *>(QStringLiteral("stateChip"))->isVisible()); // nothing is being prepared
        m_page->toggleShow();
        QTest::keyClick(m_page->run(), Qt::Key_Escape);
        QVERIFY(!m_page->isShow());
        QTest::mouseClick(none->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(m_page->view(), int(ScalePage::Setup));
        begin(20);
        QVERIFY(!none->isVisible());
        QTRY_VERIFY(m_page->run()->wall()->hasFocus());
    }

    void theCounterReachesTheTruthAndIsNeverAhead()
    {
        begin(200);
        auto *counter = m_page->findChild<CounterStrip *>();
        for (int i = 0; i < 40; ++i) {
            m_source->advance(500);
            QTest::qWait(20);
            QVERIFY(counter->shown() <= m_page->board()->snapshot().live());
        }
        m_source->advanceToShare(1);
        QTRY_COMPARE(counter->shown(), m_page->board()->snapshot().live());
    }

    void cancelAsksTheSource()
    {
        begin(50);
        m_source->advanceToShare(0.3);
        click("cancelRunQPushButton");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // "Go on" has the focus
        QTRY_VERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("confirmCancelQPushButton")));
        QCOMPARE(m_source->cancels, 0);
        QVERIFY(m_page->board()->isRunning());
        click("cancelRunQPushButton");
        click("confirmCancelQPushButton");
        QTRY_COMPARE(m_source->cancels, 1);
        QTRY_VERIFY(!m_page->board()->isRunning());
        QTRY_VERIFY(m_page->findChild<QPushButton *>(QStringLiteral("reportQPushButton"))->isVisible());
    }

    void xEndsTheRunAfterAQuestion()
    {
        begin(50);
        m_source->advanceToShare(0.3);
        m_page->toggleShow(); // where no button is seen
        WallView *wall = m_page->run()->wall();
        QTest::keyClick(wall, Qt::Key_X);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_X); // once is enough
        QCOMPARE(m_page->findChildren<QPushButton *>(QStringLiteral("confirmCancelQPushButton")).size(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("confirmCancelQPushButton")));
        QCOMPARE(m_source->cancels, 0);
        QVERIFY(m_page->isShow() && wall->hasFocus());
        QTest::keyClick(wall, Qt::Key_X);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(m_source->cancels, 1);
        QTRY_VERIFY(m_page->run()->showsEndCard());
        const auto labels = m_page->run()->endCard()->findChildren<QLabel *>();
        const int cancelled = m_page->board()->snapshot().counts[size_t(LoadPhase::Cancelled)];
        QVERIFY(cancelled > 0);
        QVERIFY(std::any_of(labels.begin(), labels.end(), [cancelled](QLabel *label) {
            return label->text().contains(QStringLiteral("%1 cancelled").arg(cancelled));
        }));
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](QLabel *label) { // beside a run of 50
            return label->text().contains(QStringLiteral("100\u00a0in\u00a0150\u00a0s"));
        }));
        QTest::keyClick(m_page->run(), Qt::Key_X); // nothing is left to end
        QVERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("confirmCancelQPushButton")));
    }

    void theEndOfARunLeavesTheKeysOpen()
    {
        begin(20);
        m_page->toggleShow();
        QTest::keyClick(m_page->run()->wall(), Qt::Key_Question, Qt::ShiftModifier);
        const QPointer<KeySheet> sheet = m_page->findChild<KeySheet *>();
        QVERIFY(sheet);
        while (!m_source->isOver())
            m_source->advance(1000);
        QTRY_VERIFY(m_page->run()->showsEndCard());
        QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet);
        QVERIFY(m_page->isShow() && m_page->run()->showsEndCard());
        QVERIFY(m_page->run()->hasFocus());
    }

    void aQuestionGoesWithItsRun()
    {
        begin(20);
        click("cancelRunQPushButton");
        QVERIFY(m_page->findChild<QPushButton *>(QStringLiteral("confirmCancelQPushButton")));
        while (!m_source->isOver())
            m_source->advance(1000);
        QTRY_VERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("confirmCancelQPushButton")));
    }

    void aReplayIsCancelledWithoutAQuestion()
    {
        m_source->addStoredRuns();
        m_source->replay(m_source->runs().result()->value(4).id, 10);
        QTRY_COMPARE(m_page->view(), int(ScalePage::Run));
        m_source->advance(300);
        QTRY_VERIFY(m_page->board()->snapshot().replay);
        click("cancelRunQPushButton");
        QTRY_COMPARE(m_source->cancels, 1);
    }

    void presenterKeys()
    {
        begin(100);
        m_source->advanceToShare(0.5);
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(wall->hasFocus());
        QTest::keyClick(wall, Qt::Key_1);
        QCOMPARE(wall->zoom(), WallView::Zoom::Heat);
        QTest::keyClick(wall, Qt::Key_2);
        QCOMPARE(wall->zoom(), WallView::Zoom::Pictures);
        QTest::keyClick(wall, Qt::Key_Space);
        QVERIFY(m_page->board()->isFrozen());
        QVERIFY(m_page->findChild<Chip *>(QStringLiteral("frozenChip"))->isVisible());
        QTest::keyClick(wall, Qt::Key_Space);
        QVERIFY(!m_page->board()->isFrozen());
        QTest::keyClick(wall, Qt::Key_M);
        QCOMPARE(m_source->marks.size(), 1);
        QTest::keyClick(wall, Qt::Key_Plus);
        QVERIFY(wall->magnification() > 1);
        QTest::keyClick(wall, Qt::Key_Minus);
        QCOMPARE(wall->magnification(), 1.0);
    }

    void escGoesBackOneStepAndNeverEndsTheRun()
    {
        begin(100);
        QSignalSpy back(m_page.get(), &ScalePage::backRequested);
        QSignalSpy stage(m_page.get(), &ScalePage::showModeChanged);
        m_page->toggleShow();
        QTest::keyClick(m_page->run()->wall(), Qt::Key_E);
        QVERIFY(m_page->run()->showsEndCard());
        QTest::keyClick(m_page->run(), Qt::Key_Escape);
        QVERIFY(!m_page->run()->showsEndCard());
        QVERIFY(m_page->isShow());
        QTest::keyClick(m_page->run()->wall(), Qt::Key_Escape);
        QVERIFY(!m_page->isShow());
        QCOMPARE(stage.count(), 2);
        QCOMPARE(back.count(), 0);
        QTest::keyClick(m_page->run()->wall(), Qt::Key_Escape);
        QCOMPARE(back.count(), 1);
        QVERIFY(m_page->board()->isRunning());
        QCOMPARE(m_source->cancels, 0);
    }

    void enterOpensTheAppUnderTheKeyboard()
    {
        begin(100);
        m_source->advanceToShare(1);
        QSignalSpy open(m_page.get(), &ScalePage::openAppRequested);
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(m_page->board()->snapshot().live() > 90);
        QTest::keyClick(wall, Qt::Key_Home);
        QTest::keyClick(wall, Qt::Key_Right);
        QTest::keyClick(wall, Qt::Key_Down);
        QCOMPARE(wall->current(), 1 + wall->grid().columns);
        QVERIFY(wall->accessibleDescription().contains(QLatin1String("Live")));
        QTest::keyClick(wall, Qt::Key_Return);
        QCOMPARE(open.count(), 1);
        QCOMPARE(open[0][0].value<AppId>(), m_page->board()->rows()[wall->current()].app);
    }

    void aClickTwiceOpensTheAppUnderThePointer()
    {
        begin(100);
        m_source->advanceToShare(1);
        QSignalSpy open(m_page.get(), &ScalePage::openAppRequested);
        WallView *wall = m_page->run()->wall();
        QTest::mouseDClick(wall->viewport(), Qt::LeftButton, {}, wall->cellRect(17).center());
        QCOMPARE(open.count(), 1);
        QCOMPARE(open[0][0].value<AppId>().value, QStringLiteral("fake17"));
    }

    void cellsShowPicturesAndFailures()
    {
        m_source->setFailures(1);
        begin(100);
        m_source->advanceToShare(1);
        m_page->pictures()->setPace(WallPictures::Pace::Full);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->pictures()->held(), 99, 20000);
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(wall->isSettled());
        QTest::qWait(600); // flashes
        const QImage image = wall->viewport()->grab().toImage();
        int failed = -1;
        for (const LoadRow &row : m_page->board()->rows())
            failed = row.phase == LoadPhase::Failed ? row.index : failed;
        QVERIFY(failed >= 0);
        const QRect cell = wall->cellRect(failed);
        QCOMPARE(image.pixelColor(cell.center().x(), cell.top() + 3).name(), colors().failed.name());
        const QRect other = wall->cellRect(failed == 3 ? 4 : 3);
        QVERIFY(image.pixelColor(other.center().x(), other.top() + 3) !=
                image.pixelColor(cell.center().x(), cell.top() + 3));
    }

    void drawnCardsStandInForPicturesAndSaySo()
    {
        m_source->setFailures(0);
        begin(100);
        auto *legend = m_page->findChild<WallLegend *>();
        QVERIFY(legend->text().isEmpty());
        m_source->advanceToShare(0.5); // hardly any pictures are taken during the ramp
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(wall->drawnCards() >= 40);
        QTRY_VERIFY(legend->text().contains(QLatin1String("until its picture is taken")));
        QTRY_COMPARE(pixelOf(30), QColor::fromRgb(m_page->board()->rows()[30].face.colors.first())); // no flash left
        m_source->advanceToShare(1);
        m_source->advance(300);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->pictures()->held(), 100, 20000);
        QTRY_COMPARE(wall->drawnCards(), 0);
        QTRY_VERIFY(legend->text().isEmpty());
    }

    void theHeatGridDrawsNoCards()
    {
        begin(100);
        m_page->run()->setZoom(1);
        m_source->advanceToShare(1);
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(m_page->board()->snapshot().live() > 90 && wall->isSettled());
        QCOMPARE(wall->drawnCards(), 0);
    }

    void anAppThatNamesNoColorsIsDrawnFromItsTitle()
    {
        m_source->setFailures(0);
        m_source->setFaces(false);
        begin(100);
        m_source->advanceToShare(0.5);
        QTRY_COMPARE(pixelOf(30), colors().raised);
        QTRY_VERIFY(m_page->run()->wall()->drawnCards() >= 40);
        m_page->run()->wall()->setCurrent(30);
        QVERIFY(m_page->run()->wall()->accessibleDescription().endsWith(QLatin1String("Drawn from its title")));
    }

    void aSmallStageLeavesNothingOut_data()
    {
        QTest::addColumn<QSize>("stage");
        QTest::addColumn<int>("apps");
        QTest::newRow("1024x700") << QSize(1024, 700) << 1000;
        QTest::newRow("1024x700, 10,000 apps") << QSize(1024, 700) << 10'000;
        QTest::newRow("1920x1080") << QSize(1920, 1080) << 1000;
    }
    void aSmallStageLeavesNothingOut()
    {
        QFETCH(const QSize, stage);
        QFETCH(const int, apps);
        m_source->setFailures(3);
        begin(apps);
        m_source->advanceToShare(0.9);
        m_page->toggleShow();
        m_page->resize(stage);
        m_page->board()->setFrozen(true); // one chip more beside the figures
        QTRY_VERIFY(m_page->board()->snapshot().failed() > 0);
        QTRY_VERIFY(shows(m_page->findChild<CounterStrip *>(), colors().failed));
        const auto legends = m_page->findChildren<QWidget *>(QStringLiteral("chartLegend"));
        QTRY_VERIFY(std::any_of(legends.begin(), legends.end(), [](QWidget *legend) {
            return legend->isVisible() && shows(legend, colors().faint); // the line before the ramp's last words
        }));
        auto *legend = m_page->findChild<WallLegend *>();
        for (const QRect &word : legend->places())
            QVERIFY2(legend->rect().contains(word), qPrintable(QStringLiteral("%1 wide").arg(word.right())));
        QTRY_VERIFY(shows(legend, phaseColor(LoadPhase::Starting)));
        QVERIFY(!shows(legend, phaseColor(LoadPhase::Cancelled))); // none is
        QVERIFY(!m_page->run()->honesty()->isCut());
        auto *keys = m_page->findChild<QToolButton *>(QStringLiteral("keysQToolButton"));
        QVERIFY(keys->isVisible() && keys->parentWidget()->rect().contains(keys->geometry()));
    }

    /// The wall is told of rows a moment after they came alive.
    void aResizeMeanwhileLosesNoPicture()
    {
        m_source->setFailures(0);
        begin(100);
        m_source->advanceToShare(1);
        m_page->resize(1200, 800);
        m_page->pictures()->setPace(WallPictures::Pace::Full);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->pictures()->held(), 100, 20000);
    }

    void theLegendDoesNotMoveTheWall()
    {
        m_source->setFailures(0);
        begin(100);
        m_page->toggleShow();
        m_page->resize(1024, 700);
        auto *legend = m_page->findChild<WallLegend *>();
        const int height = legend->height();
        m_source->advanceToShare(0.5); // cards that wait for pictures
        QTRY_VERIFY(!legend->text().isEmpty());
        QCOMPARE(legend->height(), height);
        m_source->advanceToShare(1);
        m_source->advance(300);
        QTRY_VERIFY_WITH_TIMEOUT(legend->text().isEmpty(), 20000);
        QCOMPARE(legend->height(), height);
    }

    void theEndCardsCurveReachesItsHeadline()
    {
        LoadSample early;
        early.t = 1000;
        early.counts[size_t(LoadPhase::Live)] = 6;
        LoadSample late = early;
        late.t = 1260;
        late.counts[size_t(LoadPhase::Live)] = 9; // a moment later there were ten
        QCOMPARE(EndCard::curve({early, late}, 1.25, 10), QList<QPointF>({{1, 6}, {1.25, 10}}));
        QCOMPARE(EndCard::curve({early, late}, 1.3, 10), QList<QPointF>({{1, 6}, {1.26, 9}, {1.3, 10}}));
        QCOMPARE(EndCard::curve({early}, 0, 0), QList<QPointF>({{1, 6}}));
    }

    void allKeysAreOneKeyAway()
    {
        begin(100);
        m_page->toggleShow();
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(wall->hasFocus());
        QTest::keyClick(wall, Qt::Key_Question, Qt::ShiftModifier);
        QPointer<KeySheet> sheet = m_page->findChild<KeySheet *>();
        QVERIFY(sheet && sheet->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Question, Qt::ShiftModifier);
        QTRY_VERIFY(!sheet);
        QVERIFY(wall->hasFocus());
        QTest::mouseClick(m_page->findChild<QToolButton *>(QStringLiteral("keysQToolButton")), Qt::LeftButton);
        sheet = m_page->findChild<KeySheet *>();
        QVERIFY(sheet && sheet->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet);
        QVERIFY(m_page->isShow()); // Esc closed the keys only
        QTest::keyClick(wall, Qt::Key_H);
        QVERIFY(!m_page->findChild<QToolButton *>(QStringLiteral("keysQToolButton"))->isVisible());
    }

    void aReplayShowsTheCardsOfAppsThatAreGone()
    {
        begin(100);
        while (!m_source->isOver())
            m_source->advance(1000);
        QTRY_VERIFY(!m_page->board()->isRunning());
        const QString run = m_page->board()->snapshot().run;
        m_page->board()->setReplaySpeed(10);
        m_source->replay(run, 10);
        m_source->advanceToShare(1);
        WallView *wall = m_page->run()->wall();
        QTRY_VERIFY(wall->drawnCards() > 90);
        QTRY_VERIFY(!m_page->findChild<WallLegend *>()->text().contains(QLatin1String("until")));
    }

    void tenThousandBeginAsAHeatGridThatFits()
    {
        begin(10'000);
        WallView *wall = m_page->run()->wall();
        QCOMPARE(wall->zoom(), WallView::Zoom::Heat);
        QVERIFY(wall->cellRect(9999).bottom() <= wall->viewport()->height());
        m_page->run()->setZoom(2);
        QVERIFY(wall->verticalScrollBar()->maximum() > 0);
    }

    void simulatedAndReplayAreAlwaysSaid()
    {
        LoadPlan plan = SetupPanel::preset(20);
        plan.pace.answerSeconds = 1;
        m_source->start(plan);
        while (!m_source->isOver())
            m_source->advance(1000);
        QTRY_VERIFY(m_page->board()->snapshot().simulated);
        auto *model = m_page->findChild<Chip *>(QStringLiteral("modelChip"));
        QTRY_VERIFY(model->isVisible());
        QVERIFY(model->text().contains(QLatin1String("Simulated")));
        m_page->toggleShow();
        QTest::keyClick(m_page->run()->wall(), Qt::Key_H);
        QVERIFY(model->isVisible());
        const QString run = m_page->board()->snapshot().run;
        m_source->replay(run, 10);
        m_page->board()->setReplaySpeed(10);
        m_source->advance(500);
        auto *state = m_page->findChild<Chip *>(QStringLiteral("stateChip"));
        QTRY_VERIFY(state->text().contains(QLatin1String("REPLAY")));
        QVERIFY(state->isVisible());
        m_page->run()->showEndCard(true);
        QVERIFY(m_page->run()->endCard()->conditions().contains(QLatin1String("Simulated")));
    }

    void twoRunsAreCompared()
    {
        m_source->addStoredRuns();
        m_page->showView(ScalePage::Runs);
        auto *table = m_page->runs()->table();
        QTRY_COMPARE(table->rowCount(), 6);
        table->clearSelection();
        for (const int row : {1, 3})
            table->selectionModel()->select(table->model()->index(row, 0),
                                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        const auto shown = [this] {
            const auto labels = m_page->runs()->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [](QLabel *label) { return label->text().contains(QStringLiteral(" → ")); });
        };
        QTRY_VERIFY(shown());
        const auto times = [this] {
            const auto labels = m_page->runs()->findChildren<QLabel *>();
            return std::count_if(labels.begin(), labels.end(),
                                 [](QLabel *label) { return label->text().contains(QStringLiteral(" → ")); });
        };
        const auto once = times();
        m_page->runs()->load(); // as often as it is asked for
        m_page->runs()->load();
        QTest::qWait(100);
        QTRY_COMPARE(times(), once);
    }

    void aReplayPlaysOnTheWall()
    {
        m_source->addStoredRuns();
        m_page->showView(ScalePage::Runs);
        QTRY_VERIFY(!m_page->runs()->runs().isEmpty());
        Q_EMIT m_page->runs()->replayRequested(m_page->runs()->runs()[4].id, 30);
        QTRY_COMPARE(m_page->view(), int(ScalePage::Run));
        QCOMPARE(m_page->board()->rows().size(), 100);
        QCOMPARE(m_page->board()->replaySpeed(), 30.0);
    }

private:
    void begin(int count)
    {
        m_source->start(SetupPanel::preset(count));
        QTRY_COMPARE(m_page->view(), int(ScalePage::Run));
    }

    void click(const char *name)
    {
        auto *button = m_page->findChild<QPushButton *>(QLatin1String(name));
        QVERIFY2(button, name);
        QTest::mouseClick(button, Qt::LeftButton);
    }

    static bool shows(QWidget *widget, const QColor &color)
    {
        const QImage image = widget->grab().toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).rgb() == color.rgb())
                    return true;
        return false;
    }

    QColor pixelOf(int index)
    {
        WallView *wall = m_page->run()->wall();
        const QRect cell = wall->cellRect(index);
        return wall->viewport()->grab().toImage().pixelColor(cell.left() + cell.width() / 3, cell.top() + 2);
    }

    FakePictures *m_taker = nullptr;
    std::unique_ptr<FakeLoadSource> m_source;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScalePage> m_page;
};

QTEST_MAIN(TestScalePage)
#include "tst_scalepage.moc"
