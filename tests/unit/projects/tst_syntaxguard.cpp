// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/syntaxguard.h"

#include <QTest>

using namespace Flotilla;

class TestSyntaxGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problems_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("balanced");
        const auto row = [](const char *name, const char *path, const char *text, bool balanced) {
            QTest::newRow(name) << QString::fromUtf8(path) << QString::fromUtf8(text) << balanced;
        };
        row("plain", "a.ts", "function f(a: number[]) { return a[0]; }", true);
        row("open brace", "a.ts", "function f() {", false);
        row("wrong close", "a.ts", "f(a];", false);
        row("close too much", "a.ts", "f());", false);
        row("string with brackets", "a.ts", "const a = \"({[\"; const b = ')';", true);
        row("escaped quote", "a.ts", "const a = \"\\\"(\";", true);
        row("line comment", "a.ts", "// :( \nf();", true);
        row("block comment", "a.ts", "/* ((( \n ]] */ f();", true);
        row("template", "a.ts", "const a = `(${f({a: `}${b}`})}(`;", true);
        row("template left open", "a.ts", "const a = `x${b}; f();", false);
        row("regex", "a.ts", "const a = b.replace(/[(\\/{]/g, '');", true);
        row("regex after return", "a.ts", "function f() { return /\\(/.test(x); }", true);
        row("division", "a.ts", "const a = (b) / c; const d = (e / f);", true);
        row("apostrophe in text", "a.tsx", "return <p>Don't {name} (now)</p>;", true);
        row("two apostrophes over lines", "a.tsx", "<p>Don't</p>\n<p>Can't</p>{x}", true);
        row("address in text", "a.tsx", "<p>https://a.b/c</p>{x}", true);
        row("closing tags", "a.tsx", "return (<div>{a}<br/></div>);", true);
        row("jsx left open", "a.tsx", "return (<div>{a</div>);", false);
        row("css", "a.css", "a { color: red; } /* } */ b { content: \"}\"; }", true);
        row("css open", "a.css", "a { color: red; b { }", false);
        row("css address", "a.css", "a { background: url(http://x/y.png); }", true);
        row("json", "a.json", "{\"a\": [1, 2]}", true);
        row("json comma", "a.json", "{\"a\": [1, 2],}", false);
        row("other types pass", "a.md", "(((", true);
    }
    void problems()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        const auto problem = syntaxProblem(path, text);
        QFETCH(bool, balanced);
        QVERIFY2(problem.has_value() != balanced, qPrintable(problem.value_or(QStringLiteral("balanced"))));
    }

    void onlyNewDamageCounts()
    {
        const auto path = QStringLiteral("a.ts");
        QVERIFY(syntaxDamage(path, QStringLiteral("f();"), QStringLiteral("f(;")));
        QVERIFY(!syntaxDamage(path, QStringLiteral("f(;"), QStringLiteral("g(;")));
        QVERIFY(!syntaxDamage(path, QStringLiteral("f(;"), QStringLiteral("f();")));
    }

    void shrinking()
    {
        const QByteArray lines = QByteArray("x\n").repeated(60);
        QVERIFY(shrinksTooMuch(lines, QByteArray("x\n").repeated(20)));
        QVERIFY(!shrinksTooMuch(lines, QByteArray("x\n").repeated(40)));
        QVERIFY(!shrinksTooMuch(QByteArray("x\n").repeated(30), "x\n"));
    }
};

QTEST_GUILESS_MAIN(TestSyntaxGuard)
#include "tst_syntaxguard.moc"
