// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadprompts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Flotilla;

namespace {

constexpr qsizetype largestPlan = 20'000'000;
constexpr qsizetype largestPrompts = 2'000'000;

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

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
        plan.poisson = true;
        plan.pace = {2000, 0, 27};
        plan.hosts = {QStringLiteral("a"), QStringLiteral("b")};
        plan.faults = {0.05, 0.03, 2, 0.02};
        plan.thresholds = {{QStringLiteral("time_to_live_s.p95"), QStringLiteral("<="), 20}};
        plan.afterwards = LoadPlan::Afterwards::Sleep;
        plan.seed = 42;
        const auto read = loadPlanFromJson(toJson(plan));
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text));
        QVERIFY(*read == plan);
        plan.poisson = false;
        plan.stages.clear();
        plan.closed = true;
        plan.count = 7;
        plan.pace = {200, 50, 0};
        plan.seed = LoadPlan::largestSeed;
        const auto closed = loadPlanFromJson(toJson(plan));
        QVERIFY2(closed.ok(), closed ? "" : qPrintable(closed.error().text));
        QVERIFY(*closed == plan);
    }

    void aStoredPlanIsReadWhateverPlansMaySayToday()
    {
        const LoadPlan plan = storedLoadPlan({{"count", 5},
                                              {"seed", -1},
                                              {"load_model", "closed"},
                                              {"afterwards", "keep"},
                                              {"stages", QJsonArray{QJsonObject{{"to", 9}}}},
                                              {"long_gone", true}});
        QVERIFY(plan.afterwards == LoadPlan::Afterwards::Keep); // else its apps would be taken for those of a test
        QCOMPARE(plan.total(), 9);
        QVERIFY(plan.closed);
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
        QTest::newRow("unknown metric") << QJsonObject{{"count", 1}, {"thresholds", QJsonArray{"time_to_live.p95 < 3"}}}
                                        << QStringLiteral("time_to_live.p95");
        QTest::newRow("unknown share") << QJsonObject{{"count", 1}, {"thresholds", QJsonArray{"time_to_s.77 < 3"}}}
                                       << QStringLiteral("time_to_s.77");
        QTest::newRow("unknown part") << QJsonObject{{"count", 1},
                                                     {"thresholds", QJsonArray{"quartiles.second.p50 < 3"}}}
                                      << QStringLiteral("quartiles.second");
        QTest::newRow("unknown class") << QJsonObject{{"count", 1}, {"thresholds", QJsonArray{"classes.shy == 0"}}}
                                       << QStringLiteral("classes.shy");
        QTest::newRow("recording with a pace")
            << QJsonObject{{"count", 1}, {"recording", "a.jsonl"}, {"pace", QJsonObject{{"answer_seconds", 2}}}}
            << QStringLiteral("recording");
        QTest::newRow("recording of a recording")
            << QJsonObject{{"count", 1}, {"recording", "a.jsonl"}, {"record", "b.jsonl"}}
            << QStringLiteral("recording");
        QTest::newRow("recording is a list")
            << QJsonObject{{"count", 1}, {"recording", QJsonArray{"a.jsonl"}}} << QStringLiteral("recording");
        const auto list = [](const char *name, const QJsonValue &value) {
            return QJsonObject{{"count", 1}, {QLatin1String(name), value}};
        };
        QTest::newRow("no apps") << QJsonObject{{"count", 0}} << QStringLiteral("apps");
        QTest::newRow("fewer than none") << QJsonObject{{"count", -1e300}} << QStringLiteral("count");
        QTest::newRow("half an app") << QJsonObject{{"count", 2.5}} << QStringLiteral("count");
        QTest::newRow("endless hold") << list("hold_seconds", 1e300) << QStringLiteral("time");
        QTest::newRow("hold before the start") << list("hold_seconds", -1) << QStringLiteral("time");
        QTest::newRow("sweeps") << list("sweeps", 1e9) << QStringLiteral("range");
        QTest::newRow("stages are words") << list("stages", "slowly") << QStringLiteral("stages");
        QTest::newRow("a stage is a word") << list("stages", QJsonArray{"slowly"}) << QStringLiteral("stage");
        QTest::newRow("faults are a list") << list("faults", QJsonArray{1}) << QStringLiteral("faults");
        QTest::newRow("pace is a number") << list("pace", 3) << QStringLiteral("pace");
        QTest::newRow("thresholds are an object") << list("thresholds", QJsonObject{}) << QStringLiteral("thresholds");
        QTest::newRow("a prompt is a number") << list("prompts", QJsonArray{7}) << QStringLiteral("prompts");
        QTest::newRow("a prompt is blank") << list("prompts", QJsonArray{"a quiz", " "}) << QStringLiteral("empty");
        QTest::newRow("a host is nothing") << list("hosts", QJsonArray{QJsonValue()}) << QStringLiteral("hosts");
        QTest::newRow("two points") << list("thresholds", QJsonArray{"failed <= 1.2.3"}) << QStringLiteral("1.2.3");
        QTest::newRow("no number at all") << list("thresholds", QJsonArray{"failed <= nan"}) << QStringLiteral("nan");
        QTest::newRow("more than there is")
            << list("thresholds", QJsonArray{"failed <= 1e999"}) << QStringLiteral("1e999");
        const QJsonArray busyHold{QJsonObject{{"to", 5}}, QJsonObject{{"shape", "hold"}, {"to", 9}, {"for", 1}}};
        QTest::newRow("apps in a hold") << QJsonObject{{"stages", busyHold}} << QStringLiteral("hold");
        const QJsonObject week{{"to", 1}, {"for", 600'000}};
        QTest::newRow("weeks of stages") << list("stages", QJsonArray{week, week}) << QStringLiteral("together");
        QJsonArray many;
        for (int i = 0; i < 1001; ++i)
            many.append(QJsonObject{{"to", 1}});
        QTest::newRow("too many stages") << list("stages", many) << QStringLiteral("1000");
        const auto paced = [&list](double answer, double tokens, int firstToken) {
            return list(
                "pace",
                QJsonObject{{"answer_seconds", answer}, {"tokens_per_second", tokens}, {"first_token_ms", firstToken}});
        };
        for (const double seed : {-1.0, 1.5, 1e300, 9007199254740992.0})
            QTest::addRow("seed %g", seed) << list("seed", seed) << QStringLiteral("0 to 9007199254740991");
        QTest::newRow("seed in words") << list("seed", "12") << QStringLiteral("seed");
        QTest::newRow("answer and tokens") << paced(27, 50, 0) << QStringLiteral("not both");
        QTest::newRow("first token too late") << paced(2, 0, 3000) << QStringLiteral("first token");
        QTest::newRow("first token next month") << paced(0, 0, 1'000'000'000) << QStringLiteral("time");
        QTest::newRow("two numbers of apps")
            << QJsonObject{{"count", 5}, {"stages", QJsonArray{QJsonObject{{"to", 9}}}}} << QStringLiteral("5 apps");
        QTest::newRow("all is warm-up") << list("warm_up_seconds", 1) << QStringLiteral("judged");
        QTest::newRow("random gaps of nothing") << list("poisson", true) << QStringLiteral("linear");
        for (const char *name : {"queue_seconds", "stages"}) {
            QJsonObject closed{{"load_model", "closed"}, {"count", 9}};
            closed.insert(QLatin1String(name), name[0] == 'q' ? QJsonValue(3) : QJsonArray{QJsonObject{{"to", 9}}});
            QTest::addRow("closed with %s", name) << closed << QStringLiteral("closed");
        }
        QTest::newRow("a stage of the past")
            << QJsonObject{{"stages", QJsonArray{QJsonObject{{"to", 5}, {"for", -1}}}}} << QStringLiteral("7 days");
        QTest::newRow("unknown pace") << list("pace", QJsonObject{{"speed", 3}}) << QStringLiteral("speed");
        QTest::newRow("unknown fault") << list("faults", QJsonObject{{"shy", 1}}) << QStringLiteral("shy");
        QTest::newRow("unknown in a stage")
            << QJsonObject{{"stages", QJsonArray{QJsonObject{{"to", 5}, {"seconds", 3}}}}} << QStringLiteral("seconds");
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

    void everythingMeasuredCanBeAThreshold()
    {
        for (const char *metric :
             {"time_to_s.90", "quartiles.first.p95", "quartiles.last.max", "injected.slow_noticed", "hosts.local.live",
              "classes.oom", "phases.build_serve.p99", "clean_up_s", "judged"}) {
            const auto plan = loadPlanFromJson(
                {{"count", 1}, {"thresholds", QJsonArray{QLatin1String(metric) + QStringLiteral(" < 3")}}});
            QVERIFY2(plan.ok(), plan ? "" : qPrintable(plan.error().text));
        }
    }

    /// It follows from the thresholds, so that none can ask for it.
    void theVerdictIsNoThreshold()
    {
        QVERIFY(!loadPlanFromJson({{"count", 1}, {"thresholds", QJsonArray{"passed == 1"}}}).ok());
    }

    void extremeNumbersThatAreFineSurvive()
    {
        const QJsonObject json{
            {"count", 1}, {"seed", double(LoadPlan::largestSeed)}, {"thresholds", QJsonArray{"clean_up_s < 0.000001"}}};
        const auto plan = loadPlanFromJson(json);
        QVERIFY2(plan.ok(), plan ? "" : qPrintable(plan.error().text));
        QCOMPARE(plan->seed, LoadPlan::largestSeed);
        QCOMPARE(plan->thresholds.first().value, 0.000001);
        const auto again = loadPlanFromJson(toJson(*plan));
        QVERIFY2(again.ok(), again ? "" : qPrintable(again.error().text));
        QVERIFY(*again == *plan);
    }

    void aSeedThatJsonCannotHoldIsRefused()
    {
        LoadPlan plan;
        plan.count = 1;
        plan.seed = LoadPlan::largestSeed + 1;
        QVERIFY(!checkPlan(plan));
        plan.seed = LoadPlan::largestSeed;
        QVERIFY(checkPlan(plan));
        QVERIFY(!loadSeedFrom(std::nan("")));
    }

    void aFileIsBounded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("not a JSON object");
        QTest::newRow("a list") << QByteArray("[1]") << QStringLiteral("not a JSON object");
        QTest::newRow("nested") << QByteArray("{\"count\":").repeated(100'000) << QStringLiteral("not a JSON object");
        QTest::newRow("no text") << QByteArray("\xff\xfe\0\0", 4) << QStringLiteral("not a JSON object");
        QTest::newRow("NaN") << QByteArray("{\"count\": NaN}") << QStringLiteral("not a JSON object");
        QTest::newRow("large") << "{\"count\": 1}" + QByteArray(largestPlan - 11, ' ') << QStringLiteral("20 MB");
    }
    void aFileIsBounded()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, named);
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto plan = loadPlanFromFile(file.fileName());
        QVERIFY(!plan);
        QVERIFY2(plan.error().text.contains(named), qPrintable(plan.error().text));
        QVERIFY(!loadPlanFromFile(dir.path()));
    }

    void theLargestFilesAreRead()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("file"));
        write(path, "{\"count\": 1}" + QByteArray(largestPlan - 12, ' '));
        QVERIFY(loadPlanFromFile(path));
        write(path, QByteArray(largestPrompts, 'x'));
        QVERIFY(loadPromptsFromFile(path));
    }

    void unusualJsonIsRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{\"count\": 12}");
        QTest::newRow("exponent") << QByteArray("{\"count\": 1.2e1}");
        QTest::newRow("fraction") << QByteArray("{\"count\": 12.000}");
        QTest::newRow("escapes") << QByteArray("{\"c\\u006funt\": 12, \"name\": \"\\ud83d\\ude80\"}");
        QTest::newRow("spaces") << QByteArray("\r\n\t { \"count\"\n:\n12 }\n\n");
    }
    void unusualJsonIsRead()
    {
        QFETCH(const QByteArray, text);
        const auto plan = loadPlanFromText(text, QStringLiteral("plan"), QDir());
        QVERIFY2(plan.ok(), plan ? "" : qPrintable(plan.error().text));
        QCOMPARE(plan->count, 12);
    }

    void filesOfAPlanAreBesideIt()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"count": 1, "recording": "answers.jsonl"})");
        file.close();
        QCOMPARE(loadPlanFromFile(file.fileName())->recording, dir.filePath(QStringLiteral("answers.jsonl")));
    }

    void promptsComeFromAFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("prompts");
        QTest::addColumn<QString>("named");
        const QStringList none;
        QTest::newRow("one") << QByteArray("a quiz") << QStringList{QStringLiteral("a quiz")} << QString();
        QTest::newRow("some") << QByteArray("\r\n a quiz \r\n\n\xc3\xa9"
                                            "clairs\n")
                              << QStringList{QStringLiteral("a quiz"), QStringLiteral("éclairs")} << QString();
        QTest::newRow("with a mark") << QByteArray("\xef\xbb\xbfone\ntwo")
                                     << QStringList{QStringLiteral("one"), QStringLiteral("two")} << QString();
        QTest::newRow("empty") << QByteArray() << none << QStringLiteral("no prompts");
        QTest::newRow("blank") << QByteArray(" \n\t\n") << none << QStringLiteral("no prompts");
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\0\xff\xfe",
                                              7)
                                << none << QStringLiteral("UTF-8");
        QTest::newRow("with a zero") << QByteArray("a\0b", 3) << none << QStringLiteral("UTF-8");
        QTest::newRow("large") << QByteArray(largestPrompts + 1, 'x') << none << QStringLiteral("2 MB");
    }
    void promptsComeFromAFile()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, prompts);
        QFETCH(const QString, named);
        const QTemporaryDir dir;
        write(dir.filePath(QStringLiteral("wishes.txt")), text);
        write(dir.filePath(QStringLiteral("plan.json")), R"({"count": 2, "prompts_file": "wishes.txt"})");
        const auto plan = loadPlanFromFile(dir.filePath(QStringLiteral("plan.json")));
        QCOMPARE(plan.ok(), named.isEmpty());
        if (plan)
            QCOMPARE(plan->prompts, prompts);
        else
            QVERIFY2(plan.error().text.contains(named), qPrintable(plan.error().text));
    }

    void aFileOfPromptsGoesAlone()
    {
        const QTemporaryDir dir;
        const QString plan = dir.filePath(QStringLiteral("plan.json"));
        for (const QByteArray &text :
             {QByteArray(R"({"count": 2, "prompts_file": "a", "prompts": ["b"]})"),
              QByteArray(R"({"count": 2, "prompts_file": 7})"), QByteArray(R"({"count": 2, "prompts_file": "."})"),
              QByteArray(R"({"count": 2, "prompts_file": "/dev/zero"})"),
              QByteArray(R"({"count": 2, "prompts_file": "absent.txt"})")}) {
            write(plan, text);
            const auto read = loadPlanFromFile(plan);
            QVERIFY(!read);
            QVERIFY2(read.error().text.contains(QLatin1String("prompts")), qPrintable(read.error().text));
        }
    }

    /// What was saved is opened again: as JSON short prompts take seven times as much, and the largest file has to fit.
    void promptsOfAFileFitIntoAPlan()
    {
        const QTemporaryDir dir;
        const QByteArray shortest = QByteArray("\"\n").repeated(3000);
        write(dir.filePath(QStringLiteral("wishes.txt")), shortest);
        write(dir.filePath(QStringLiteral("plan.json")), R"({"count": 2, "prompts_file": "wishes.txt"})");
        const auto plan = loadPlanFromFile(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY2(plan.ok(), plan ? "" : qPrintable(plan.error().text));
        const QByteArray saved = QJsonDocument(toJson(*plan)).toJson();
        write(dir.filePath(QStringLiteral("saved.json")), saved);
        const auto again = loadPlanFromFile(dir.filePath(QStringLiteral("saved.json")));
        QVERIFY2(again.ok(), again ? "" : qPrintable(again.error().text));
        QCOMPARE(again->prompts.size(), 3000);
        QVERIFY(double(saved.size()) / double(shortest.size()) * largestPrompts < largestPlan);
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
