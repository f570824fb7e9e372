// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/commandmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Flotilla;

class TestFuzzy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        QTest::newRow("all") << QString() << QStringLiteral("Settings") << true;
        QTest::newRow("word") << QStringLiteral("set") << QStringLiteral("Open settings") << true;
        QTest::newRow("initials") << QStringLiteral("hh") << QStringLiteral("Harbour habits") << true;
        QTest::newRow("gaps") << QStringLiteral("hbr hab") << QStringLiteral("Harbour habits") << true;
        QTest::newRow("order") << QStringLiteral("tes") << QStringLiteral("set") << false;
        QTest::newRow("missing") << QStringLiteral("xyz") << QStringLiteral("Settings") << false;
    }
    void matches()
    {
        QFETCH(QString, query);
        QFETCH(QString, text);
        QTEST(bool(fuzzyMatch(query, text)), "found");
    }

    void aWholeWordWins()
    {
        QVERIFY(fuzzyMatch(QStringLiteral("set"), QStringLiteral("Open settings")).score >
                fuzzyMatch(QStringLiteral("set"), QStringLiteral("Start everything")).score);
        QVERIFY(fuzzyMatch(QStringLiteral("tea"), QStringLiteral("Tea shop")).score >
                fuzzyMatch(QStringLiteral("tea"), QStringLiteral("Steam")).score);
    }

    void positionsAreTheMatchedLetters()
    {
        QCOMPARE(fuzzyMatch(QStringLiteral("ha"), QStringLiteral("Harbour")).positions, (QList<int>{0, 1}));
    }

    void modelKeepsTheBestFirst()
    {
        CommandModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCommands({{QStringLiteral("Start everything"), {}, {}, {}, {}},
                           {QStringLiteral("Settings"), {}, {}, {}, {}},
                           {QStringLiteral("Quit"), {}, {}, {}, {}}});
        QCOMPARE(model.rowCount(), 3);
        model.setQuery(QStringLiteral("set"));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.command(0).title, QStringLiteral("Settings"));
    }
};

QTEST_MAIN(TestFuzzy)
#include "tst_fuzzy.moc"
