// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

namespace {

FleetRow app(int number, SandboxState state = SandboxState::Running)
{
    FleetRow row;
    row.app = AppId{QStringLiteral("a%1").arg(number)};
    row.title = QStringLiteral("App %1").arg(number);
    row.hostLabel = number % 2 ? QStringLiteral("gpu-box") : QStringLiteral("nas");
    row.state = state;
    if (state == SandboxState::Running) {
        row.sandbox = SandboxId{QStringLiteral("s%1").arg(number)};
        row.cpuPercent = number;
        row.created = QDateTime::currentDateTimeUtc().addSecs(-number);
    }
    return row;
}

QList<FleetRow> apps(int count)
{
    QList<FleetRow> rows;
    for (int i = 0; i < count; ++i)
        rows.append(app(i));
    return rows;
}

QStringList ids(const FleetModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(model.at(row).row.app.value);
    return list;
}

FleetFilter filter(const char *text)
{
    return *FleetFilter::parse(QString::fromUtf8(text));
}

} // namespace

class TestFleetModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsTitlesAsPeopleCount()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows({app(10), app(2), app(1)});
        QCOMPARE(ids(model), QStringList({"a1", "a2", "a10"}));
        model.sort(FleetModel::Title, Qt::DescendingOrder);
        QCOMPARE(ids(model), QStringList({"a10", "a2", "a1"}));
    }

    void unknownFiguresComeLastEitherWay()
    {
        FleetModel model;
        model.setRows({app(1), app(2, SandboxState::Stopped), app(3)});
        model.sort(FleetModel::Cpu, Qt::AscendingOrder);
        QCOMPARE(ids(model), QStringList({"a1", "a3", "a2"}));
        model.sort(FleetModel::Cpu, Qt::DescendingOrder);
        QCOMPARE(ids(model), QStringList({"a3", "a1", "a2"}));
    }

    void manyChangesBecomeOneRange()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows(apps(100));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        for (int round = 0; round < 5; ++round) {
            QList<FleetRow> rows = apps(100);
            for (FleetRow &row : rows)
                row.memoryBytes = round;
            model.post(rows, {});
        }
        QCOMPARE(changed.size(), 0);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(model.find(AppId{QStringLiteral("a7")})->row.memoryBytes, 4);
    }

    void rowsKeepTheirPlacesWhileAPersonWorks()
    {
        FleetModel model;
        auto usage = FleetModel::Usage::Busy;
        model.setUsageProbe([&usage] { return usage; });
        model.setRows(apps(5));
        model.sort(FleetModel::Cpu, Qt::DescendingOrder);
        const QStringList before = ids(model);
        FleetRow hot = app(0);
        hot.cpuPercent = 99;
        model.post({hot}, {});
        model.flush();
        QVERIFY(model.isStale());
        QTest::qWait(FleetModel::settleMs + 300);
        QCOMPARE(ids(model), before);
        usage = FleetModel::Usage::Quiet; // an order by CPU still waits: it would never rest
        QTest::qWait(FleetModel::settleMs + 300);
        QCOMPARE(ids(model), before);
        usage = FleetModel::Usage::Idle;
        QTRY_COMPARE(ids(model).first(), QStringLiteral("a0"));
        QVERIFY(!model.isStale());
    }

    void aRowThatStopsMatchingStaysUntilItIsQuiet()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        auto usage = FleetModel::Usage::Busy;
        model.setUsageProbe([&usage] { return usage; });
        model.setRows(apps(3));
        model.setTab(FleetBucket::Live);
        model.post({app(1, SandboxState::Stopped)}, {});
        model.flush();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.count(FleetBucket::Live), 2); // the counts are true at once
        usage = FleetModel::Usage::Quiet;
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void newRowsComeToTheirPlaces()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows({app(1), app(5)});
        model.post({app(3), app(9), app(2)}, {});
        model.flush();
        QTRY_COMPARE(ids(model), QStringList({"a1", "a2", "a3", "a5", "a9"}));
    }

    void removedRowsGoAtOnceWithTheirChecks()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows(apps(400));
        model.setChecked(AppId{QStringLiteral("a3")}, true);
        model.setChecked(AppId{QStringLiteral("a4")}, true);
        model.post({}, {AppId{QStringLiteral("a3")}});
        model.flush();
        QCOMPARE(model.checkedCount(), 1);
        QCOMPARE(model.rowCount(), 399);
        QList<AppId> many;
        for (int i = 10; i < 310; ++i)
            many.append(AppId{QStringLiteral("a%1").arg(i)});
        model.post({}, many);
        model.flush();
        QCOMPARE(model.rowCount(), 99);
        QCOMPARE(model.total(), 99);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.at(row).row.app), row);
    }

    void checksSurviveSortFilterAndUpdates()
    {
        FleetModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRows(apps(20));
        model.setRangeChecked(2, 4, true);
        const auto before = model.checkedApps();
        QCOMPARE(before.size(), 3);
        model.sort(FleetModel::Cpu, Qt::DescendingOrder);
        model.setFilter(filter("host:nas"));
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(model.checkedCount(), 3); // hidden ones stay checked, and are told
        model.setFilter({});
        QCOMPARE(QSet<AppId>(before.begin(), before.end()), [&] {
            const auto now = model.checkedApps();
            return QSet<AppId>(now.begin(), now.end());
        }());
        model.setRows(apps(20));
        QCOMPARE(model.checkedCount(), 3);
        model.clearChecks();
        model.setFilter(filter("host:nas"));
        model.checkAll();
        QCOMPARE(model.checkedCount(), 10);
    }

    void persistentIndexesFollowTheSort()
    {
        FleetModel model;
        model.setRows(apps(10));
        const QPersistentModelIndex index = model.index(3, FleetModel::Title);
        model.sort(FleetModel::Cpu, Qt::DescendingOrder);
        QCOMPARE(index.data().toString(), QStringLiteral("App 3"));
        QCOMPARE(index.row(), 6);
    }

    void everyRowIsInExactlyOneBucket_data()
    {
        QTest::addColumn<SandboxState>("state");
        QTest::addColumn<SandboxReason>("reason");
        QTest::addColumn<bool>("reachable");
        QTest::addColumn<FleetBucket>("bucket");
        using S = SandboxState;
        using R = SandboxReason;
        using B = FleetBucket;
        QTest::newRow("live") << S::Running << R::None << true << B::Live;
        QTest::newRow("unreachable") << S::Running << R::None << false << B::NeedsLook;
        QTest::newRow("creating") << S::Creating << R::None << true << B::Starting;
        QTest::newRow("pending") << S::Pending << R::None << true << B::Starting;
        QTest::newRow("stopping") << S::Stopping << R::None << true << B::Asleep;
        QTest::newRow("asleep") << S::Stopped << R::None << true << B::Asleep;
        QTest::newRow("idle") << S::Stopped << R::IdleTimeout << true << B::Asleep;
        QTest::newRow("asleep, host gone") << S::Stopped << R::None << false << B::Asleep;
        QTest::newRow("oom") << S::Stopped << R::OutOfMemory << true << B::NeedsLook;
        QTest::newRow("failed") << S::Failed << R::BackendError << true << B::NeedsLook;
        QTest::newRow("lost") << S::Lost << R::HostLost << true << B::NeedsLook;
    }
    void everyRowIsInExactlyOneBucket()
    {
        QFETCH(SandboxState, state);
        QFETCH(SandboxReason, reason);
        QFETCH(bool, reachable);
        QFETCH(FleetBucket, bucket);
        FleetRow row = app(1);
        row.state = state;
        row.reason = reason;
        row.hostReachable = reachable;
        FleetModel model;
        model.setRows({row});
        QCOMPARE(model.at(0).bucket, bucket);
        QVERIFY(!model.at(0).status.word.isEmpty());
        int sum = 0;
        for (int i = 1; i < fleetBuckets; ++i)
            sum += model.count(static_cast<FleetBucket>(i));
        QCOMPARE(sum, model.count(FleetBucket::All));
    }

    void gapsStayGaps()
    {
        FleetModel model;
        model.setRows({app(1)});
        FleetRow row = app(1);
        row.cpuPercent.reset();
        model.post({row}, {});
        model.flush();
        const BoardEntry &entry = model.at(0);
        QCOMPARE(entry.cpu.count(), 2);
        QVERIFY(entry.cpu.at(1) < 0);
        row.sandbox = SandboxId{QStringLiteral("another")};
        model.post({row}, {});
        model.flush();
        QCOMPARE(entry.cpu.count(), 1); // another sandbox, another history
    }
};

QTEST_MAIN(TestFleetModel)
#include "tst_fleetmodel.moc"
