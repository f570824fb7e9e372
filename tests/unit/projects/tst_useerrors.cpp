// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/useerrors.h"

#include <QTest>

using namespace Flotilla;

class TestUseErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineIsShort_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const QString &text, const QString &line) {
            QTest::newRow(name) << text << line;
        };
        row("plain", QStringLiteral("Uncaught TypeError: x is null (src/App.tsx:3)"),
            QStringLiteral("Uncaught TypeError: x is null (src/App.tsx:3)"));
        row("first line", QStringLiteral("\n Uncaught Error: a\n    at f (b.js:1)"),
            QStringLiteral("Uncaught Error: a"));
        row("empty", QStringLiteral(" \n\t"), {});
        row("control characters",
            QStringLiteral("a\x1b[31mb\x07"
                           "c"),
            QStringLiteral("a [31mb c"));
        row("direction", QStringLiteral("a\u202egpj.exe\u2066b"), QStringLiteral("a gpj.exe b"));
        row("private use", QStringLiteral("a\ue000b"), QStringLiteral("a b"));
        row("half a character", QStringLiteral("a") + QChar(0xd83d), QStringLiteral("a\ufffd"));
        row("emoji", QStringLiteral("a \U0001F600"), QStringLiteral("a \U0001F600"));
    }
    void aLineIsShort()
    {
        QFETCH(QString, text);
        QTEST(useErrorLine(text), "line");
        QCOMPARE(useErrorLine(useErrorLine(text)), useErrorLine(text));
    }

    void aLongLineIsCut()
    {
        const QString line = useErrorLine(QStringLiteral("x").repeated(1'000'000));
        QCOMPARE(line.size(), useErrorLength);
        QVERIFY(line.endsWith(QChar(0x2026)));
    }

    void onlyAGreenVersionTakesErrors_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("takes");
        QTest::newRow("green") << QStringLiteral("green") << true;
        QTest::newRow("red") << QStringLiteral("red") << false;
        QTest::newRow("stopped") << QStringLiteral("stopped") << false;
    }
    void onlyAGreenVersionTakesErrors()
    {
        QFETCH(QString, state);
        VersionSummary version;
        version.state = state;
        version.checks = {{QStringLiteral("build"), true, {}}};
        const auto checks = withUseError(version, QStringLiteral("Uncaught Error: a"));
        QTEST(checks.has_value(), "takes");
        if (!checks)
            return;
        QCOMPARE(checks->first(), version.checks.first());
        QCOMPARE(checks->last(), (CheckResult{QStringLiteral("used"), false, QStringLiteral("Uncaught Error: a")}));
        QCOMPARE(useErrorsOf(*checks), QStringList(QStringLiteral("Uncaught Error: a")));
    }

    void theSameErrorIsKeptOnce()
    {
        VersionSummary version;
        version.state = QStringLiteral("green");
        version.checks = *withUseError(version, QStringLiteral("Uncaught Error: row 17 is missing"));
        QVERIFY(!withUseError(version, QStringLiteral("Uncaught Error: row 18 is missing")));
        QVERIFY(!withUseError(version, QStringLiteral(" ")));
        QVERIFY(withUseError(version, QStringLiteral("Uncaught Error: column 17 is missing")));
    }

    void aVersionKeepsAFew()
    {
        VersionSummary version;
        version.state = QStringLiteral("green");
        for (char name = 'a'; name <= 'z'; ++name)
            if (const auto checks = withUseError(version, QStringLiteral("Uncaught Error: %1").arg(QLatin1Char(name))))
                version.checks = *checks;
        QCOMPARE(useErrorsOf(version.checks).size(), mostUseErrors);
        QVERIFY(useErrorsWish(useErrorsOf(version.checks)).endsWith(QStringLiteral("Error: d\nUncaught Error: e")));
    }

    void aPassedCheckIsNoError()
    {
        QVERIFY(useErrorsOf({{QStringLiteral("used"), true, {}}, {QStringLiteral("build"), false, {}}}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestUseErrors)
#include "tst_useerrors.moc"
