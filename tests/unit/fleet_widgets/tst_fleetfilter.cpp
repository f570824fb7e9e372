// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetfilter.h"

#include <QTest>

using namespace Flotilla;

namespace {

FleetRow sample()
{
    FleetRow row;
    row.app = AppId{QStringLiteral("k3f9abc")};
    row.title = QStringLiteral("River levels");
    row.labels = {QStringLiteral("demo"), QStringLiteral("team-a")};
    row.host = HostId{QStringLiteral("gpu")};
    row.hostLabel = QStringLiteral("gpu-box");
    row.backend = QStringLiteral("podman");
    row.state = SandboxState::Running;
    row.sandbox = SandboxId{QStringLiteral("s1")};
    row.created = QDateTime::currentDateTimeUtc().addSecs(-7200);
    row.version = 3;
    row.cpuPercent = 12.5;
    row.memoryBytes = 300ll * 1024 * 1024;
    row.processes = 4;
    return row;
}

} // namespace

class TestFleetFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *text, bool expected) {
            QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text) << expected;
        };
        row("", true);
        row("river", true);
        row("RIVER levels", true);
        row("\"river levels\"", true);
        row("\"levels river\"", false);
        row("sea", false);
        row("-sea", true);
        row("-river", false);
        row("k3f9", true);
        row("gpu", true);
        row("team-a", true);
        row("host:gpu-box", true);
        row("host:GPU", true);
        row("host:nas,gpu-box", true);
        row("host:nas", false);
        row("-host:nas", true);
        row("state:live", true);
        row("state:running", true);
        row("state:asleep,live", true);
        row("state:asleep", false);
        row("state:li", true); // still being typed
        row("state:idle-timeout,asl", false);
        row("-state:as,st", true);
        row("app:river", true);
        row("app:k3", true);
        row("label:demo", true);
        row("label:dem", false);
        row("-label:demo", false);
        row("backend:pod", true);
        row("backend:docker", false);
        row("version:3", true);
        row("version:v3", true);
        row("version:>3", false);
        row("mem:>200MB", true);
        row("mem:>1GB", false);
        row("mem:<=300MB", true);
        row("mem:300MB", true);
        row("cpu:>10", true);
        row("cpu:>50%", false);
        row("procs:4", true);
        row("up:>1h", true);
        row("up:>1d", false);
        row("host:", true); // still being typed
        row("mem:", true);
        row("host:gpu-box state:live mem:>200MB", true);
        row("host:gpu-box state:asleep", false);
    }
    void matches()
    {
        QFETCH(QString, text);
        QFETCH(bool, expected);
        const auto filter = FleetFilter::parse(text);
        QVERIFY2(filter.ok(), filter.ok() ? "" : qPrintable(filter.error().text));
        QCOMPARE(filter->matches(sample()), expected);
    }

    void signsInQuotesAreLetters()
    {
        FleetRow row = sample();
        row.title = QStringLiteral("Re: tea, -cups");
        for (const char *text : {"\"re: tea\"", "app:\"tea, -cups\"", "\"-cups\"", "app:\"Re: tea, -cups\",zebra"}) {
            const auto filter = FleetFilter::parse(QString::fromUtf8(text));
            QVERIFY2(filter.ok() && filter->matches(row), text);
        }
        QVERIFY(!FleetFilter::parse(QStringLiteral("-\"re: tea\""))->matches(row));
        QVERIFY(!FleetFilter::parse(QStringLiteral("\"re: tea\" \"-cups,\""))->matches(row));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("swapped") << QStringLiteral("hsot:gpu") << QStringLiteral("Did you mean “host:”");
        QTest::newRow("longer") << QStringLiteral("status:live") << QStringLiteral("“status:”");
        QTest::newRow("prefix") << QStringLiteral("memor:>2") << QStringLiteral("mem:");
        QTest::newRow("unknown") << QStringLiteral("zzz:1") << QStringLiteral("label:");
        QTest::newRow("state") << QStringLiteral("state:live,alive") << QStringLiteral("There is no state “alive”");
        QTest::newRow("number") << QStringLiteral("mem:lots") << QStringLiteral("mem:>200MB");
        QTest::newRow("unit") << QStringLiteral("mem:>3elephants") << QStringLiteral("mem:>200MB");
        QTest::newRow("cpu") << QStringLiteral("cpu:high") << QStringLiteral("cpu:>10");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto filter = FleetFilter::parse(text);
        QVERIFY(!filter.ok());
        QCOMPARE(filter.error().kind, ErrorKind::Invalid);
        QVERIFY2(filter.error().text.contains(part), qPrintable(filter.error().text));
    }

    void anUnknownFigureMatchesNoComparison()
    {
        FleetRow row = sample();
        row.memoryBytes.reset();
        row.state = SandboxState::Stopped;
        QVERIFY(!FleetFilter::parse(QStringLiteral("mem:<1GB"))->matches(row));
        QVERIFY(!FleetFilter::parse(QStringLiteral("up:>0s"))->matches(row));
    }

    void everyKeyIsUnderstood()
    {
        for (const QString &key : FleetFilter::keys())
            QVERIFY2(FleetFilter::parse(key).ok(), qPrintable(key));
        for (const QString &state : FleetFilter::states())
            QVERIFY(FleetFilter::parse(QStringLiteral("state:") + state).ok());
    }

    void isBounded()
    {
        QVERIFY(!FleetFilter::parse(QStringLiteral("a ").repeated(100)).ok());
        QVERIFY(FleetFilter::parse(QString(100000, QLatin1Char('x'))).ok());
        QVERIFY(FleetFilter::parse(QStringLiteral("\"open quote")).ok());
    }
};

QTEST_GUILESS_MAIN(TestFleetFilter)
#include "tst_fleetfilter.moc"
