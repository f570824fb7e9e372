// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/fakesession.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/messagedelegate.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/theme.h"

#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <vector>

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
    void streamingCostsTheSameInLongConversations();
    void tabReachesTheControlsInMessages();
    void theKeyboardPressesButtons_data();
    void theKeyboardPressesButtons();
    void enterOpensTheMenuOfAMessage();
    void aControlKeepsTheFocusWhileTextStreams();
    void aControlThatGoesLeavesTheFocusToTheConversation();
    void whatFailedCanBeTriedAgain();
    void aClickBesideTheChipsMeansTheField();
    void ctrlEnterSendsFromEverywhereInTheBox();
    void afterAStopTheFieldHasTheFocus();
    void theWayToTheEndStaysAboveTheComposer();
    void picturesAreDroppedAndPasted_data();
    void picturesAreDroppedAndPasted();

private:
    static QWidget *focusOn(ChatPane &pane, const QString &name);
    static void grow(ConversationModel *model, int step);
    static double workOfAnUpdate(int messages);
};

static bool atBottom(const ConversationView *view)
{
    return view->verticalScrollBar()->value() == view->verticalScrollBar()->maximum();
}

/// Each row begins where the one before ends: heights that became known are in force.
static bool isSettled(const ConversationView *view)
{
    for (int row = 1; row < view->model()->rowCount(); ++row) {
        const QRect above = view->visualRect(view->model()->index(row - 1, 0));
        if (view->visualRect(view->model()->index(row, 0)).top() != above.bottom() + 1)
            return false;
    }
    return true;
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
    QTRY_VERIFY(isSettled(pane.view()));
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

/// Presses Tab from the view on until the control with that name has the focus; null: the keyboard does not come there.
QWidget *tst_ConversationView::focusOn(ChatPane &pane, const QString &name)
{
    pane.view()->setFocus(Qt::TabFocusReason);
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QWidget *now = QApplication::focusWidget();
        if (!now || now->parentWidget() != pane.view()->viewport())
            return nullptr;
        if (now->accessibleName() == name)
            return now;
    }
    return nullptr;
}

static Message stopped(qint64 id)
{
    Message message = answer(id, {TextBlock{QStringLiteral("As [said](https://example.com/docs), half of")}}, 2, false);
    message.state = MessageState::Stopped;
    return message;
}

static void showPane(ChatPane &pane, const QList<Message> &messages)
{
    pane.resize(400, 900);
    pane.model()->setMessages(messages);
    pane.show();
    pane.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    QTRY_VERIFY(!pane.view()->viewport()->findChildren<QWidget *>(QStringLiteral("messageStop")).isEmpty());
}

void tst_ConversationView::tabReachesTheControlsInMessages()
{
    ChatPane pane;
    showPane(pane, {userMessage(1, QStringLiteral("a clock")),
                    answer(2,
                           {TextBlock{QStringLiteral("Here.\n\n```css\nbody {}\n```")},
                            toolCall(QStringLiteral("write_file"), QStringLiteral("src/App.tsx"), 3, 1)},
                           1)});
    pane.view()->setFocus(Qt::TabFocusReason);
    QStringList names;
    QImage last;
    for (QTest::keyClick(pane.view(), Qt::Key_Tab);
         QApplication::focusWidget()->parentWidget() == pane.view()->viewport();
         QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab)) {
        names.append(QApplication::focusWidget()->accessibleName());
        const QImage now = pane.view()->viewport()->grab().toImage();
        QVERIFY(now != last); // the ring is seen, and moves
        last = now;
    }
    QCOMPARE(names.size(), 4);
    QCOMPARE(names[0], QStringLiteral("Your message: a clock"));
    QCOMPARE(names[1], QStringLiteral("Copy the code"));
    QCOMPARE(names[2], QStringLiteral("Show what changed in src/App.tsx"));
    QVERIFY2(names[3].startsWith(QStringLiteral("Verified")), qPrintable(names[3]));
    QVERIFY(pane.composer()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), names[3]);
}

