// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/fakesession.h"
#include "widgets/chat/messagelayout.h"
#include "widgets/chat/messagepainter.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QTest>
#include <QTextDocument>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_MessageLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aModelThatSaysNothingIsTold();
    void bubbleIsAtTheRight();
    void theFirstOneKeepsItsDistance();
    void itemsDoNotOverlap_data();
    void itemsDoNotOverlap();
    void changedFilesMergeAtTheEnd();
    void fileRowOpensTheDiff();
    void redOffersTheWayBack();
    void anErrorWhileUsedOffersAFix();
    void nothingChangedIsNotCalledVerified();
    void liveCardStopsGrowing();
    void unchangedTextIsTakenOver();
    void samplerIsLabelled();
    void selectionCoversItems();
    void hostileMarkdownLoadsNothing();
    void pausesCountDown();
};

static MessageLayout place(const Message &message, int width = 400)
{
    return layoutMessage(message, {width, {}, 6, {}});
}

void tst_MessageLayout::aModelThatSaysNothingIsTold()
{
    Message message = answer(2, {TextBlock{QStringLiteral("Now the")}}, 0);
    message.state = MessageState::Streaming;
    LayoutContext context;
    context.width = 400;
    context.activity = QStringLiteral("Thinking");
    const MessageLayout before = layoutMessage(message, context);
    QCOMPARE(before.items.last().title, QStringLiteral("Thinking"));
    context.quiet = 12;
    const MessageLayout after = layoutMessage(message, context, &before);
    QCOMPARE(after.items.last().title, QStringLiteral("No word from the model for 12 s"));
    QVERIFY(after.items.last().note.contains(QLatin1String("Stop")));
    QVERIFY(after.height > before.height);
}

void tst_MessageLayout::bubbleIsAtTheRight()
{
    const MessageLayout layout = place(userMessage(1, QStringLiteral("Short")));
    QCOMPARE(layout.items.size(), 1);
    const QRect bubble = layout.items[0].rect;
    QCOMPARE(bubble.right() + 1, 400 - MessageMetric::trailing);
    QVERIFY(bubble.width() < 120);
    const MessageLayout wide = place(userMessage(1, QStringLiteral("word ").repeated(60)));
    QVERIFY(wide.items[0].rect.width() <= 400 * 85 / 100);
    QVERIFY(wide.items[0].rect.height() > 60);
}

void tst_MessageLayout::theFirstOneKeepsItsDistance()
{
    LayoutContext context;
    context.width = 400;
    const Message message = userMessage(1, QStringLiteral("Short"));
    const MessageLayout later = layoutMessage(message, context);
    context.first = true;
    const MessageLayout first = layoutMessage(message, context);
    QCOMPARE(first.items[0].rect.top(), Space::l);
    QCOMPARE(first.height - later.height, first.items[0].rect.top() - later.items[0].rect.top());
}

void tst_MessageLayout::itemsDoNotOverlap_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {200, 360, 480, 900})
        QTest::addRow("%d", width) << width;
}

void tst_MessageLayout::itemsDoNotOverlap()
{
    QFETCH(int, width);
    for (const Message &message : sampleConversation() + longConversation(4)) {
        const MessageLayout layout = place(message, width);
        int bottom = 0;
        for (const LayoutItem &item : layout.items) {
            QVERIFY(item.rect.top() >= bottom);
            QVERIFY(item.rect.left() >= 0 && item.rect.right() < width);
            bottom = item.rect.bottom();
        }
        QVERIFY(bottom < layout.height);
    }
}

