// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QLocale>
#include <QTest>

using namespace Flotilla;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void money_data()
    {
        QTest::addColumn<double>("dollars");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << QStringLiteral("$0.00");
        QTest::newRow("tiny") << 0.001 << QStringLiteral("< $0.01");
        QTest::newRow("cents") << 0.04 << QStringLiteral("$0.04");
        QTest::newRow("rounds") << 0.046 << QStringLiteral("$0.05");
        QTest::newRow("dollars") << 12.3 << QStringLiteral("$12.30");
        QTest::newRow("thousands") << 1234.5 << QStringLiteral("$1,234.50");
    }
    void money()
    {
        QFETCH(double, dollars);
        QTEST(formatMoney(dollars), "text");
    }

    void unknownMoneyIsEmpty() { QVERIFY(formatMoney(std::optional<double>()).isEmpty()); }

    void bytes_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("bytes") << qint64(820) << QStringLiteral("820 B");
        QTest::newRow("whole") << qint64(12 * 1024) << QStringLiteral("12 KB");
        QTest::newRow("decimal") << qint64(2.4 * 1024 * 1024) << QStringLiteral("2.4 MB");
        QTest::newRow("edge") << qint64(1024 * 1024 - 1) << QStringLiteral("1 MB");
        QTest::newRow("large") << qint64(1.1 * 1024 * 1024 * 1024) << QStringLiteral("1.1 GB");
    }
    void bytes()
    {
        QFETCH(qint64, count);
        QTEST(formatBytes(count), "text");
    }

    void seconds_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << 0.42 << QStringLiteral("0.4 s");
        QTest::newRow("edge of ten") << 9.96 << QStringLiteral("10 s");
        QTest::newRow("seconds") << 48.2 << QStringLiteral("48 s");
        QTest::newRow("rounds to a minute") << 59.7 << QStringLiteral("1 min");
        QTest::newRow("minutes") << 125.0 << QStringLiteral("2 min 5 s");
        QTest::newRow("hours") << 4320.0 << QStringLiteral("1 h 12 min");
    }
    void seconds()
    {
        QFETCH(double, value);
        QTEST(formatSeconds(value), "text");
    }

    void age_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(20) << QStringLiteral("now");
        QTest::newRow("future") << qint64(-500) << QStringLiteral("now");
        QTest::newRow("minutes") << qint64(130) << QStringLiteral("2 min");
        QTest::newRow("hours") << qint64(3 * 3600) << QStringLiteral("3 h");
        QTest::newRow("weekday") << qint64(2 * 86400) << QStringLiteral("Sun");
        QTest::newRow("day") << qint64(12 * 86400) << QStringLiteral("12 Nov");
        QTest::newRow("month") << qint64(400 * 86400) << QStringLiteral("Oct 2025");
    }
    void age()
    {
        QFETCH(qint64, secondsAgo);
        const QDateTime now(QDate(2026, 11, 24), QTime(12, 0), Qt::LocalTime);
        QTEST(formatAge(now.addSecs(-secondsAgo), now), "text");
    }

    void aMomentSaysNoMoreThanItNeeds()
    {
        const QDateTime now(QDate(2026, 11, 29), QTime(14, 5));
        QCOMPARE(formatMoment(QDateTime(QDate(2026, 11, 29), QTime(9, 7)), now), QStringLiteral("09:07"));
        QCOMPARE(formatMoment(QDateTime(QDate(2026, 11, 3), QTime(23, 59)), now), QStringLiteral("3 Nov 23:59"));
        QCOMPARE(formatMoment(QDateTime(QDate(2025, 12, 31), QTime(0, 0)), now), QStringLiteral("31 Dec 2025 00:00"));
    }

    void unknownAgeIsEmpty() { QVERIFY(formatAge(QDateTime()).isEmpty()); }

    void tokens()
    {
        QCOMPARE(formatTokens(41'234), QStringLiteral("41k tokens"));
        QCOMPARE(formatTokens(1'000), QStringLiteral("1k tokens"));
        QCOMPARE(formatTokens(999'600), QStringLiteral("1M tokens"));
        QCOMPARE(formatTokens(1'240'000), QStringLiteral("1.2M tokens"));
    }
};

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
