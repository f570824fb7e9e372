// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/fakesession.h"
#include "widgets/chat/conversationmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_ConversationModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void insertsInOrder();
    void growingIsOneChange();
    void equalMessageIsSilent();
    void setMessagesKeepsTheBeginning();
    void onlyWhatAModelWroteCanBeTriedAgain();
};

void tst_ConversationModel::insertsInOrder()
{
    ConversationModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const qint64 id : {3, 1, 2})
        model.put(userMessage(id, QString::number(id)));
    QCOMPARE(model.rowCount(), 3);
    for (int row = 0; row < 3; ++row)
        QCOMPARE(model.index(row).data(ConversationModel::IdRole).toLongLong(), row + 1);
    QCOMPARE(model.rowOf(2), 1);
    QCOMPARE(model.rowOf(9), -1);
}

void tst_ConversationModel::growingIsOneChange()
{
    ConversationModel model;
    model.setMessages(sampleConversation());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    Message last = model.messageAt(3);
    std::get<ToolBlock>(last.blocks[0]).preview += QStringLiteral("0.5)'");
    model.put(last);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 3);
    QVERIFY(changed[0][2].value<QList<int>>().contains(ConversationModel::RevisionRole));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.index(3).data(ConversationModel::RevisionRole).toInt(), 1);
}

void tst_ConversationModel::equalMessageIsSilent()
{
    ConversationModel model;
    model.setMessages(sampleConversation());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.put(model.messageAt(1));
    QCOMPARE(changed.size(), 0);
}

void tst_ConversationModel::setMessagesKeepsTheBeginning()
{
    ConversationModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMessages(longConversation(10));
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QList<Message> edited = longConversation(10).mid(0, 6);
    edited.append(userMessage(11, QStringLiteral("another wish")));
    model.setMessages(edited);
    QCOMPARE(model.rowCount(), 7);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed[0][1].toInt(), 6);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][1].toInt(), 6);
}

void tst_ConversationModel::onlyWhatAModelWroteCanBeTriedAgain()
{
    ConversationModel model;
    QList<Message> messages = longConversation(4);
    model.setMessages(messages);
    QVERIFY(!model.index(2).data(ConversationModel::RetryRole).toBool());
    QVERIFY(model.index(3).data(ConversationModel::RetryRole).toBool());
    messages[2].imported = true;
    model.setMessages(messages);
    QVERIFY(!model.index(3).data(ConversationModel::RetryRole).toBool());
}

QTEST_MAIN(tst_ConversationModel)
#include "tst_conversationmodel.moc"
