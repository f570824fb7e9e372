// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/consolemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Flotilla;

class tst_ConsoleModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsProblems();
    void isBounded();
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
    QCOMPARE(model.rowCount(), ConsoleModel::MaxEntries);
    QCOMPARE(model.problems(), ConsoleModel::MaxEntries);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("50"));
}

QTEST_APPLESS_MAIN(tst_ConsoleModel)
#include "tst_consolemodel.moc"
