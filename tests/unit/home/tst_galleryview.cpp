// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/galleryview.h"

#include "tests/support/sampleapps.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/gallerydelegate.h"
#include "widgets/home/homeheader.h"
#include "widgets/home/homepage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestGalleryView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_apps = std::make_unique<AppListModel>();
        m_loads = 0;
        m_page = std::make_unique<HomePage>(m_apps.get(), [this](const AppId &id) {
            ++m_loads;
            return readyFuture(Result<QByteArray>(SampleApps::thumbnail(id)));
        });
        m_page->resize(1384, 900);
    }
    void fill(int count)
    {
        m_apps->setApps(SampleApps::make(count));
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QApplication::setActiveWindow(m_page.get());
    }
    QModelIndex cell(int row) const { return m_page->gallery()->model()->index(row, 0); }
    QPoint center(int row) const { return m_page->gallery()->visualRect(cell(row)).center(); }

    void cardPartsDoNotOverlap_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {160, 208, 250, 420})
            QTest::addRow("%d", width) << width;
    }
    void cardPartsDoNotOverlap()
    {
        QFETCH(int, width);
        const QRect card(13, 7, width, CardLayout::heightFor(width));
        const auto layout = CardLayout::of(card);
        for (const QRect &part : {layout.thumbnail, layout.title, layout.star, layout.status, layout.meta})
            QVERIFY(card.contains(part));
        QVERIFY(!layout.title.intersects(layout.star));
        QVERIFY(!layout.title.intersects(layout.status));
        QVERIFY(!layout.thumbnail.intersects(layout.title));
    }

    void columnsFillTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("columns");
        QTest::newRow("small window") << 968 << 4;
        QTest::newRow("design") << 1384 << 5;
        QTest::newRow("narrow") << 420 << 1;
    }
    void columnsFillTheWidth()
    {
        QFETCH(int, width);
        QFETCH(int, columns);
        m_page->resize(width, 700);
        fill(12);
        QCOMPARE(m_page->gallery()->columns(), columns);
        const QRect last = m_page->gallery()->visualRect(cell(columns - 1));
        QCOMPARE(last.right() + 1, m_page->gallery()->viewport()->width() - Space::page);
    }

    void everyCardIsFoundWhereItIsDrawn()
    {
        fill(30);
        for (int row = 0; row < 30; ++row)
            QCOMPARE(m_page->gallery()->indexAt(center(row)), cell(row));
        QVERIFY(!m_page->gallery()->indexAt(QPoint(5, 5)).isValid());
    }

    void aClickOpensAndTheStarStars()
    {
        fill(12);
        QSignalSpy opened(m_page.get(), &HomePage::openRequested);
        QSignalSpy starred(m_page.get(), &HomePage::starRequested);
        QWidget *viewport = m_page->gallery()->viewport();
        QTest::mouseClick(viewport, Qt::LeftButton, {}, center(1));
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].value<AppId>(), cell(1).data(AppListModel::IdRole).value<AppId>());
        QTest::mouseClick(viewport, Qt::LeftButton, {},
                          CardLayout::of(m_page->gallery()->visualRect(cell(3))).star.center());
        QCOMPARE(opened.count(), 1);
        QCOMPARE(starred.count(), 1);
        QCOMPARE(starred[0][1].toBool(), true);
    }

    void keysMoveOpenAndDelete()
    {
        fill(12);
        auto *gallery = m_page->gallery();
        gallery->setFocus();
        gallery->setCurrentIndex(cell(0));
        QTest::keyClick(gallery, Qt::Key_Right);
        QCOMPARE(gallery->currentIndex().row(), 1);
        QTest::keyClick(gallery, Qt::Key_Down);
        QCOMPARE(gallery->currentIndex().row(), 6);
        QTest::keyClick(gallery, Qt::Key_End);
        QCOMPARE(gallery->currentIndex().row(), 11);
        QTest::keyClick(gallery, Qt::Key_Home);
        QSignalSpy opened(m_page.get(), &HomePage::openRequested);
        QTest::keyClick(gallery, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QSignalSpy deleted(m_page.get(), &HomePage::deleteRequested);
        QTest::keyClick(gallery, Qt::Key_Delete);
        QCOMPARE(deleted.count(), 1);
    }

    void f2Renames()
    {
        fill(12);
        auto *gallery = m_page->gallery();
        gallery->setFocus();
        gallery->setCurrentIndex(cell(2));
        QSignalSpy renamed(m_apps.get(), &AppListModel::renameRequested);
        QTest::keyClick(gallery, Qt::Key_F2);
        auto *editor = gallery->findChild<QLineEdit *>(QStringLiteral("renameQLineEdit"));
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("Better"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(renamed.count(), 1);
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("Better"));
    }

    void thumbnailsAreLoadedWhenSeen()
    {
        fill(1000);
        QTRY_VERIFY(m_loads >= 5);
        QTest::qWait(50);
        QVERIFY2(m_loads < 40, qPrintable(QString::number(m_loads)));
    }

    void aThousandAppsPaintInTime()
    {
        fill(1000);
        auto *gallery = m_page->gallery();
        QTest::qWait(100);
        QElapsedTimer timer;
        timer.start();
        constexpr int steps = 50;
        for (int i = 0; i < steps; ++i) {
            gallery->verticalScrollBar()->setValue(i * 300);
            gallery->viewport()->repaint();
        }
        QVERIFY2(timer.elapsed() / steps < 50, qPrintable(QString::number(timer.elapsed() / steps)));
    }

    void emptyStatesSayWhy()
    {
        fill(0);
        EmptyState *empty = m_page->header()->empty();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->title(), QStringLiteral("Your apps will be here"));
        m_apps->setApps(SampleApps::make(4));
        QVERIFY(!empty->isVisible());
        QTest::keyClicks(m_page->header()->search(), QStringLiteral("zebra"));
        QTRY_VERIFY(empty->isVisible());
        QCOMPARE(empty->title(), QStringLiteral("No app matches"));
        Q_EMIT empty->actionTriggered();
        QVERIFY(!empty->isVisible());
        QVERIFY(m_page->header()->search()->text().isEmpty());
    }

    void escEmptiesTheSearchAndDownLeavesIt()
    {
        fill(12);
        QLineEdit *search = m_page->header()->search();
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("quiz"));
        QCOMPARE(m_page->gallery()->model()->rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(search->text().isEmpty());
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(m_page->gallery()->hasFocus());
        QCOMPARE(m_page->gallery()->currentIndex(), cell(0));
    }

    void theTabsFilter()
    {
        fill(12);
        m_page->header()->tabs()->setCurrent(2);
        QCOMPARE(m_page->gallery()->model()->rowCount(), 2);
    }

private:
    std::unique_ptr<AppListModel> m_apps;
    std::unique_ptr<HomePage> m_page;
    int m_loads = 0;
};

QTEST_MAIN(TestGalleryView)
#include "tst_galleryview.moc"
