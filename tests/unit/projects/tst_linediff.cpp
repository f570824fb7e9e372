// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/linediff.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Flotilla;

namespace {

QByteArray applied(const QList<DiffLine> &lines, bool after)
{
    QByteArray text;
    for (const DiffLine &line : lines)
        if (line.kind == DiffLine::Kind::Same || (line.kind == DiffLine::Kind::Added) == after)
            text += line.text + '\n';
    return text;
}

} // namespace

class TestLineDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("added");
        QTest::addColumn<int>("removed");
        const auto row = [](const char *name, const char *before, const char *after, int added, int removed) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << added << removed;
        };
        row("equal", "a\nb\n", "a\nb\n", 0, 0);
        row("new file", "", "a\nb\n", 2, 0);
        row("emptied", "a\nb\n", "", 0, 2);
        row("one line changed", "a\nb\nc\n", "a\nx\nc\n", 1, 1);
        row("inserted", "a\nc\n", "a\nb\nc\n", 1, 0);
        row("removed", "a\nb\nc\n", "a\nc\n", 0, 1);
        row("moved", "a\nb\nc\nd\n", "b\nc\nd\na\n", 1, 1);
        row("classic", "A\nB\nC\nA\nB\nB\nA\n", "C\nB\nA\nB\nA\nC\n", 2, 3);
        row("no line end", "a\nb", "a\nb\nc", 1, 0);
    }
    void counts()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const LineCounts counts = countLines(before, after);
        QTEST(counts.added, "added");
        QTEST(counts.removed, "removed");
    }

    void scriptTurnsOneIntoTheOther()
    {
        QRandomGenerator random(42);
        for (int round = 0; round < 300; ++round) {
            QByteArray before;
            QByteArray after;
            for (int i = random.bounded(30); i > 0; --i)
                before += QByteArray::number(random.bounded(6)) + '\n';
            for (int i = random.bounded(30); i > 0; --i)
                after += QByteArray::number(random.bounded(6)) + '\n';
            const auto lines = diffLines(before, after);
            QCOMPARE(applied(lines, false), before);
            QCOMPARE(applied(lines, true), after);
        }
    }

    void unifiedFormat()
    {
        const QByteArray before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        const QByteArray after = "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n";
        QCOMPARE(unifiedDiff(before, after, QStringLiteral("n.txt"), 1),
                 QStringLiteral(
                     "--- a/n.txt\n+++ b/n.txt\n@@ -2,3 +2,3 @@\n 2\n-3\n+three\n 4\n@@ -12,1 +12,2 @@\n 12\n+13\n"));
        QCOMPARE(unifiedDiff(before, before, QStringLiteral("n.txt")), QString());
        QCOMPARE(unifiedDiff({}, "a\n", QStringLiteral("n")),
                 QStringLiteral("--- a/n\n+++ b/n\n@@ -0,0 +1,1 @@\n+a\n"));
    }

    void largeDifferencesAreBounded()
    {
        QByteArray before;
        QByteArray after;
        for (int i = 0; i < 20000; ++i) {
            before += "a" + QByteArray::number(i) + '\n';
            after += "b" + QByteArray::number(i) + '\n';
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(countLines(before, after), (LineCounts{20000, 20000}));
        QVERIFY2(timer.elapsed() < 5000, "the search is not bounded");
    }
};

QTEST_GUILESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
