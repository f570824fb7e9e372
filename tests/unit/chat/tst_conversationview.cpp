// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/fakesession.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/messagedelegate.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_ConversationView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void staysAtTheEnd();
    void keepsThePlaceWhenScrolledUp();
    void clickOpensTheDiff();
    void dragSelectsText();
    void editKeepsTheDraft();
    void streamingNeverStalls();

private:
    static void grow(ConversationModel *model, int step);
};

static bool atBottom(const ConversationView *view)
{
    return view->verticalScrollBar()->value() == view->verticalScrollBar()->maximum();
}

void tst_ConversationView::staysAtTheEnd()
{
    ChatPane pane;
    pane.resize(400, 700);
    pane.show();
    pane.model()->setMessages(longConversation(40));
    QTRY_VERIFY(pane.view()->verticalScrollBar()->maximum() > 1000);
    QTRY_VERIFY(atBottom(pane.view()));
    pane.model()->put(userMessage(100, QStringLiteral("more ").repeated(200)));
    QTRY_VERIFY(pane.view()->visualRect(pane.model()->index(pane.model()->rowCount() - 1)).bottom() <=
                pane.view()->viewport()->height() + 1);
    QTRY_VERIFY(atBottom(pane.view()));
    pane.resize(480, 500);
    QTRY_VERIFY(atBottom(pane.view()));
}

void tst_ConversationView::keepsThePlaceWhenScrolledUp()
{
    ChatPane pane;
    pane.resize(400, 700);
    pane.show();
    pane.model()->setMessages(longConversation(40));
    QTRY_VERIFY(!pane.view()->messageDelegate()->layOutPending(pane.model(), 50));
    QTRY_VERIFY(atBottom(pane.view()));
    pane.view()->verticalScrollBar()->setValue(500);
    QVERIFY(!pane.view()->isAtEnd());
    QVERIFY(pane.findChild<QPushButton *>(QStringLiteral("jumpToEndButton"))->isVisible());
    const QModelIndex seen = pane.view()->indexAt(QPoint(20, 100));
    const int before = pane.view()->visualRect(seen).top();
    for (int i = 0; i < 20; ++i)
        grow(pane.model(), i);
    QTest::qWait(50);
    QTRY_COMPARE(pane.view()->visualRect(seen).top(), before);
    QTest::mouseClick(pane.findChild<QPushButton *>(QStringLiteral("jumpToEndButton")), Qt::LeftButton);
    QTRY_VERIFY(atBottom(pane.view()));
}

void tst_ConversationView::clickOpensTheDiff()
{
    ChatPane pane;
    pane.resize(400, 700);
    pane.show();
    pane.model()->setMessages(sampleConversation());
    QSignalSpy diff(pane.view(), &ConversationView::openDiff);
    const QModelIndex index = pane.model()->index(1);
    const MessageLayout &layout = pane.view()->messageDelegate()->layoutOf(index);
    QTRY_VERIFY(pane.view()->visualRect(index).height() == layout.height);
    const auto hit = std::find_if(layout.hits.begin(), layout.hits.end(),
                                  [](const MessageHit &h) { return h.action == HitAction::OpenDiff; });
    QTest::mouseClick(pane.view()->viewport(), Qt::LeftButton, {},
                      pane.view()->visualRect(index).topLeft() + hit->rect.center());
    QCOMPARE(diff.size(), 1);
    QCOMPARE(diff[0][0].toString(), QStringLiteral("src/WeekChart.tsx"));
}

void tst_ConversationView::dragSelectsText()
{
    ChatPane pane;
    pane.resize(400, 700);
    pane.show();
    pane.model()->setMessages({userMessage(1, QStringLiteral("select me"))});
    const QModelIndex index = pane.model()->index(0);
    QTRY_VERIFY(pane.view()->visualRect(index).height() > 20);
    const QRect bubble = pane.view()->messageDelegate()->layoutOf(index).items[0].rect.translated(
        pane.view()->visualRect(index).topLeft());
    QWidget *viewport = pane.view()->viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, bubble.topLeft() + QPoint(2, 12));
    QMouseEvent move(QEvent::MouseMove, bubble.bottomRight() - QPoint(2, 12),
                     viewport->mapToGlobal(bubble.bottomRight()), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(viewport, &move);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, bubble.bottomRight() - QPoint(2, 12));
    pane.view()->copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("select me"));
}

void tst_ConversationView::editKeepsTheDraft()
{
    ChatPane pane;
    pane.model()->setMessages(sampleConversation());
    pane.composer()->setDraft(QStringLiteral("half a thought"));
    pane.editMessage(3);
    QCOMPARE(pane.composer()->editing(), 3);
    QCOMPARE(pane.findChild<GrowingTextEdit *>(QStringLiteral("composerField"))->toPlainText(),
             QStringLiteral("Warmer colours. And streaks should glow a little."));
    QCOMPARE(pane.composer()->draft(), QStringLiteral("half a thought"));
    pane.composer()->endEditing();
    QCOMPARE(pane.findChild<GrowingTextEdit *>(QStringLiteral("composerField"))->toPlainText(),
             QStringLiteral("half a thought"));
}

void tst_ConversationView::grow(ConversationModel *model, int step)
{
    static const QStringList words =
        QStringLiteral("the chart **reads** its colours from `theme.ts` and the streaks glow when they are long\n\n")
            .split(QLatin1Char(' '));
    const qint64 id = 1000;
    Message message =
        model->rowOf(id) < 0 ? answer(id, {TextBlock{}, ToolBlock{}}, 0) : model->messageAt(model->rowOf(id));
    message.state = MessageState::Streaming;
    for (int i = 0; i < 20; ++i)
        std::get<TextBlock>(message.blocks[0]).markdown += words[(step * 20 + i) % words.size()] + QLatin1Char(' ');
    auto &tool = std::get<ToolBlock>(message.blocks[1]);
    tool.tool = QStringLiteral("write_file");
    tool.path = QStringLiteral("src/App.tsx");
    tool.preview += QStringLiteral("  const value%1 = useState(%1); // a line of code\n").arg(step);
    model->put(message);
}

/// What this thread worked: other programs on the machine do not count.
static double workedMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// 200 tokens a second in ten updates, below 200 messages, while somebody types and scrolls: all the work of an update
/// stays below what would be felt.
void tst_ConversationView::streamingNeverStalls()
{
    ChatPane pane;
    pane.resize(400, 800);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    auto *field = pane.findChild<GrowingTextEdit *>(QStringLiteral("composerField"));
    field->setFocus();
    double most = 0;
    pane.model()->setMessages(longConversation(200));
    QTRY_VERIFY(atBottom(pane.view()));
    for (int step = 0; step < 50; ++step) {
        const double before = workedMs();
        grow(pane.model(), step);
        QTest::keyClick(field, Qt::Key_A);
        if (step % 5 == 4)
            pane.view()->verticalScrollBar()->setValue(
                QRandomGenerator::global()->bounded(pane.view()->verticalScrollBar()->maximum()));
        if (step % 10 == 9)
            pane.view()->jumpToEnd();
        QTest::qWait(100);
        most = std::max(most, workedMs() - before);
    }
#ifdef __SANITIZE_ADDRESS__
    constexpr double limit = 250;
#else
    constexpr double limit = 50;
#endif
    QVERIFY2(most <= limit, qPrintable(QString::number(most)));
}

QTEST_MAIN(tst_ConversationView)
#include "tst_conversationview.moc"
