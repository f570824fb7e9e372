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
        QVERIFY(faceOfSheet("a { color: teal }").colors.isEmpty());
        QVERIFY(faceOf({}).colors.isEmpty());
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
