// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/markdownchunks.h"

#include <QTest>

using namespace Flotilla;

class tst_MarkdownChunks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void appendingChangesOnlyTheEnd();
};

void tst_MarkdownChunks::splits_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QStringList>("chunks"); // "code:lang:text" or the prose
    QTest::newRow("empty") << "" << QStringList{};
    QTest::newRow("blank lines") << "\n\n \n" << QStringList{};
    QTest::newRow("paragraphs") << "one\ntwo\n\nthree" << QStringList{"one\ntwo", "three"};
    QTest::newRow("fence") << "a\n```tsx\nx\n\ny\n```\nb" << QStringList{"a", "code:tsx:x\n\ny", "b"};
    QTest::newRow("open fence") << "```\nx\n" << QStringList{"code::x\n"};
    QTest::newRow("tilde fence keeps backticks") << "~~~\n```\n~~~" << QStringList{"code::```"};
    QTest::newRow("longer fence") << "````\n```\n````" << QStringList{"code::```"};
    QTest::newRow("indented fence") << "  ```\n  x\n  ```" << QStringList{"code::x"};
    QTest::newRow("loose list stays one") << "1. a\n\n2. b\n\nend" << QStringList{"1. a\n\n2. b", "end"};
    QTest::newRow("list with paragraph inside") << "- a\n\n  more\n\n- b" << QStringList{"- a\n\n  more\n\n- b"};
    QTest::newRow("inline code is no fence") << "```x``` y" << QStringList{"```x``` y"};
}

void tst_MarkdownChunks::splits()
{
    QFETCH(QString, markdown);
    QFETCH(QStringList, chunks);
    QStringList got;
    for (const MarkdownChunk &chunk : splitMarkdown(markdown))
        got.append(chunk.code ? QStringLiteral("code:%1:%2").arg(chunk.language, chunk.text) : chunk.text);
    QCOMPARE(got, chunks);
}

void tst_MarkdownChunks::appendingChangesOnlyTheEnd()
{
    const QString whole = QStringLiteral("Title\n\n- a\n- b\n\nText\n\n```js\nlet a = 1;\n```\n\nEnd of it");
    QList<MarkdownChunk> before;
    for (int length = 1; length <= whole.size(); ++length) {
        const QList<MarkdownChunk> now = splitMarkdown(whole.left(length));
        QVERIFY(now.size() >= before.size() - 1);
        for (qsizetype i = 0; i + 1 < before.size() && i + 1 < now.size(); ++i)
            QCOMPARE(now[i], before[i]);
        before = now;
    }
}

QTEST_APPLESS_MAIN(tst_MarkdownChunks)
#include "tst_markdownchunks.moc"
