// SPDX-License-Identifier: GPL-3.0-or-later
// What the Scale screen shows of a real run, number by number, against what the same run exports: recomputed here from
// the text of the files, without the code that writes the summary.
#include "app/application/application.h"
#include "app/flotilla/shell.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadtestservice.h"
#include "tests/support/csvtable.h"
#include "widgets/charts/chart.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/counterstrip.h"
#include "widgets/loadtest/endcard.h"
#include "widgets/loadtest/honestystrip.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/runcharts.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"

#include <QApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;
using Test::CsvTable;

namespace {

constexpr int apps = 40;
constexpr int longMs = 120'000;

/// Faults of every kind, so that the counts differ from each other.
LoadPlan planWithFaults()
{
    LoadPlan plan;
    plan.stages = {{LoadStage::Shape::Step, 10, 0}, {LoadStage::Shape::Linear, apps, 1.5}};
    plan.faults = {0.1, 0.05, 0.8, 0.075};
    plan.holdSeconds = 1.5;
    return plan;
}

/// The smallest value that at least that share of all do not exceed.
double nearestRank(QList<double> values, int percent)
{
    std::sort(values.begin(), values.end());
    return values[(values.size() * percent + 99) / 100 - 1];
}

QString seconds(double value)
{
    return QLocale().toString(value, 'f', 1) + QStringLiteral(" s");
}

bool near(double a, double b)
{
    return std::abs(a - b) < 0.0011; // CSV has microseconds, and shares to a thousandth
}

} // namespace

class TestShownNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().install(*qApp);
        auto shell = Shell::start(m_data.path());
        QVERIFY2(shell.ok(), shell.ok() ? "" : qPrintable(shell.error().text));
        m_shell = std::move(*shell);
        m_shell->window().resize(1600, 1000);
        m_shell->window().show();
        m_shell->window().load();
        m_shell->window().showPage(MainWindow::Scale);
        m_page = m_shell->window().scalePage();
        m_page->setup()->setPlan(planWithFaults());
        auto *start = m_page->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), longMs);
        QSignalSpy told(board(), &LoadBoard::ended); // after all else
        start->click();
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, longMs);
        readExports();
    }

    void cleanupTestCase() { m_shell.reset(); }

    void theCounterStrip()
    {
        const QString shown = m_page->findChild<CounterStrip *>()->accessibleDescription();
        const double last = *std::max_element(m_served.begin(), m_served.end());
        const QStringList expected{QStringLiteral("%1 of %2").arg(live()).arg(apps),
                                   seconds(last) + QStringLiteral(" until the last"),
                                   QLocale().toString(live() / last, 'f', 1) + QStringLiteral(" /s on average"),
                                   QStringLiteral("%1 failed").arg(m_rows.count("phase", "failed"))};
        QCOMPARE(shown, expected.join(QStringLiteral(", ")));
        QTRY_COMPARE(m_page->findChild<CounterStrip *>()->shown(), live());
        QCOMPARE(m_rows.count("phase", "failed"), 7); // 4 create failures and 3 crashes
    }

    void theRampChart()
    {
        // In the order of the stack, from below.
        const QByteArrayList phases{"live",       "partial",  "failed",     "building",
                                    "generating", "starting", "allocating", "queued"};
        for (int area = 0; area < int(phases.size()); ++area) {
            const QList<QPointF> points = charts()->ramp()->points(area);
            QCOMPARE(points.size(), m_samples.size());
            for (int i = 0; i < m_samples.size(); ++i) {
                double sum = 0;
                for (int below = 0; below <= area; ++below)
                    sum += m_samples.number(i, phases[below]);
                QVERIFY(near(points[i].x(), m_samples.number(i, "t_ms") / 1000));
                QCOMPARE(points[i].y(), sum);
            }
        }
        QCOMPARE(charts()->ramp()->points(7).last().y(), double(apps)); // nobody is missing
    }

    void theLatencyChart()
    {
        for (const int series : {0, 1}) {
            const QByteArray column = series == 0 ? "p50_ms" : "p95_ms";
            QList<QPointF> expected;
            for (int i = 0; i < m_samples.size(); ++i)
                if (!m_samples.text(i, column).isEmpty())
                    expected.append({m_samples.number(i, "t_ms") / 1000, m_samples.number(i, column) / 1000});
            const QList<QPointF> points = charts()->latency()->points(series);
            QVERIFY(!expected.isEmpty());
            QCOMPARE(points.size(), expected.size());
            for (int i = 0; i < points.size(); ++i)
                QVERIFY(near(points[i].x(), expected[i].x()) && near(points[i].y(), expected[i].y()));
        }
    }

    void theChartByOrder()
    {
        const QList<QPointF> points = charts()->order()->points(0);
        QList<QPointF> expected;
        for (int i = 0; i < m_rows.size(); ++i)
            if (!m_rows.text(i, "t6_ms").isEmpty())
                expected.append(
                    {m_rows.number(i, "index") + 1, (m_rows.number(i, "t6_ms") - m_rows.number(i, "t0_ms")) / 1000});
        QCOMPARE(points.size(), expected.size());
        for (int i = 0; i < points.size(); ++i)
            QVERIFY(points[i].x() == expected[i].x() && near(points[i].y(), expected[i].y()));
    }

    void theMachineChart()
    {
        const auto environment = m_json[QLatin1String("environment")];
        const double memory = environment[QLatin1String("memory_bytes")].toDouble();
        const double cores = environment[QLatin1String("cores")].toDouble();
        for (int i = 0; i < m_samples.size(); ++i) {
            const QList<double> expected{m_samples.number(i, "host_cpu") * 100,
                                         m_samples.number(i, "memory_used") / memory * 100,
                                         m_samples.number(i, "generator_cpu") / cores * 100};
            for (int series = 0; series < 3; ++series)
                QVERIFY(std::abs(charts()->machine()->points(series)[i].y() - expected[series]) < 0.11);
        }
    }

    void theHostTiles()
    {
        QCOMPARE(board()->hosts().size(), 1);
        const HostCurve &curve = board()->hosts().first();
        QCOMPARE(curve.live, live());
        QCOMPARE(curve.failed, 3); // the other four got no sandbox
        QCOMPARE(m_rows.count("host", ""), 4);
        QCOMPARE(m_json[QLatin1String("summary")][QLatin1String("no_host")].toInt(), 4);
        const auto summary = m_json[QLatin1String("summary")][QLatin1String("hosts")][curve.host.value];
        QCOMPARE(summary[QLatin1String("live")].toInt(), curve.live);
        QCOMPARE(summary[QLatin1String("failed")].toInt(), curve.failed);
    }

    void theHonestyStrip()
    {
        const QString shown = m_page->run()->honesty()->text();
        const int last = m_samples.size() - 1;
        const int percent = qRound(board()->samples().last().generatorCpu * 100);
        QVERIFY(std::abs(percent - m_samples.number(last, "generator_cpu") * 100) <= 0.6);
        int retries = 0;
        for (int i = 0; i < m_rows.size(); ++i)
            retries += int(m_rows.number(i, "retries"));
        for (const QString &fact :
             {QStringLiteral("generator CPU %1 %").arg(percent),
              QStringLiteral("dropped starts %1").arg(m_rows.count("outcome", "queue_timeout")),
              QStringLiteral("retries %1").arg(retries),
              QStringLiteral("%1 cores").arg(m_json[QLatin1String("environment")][QLatin1String("cores")].toInt())})
            QVERIFY2(shown.contains(fact), qPrintable(fact + QStringLiteral(" / ") + shown));
    }

    void theEndCard()
    {
        EndCard *card = m_page->run()->endCard();
        m_page->run()->showEndCard(true);
        QStringList labels;
        for (const QLabel *label : card->findChildren<QLabel *>())
            labels.append(label->text());
        const double last = *std::max_element(m_served.begin(), m_served.end());
        QVERIFY(labels.contains(QString::number(live())));
        QVERIFY(labels.contains(QStringLiteral("of %1").arg(apps)));
        QVERIFY(card->headline().contains(seconds(last)));
        const QString times =
            QStringLiteral("half within %1, 95 of 100 within %2")
                .arg(seconds(nearestRank(m_timesToLive, 50)), seconds(nearestRank(m_timesToLive, 95)));
        const QString sentence = labels.filter(QStringLiteral("half within")).value(0);
        QVERIFY2(sentence.contains(times), qPrintable(times + QStringLiteral(" / ") + sentence));
        QVERIFY(sentence.contains(QStringLiteral("7 failed")));
        const auto *chart = card->findChild<Chart *>();
        QVERIFY(near(chart->points(0).last().y(), live()));
    }

    void theSumsAreThoseOfTheRows()
    {
        const auto summary = m_json[QLatin1String("summary")];
        int sum = 0;
        for (const char *phase : {"live", "failed", "partial", "cancelled"}) {
            QCOMPARE(summary[QLatin1String(phase)].toInt(), m_rows.count("phase", phase));
            sum += summary[QLatin1String(phase)].toInt();
        }
        QCOMPARE(sum, apps);
        const auto times = summary[QLatin1String("time_to_live_s")];
        for (const int percent : {50, 95, 99})
            QVERIFY(near(times[QStringLiteral("p%1").arg(percent)].toDouble(), nearestRank(m_timesToLive, percent)));
    }

