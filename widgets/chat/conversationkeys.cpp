// SPDX-License-Identifier: GPL-3.0-or-later
// What the keyboard does in the conversation, and the menu of a message.
#include "widgets/chat/conversationview.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/conversationstops.h"
#include "widgets/chat/messageactions.h"
#include "widgets/chat/messagedelegate.h"
#include "widgets/common/painting.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace Flotilla {

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
    const QPoint pos = viewport()->mapFromGlobal(event->globalPos());
    const ConversationStop *stop = event->reason() == QContextMenuEvent::Keyboard ? m_stops->current() : nullptr;
    if (stop)
        return openMenu(indexOf(stop->message), viewport()->mapToGlobal(stop->rect.bottomLeft()));
    openMenu(indexAt(pos), event->globalPos());
}

void ConversationView::openMenu(const QModelIndex &index, const QPoint &globalPos)
{
    if (!index.isValid())
        return;
    placeActions(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_delegate->selection().isEmpty())
        menu->addAction(tr("Copy selection"), QKeySequence::Copy, this, &ConversationView::copySelection);
    m_actions->addTo(menu);
    menu->popup(globalPos);
}

// ---- the controls in messages ----

QModelIndex ConversationView::indexOf(qint64 message) const
{
    for (int row = model() ? model()->rowCount() - 1 : -1; row >= 0; --row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(ConversationModel::IdRole).toLongLong() == message)
            return index;
    }
    return {};
}

/// What can be reached is what can be seen, and what has the focus.
void ConversationView::placeStops()
{
    QList<ConversationStop> stops;
    const int rows = model() && m_delegate->width() > 0 ? model()->rowCount() : 0;
    const QModelIndex current = m_stops->current() ? indexOf(m_stops->current()->message) : QModelIndex();
    const QModelIndex first = indexAt(QPoint(MessageMetric::side, 0));
    const int from = first.isValid() ? first.row() : rows;
    if (current.isValid() && current.row() < from)
        addStops(stops, current);
    int row = from;
    for (; row < rows && visualRect(model()->index(row, 0)).top() <= viewport()->height(); ++row)
        addStops(stops, model()->index(row, 0));
    if (current.isValid() && current.row() >= row)
        addStops(stops, current);
    m_stops->setStops(stops);
}

void ConversationView::addStops(QList<ConversationStop> &stops, const QModelIndex &index) const
{
    const qint64 id = index.data(ConversationModel::IdRole).toLongLong();
    const QPoint origin = visualRect(index).topLeft();
    const ConversationStop *current = m_stops->current();
    for (const MessageHit &hit : m_delegate->layoutOf(index).hits) {
        const ConversationStop stop{id, hit, hit.rect.translated(origin)};
        const bool hasFocus = current && current->message == id && current->hit.action == hit.action &&
                              current->hit.value == hit.value && current->hit.number == hit.number;
        if (hit.action != HitAction::None && (hasFocus || stop.rect.intersects(viewport()->rect())))
            stops.append(stop);
    }
}

void ConversationView::activateStop(const ConversationStop &stop)
{
    const QModelIndex index = indexOf(stop.message);
    if (stop.hit.action == HitAction::Menu)
        openMenu(index, viewport()->mapToGlobal(stop.rect.bottomLeft()));
    else if (index.isValid())
        activate(index, stop.hit);
}

void ConversationView::bringIntoView(const ConversationStop &stop)
{
    QScrollBar *bar = verticalScrollBar();
    const int above = stop.rect.top() - Space::s;
    const int below = stop.rect.bottom() + Space::s - viewport()->height();
    if (above < 0)
        bar->setValue(bar->value() + above);
    else if (below > 0)
        bar->setValue(bar->value() + std::min(below, above));
}

// ---- the focus of the view itself ----

void ConversationView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    m_keyboardFocus = event->reason() != Qt::MouseFocusReason;
    viewport()->update();
}

void ConversationView::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    viewport()->update();
}

void ConversationView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!hasFocus() || !m_keyboardFocus)
        return;
    QPainter painter(viewport());
    drawFocusRing(&painter, QRectF(viewport()->rect()).adjusted(2, 2, -2, -2), Metric::radius);
}

} // namespace Flotilla
