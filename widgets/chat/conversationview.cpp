// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/conversationview.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/messageactions.h"
#include "widgets/chat/messagedelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace Flotilla {

namespace {
constexpr int NearEnd = 24; // pixels from the end that count as the end
constexpr int SliceMilliseconds = 6;
} // namespace

ConversationView::ConversationView(QWidget *parent)
    : QListView(parent)
    , m_delegate(new MessageDelegate(this))
    , m_actions(new MessageActions(viewport()))
{
    setObjectName(QStringLiteral("conversationView"));
    setAccessibleName(tr("Conversation"));
    setProperty("kind", QStringLiteral("bare"));
    setItemDelegate(m_delegate);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(40);
    m_layoutTimer.setInterval(0);
    m_countDown.setInterval(1000);
    connectSignals();
}

void ConversationView::connectSignals()
{
    connect(&m_layoutTimer, &QTimer::timeout, this, &ConversationView::continueLayout);
    connect(&m_countDown, &QTimer::timeout, this, &ConversationView::countDown);
    connect(m_actions, &MessageActions::copyRequested, this, &ConversationView::copyMessage);
    connect(m_actions, &MessageActions::editRequested, this, [this](const QModelIndex &index) {
        Q_EMIT editMessage(index.data(ConversationModel::IdRole).toLongLong());
    });
    connect(m_actions, &MessageActions::retryRequested, this, &ConversationView::retry);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_actions->hide();
        if (!m_adjusting)
            setStick(value >= verticalScrollBar()->maximum() - NearEnd);
    });
}

void ConversationView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    if (!model)
        return;
    connect(model, &QAbstractItemModel::rowsInserted, this, &ConversationView::relayoutLater);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] { m_countDown.start(); }); // stops by itself
}

// ---- keeping the place ----

void ConversationView::setStick(bool stick)
{
    if (std::exchange(m_stick, stick) != stick)
        Q_EMIT atEndChanged(stick);
}

void ConversationView::jumpToEnd()
{
    setStick(true);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ConversationView::doItemsLayout()
{
    const bool wasAdjusting = std::exchange(m_adjusting, true);
    const QPersistentModelIndex anchor = m_stick ? QModelIndex() : indexAt(QPoint(MessageMetric::side, 1));
    const int before = anchor.isValid() ? visualRect(anchor).top() : 0;
    QListView::doItemsLayout();
    if (anchor.isValid())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + visualRect(anchor).top() - before);
    m_adjusting = wasAdjusting;
}

void ConversationView::updateGeometries()
{
    const bool wasAdjusting = std::exchange(m_adjusting, true);
    QListView::updateGeometries();
    if (m_stick)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_adjusting = wasAdjusting;
}

void ConversationView::resizeEvent(QResizeEvent *event)
{
    // The bar's width stays free, so that nothing moves when the bar comes.
    m_delegate->setWidth(width() - verticalScrollBar()->sizeHint().width());
    QListView::resizeEvent(event);
    relayoutLater();
}

void ConversationView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    QListView::dataChanged(topLeft, bottomRight, roles);
    if (!roles.isEmpty() && !roles.contains(ConversationModel::RevisionRole))
        return;
    if (!m_countDown.isActive() && bottomRight.data(ConversationModel::PausedRole).toBool())
        m_countDown.start();
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (visualRect(index).height() != m_delegate->sizeHint({}, index).height()) {
            relayoutLater();
            return;
        }
    }
}

void ConversationView::relayoutLater()
{
    scheduleDelayedItemsLayout();
    m_layoutTimer.start();
}

void ConversationView::continueLayout()
{
    if (m_dragging || !model() || m_delegate->width() <= 0)
        return;
    if (!m_delegate->layOutPending(model(), SliceMilliseconds)) {
        m_layoutTimer.stop();
        doItemsLayout();
    }
}

void ConversationView::countDown()
{
    const QModelIndex last = model() ? model()->index(model()->rowCount() - 1, 0) : QModelIndex();
    if (!last.data(ConversationModel::PausedRole).toBool())
        return m_countDown.stop();
    m_delegate->refresh(last.data(ConversationModel::IdRole).toLongLong());
    relayoutLater();
    viewport()->update();
}

void ConversationView::setLastGreen(int version)
{
    m_delegate->setLastGreen(version);
    relayoutLater();
}

void ConversationView::setActivity(const QString &activity)
{
    m_delegate->setActivity(activity);
    relayoutLater();
}

void ConversationView::setUseErrors(const QHash<int, QString> &errors, int fixable)
{
    m_delegate->setUseErrors(errors, fixable);
    relayoutLater();
}

void ConversationView::restyle()
{
    m_delegate->clear();
    relayoutLater();
}

// ---- keyboard and menu ----

void ConversationView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    switch (event->key()) {
    case Qt::Key_Up:
        return bar->triggerAction(QScrollBar::SliderSingleStepSub);
    case Qt::Key_Down:
        return bar->triggerAction(QScrollBar::SliderSingleStepAdd);
    case Qt::Key_PageUp:
        return bar->triggerAction(QScrollBar::SliderPageStepSub);
    case Qt::Key_PageDown:
        return bar->triggerAction(QScrollBar::SliderPageStepAdd);
    case Qt::Key_Home:
        return bar->triggerAction(QScrollBar::SliderToMinimum);
    case Qt::Key_End:
        return jumpToEnd();
    default:
        event->ignore();
    }
}

void ConversationView::copySelection()
{
    QString text = m_delegate->selectedText(model());
    if (text.isEmpty() && model() && model()->rowCount() > 0) {
        const QModelIndex at =
            m_actions->isVisible() ? m_actions->message() : model()->index(model()->rowCount() - 1, 0);
        text = at.data(Qt::DisplayRole).toString();
    }
    QApplication::clipboard()->setText(text);
    Q_EMIT copied(tr("Copied"));
}

void ConversationView::copyMessage(const QModelIndex &index)
{
    QApplication::clipboard()->setText(index.data(Qt::DisplayRole).toString());
    Q_EMIT copied(tr("Message copied"));
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    placeActions(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_delegate->selection().isEmpty())
        menu->addAction(tr("Copy selection"), QKeySequence::Copy, this, &ConversationView::copySelection);
    m_actions->addTo(menu);
    menu->popup(event->globalPos());
}

} // namespace Flotilla
