// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hostsheet.h"
#include "widgets/hosts/hoststatus.h"

#include <QTest>

using namespace Flotilla;

class TestHostStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words()
    {
        HostCard host;
        host.state = HostState::Ready;
        QCOMPARE(statusOf(host).word, QStringLiteral("Ready"));
        host.config.draining = true;
        QCOMPARE(statusOf(host).word, QStringLiteral("Draining"));
        host.state = HostState::Connecting;
        QCOMPARE(statusOf(host).word, QStringLiteral("Connecting"));
        host.preparing = 34;
        QCOMPARE(statusOf(host).word, QStringLiteral("Preparing"));
        QVERIFY(hostSubtitle(host).contains(QLatin1String("34")));
        host.preparing.reset();
        host.state = HostState::Unreachable;
        QCOMPARE(statusOf(host).kind, StatusKind::Failed);
    }

    void unknownFiguresAreNotZero()
    {
        HostCard host;
        host.state = HostState::Ready;
        QVERIFY(!hostCpuText(host).contains(QLatin1Char('0')));
        QVERIFY(hostMemoryText(host).isEmpty());
        host.cpuPercent = 38.4;
        host.memoryTotal = 24ll << 30;
        host.memoryUsed = 9ll << 30;
        QCOMPARE(hostCpuText(host), QStringLiteral("CPU 38 %"));
        QCOMPARE(hostMemoryText(host), QStringLiteral("9.0 / 24 GB"));
        host.state = HostState::Unreachable; // old figures are not shown as if they were of now
        QVERIFY(!hostCpuText(host).contains(QLatin1String("38")));
    }

    void theSubtitleSaysSinceWhen()
    {
        HostCard host;
        host.config.target = QStringLiteral("berlin");
        host.state = HostState::Unreachable;
        const auto since = QDateTime::currentDateTime();
        host.unreachableSince = since;
        QVERIFY(hostSubtitle(host).contains(since.toString(QStringLiteral("HH:mm"))));
        host.state = HostState::Ready;
        host.engine = QStringLiteral("Podman 5.4");
        QCOMPARE(hostSubtitle(host), QStringLiteral("Podman 5.4 · ssh"));
    }

    void namesBecomeIds_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("id");
        QTest::newRow("plain") << QStringLiteral("gpu-box") << QStringLiteral("gpu-box");
        QTest::newRow("spaces") << QStringLiteral("My GPU box!") << QStringLiteral("my-gpu-box");
        QTest::newRow("address") << QStringLiteral("user@10.0.0.4") << QStringLiteral("user-10-0-0-4");
        QTest::newRow("foreign") << QStringLiteral("Büro ٣") << QStringLiteral("b-ro");
        QTest::newRow("nothing") << QStringLiteral("!!!") << QString();
        QTest::newRow("long") << QString(100, QLatin1Char('x')) << QString(40, QLatin1Char('x'));
    }
    void namesBecomeIds()
    {
        QFETCH(QString, label);
        QFETCH(QString, id);
        QCOMPARE(HostSheet::idFor(label), id);
    }

    void hostsAreInTheOrderThatPeopleCount()
    {
        QList<HostConfig> hosts;
        for (const char *name : {"rack-10", "zebra", "rack-2", "Anchor"}) {
            HostConfig host;
            host.label = host.target = QString::fromLatin1(name);
            hosts.append(host);
        }
        HostConfig here;
        here.label = QStringLiteral("This computer");
        hosts.append(here);
        std::sort(hosts.begin(), hosts.end(), comesBefore);
        QStringList names;
        for (const HostConfig &host : hosts)
            names.append(host.label);
        QCOMPARE(names, QStringList({"This computer", "Anchor", "rack-2", "rack-10", "zebra"}));
    }
};

QTEST_GUILESS_MAIN(TestHostStatus)
#include "tst_hoststatus.moc"