void tst_MessageLayout::changedFilesMergeAtTheEnd()
{
    const Message message =
        answer(2,
               {toolCall(QStringLiteral("write_file"), QStringLiteral("a.ts"), 10, 0, true),
                TextBlock{QStringLiteral("and")}, toolCall(QStringLiteral("edit_file"), QStringLiteral("a.ts"), 2, 1),
                toolCall(QStringLiteral("edit_file"), QStringLiteral("b.ts"), 1, 1)},
               3);
    const MessageLayout layout = place(message);
    const LayoutItem &card = layout.items[layout.items.size() - 2];
    QCOMPARE(card.kind, ItemKind::FilesCard);
    QCOMPARE(card.files.size(), 2);
    QCOMPARE(card.files[0].added, 12);
    QCOMPARE(card.files[0].removed, 1);
    QCOMPARE(card.files[0].note, QStringLiteral("new"));
    QCOMPARE(layout.items.last().kind, ItemKind::Footer);
    QVERIFY(layout.items.last().title.startsWith(QStringLiteral("Verified")));
}

void tst_MessageLayout::fileRowOpensTheDiff()
{
    const MessageLayout layout = place(sampleConversation()[1]);
    for (const LayoutItem &item : layout.items) {
        if (item.kind != ItemKind::FilesCard)
            continue;
        const MessageHit *hit = layout.hitAt(item.rect.topLeft() + QPoint(20, MessageMetric::row + 5));
        QVERIFY(hit);
        QCOMPARE(hit->action, HitAction::OpenDiff);
        QCOMPARE(hit->value, QStringLiteral("src/DayEditor.tsx"));
        QCOMPARE(hit->number, 7);
        return;
    }
    QFAIL("no card of changed files");
}

void tst_MessageLayout::redOffersTheWayBack()
{
    const MessageLayout layout = place(answer(2, {TextBlock{QStringLiteral("Done.")}}, 7, false));
    const auto back = std::find_if(layout.hits.begin(), layout.hits.end(),
                                   [](const MessageHit &hit) { return hit.action == HitAction::GoToVersion; });
    QVERIFY(back != layout.hits.end());
    QCOMPARE(back->number, 6);
}

void tst_MessageLayout::anErrorWhileUsedOffersAFix()
{
    const Message message = answer(2, {TextBlock{QStringLiteral("Done.")}}, 7);
    LayoutContext context{400, {}, 7, {}, {}, {{7, QStringLiteral("Uncaught Error: a")}}, 7};
    const auto footerOf = [](const MessageLayout &layout) {
        return *std::find_if(layout.items.begin(), layout.items.end(),
                             [](const LayoutItem &item) { return item.kind == ItemKind::Footer; });
    };
    const auto fixes = [](const MessageLayout &layout) {
        return std::count_if(layout.hits.begin(), layout.hits.end(),
                             [](const MessageHit &hit) { return hit.action == HitAction::Fix; });
    };
    const MessageLayout layout = layoutMessage(message, context);
    QCOMPARE(footerOf(layout).title, QStringLiteral("Green, error while used"));
    QCOMPARE(footerOf(layout).status, StatusKind::Partial);
    QVERIFY(layout.hitAt(footerOf(layout).rect.center())->tip.startsWith(QStringLiteral("Uncaught Error: a")));
    QCOMPARE(fixes(layout), 1);
    context.fixable = 8; // there is a newer version, or a turn runs
    QCOMPARE(fixes(layoutMessage(message, context)), 0);
    context.useErrors = {{6, QStringLiteral("of another version")}};
    QCOMPARE(footerOf(layoutMessage(message, context)).status, StatusKind::Live);
}

void tst_MessageLayout::nothingChangedIsNotCalledVerified()
{
    Message message = answer(2, {TextBlock{QStringLiteral("Done! The title is blue now.")}}, 0);
    QVERIFY(message.green); // as the version before it
    const LayoutItem footer = place(message).items.last();
    QCOMPARE(footer.kind, ItemKind::Footer);
    QCOMPARE(footer.title, QStringLiteral("Nothing was changed"));
    QCOMPARE(footer.status, StatusKind::Idle);
}

