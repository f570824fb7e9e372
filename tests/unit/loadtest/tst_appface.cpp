// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/appface.h"

#include <QTest>

using namespace Flotilla;

namespace {

AppFace faceOfSheet(const QByteArray &css)
{
    return faceOf({{QStringLiteral("src/styles.css"), css}});
}

} // namespace

class TestAppFace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGroundComesFirst()
    {
        const AppFace face = faceOfSheet("body { color: #e02020; background: #102030; border-color: #2c5; }");
        QCOMPARE(face.colors, (QList<quint32>{0x102030, 0xe02020, 0x22cc55}));
        QVERIFY(face.kind.isEmpty());
    }

    void customPropertiesNameTheGround()
    {
        const AppFace face = faceOfSheet(":root{--text:#101010;--page-bg:#fff8e0;--brand:#cc3311cc;}");
        QCOMPARE(face.colors, (QList<quint32>{0xfff8e0, 0xcc3311}));
    }

    void greysAndRepetitionsAreNoMarks()
    {
        const AppFace face = faceOfSheet("p{color:#777;background-color:#eee}a{color:#06c}b{color:#0066cc}");
        QCOMPARE(face.colors, (QList<quint32>{0xeeeeee, 0x0066cc}));
    }

    void pagesAreWhiteUnlessTheySaySo()
    {
        QCOMPARE(faceOfSheet("a { color: #0066cc }").colors, (QList<quint32>{0xffffff, 0x0066cc}));
        QVERIFY(faceOf({}).colors.isEmpty());
    }

    void everyWayToWriteAColorCounts_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<quint32>("color");
        QTest::newRow("rgb") << QByteArray("rgb(200, 20, 30)") << 0xc8141eu;
        QTest::newRow("rgb in percent") << QByteArray("rgb(100% 0% 0% / 80%)") << 0xff0000u;
        QTest::newRow("rgba") << QByteArray("rgba(0,0,255,0.9)") << 0x0000ffu;
        QTest::newRow("hsl") << QByteArray("hsl(120, 100%, 25%)") << 0x008000u;
        QTest::newRow("hsl with degrees") << QByteArray("hsl(-120deg 100% 50%)") << 0x0000ffu;
        QTest::newRow("hsla") << QByteArray("hsla(39,100%,50%,1)") << 0xffa600u;
        QTest::newRow("name") << QByteArray("RebeccaPurple") << 0x663399u;
        QTest::newRow("first of a gradient") << QByteArray("linear-gradient(90deg, tomato, #000)") << 0xff6347u;
        QTest::newRow("among others") << QByteArray("url(teal.png) no-repeat crimson") << 0xdc143cu;
        QTest::newRow("at the end") << QByteArray("gold") << 0xffd700u;
    }
    void everyWayToWriteAColorCounts()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const quint32, color);
        QCOMPARE(faceOfSheet("a{border-color:" + value + "}").colors, (QList<quint32>{0xffffff, color}));
        QCOMPARE(faceOfSheet("body { background: " + value).colors, QList<quint32>{color});
    }

    void whatIsNoColorIsNone_data()
    {
        QTest::addColumn<QByteArray>("sheet");
        QTest::newRow("a hint of one") << QByteArray("a{color:rgba(255,0,0,.1)}");
        QTest::newRow("a word elsewhere") << QByteArray("a{content:red;font-family:Coral}");
        QTest::newRow("half a function") << QByteArray("a{color:rgb(255,0");
        QTest::newRow("no numbers") << QByteArray("a{color:rgb(var(--a),0,0)}");
        QTest::newRow("not finite") << QByteArray("a{color:rgb(nan,inf,0)}");
        QTest::newRow("an unknown function") << QByteArray("a{color:oklch(0.7 0.1 200)}");
        QTest::newRow("a state") << QByteArray("a:hover{margin:0}red:teal{}");
        QTest::newRow("prose") << QByteArray("Colours: red, green and blue.");
    }
    void whatIsNoColorIsNone()
    {
        QFETCH(const QByteArray, sheet);
        QVERIFY(faceOfSheet(sheet).colors.isEmpty());
    }

    void tripletsOfCustomPropertiesAreColors()
    {
        const AppFace face = faceOfSheet(":root { --background: 240 100% 25%; --primary: 0 100% 50%; --radius: 4 }");
        QCOMPARE(face.colors, (QList<quint32>{0x000080, 0xff0000}));
    }

    void classesOfComponentsAreColors()
    {
        const AppFace face =
            faceOf({{QStringLiteral("src/App.tsx"),
                     "<main className=\"dark:bg-black bg-white p-4\"><b className=\"hover:bg-red-500/80 "
                     "text-gray-500 border-b-2 bg-teal-500-x\">min-w-0</b></main>"}});
        QCOMPARE(face.colors, (QList<quint32>{0xffffff, 0xef4444}));
        const AppFace dark =
            faceOf({{QStringLiteral("src/B.tsx"), "bg-blue-600"},
                    {QStringLiteral("src/App.tsx"), "min-h-screen bg-slate-950 text-white to-pink-500"}});
        QCOMPARE(dark.colors.size(), 3);
        QVERIFY((dark.colors[0] & 0xff) < 0x30);
        QCOMPARE(dark.colors[1], 0xec4899u);
        QVERIFY((dark.colors[2] & 0xff) > 0xb0);
    }

    void onlyValuesCount()
    {
        QVERIFY(faceOfSheet("#beefed { color: inherit } #add{margin:0}").colors.isEmpty());
        QVERIFY(faceOfSheet("a { background: url(#fade-in); fill: #12345; color: #abcdefa }").colors.isEmpty());
        QVERIFY(faceOfSheet("#").colors.isEmpty());
        QVERIFY(faceOfSheet("a{color:#").colors.isEmpty());
    }

    void pagesAreReadAfterSheets()
    {
        const AppFace face = faceOf({{QStringLiteral("index.html"), "<style>body{background:#000;color:#f00}</style>"},
                                     {QStringLiteral("z.css"), "a{color:#00f}"}});
        QCOMPARE(face.colors, (QList<quint32>{0x000000, 0x0000ff, 0xff0000}));
    }

    void theNumberOfColorsIsBounded()
    {
        QByteArray css = "body{background:#fff}";
        for (int i = 0; i < 200; ++i)
            css += "a{color:#ff00" + QByteArray::number(i + 16, 16) + "}";
        QCOMPARE(faceOfSheet(css).colors.size(), AppFace::mostColors);
    }

    void whatComesLateInAHugeSheetIsNotRead()
    {
        QVERIFY(faceOfSheet(QByteArray(1 << 20, ' ') + "a{color:#f00}").colors.isEmpty());
    }

    void theSamplersKindIsFound()
    {
        const auto kindOf = [](const QByteArray &theme) {
            return faceOf({{QStringLiteral("src/theme.ts"), theme}}).kind;
        };
        QCOMPARE(kindOf("export const theme = {\n  \"kind\": \"board\",\n"), QStringLiteral("board"));
        QVERIFY(kindOf("\"kind\": \"board").isEmpty());
        QVERIFY(kindOf("\"kind\": \"" + QByteArray(99, 'a') + "\"").isEmpty());
        QVERIFY(kindOf("export const theme = {}").isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestAppFace)
#include "tst_appface.moc"
