// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chip.h"
#include "widgets/common/commandpalette.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/icons.h"
#include "widgets/common/imageattachments.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Flotilla;

class TestCommonWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }

    void buttonsGrowWithTheirKind()
    {
        QWidget window;
        const auto button = [&window](ButtonKind kind) {
            QPushButton *one = makeButton(QStringLiteral("Add a host"), QStringLiteral("one"), kind);
            one->setParent(&window);
            one->ensurePolished();
            return one;
        };
        QPushButton *changed = button(ButtonKind::Normal);
        const QPushButton *primary = button(ButtonKind::Primary);
        QVERIFY(changed->sizeHint().width() < primary->sizeHint().width()); // bold is wider
        setKind(changed, ButtonKind::Primary);
        QCOMPARE(changed->sizeHint(), primary->sizeHint());
    }

    void tagsAreLetters()
    {
        const QString text = QStringLiteral("<h1>large</h1><img src=\"/etc/passwd\">");
        const std::unique_ptr<QLabel> label(makeLabel(text));
        label->show();
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QToolTip::showText(label->mapToGlobal(QPoint(2, 2)), text, label.get());
        const QWidgetList all = QApplication::topLevelWidgets();
        const auto tip =
            std::find_if(all.cbegin(), all.cend(), [](const QWidget *w) { return w->inherits("QTipLabel"); });
        QVERIFY(tip != all.cend());
        QCOMPARE(static_cast<QLabel *>(*tip)->textFormat(), Qt::PlainText);
        QCOMPARE(static_cast<QLabel *>(*tip)->text(), text);
        QToolTip::hideText();
    }

    void everyIconDraws_data()
    {
        QTest::addColumn<QString>("name");
        const QDir dir(QStringLiteral(FLOTILLA_SOURCE_DIR "/resources/icons"));
        const auto files = dir.entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 40);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyIconDraws()
    {
        QFETCH(QString, name);
        const QImage image = iconPixmap(name, Qt::red, 20, 1).toImage();
        int painted = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                painted += image.pixelColor(x, y).alpha() > 60 ? 1 : 0;
        }
        QVERIFY2(painted > 4, qPrintable(name));
    }

    void anEmptyStateClosesUpWhenThereIsRoom()
    {
        QWidget parent;
        EmptyState state(&parent); // as narrow as widgets are before they have a place
        state.show(QStringLiteral("spark"), QStringLiteral("What should it be?"), QStringLiteral("Say it."));
        const auto labels = state.findChildren<QLabel *>();
        const auto title = std::find_if(labels.cbegin(), labels.cend(),
                                        [&state](const QLabel *label) { return label->text() == state.title(); });
        QVERIFY(title != labels.cend());
        const int narrow = (*title)->minimumHeight();
        state.resize(500, 400);
        state.setVisible(true);
        parent.show();
        QVERIFY((*title)->minimumHeight() < narrow);
    }

    void segmentsFollowClickAndKey()
    {
        SegmentedControl tabs;
        for (const char *name : {"All", "Running", "Starred"})
            tabs.addSegment(QString::fromLatin1(name));
        tabs.setCount(1, 1234);
        tabs.resize(tabs.sizeHint());
        tabs.show();
        QSignalSpy changed(&tabs, &SegmentedControl::currentChanged);
        QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.segmentRect(1).center());
        QCOMPARE(tabs.current(), 1);
        QTest::keyClick(&tabs, Qt::Key_Right);
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.current(), 2);
        QCOMPARE(changed.count(), 2);
        QVERIFY(tabs.segmentRect(2).right() < tabs.width());
    }

    void toastUndoRunsOnce()
    {
        QWidget window;
        window.resize(600, 400);
        window.show();
        int undone = 0;
        Toast::showWithAction(&window, QStringLiteral("Deleted"), QStringLiteral("Undo"), [&undone] { ++undone; });
        auto *button = window.findChild<QPushButton *>(QStringLiteral("toastActionQPushButton"));
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        button->click();
        QCOMPARE(undone, 1);
        Toast::show(&window, QStringLiteral("Next"));
        QCOMPARE(window.findChildren<Toast *>().size(), 1);
        QVERIFY(!button->isVisible());
    }

    void theTextFieldGrowsAndSubmits()
    {
        GrowingTextEdit edit(2, 5);
        edit.resize(300, 50);
        edit.show();
        QSignalSpy submitted(&edit, &GrowingTextEdit::submitted);
        const int before = edit.height();
        QTest::keyClicks(&edit, QStringLiteral("one"));
        QCOMPARE(edit.height(), before);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&edit, Qt::Key_Return);
        const int grown = edit.height();
        QVERIFY(grown > before);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&edit, Qt::Key_Return);
        QVERIFY(edit.height() < grown * 2);
        QCOMPARE(submitted.count(), 0);
        QTest::keyClick(&edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(submitted.count(), 1);
    }

    void aFontSetByHandSurvivesTheStyle()
    {
        GrowingTextEdit edit(1, 2);
        edit.setFont(Theme::instance().font(TextSize::Large));
        edit.show();
        QCOMPARE(edit.font().pixelSize(), int(TextSize::Large));
        QLabel *label = makeLabel(QStringLiteral("x"), TextSize::Title);
        label->show();
        setTone(label, Tone::Failed);
        QCOMPARE(label->font().pixelSize(), int(TextSize::Title));
        delete label;
    }

    void aPastedPictureIsAttached()
    {
        GrowingTextEdit edit(1, 2);
        QSignalSpy pasted(&edit, &GrowingTextEdit::imagesPasted);
        auto *data = new QMimeData;
        data->setImageData(QImage(2000, 1000, QImage::Format_RGB32));
        QApplication::clipboard()->setMimeData(data);
        edit.show();
        edit.paste();
        QCOMPARE(pasted.count(), 1);
        QVERIFY(edit.toPlainText().isEmpty());
    }

    void picturesAreMadeSmallEnough()
    {
        QImage large(4000, 1000, QImage::Format_RGB32);
        large.fill(Qt::blue);
        const ImageBlock block = toImageBlock(large);
        QCOMPARE(block.mediaType, QStringLiteral("image/png"));
        QCOMPARE(QImage::fromData(block.data).size(), QSize(1568, 392));
    }

    void attachmentsAreBounded()
    {
        ImageAttachments attachments;
        attachments.add(QList<QImage>(12, QImage(4, 4, QImage::Format_RGB32)));
        QCOMPARE(attachments.count(), 8);
        QCOMPARE(attachments.blocks().size(), 8);
        attachments.clear();
        QVERIFY(attachments.isHidden());
    }

    void attachmentsObeyTheKeyboard()
    {
        ImageAttachments attachments;
        QList<QImage> images;
        for (const QColor color : {Qt::red, Qt::green, Qt::blue}) {
            images.append(QImage(4, 4, QImage::Format_RGB32));
            images.last().fill(color);
        }
        attachments.add(images);
        attachments.show();
        QVERIFY(attachments.focusPolicy() & Qt::TabFocus);
        QTest::keyClick(&attachments, Qt::Key_Right);
        QTest::keyClick(&attachments, Qt::Key_Delete);
        QCOMPARE(attachments.count(), 2);
        QCOMPARE(QImage::fromData(attachments.blocks()[1].data).pixelColor(0, 0), QColor(Qt::blue));
        QTest::keyClick(&attachments, Qt::Key_Right);
        QTest::keyClick(&attachments, Qt::Key_Backspace);
        QTest::keyClick(&attachments, Qt::Key_Backspace);
        QVERIFY(attachments.isHidden());
        QTest::keyClick(&attachments, Qt::Key_Delete); // nothing is left to remove
    }

    void thePaletteFindsAndRuns()
    {
        QWidget window;
        window.resize(900, 600);
        window.show();
        CommandPalette palette(&window);
        QString ran;
        palette.open({{QStringLiteral("Quit"), {}, {}, {}, [&ran] { ran = QStringLiteral("quit"); }},
                      {QStringLiteral("Settings"), {}, {}, {}, [&ran] { ran = QStringLiteral("settings"); }}});
        QVERIFY(palette.isVisible());
        auto *field = palette.findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("sett"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(ran, QStringLiteral("settings"));
        QVERIFY(!palette.isVisible());
    }

    void thePaletteSaysThatNothingFits()
    {
        QWidget window;
        window.resize(900, 600);
        window.show();
        CommandPalette palette(&window);
        palette.open({{QStringLiteral("Quit"), {}, {}, {}, {}}});
        auto *none = palette.findChild<QLabel *>(QStringLiteral("paletteNoneQLabel"));
        QVERIFY(!none->isVisible());
        auto *field = palette.findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("zebra"));
        QVERIFY(none->isVisible());
        QVERIFY(none->text().contains(QLatin1String("zebra")));
        QVERIFY(!palette.findChild<QListView *>()->isVisible());
        QTest::keyClick(field, Qt::Key_Return); // runs nothing, and stays open
        QVERIFY(palette.isVisible());
        field->clear();
        QVERIFY(!none->isVisible());
        QVERIFY(palette.findChild<QListView *>()->isVisible());
    }

    void theFocusGoesToWhatStandsWhereItWas()
    {
        QWidget window;
        QLineEdit stays(&window);
        auto *goes = new QLineEdit(&window);
        QWidget box(&window);
        QLineEdit hides(&box);
        window.show();
        QApplication::setActiveWindow(&window);
        CommandPalette palette(&window);
        goes->setFocus();
        palette.open({});
        delete goes;
        palette.close();
        hides.setFocus();
        palette.open({});
        hides.hide();
        palette.close();
        QVERIFY(box.hasFocus());
        stays.setFocus();
        palette.open({});
        palette.close();
        QVERIFY(stays.hasFocus());
    }

    void thePaletteClosesWithEsc()
    {
        QWidget window;
        window.show();
        CommandPalette palette(&window);
        palette.open({});
        QTest::keyClick(palette.findChild<QLineEdit *>(), Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
    }

    void theFlowWraps()
    {
        QWidget box;
        auto *flow = new FlowLayout(&box);
        for (int i = 0; i < 6; ++i)
            flow->addWidget(new Chip(QStringLiteral("Some idea %1").arg(i)));
        const int one = flow->heightForWidth(4000);
        QVERIFY(flow->heightForWidth(300) > one * 2);
    }
};

QTEST_MAIN(TestCommonWidgets)
#include "tst_commonwidgets.moc"