void tst_MessageLayout::liveCardStopsGrowing()
{
    Message message = sampleConversation()[3];
    const MessageLayout before = place(message);
    QCOMPARE(before.items[0].kind, ItemKind::ToolCard);
    QCOMPARE(before.items[0].lines.size(), MessageMetric::liveLines);
    QVERIFY(before.items[0].lines.last().startsWith(QStringLiteral("  streak")));
    std::get<ToolBlock>(message.blocks[0]).preview += QStringLiteral("\nmore\nand more\n");
    QCOMPARE(place(message).height, before.height);
}

void tst_MessageLayout::unchangedTextIsTakenOver()
{
    Message message = answer(2, {TextBlock{QStringLiteral("First.\n\nSecond.\n\nThi")}}, 1);
    message.state = MessageState::Streaming;
    const MessageLayout before = place(message);
    std::get<TextBlock>(message.blocks[0]).markdown += QStringLiteral("rd");
    const MessageLayout after = layoutMessage(message, {400, {}, 0, {}}, &before);
    QCOMPARE(after.items[0].document, before.items[0].document);
    QCOMPARE(after.items[1].document, before.items[1].document);
    QVERIFY(after.items[2].document != before.items[2].document);
    const MessageLayout wider = layoutMessage(message, {500, {}, 0, {}}, &before);
    QVERIFY(wider.items[0].document != before.items[0].document);
}

void tst_MessageLayout::samplerIsLabelled()
{
    Message message = answer(2, {TextBlock{QStringLiteral("Done.")}}, 1);
    message.model = QStringLiteral("sampler");
    QVERIFY(place(message).items.last().note.contains(QStringLiteral("not a language model")));
}

void tst_MessageLayout::selectionCoversItems()
{
    const TextSelection backwards{1, 2, 5, 0, 3};
    QCOMPARE(backwards.rangeIn(0, 10), std::make_pair(3, 10));
    QCOMPARE(backwards.rangeIn(1, 7), std::make_pair(0, 7));
    QCOMPARE(backwards.rangeIn(2, 10), std::make_pair(0, 5));
    QCOMPARE(backwards.rangeIn(3, 10), std::make_pair(0, 0));
}

void tst_MessageLayout::hostileMarkdownLoadsNothing()
{
    const QString markdown =
        QStringLiteral("![x](file:///etc/passwd) <img src='http://127.0.0.1:1/'> <script>x</script>");
    const MessageLayout layout = place(answer(2, {TextBlock{markdown}}, 1));
    QVERIFY(!layout.items[0].document->toPlainText().contains(QStringLiteral("root:")));
    QImage image(400, layout.height, QImage::Format_RGB32);
    QPainter painter(&image);
    PaintOptions options;
    options.visible = image.rect();
    paintMessage(&painter, layout, options);
}

void tst_MessageLayout::pausesCountDown()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    NoticeBlock pause{NoticeBlock::Severity::Info, QStringLiteral("Waiting for the model."), {}, {}, 0};
    pause.until = now.addMSecs(11500);
    Message message = answer(1, {pause}, 0);
    message.state = MessageState::Streaming;
    const auto textAt = [&](const QDateTime &time) {
        return layoutMessage(message, {400, {}, 0, {}, time}).items.value(0).source;
    };
    QCOMPARE(textAt(now), QStringLiteral("Waiting for the model. Trying again in 12 s."));
    QCOMPARE(textAt(now.addSecs(11)), QStringLiteral("Waiting for the model. Trying again in 1 s."));
    QCOMPARE(textAt(now.addSecs(12)), QStringLiteral("Waiting for the model. Trying again now."));
    message.blocks.append(TextBlock{QStringLiteral("Here it comes.")});
    QCOMPARE(textAt(now), QStringLiteral("Waiting for the model."));
    message.blocks.removeLast();
    message.state = MessageState::Complete;
    QCOMPARE(textAt(now), QStringLiteral("Waiting for the model."));
}

QTEST_MAIN(tst_MessageLayout)
#include "tst_messagelayout.moc"
