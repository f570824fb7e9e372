// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadprompts.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace Flotilla;

class TestLoadPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promptsAreDistinct()
    {
        QVERIFY(loadPromptCount() >= 1000);
        for (const quint64 seed : {1ull, 2ull, 77'777ull, ~0ull}) {
            QSet<QString> seen;
            for (int i = 0; i < loadPromptCount(); ++i)
                seen.insert(loadPrompt(i, seed));
            QCOMPARE(seen.size(), loadPromptCount());
        }
        QCOMPARE(loadPrompt(5, 3), loadPrompt(5, 3));
        QVERIFY(loadPrompt(5, 3) != loadPrompt(5, 4));
    }

    void survivesJson()
    {
        LoadPlan plan;
        plan.name = QStringLiteral("show");
        plan.stages = {
            {LoadStage::Shape::Step, 10, 2}, {LoadStage::Shape::Linear, 100, 30.5}, {LoadStage::Shape::Hold, 100, 5}};
        plan.closed = true;
        plan.pace = {2000, 50, 27};
        plan.hosts = {QStringLiteral("a"), QStringLiteral("b")};
        plan.faults = {0.05, 0.03, 2, 0.02};
        plan.thresholds = {{QStringLiteral("time_to_live_s.p95"), QStringLiteral("<="), 20}};
        plan.afterwards = LoadPlan::Afterwards::Sleep;
        plan.seed = 42;
        const auto read = loadPlanFromJson(toJson(plan));
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text));
        QVERIFY(*read == plan);
    }

    void refusesNonsense_data()
    {
        QTest::addColumn<QJsonObject>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << QJsonObject{} << QStringLiteral("apps");
        QTest::newRow("unknown member") << QJsonObject{{"count", 1}, {"cuont", 2}} << QStringLiteral("cuont");
        QTest::newRow("wrong kind") << QJsonObject{{"count", "many"}} << QStringLiteral("count");
        QTest::newRow("too many") << QJsonObject{{"count", 1e8}} << QStringLiteral("apps");
        QTest::newRow("falling stages") << QJsonObject{{"stages",
                                                        QJsonArray{QJsonObject{{"to", 5}}, QJsonObject{{"to", 3}}}}}
                                        << QStringLiteral("fall");
        QTest::newRow("shape") << QJsonObject{{"stages", QJsonArray{QJsonObject{{"shape", "jump"}, {"to", 5}}}}}
                               << QStringLiteral("jump");
        QTest::newRow("linear without time")
            << QJsonObject{{"stages", QJsonArray{QJsonObject{{"shape", "linear"}, {"to", 5}}}}}
            << QStringLiteral("linear");
        QTest::newRow("faults") << QJsonObject{{"count", 1}, {"faults", QJsonObject{{"create", 2}}}}
                                << QStringLiteral("faults");
        QTest::newRow("threshold") << QJsonObject{{"count", 1}, {"thresholds", QJsonArray{"fast please"}}}
                                   << QStringLiteral("fast please");
        QTest::newRow("recording with a pace")
            << QJsonObject{{"count", 1}, {"recording", "a.jsonl"}, {"pace", QJsonObject{{"answer_seconds", 2}}}}
            << QStringLiteral("recording");
        QTest::newRow("recording of a recording")
            << QJsonObject{{"count", 1}, {"recording", "a.jsonl"}, {"record", "b.jsonl"}}
            << QStringLiteral("recording");
        QTest::newRow("recording is a list")
            << QJsonObject{{"count", 1}, {"recording", QJsonArray{"a.jsonl"}}} << QStringLiteral("recording");
        QTest::newRow("afterwards") << QJsonObject{{"count", 1}, {"afterwards", "burn"}} << QStringLiteral("burn");
    }
    void refusesNonsense()
    {
        QFETCH(QJsonObject, json);
        QFETCH(QString, named);
        const auto read = loadPlanFromJson(json);
        QVERIFY(!read);
        QVERIFY2(read.error().text.contains(named, Qt::CaseInsensitive), qPrintable(read.error().text));
    }

    void arrivalsFollowTheStages()
    {
        LoadPlan plan;
        plan.stages = {{LoadStage::Shape::Step, 10, 2},
                       {LoadStage::Shape::Linear, 30, 4},
                       {LoadStage::Shape::Hold, 30, 1},
                       {LoadStage::Shape::Spike, 40, 5}};
        const auto times = arrivals(plan);
        QCOMPARE(times.size(), 40);
        QVERIFY(std::is_sorted(times.begin(), times.end()));
        QCOMPARE(times[9].count(), 0);
        QCOMPARE(times[10], std::chrono::seconds(2));
        QCOMPARE(times[20], std::chrono::seconds(4));
        QCOMPARE(times[30], std::chrono::seconds(7));
        QVERIFY(times[39] < std::chrono::seconds(8));
        plan.poisson = true;
        const auto random = arrivals(plan);
        QVERIFY(random != times);
        QVERIFY(random == arrivals(plan));
        plan.seed = 2;
        QVERIFY(random != arrivals(plan));
    }
};

QTEST_GUILESS_MAIN(TestLoadPlan)
#include "tst_loadplan.moc"
