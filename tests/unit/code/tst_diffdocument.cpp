// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/diffdocument.h"

#include <QTest>

using namespace Flotilla;

class tst_DiffDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOutWhatDidNotChange();
};

void tst_DiffDocument::leavesOutWhatDidNotChange()
{
    QByteArray before, after;
    for (int i = 1; i <= 20; ++i) {
        before += QByteArray::number(i) + '\n';
        after += (i == 10 ? QByteArray("ten") : QByteArray::number(i)) + '\n';
    }
    const QList<DiffRow> rows = diffRows(before, after, 2);
    QCOMPARE(rows.first().kind, DiffRow::Kind::Gap);
    QCOMPARE(rows.first().hidden, 7);
    QCOMPARE(rows[1].text, QStringLiteral("8"));
    const auto added =
        std::find_if(rows.begin(), rows.end(), [](const DiffRow &row) { return row.kind == DiffRow::Kind::Added; });
    QVERIFY(added != rows.end());
    QCOMPARE(added->text, QStringLiteral("ten"));
    QCOMPARE(added->newNumber, 10);
    QCOMPARE(added->oldNumber, 0);
    QVERIFY(rows.last().kind == DiffRow::Kind::Gap && rows.last().hidden >= 8);
}

QTEST_APPLESS_MAIN(tst_DiffDocument)
#include "tst_diffdocument.moc"
