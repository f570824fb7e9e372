// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"
#include "widgets/preview/statepage.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Flotilla;

class tst_StatePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }

    void nothingIsCut_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("words");
        for (const int words : {1, 12, 40}) {
            QTest::addRow("wide, %d words", words) << QSize(1000, 800) << words;
            QTest::addRow("narrow, %d words", words) << QSize(560, 620) << words;
        }
    }
    /// However many lines the words need, each has its height and none stands on another.
    void nothingIsCut()
    {
        QFETCH(QSize, size);
        QFETCH(int, words);
        const QString text = QStringList(words, QStringLiteral("unexpected")).join(QLatin1Char(' '));
        PreviewScene scene;
        scene.icon = QStringLiteral("wrench");
        scene.title = QStringLiteral("This version does not build");
        scene.text = text;
        scene.action = PreviewScene::Action::Fix;
        Diagnostic diagnostic;
        diagnostic.file = QStringLiteral("src/App.tsx");
        diagnostic.line = 1;
        diagnostic.column = 4;
        diagnostic.text = text;
        diagnostic.lineText = QStringLiteral("export default 1");
        scene.diagnostics = {diagnostic};
        StatePage page;
        page.setScene(scene, 0);
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        int seen = 0;
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (!label->isVisible() || !label->wordWrap())
                continue;
            ++seen;
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        }
        QCOMPARE(seen, 2);
    }

    void theMarkIsUnderItsColumn()
    {
        PreviewScene scene;
        Diagnostic diagnostic;
        diagnostic.file = QStringLiteral("src/App.tsx");
        diagnostic.lineText = QStringLiteral("    return ") + QString(200, QLatin1Char('x')) + QStringLiteral(">;");
        diagnostic.column = int(diagnostic.lineText.indexOf(QLatin1Char('>'))) + 1;
        scene.diagnostics = {diagnostic};
        StatePage page;
        page.setScene(scene, 0);
        page.resize(560, 620);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QString code, mark;
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->text().endsWith(QLatin1Char('^')))
                mark = label->text();
            else if (label->text().contains(QLatin1String("xxx")))
                code = label->text();
            QVERIFY2(!label->isVisible() || label->width() >= label->minimumSizeHint().width(),
                     qPrintable(label->text()));
        }
        QCOMPARE(code.at(mark.size() - 1), QLatin1Char('>'));
        QVERIFY(code.startsWith(QChar(0x2026)));
    }
};

QTEST_MAIN(tst_StatePage)
#include "tst_statepage.moc"
