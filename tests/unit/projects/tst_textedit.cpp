// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/textedit.h"

#include <QTest>

using namespace Flotilla;

class TestTextEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("oldText");
        QTest::addColumn<QString>("newText");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("pass");
        const auto row = [](const char *name, const char *text, const char *o, const char *n, const char *expected,
                            int pass) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(o) << QString::fromUtf8(n)
                                << QString::fromUtf8(expected) << pass;
        };
        row("one line", "a\nb\nc\n", "b", "x", "a\nx\nc\n", 1);
        row("line with end", "a\nb\nc\n", "b\n", "x\n", "a\nx\nc\n", 1);
        row("several lines", "a\nb\nc\nd\n", "b\nc", "x\ny\nz", "a\nx\ny\nz\nd\n", 1);
        row("whole line wins over parts", "foo\nfoobar\n", "foo", "x", "x\nfoobar\n", 1);
        row("part of a line", "<p class=\"red big\">\n", "red", "blue", "<p class=\"blue big\">\n", 1);
        row("part over a line end", "f(a,\n  b)\n", "a,\n  b", "c", "f(c)\n", 1);
        row("delete lines", "a\nb\nc\n", "b\n", "", "a\nc\n", 1);
        row("last line without end", "a\nb", "b", "c", "a\nc", 1);
        row("whole file", "a\n", "a", "b\nc", "b\nc\n", 1);
        row("crlf kept", "a\r\nb\r\nc\r\n", "b\nc", "x\ny", "a\r\nx\r\ny\r\n", 1);
        row("crlf part", "a b\r\nc d\r\n", "b\nc", "x\ny", "a x\r\ny d\r\n", 1);
        row("trailing space in the file", "a  \nb\t\nc\n", "a\nb", "x", "x\nc\n", 2);
        row("trailing space in the edit", "a\nb\nc\n", "a  \nb ", "x", "x\nc\n", 2);
        row("indentation moved right", "  if (a) {\n    b();\n  }\n", "if (a) {\n  b();\n}", "if (c) {\n  d();\n}",
            "  if (c) {\n    d();\n  }\n", 3);
        row("indentation moved left", "if (a) {\n  b();\n}\n", "    if (a) {\n      b();\n    }",
            "    if (c) {\n      d();\n    }", "if (c) {\n  d();\n}\n", 3);
        row("indentation with tabs", "\tfoo(\n\t\tbar)\n", "foo(\n\tbar)", "baz(\n\tbar)", "\tbaz(\n\t\tbar)\n", 3);
        row("less indentation than the first line", "      a\n      b\n", "    a\n    b", "    x\n  y",
            "      x\n    y\n", 3);
        row("empty line stays empty", "  a\n  b\n", "a\nb", "x\n\ny", "  x\n\n  y\n", 3);
        row("quotes folded", "say “hello”\nnext\n", "say \"hello\"\nnext", "x", "x\n", 4);
        row("dash folded", "a – b\n", "a - b", "c", "c\n", 4);
        row("no-break space folded", "a\u00a0b\n", "a b", "c", "c\n", 4);
        row("ellipsis folded", "wait…\n", "wait...", "go", "go\n", 4);
        row("exact wins over lax", "a \na\n", "a", "x", "a \nx\n", 1);
        row("empty edges cut", "a\nb\nc\n", "\nb\n\n", "\nx\n\n", "a\nx\nc\n", 1);
        row("empty edges cut, indentation", "  a\n  b\n", "\n\na\nb", "x", "  x\n", 3);
    }
    void passes()
    {
        QFETCH(QString, text);
        QFETCH(QString, oldText);
        QFETCH(QString, newText);
        const auto edit = editText(text, oldText, newText);
        QVERIFY2(edit.ok(), qPrintable(edit.ok() ? QString() : edit.error().text));
        QTEST(edit->text, "expected");
        QTEST(edit->pass, "pass");
    }

    void failures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("oldText");
        QTest::addColumn<QString>("newText");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *text, const char *o, const char *n, ErrorKind kind,
                            const char *says) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(o) << QString::fromUtf8(n) << int(kind)
                                << QString::fromUtf8(says);
        };
        row("two exact hits", "a\nb\na\n", "a", "x", ErrorKind::Conflict, "lines 1, 3");
        row("two hits in a line", "foo bar foo\n", "foo", "x", ErrorKind::Conflict, "ambiguous");
        row("two lax hits", "  a\n    a\nb", "\ta", "x", ErrorKind::Conflict, "lines 1, 2");
        row("nothing", "a\nb\n", "zzz", "x", ErrorKind::NotFound, "None of its lines");
        row("best place quoted", "one\ntwo\nthree\nfour\n", "one\ntwo\nother", "x", ErrorKind::NotFound, "   2| two");
        row("counts what fits", "one\ntwo\nthree\n", "two\nother", "x", ErrorKind::NotFound, "1 of its 2 lines");
        row("empty old text", "a\n", " \n", "x", ErrorKind::Invalid, "empty");
        row("same texts", "a\n", "a\n", "a", ErrorKind::Invalid, "the same");
        row("empty file", "", "a", "x", ErrorKind::NotFound, "None");
        row("old text longer than the file", "a\n", "a\nb\nc\nd", "x", ErrorKind::NotFound, "1 of its 4");
    }
    void failures()
    {
        QFETCH(QString, text);
        QFETCH(QString, oldText);
        QFETCH(QString, newText);
        QFETCH(QString, says);
        const auto edit = editText(text, oldText, newText);
        QVERIFY(!edit.ok());
        QTEST(int(edit.error().kind), "kind");
        QVERIFY2(edit.error().text.contains(says), qPrintable(edit.error().text));
    }
};

QTEST_GUILESS_MAIN(TestTextEdit)
#include "tst_textedit.moc"