void tst_ConversationView::theKeyboardPressesButtons_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("enter") << int(Qt::Key_Return);
    QTest::newRow("keypad") << int(Qt::Key_Enter);
    QTest::newRow("space") << int(Qt::Key_Space);
}
void tst_ConversationView::theKeyboardPressesButtons()
{
    QFETCH(int, key);
    ChatPane pane;
    showPane(pane, {userMessage(1, QStringLiteral("a clock")), stopped(2)});
    pane.view()->setLastGreen(1);
    pane.view()->setUseErrors({}, 2);
    QSignalSpy back(pane.view(), &ConversationView::goToVersion);
    QSignalSpy retry(pane.view(), &ConversationView::retry);
    QSignalSpy fix(pane.view(), &ConversationView::fixRequested);
    QSignalSpy link(pane.view(), &ConversationView::openLink);
    const auto press = [&](const char *name) {
        QWidget *button = nullptr;
        if (QTest::qWaitFor([&] { return (button = focusOn(pane, QString::fromLatin1(name))) != nullptr; }))
            QTest::keyClick(button, Qt::Key(key));
    };
    press("Go back to version 1");
    press("Try again");
    press("Fix it");
    press("Link: said");
    QCOMPARE(back.size(), 1);
    QCOMPARE(back[0][0].toInt(), 1);
    QCOMPARE(retry.size(), 1);
    QCOMPARE(fix.size(), 1);
    QCOMPARE(link.size(), 1);
    QCOMPARE(link[0][0].toUrl(), QUrl(QStringLiteral("https://example.com/docs")));
}

void tst_ConversationView::enterOpensTheMenuOfAMessage()
{
    ChatPane pane;
    showPane(pane, {userMessage(1, QStringLiteral("a clock"))});
    QWidget *stop = focusOn(pane, QStringLiteral("Your message: a clock"));
    QVERIFY(stop);
    QTest::keyClick(stop, Qt::Key_Return);
    auto *menu = pane.view()->findChild<QMenu *>(QStringLiteral("messageMenu"));
    QVERIFY(menu);
    QStringList actions;
    for (const QAction *action : menu->actions())
        actions.append(action->text());
    QCOMPARE(actions, QStringList({QStringLiteral("Copy message"), QStringLiteral("Edit and send again")}));
    menu->actions()[1]->trigger();
    QCOMPARE(pane.composer()->editing(), 1);
}

void tst_ConversationView::aControlKeepsTheFocusWhileTextStreams()
{
    ChatPane pane;
    showPane(pane, sampleConversation());
    const QString name = QStringLiteral("Your message: Warmer colours. And streaks should glow a little.");
    QWidget *stop = focusOn(pane, name);
    QVERIFY(stop);
    for (int i = 0; i < 30; ++i) { // until it is above what can be seen
        grow(pane.model(), i);
        QCoreApplication::processEvents();
        QCOMPARE(QApplication::focusWidget(), stop);
        QCOMPARE(stop->accessibleName(), name);
    }
    QTRY_VERIFY(stop->geometry().bottom() < 0);
    QVERIFY(stop->hasFocus());
}

void tst_ConversationView::aControlThatGoesLeavesTheFocusToTheConversation()
{
    ChatPane pane;
    showPane(pane, {userMessage(1, QStringLiteral("a clock")), stopped(2)});
    QVERIFY(focusOn(pane, QStringLiteral("Try again")));
    pane.view()->setTurnRunning(true);
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(pane.view()));
    QVERIFY(!focusOn(pane, QStringLiteral("Try again")));
}

void tst_ConversationView::whatFailedCanBeTriedAgain()
{
    ChatPane pane;
    showPane(pane, {userMessage(1, QStringLiteral("a clock")), stopped(2), userMessage(3, QStringLiteral("larger")),
                    answer(4, {NoticeBlock{NoticeBlock::Severity::Error, QStringLiteral("No answer."), {}, {}, 0}}, 0,
                           false)});
    const auto retries = [&](qint64 id) {
        const auto &hits = pane.view()->messageDelegate()->layoutOf(pane.model()->index(pane.model()->rowOf(id))).hits;
        return std::count_if(hits.begin(), hits.end(), [](const auto &hit) { return hit.action == HitAction::Retry; });
    };
    QCOMPARE(retries(2), 0); // something came after it
    QCOMPARE(retries(4), 1);
    pane.model()->put(userMessage(5, QStringLiteral("again")));
    QCOMPARE(retries(4), 0);
    pane.model()->put(answer(6, {TextBlock{QStringLiteral("Done.")}}, 3));
    QCOMPARE(retries(6), 0);
}

void tst_ConversationView::aClickBesideTheChipsMeansTheField()
{
    ChatPane pane;
    showPane(pane, sampleConversation());
    pane.view()->setFocus();
    const auto *chip = pane.findChild<QWidget *>(QStringLiteral("modelChip"));
    QWidget *row = chip->parentWidget();
    QTest::mouseClick(row, Qt::LeftButton, {}, {chip->geometry().right() + 6, row->height() / 2});
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("composerField"));
}