private:
    LoadBoard *board() { return m_page->board(); }
    RunCharts *charts() { return m_page->findChild<RunCharts *>(); }
    int live() const { return m_rows.count("phase", "live"); }

    void readExports()
    {
        auto record = m_shell->application().loadTests().run(board()->snapshot().run);
        QTRY_VERIFY_WITH_TIMEOUT(record.isFinished(), longMs);
        QVERIFY(record.result().ok());
        m_rows = CsvTable(rowsToCsv(record.result()->rows));
        m_samples = CsvTable(samplesToCsv(record.result()->samples));
        m_json = QJsonDocument::fromJson(QJsonDocument(toJson(*record.result())).toJson()).object();
        QCOMPARE(m_rows.size(), apps);
        QVERIFY(m_samples.size() > 4);
        for (int i = 0; i < m_rows.size(); ++i) {
            if (m_rows.text(i, "phase") == "live")
                m_served.append(m_rows.number(i, "t6_ms") / 1000);
            if (!m_rows.text(i, "t6_ms").isEmpty())
                m_timesToLive.append((m_rows.number(i, "t6_ms") - m_rows.number(i, "t0_ms")) / 1000);
        }
    }

    QTemporaryDir m_data{QStringLiteral("/tmp/flotilla-test-XXXXXX")};
    std::unique_ptr<Shell> m_shell;
    ScalePage *m_page = nullptr;
    CsvTable m_rows;
    CsvTable m_samples;
    QJsonObject m_json;
    QList<double> m_served;      ///< seconds of those that are live
    QList<double> m_timesToLive; ///< of all that were
};

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    TestShownNumbers test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_shownnumbers.moc"
