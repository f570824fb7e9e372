// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/partialjson.h"
#include "backends/projects/tagparser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Flotilla;

namespace {

/// Events as one text, with neighbours of one kind joined.
QString joined(const QList<TagEvent> &events)
{
    QString text;
    char last = 0;
    const auto add = [&](char kind, const QString &piece) {
        if (last != kind)
            text += QStringLiteral("[%1]").arg(QLatin1Char(kind));
        text += piece;
        last = kind;
    };
    for (const TagEvent &event : events) {
        if (const auto *t = std::get_if<TagText>(&event))
            add('T', t->text);
        else if (const auto *s = std::get_if<TagFileStarted>(&event))
            add('S', s->path);
        else if (const auto *f = std::get_if<TagFileText>(&event))
            add('F', f->text);
        else if (const auto *e = std::get_if<TagFileEnded>(&event))
            add(e->closed ? 'E' : 'U', e->path + QLatin1Char('=') + e->content);
        else if (const auto *d = std::get_if<TagDelete>(&event))
            add('D', d->path);
        if (!std::holds_alternative<TagText>(event) && !std::holds_alternative<TagFileText>(event))
            last = 0;
    }
    return text;
}

QString parsed(const QStringList &pieces)
{
    TagParser parser;
    QList<TagEvent> events;
    for (const QString &piece : pieces)
        events += parser.feed(piece);
    events += parser.finish();
    return joined(events);
}

const QStringList &answers()
{
    static const QStringList list{
        QStringLiteral("Here it is.\n<file path=\"src/App.tsx\">\nconst a = 1 < 2;\n</file>\nDone."),
        QStringLiteral("<file path='a.css'>b{}</file><file path=c.ts>\nx\n</file>"),
        QStringLiteral("```html\n<file path=\"index.html\">\n<p>x</p>\n</file>\n```\nBye"),
        QStringLiteral("<file path=\"a.tsx\">\n```tsx\nconst x = `y`;\n```\n</file>\n"),
        QStringLiteral("Text <filet> and < file and </file> stay.\n```js\ncode\n```\n<fil"),
        QStringLiteral("<file path=\"a.ts\">\none\n<file path=\"b.ts\">\ntwo\n</file>"),
        QStringLiteral("<file path=\"a.ts\">\nnever closed"),
        QStringLiteral("Away: <delete path=\"old.ts\"/> and on\n<file>no path</file>"),
        QStringLiteral("<file path=\"a.md\">\n```\nkept\n```\n</file>   \n\n  Ende"),
        QStringLiteral("``\n`x` ```tsx\n<file path=\"a\">\n\n</file></file>"),
    };
    return list;
}

} // namespace

class TestTagParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cases_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, int index, const QString &expected) {
            QTest::newRow(name) << answers().at(index) << expected;
        };
        row("plain", 0,
            QStringLiteral(
                "[T]Here it is.\n[S]src/App.tsx[F]\nconst a = 1 < 2;\n[E]src/App.tsx=const a = 1 < 2;\n[T]Done."));
        row("quotes", 1, QStringLiteral("[S]a.css[F]b{}[E]a.css=b{}\n[S]c.ts[F]\nx\n[E]c.ts=x\n"));
        row("fence around", 2, QStringLiteral("[S]index.html[F]\n<p>x</p>\n[E]index.html=<p>x</p>\n[T]Bye"));
        row("fence inside", 3, QStringLiteral("[S]a.tsx[F]\n```tsx\nconst x = `y`;\n```\n[E]a.tsx=const x = `y`;\n"));
        row("not tags", 4, QStringLiteral("[T]Text <filet> and < file and </file> stay.\n```js\ncode\n```\n<fil"));
        row("missing end tag", 5, QStringLiteral("[S]a.ts[F]\none[E]a.ts=one\n[S]b.ts[F]\ntwo\n[E]b.ts=two\n"));
        row("cut off", 6, QStringLiteral("[S]a.ts[F]\nnever closed[U]a.ts=never closed\n"));
        row("delete", 7, QStringLiteral("[T]Away: [D]old.ts[T]and on\n<file>no path</file>"));
        row("markdown keeps fences", 8, QStringLiteral("[S]a.md[F]\n```\nkept\n```\n[E]a.md=```\nkept\n```\n[T]Ende"));
    }
    void cases()
    {
        QFETCH(QString, answer);
        QTEST(parsed({answer}), "expected");
    }

    /// However the text is cut, the joined events are the same.
    void everyCut()
    {
        for (const QString &answer : answers()) {
            const QString whole = parsed({answer});
            QStringList single;
            for (const QChar c : answer)
                single.append(c);
            QCOMPARE(parsed(single), whole);
            for (qsizetype i = 0; i <= answer.size(); ++i)
                for (qsizetype j = i; j <= answer.size(); ++j)
                    QCOMPARE(parsed({answer.left(i), answer.mid(i, j - i), answer.mid(j)}), whole);
        }
    }

    void randomSoup()
    {
        static const QStringList tokens{QStringLiteral("<file path=\"a/b.ts\">"),
                                        QStringLiteral("</file>"),
                                        QStringLiteral("```"),
                                        QStringLiteral("\n"),
                                        QStringLiteral("```tsx\n"),
                                        QStringLiteral("<file"),
                                        QStringLiteral(">"),
                                        QStringLiteral("<"),
                                        QStringLiteral(" "),
                                        QStringLiteral("x"),
                                        QStringLiteral("<delete path=\"q\">"),
                                        QStringLiteral("`"),
                                        QStringLiteral("</fil"),
                                        QStringLiteral("<file path='../z'>"),
                                        QStringLiteral("\"")};
        QRandomGenerator random(7);
        for (int round = 0; round < 4000; ++round) {
            QString answer;
            for (int i = random.bounded(14); i > 0; --i)
                answer += tokens.at(random.bounded(tokens.size()));
            QStringList pieces;
            for (qsizetype at = 0; at < answer.size();) {
                const qsizetype length = 1 + random.bounded(6);
                pieces.append(answer.mid(at, length));
                at += length;
            }
            QVERIFY2(parsed(pieces) == parsed({answer}),
                     qPrintable(answer + QStringLiteral("\n--- pieces\n") + parsed(pieces) +
                                QStringLiteral("\n--- whole\n") + parsed({answer})));
        }
    }

    void fences()
    {
        const auto text =
            QStringLiteral("Sure.\n```tsx src/App.tsx\nconst a = 1;\n```\nand\n```css\n/* src/index.css */\nb{}\n```\n"
                           "run\n```bash\nnpm i\n```\n");
        const QList<FencedFile> expected{
            {QStringLiteral("src/App.tsx"), QStringLiteral("const a = 1;\n")},
            {QStringLiteral("src/index.css"), QStringLiteral("/* src/index.css */\nb{}\n")}};
        QCOMPARE(fencedFiles(text), expected);
    }

    void entitiesAreUndone()
    {
        QCOMPARE(parsed({QStringLiteral("<file path=\"a.tsx\">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</file>")}),
                 QStringLiteral("[S]a.tsx[F]&lt;p&gt;a &amp;amp; b&lt;/p&gt;[E]a.tsx=<p>a &amp; b</p>\n"));
    }

    void partialJsonGrows()
    {
        const auto json =
            QStringLiteral("{\"path\":\"a\\/b.ts\", \"n\": {\"content\":\"no\"}, "
                           "\"list\":[\"x\",\"content\"],\"content\":\"l1\\n\\\"q\\\" \\u00e4\\\\\",\"b\":true}");
        for (qsizetype cut = 0; cut <= json.size(); ++cut) {
            PartialJson partial;
            partial.feed(json.left(cut));
            const QString before = partial.string(QStringLiteral("content"));
            partial.feed(json.mid(cut));
            QCOMPARE(partial.string(QStringLiteral("path")), QStringLiteral("a/b.ts"));
            QCOMPARE(partial.string(QStringLiteral("content")), QString::fromUtf8("l1\n\"q\" ä\\"));
            QVERIFY(QString::fromUtf8("l1\n\"q\" ä\\").startsWith(before));
        }
        PartialJson hostile;
        hostile.feed(QStringLiteral("]]}}\"{{\\u12\"[:,:"));
        QVERIFY(!hostile.has(QStringLiteral("content")));
    }
};

QTEST_GUILESS_MAIN(TestTagParser)
#include "tst_tagparser.moc"