void tst_ConversationView::ctrlEnterSendsFromEverywhereInTheBox()
{
    ChatPane pane;
    showPane(pane, sampleConversation());
    pane.composer()->setDraft(QStringLiteral("warmer"));
    QSignalSpy sent(pane.composer(), &Composer::submitted);
    auto *chip = pane.findChild<QWidget *>(QStringLiteral("imageChip"));
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sent.size(), 1);
    QTest::keyClick(pane.findChild<QWidget *>(QStringLiteral("composerField")), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sent.size(), 2);
}

void tst_ConversationView::afterAStopTheFieldHasTheFocus()
{
    ChatPane pane;
    showPane(pane, sampleConversation());
    pane.composer()->setRunning(true);
    auto *stop = pane.findChild<QPushButton *>(QStringLiteral("buildButton"));
    stop->setFocus();
    pane.composer()->setRunning(false);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("composerField"));
}

void tst_ConversationView::theWayToTheEndStaysAboveTheComposer()
{
    ChatPane pane;
    showPane(pane, longConversation(40));
    auto *jump = pane.findChild<QPushButton *>(QStringLiteral("jumpToEndButton"));
    pane.view()->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(jump->isVisible());
    pane.composer()->setDraft(QStringLiteral("a line\n").repeated(8));
    QTRY_VERIFY(pane.composer()->height() > 200);
    QTRY_VERIFY(jump->geometry().bottom() < pane.composer()->y());
}

void tst_ConversationView::picturesAreDroppedAndPasted_data()
{
    QTest::addColumn<QString>("target"); // empty: pasted
    QTest::newRow("on the messages") << QStringLiteral("conversationView");
    QTest::newRow("on the field") << QStringLiteral("composerField");
    QTest::newRow("pasted") << QString();
}
void tst_ConversationView::picturesAreDroppedAndPasted()
{
    QFETCH(QString, target);
    ChatPane pane;
    showPane(pane, sampleConversation());
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    auto *data = new QMimeData;
    data->setImageData(picture);
    if (target.isEmpty()) {
        QGuiApplication::clipboard()->setMimeData(data);
        pane.findChild<GrowingTextEdit *>(QStringLiteral("composerField"))->paste();
    } else {
        QWidget *over = pane.findChild<QAbstractScrollArea *>(target)->viewport();
        const QPoint at = over->mapTo(&pane, over->rect().center());
        QDragEnterEvent enter(at, Qt::CopyAction, data, Qt::LeftButton, {});
        QApplication::sendEvent(pane.window()->childAt(at), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, data, Qt::LeftButton, {});
        QApplication::sendEvent(target == QLatin1String("composerField") ? over : &pane, &drop);
        delete data;
    }
    QCOMPARE(pane.composer()->draftImages().size(), 1);
    QVERIFY(pane.findChild<QWidget *>(QStringLiteral("composerImages"))->isVisible());
}

/// What this thread worked: other programs on the machine do not count.
static double workedMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// What an update costs this thread, 200 tokens a second in ten updates, while somebody types and scrolls: the median.
double tst_ConversationView::workOfAnUpdate(int messages)
{
    ChatPane pane;
    pane.resize(400, 800);
    pane.show();
    auto *field = pane.findChild<GrowingTextEdit *>(QStringLiteral("composerField"));
    field->setFocus();
    pane.model()->setMessages(longConversation(messages));
    if (!QTest::qWaitFor([&pane] { return atBottom(pane.view()); }))
        return 0;
    std::vector<double> work;
    for (int step = 0; step < 25; ++step) {
        const double before = workedMs();
        grow(pane.model(), step);
        QTest::keyClick(field, Qt::Key_A);
        if (step % 5 == 4)
            pane.view()->verticalScrollBar()->setValue(pane.view()->verticalScrollBar()->maximum() * step / 25);
        if (step % 10 == 9)
            pane.view()->jumpToEnd();
        QTest::qWait(100);
        work.push_back(workedMs() - before);
    }
    std::nth_element(work.begin(), work.begin() + 12, work.end());
    return work[12];
}

/// However long the conversation is: what is out of sight costs nothing, and the work of an update is not felt.
/// (tests/bench/window measures the longest stall.)
void tst_ConversationView::streamingCostsTheSameInLongConversations()
{
    const double few = workOfAnUpdate(10);
    const double many = workOfAnUpdate(400);
    QVERIFY(few > 0 && many > 0);
#ifdef __SANITIZE_ADDRESS__
    constexpr double limit = 250;
#else
    constexpr double limit = 50; // felt above
#endif
    QVERIFY2(many <= std::min(limit, 3 * few), qPrintable(QStringLiteral("%1 ms, %2 ms").arg(few).arg(many)));
}

QTEST_MAIN(tst_ConversationView)
#include "tst_conversationview.moc"
