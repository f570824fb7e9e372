// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/consolemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class tst_ConsoleModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsProblems();
    void isBounded();
    void manyLinesAreShownTogether();
};

static ConsoleEntry entry(ConsoleEntry::Level level, const QString &text)
{
    ConsoleEntry entry;
    entry.level = level;
    entry.text = text;
    entry.source = QStringLiteral("src/App.js");
    entry.line = 4;
    return entry;
}

void tst_ConsoleModel::countsProblems()
{
    ConsoleModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(entry(ConsoleEntry::Level::Info, QStringLiteral("a")));
    model.append(entry(ConsoleEntry::Level::Error, QStringLiteral("b")));
    model.append(entry(ConsoleEntry::Level::Error, QStringLiteral("b")));
    model.append(entry(ConsoleEntry::Level::Blocked, QStringLiteral("c")));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.problems(), 2);
    QCOMPARE(model.index(1).data(ConsoleModel::CountRole).toInt(), 2);
    QCOMPARE(ConsoleModel::format(model.lastError()), QStringLiteral("b (src/App.js:4)"));
    model.clear();
    QCOMPARE(model.problems(), 0);
}

void tst_ConsoleModel::isBounded()
{
    ConsoleModel model;
    for (int i = 0; i < ConsoleModel::MaxEntries + 50; ++i)
        model.append(entry(ConsoleEntry::Level::Error, QString::number(i)));
    QTRY_COMPARE(model.rowCount(), ConsoleModel::MaxEntries);
    QCOMPARE(model.problems(), ConsoleModel::MaxEntries);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("50"));
}

/// Each change of the model lays the list out.
void tst_ConsoleModel::manyLinesAreShownTogether()
{
    ConsoleModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy shown(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 100'000; ++i)
        model.append(entry(ConsoleEntry::Level::Error, QString::number(i)));
    QVERIFY(shown.size() <= ConsoleModel::MostAtOnce);
    QTRY_COMPARE(model.index(model.rowCount() - 1).data().toString(), QStringLiteral("99999"));
    QCOMPARE(model.rowCount(), ConsoleModel::MaxEntries);
    QCOMPARE(model.problems(), ConsoleModel::MaxEntries);
    model.append(entry(ConsoleEntry::Level::Error, QStringLiteral("last")));
    for (int i = 0; i < 2 * ConsoleModel::MostAtOnce; ++i)
        model.append(entry(ConsoleEntry::Level::Error, QString::number(i)));
    model.clear(); // what waits to be shown is of the page before
    QVERIFY(!QTest::qWaitFor([&] { return model.rowCount() > 0; }, 300));
}

QTEST_GUILESS_MAIN(tst_ConsoleModel)
#include "tst_consolemodel.moc"
