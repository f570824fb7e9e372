// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/tokenizer.h"

#include <QTest>

using namespace Flotilla;

class tst_Tokenizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void statesGoOverLines();
    void everyLineEnds();
};

void tst_Tokenizer::kinds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("word");
    QTest::addColumn<TokenKind>("kind");
    QTest::newRow("keyword") << "a.ts"
                             << "const x = 1;"
                             << "const" << TokenKind::Keyword;
    QTest::newRow("number") << "a.ts"
                            << "const x = 12.5;"
                            << "12.5" << TokenKind::Number;
    QTest::newRow("string") << "a.tsx"
                            << "import x from './y';"
                            << "'./y'" << TokenKind::String;
    QTest::newRow("comment") << "a.js"
                             << "x(); // why"
                             << "// why" << TokenKind::Comment;
    QTest::newRow("jsx tag") << "a.tsx"
                             << "  <main>"
                             << "main" << TokenKind::Tag;
    QTest::newRow("type") << "a.ts"
                          << "x: Habit;"
                          << "Habit" << TokenKind::Type;
    QTest::newRow("css property") << "a.css"
                                  << "  color: red;"
                                  << "color" << TokenKind::Attribute;
    QTest::newRow("html tag") << "a.html"
                              << "<body class=\"x\">"
                              << "<body" << TokenKind::Tag;
    QTest::newRow("html attribute") << "a.html"
                                    << "<body class=\"x\">"
                                    << "class" << TokenKind::Attribute;
    QTest::newRow("json key") << "a.json"
                              << "\"title\": \"x\""
                              << "\"title\"" << TokenKind::Attribute;
    QTest::newRow("python") << "a.py"
                            << "def run(self):"
                            << "def" << TokenKind::Keyword;
    QTest::newRow("python comment") << "a.py"
                                    << "x = 1 # y"
                                    << "# y" << TokenKind::Comment;
    QTest::newRow("heading") << "a.md"
                             << "# Title"
                             << "# Title" << TokenKind::Heading;
}

void tst_Tokenizer::kinds()
{
    QFETCH(QString, name);
    QFETCH(QString, line);
    QFETCH(QString, word);
    QFETCH(TokenKind, kind);
    int state = 0;
    const auto tokens = tokenizeLine(languageOf(name), line, state);
    const CodeToken wanted{int(line.indexOf(word)), int(word.size()), kind};
    QVERIFY2(tokens.contains(wanted), qPrintable(line));
    QCOMPARE(state, 0);
}

void tst_Tokenizer::statesGoOverLines()
{
    int state = 0;
    (void)tokenizeLine(CodeLanguage::Script, QStringLiteral("a /* open"), state);
    QVERIFY(state != 0);
    const auto inside = tokenizeLine(CodeLanguage::Script, QStringLiteral("const"), state);
    QCOMPARE(inside, QList<CodeToken>({{0, 5, TokenKind::Comment}}));
    (void)tokenizeLine(CodeLanguage::Script, QStringLiteral("end */ const"), state);
    QCOMPARE(state, 0);
}

void tst_Tokenizer::everyLineEnds()
{
    const QStringList lines{QStringLiteral("'open"), QStringLiteral("`${x}"), QStringLiteral("\\"),
                            QStringLiteral("</"),    QStringLiteral("'\\"),   QStringLiteral("\"\"\"")};
    for (const CodeLanguage language : {CodeLanguage::Script, CodeLanguage::Style, CodeLanguage::Markup,
                                        CodeLanguage::Json, CodeLanguage::Python, CodeLanguage::Markdown}) {
        int state = 0;
        for (const QString &line : lines) {
            for (const CodeToken &token : tokenizeLine(language, line, state))
                QVERIFY(token.start >= 0 && token.start + token.length <= line.size());
        }
    }
}

QTEST_APPLESS_MAIN(tst_Tokenizer)
#include "tst_tokenizer.moc"
