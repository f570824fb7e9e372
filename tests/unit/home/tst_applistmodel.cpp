// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/applistmodel.h"

#include "tests/support/sampleapps.h"
#include "widgets/common/appstatus.h"
#include "widgets/home/appfiltermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestAppListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<AppListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setApps(SampleApps::make(12));
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void theListIsNewestFirst()
    {
        QCOMPARE(m_model->rowCount(), 12);
        QCOMPARE(m_model->index(0).data().toString(), QStringLiteral("Moss quiz"));
        QCOMPARE(m_model->rowOf(AppId{QStringLiteral("sample2")}), 0);
    }

    void anErrorWhileUsedIsAWordOfItsOwn()
    {
        AppSummary app;
        app.running = true;
        QCOMPARE(statusOf(app).kind, StatusKind::Live);
        app.useErrors = {QStringLiteral("Uncaught Error: a")};
        QCOMPARE(statusOf(app), (StatusWord{StatusKind::Partial, QStringLiteral("Error while used")}));
        app.problem = QStringLiteral("It does not build.");
        QCOMPARE(statusOf(app).kind, StatusKind::Failed);
        VersionSummary version;
        version.state = QStringLiteral("green");
        QCOMPARE(statusOf(version).kind, StatusKind::Live);
        version.checks = {{QStringLiteral("used"), false, QStringLiteral("Uncaught Error: a")}};
        QCOMPARE(statusOf(version).kind, StatusKind::Partial);
    }

    void aChangeKeepsItsPlaceAndNamesItsRoles()
    {
        QSignalSpy changed(m_model.get(), &AppListModel::dataChanged);
        QSignalSpy counts(m_model.get(), &AppListModel::countsChanged);
        AppSummary app = m_model->apps()[3];
        app.updated = app.updated.addDays(1);
        app.starred = true;
        m_model->upsert(app);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 3);
        QVERIFY(changed[0][2].value<QList<int>>().contains(AppListModel::StarredRole));
        QVERIFY(!changed[0][2].value<QList<int>>().contains(Qt::DisplayRole));
        QCOMPARE(counts.count(), 1);
        m_model->upsert(app);
        QCOMPARE(changed.count(), 1);
    }

    void aNewAppGoesOnTop()
    {
        QSignalSpy inserted(m_model.get(), &AppListModel::rowsInserted);
        QSignalSpy reset(m_model.get(), &AppListModel::modelReset);
        AppSummary app;
        app.id = AppId{QStringLiteral("fresh")};
        m_model->upsert(app);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(m_model->rowOf(app.id), 0);
        QCOMPARE(m_model->rowOf(AppId{QStringLiteral("sample2")}), 1);
        QCOMPARE(reset.count(), 0);
    }

    void removingKeepsTheIndexRight()
    {
        m_model->remove(m_model->apps()[0].id);
        QCOMPARE(m_model->rowCount(), 11);
        for (int row = 0; row < m_model->rowCount(); ++row)
            QCOMPARE(m_model->rowOf(m_model->apps()[row].id), row);
        m_model->remove(AppId{QStringLiteral("unknown")});
        QCOMPARE(m_model->rowCount(), 11);
    }

    void aSecondListingMerges()
    {
        const auto before = m_model->apps();
        QSignalSpy inserted(m_model.get(), &AppListModel::rowsInserted);
        m_model->setApps(SampleApps::make(10));
        QCOMPARE(m_model->rowCount(), 10);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(m_model->apps()[0], before[0]);
    }

    void sortingMovesPersistentIndexes()
    {
        AppSummary last = m_model->apps().last();
        const QPersistentModelIndex kept = m_model->index(m_model->rowCount() - 1);
        last.updated = QDateTime::currentDateTimeUtc().addDays(1);
        m_model->upsert(last);
        m_model->sortByRecent();
        QCOMPARE(kept.row(), 0);
        QCOMPARE(kept.data(AppListModel::IdRole).value<AppId>(), last.id);
    }

    void anEmptyTitleIsRefused()
    {
        QSignalSpy renamed(m_model.get(), &AppListModel::renameRequested);
        QVERIFY(!m_model->setData(m_model->index(0), QStringLiteral("  "), Qt::EditRole));
        QVERIFY(m_model->setData(m_model->index(0), QStringLiteral(" New  name "), Qt::EditRole));
        QCOMPARE(renamed.count(), 1);
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("New name"));
    }

    void filter_data()
    {
        QTest::addColumn<int>("tab");
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("rows");
        QTest::newRow("all") << 0 << QString() << 12;
        QTest::newRow("starred") << 2 << QString() << 2;
        QTest::newRow("title") << 0 << QStringLiteral("quiz") << 1;
        QTest::newRow("words in any order") << 0 << QStringLiteral("please MOSS") << 1;
        QTest::newRow("tab and words") << 2 << QStringLiteral("moss") << 0;
        QTest::newRow("nothing") << 0 << QStringLiteral("zebra") << 0;
    }
    void filter()
    {
        QFETCH(int, tab);
        QFETCH(QString, search);
        AppFilterModel filter;
        QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(m_model.get());
        filter.setTab(static_cast<AppFilterModel::Tab>(tab));
        filter.setSearch(search);
        QTEST(filter.rowCount(), "rows");
    }

    void theFilterFollowsAChange()
    {
        AppFilterModel filter;
        filter.setSourceModel(m_model.get());
        filter.setTab(AppFilterModel::Tab::Starred);
        AppSummary app = *m_model->find(AppId{QStringLiteral("sample4")});
        app.starred = true;
        m_model->upsert(app);
        QCOMPARE(filter.rowCount(), 3);
    }

private:
    std::unique_ptr<AppListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TestAppListModel)
#include "tst_applistmodel.moc"
