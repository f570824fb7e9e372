// SPDX-License-Identifier: GPL-3.0-or-later
// What the pointer does in the conversation: hover, links, buttons in messages, selecting text.
#include "widgets/chat/conversationview.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/messageactions.h"
#include "widgets/chat/messagedelegate.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QTextCursor>
#include <QTextDocument>
#include <QToolTip>

namespace Flotilla {

QPoint ConversationView::toMessage(const QModelIndex &index, const QPoint &pos) const
{
    return pos - visualRect(index).topLeft();
}

ConversationView::TextPlace ConversationView::textPlaceAt(const QPoint &pos, bool exact) const
{
    const QModelIndex index = indexAt(QPoint(MessageMetric::side, std::clamp(pos.y(), 0, viewport()->height() - 1)));
    if (!index.isValid())
        return {};
    const MessageLayout &layout = m_delegate->layoutOf(index);
    const QPoint local = toMessage(index, pos);
    const int item = layout.textItemAt(local);
    if (item < 0 || (exact && !layout.items[item].rect.contains(local)))
        return {};
    const auto &place = layout.items[item];
    const int position = place.document->documentLayout()->hitTest(QPointF(local - place.textAt), Qt::FuzzyHit);
    return {index.data(ConversationModel::IdRole).toLongLong(), item, std::max(0, position)};
}

QString ConversationView::linkAt(const QPoint &pos) const
{
    const QModelIndex index = indexAt(pos);
    if (!index.isValid())
        return {};
    const QPoint local = toMessage(index, pos);
    for (const LayoutItem &item : m_delegate->layoutOf(index).items) {
        if (item.kind == ItemKind::Prose && item.rect.contains(local))
            return item.document->documentLayout()->anchorAt(QPointF(local - item.textAt));
    }
    return {};
}

void ConversationView::hover(const QPoint &pos)
{
    const QModelIndex index = indexAt(pos);
    std::optional<MessageHit> hit;
    if (index.isValid()) {
        if (const MessageHit *found = m_delegate->layoutOf(index).hitAt(toMessage(index, pos)))
            hit = *found;
    }
    m_delegate->setHovered(index.data(ConversationModel::IdRole).toLongLong(), hit);
    const bool control = hit && hit->action != HitAction::None && hit->action != HitAction::Menu;
    const bool clickable = control || !linkAt(pos).isEmpty();
    const bool text = !clickable && textPlaceAt(pos, true).item >= 0;
    viewport()->setCursor(clickable ? Qt::PointingHandCursor : text ? Qt::IBeamCursor : Qt::ArrowCursor);
    viewport()->update();
    placeActions(index);
}

void ConversationView::placeActions(const QModelIndex &index)
{
    m_actions->setMessage(index, m_turnRunning);
    if (m_actions->isEmpty())
        return m_actions->hide();
    const QRect row = visualRect(index);
    const MessageLayout &layout = m_delegate->layoutOf(index);
    QPoint at(row.right() - MessageMetric::trailing - m_actions->width() + Space::xs,
              row.top() - m_actions->height() / 2 + Space::s);
    if (index.data(ConversationModel::RoleRole).toInt() == int(Role::User) && !layout.items.isEmpty()) {
        const QRect bubble = layout.items.last().rect;
        at = QPoint(bubble.left() - m_actions->width() - Space::xs, row.top() + bubble.top());
    }
    m_actions->move(std::max(0, at.x()), std::max(0, at.y()));
    m_actions->show();
}

void ConversationView::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->pos();
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    const TextPlace place = textPlaceAt(event->pos(), false);
    m_delegate->setSelection({place.message, place.item, place.position, place.item, place.position});
    m_dragging = place.item >= 0;
    viewport()->update();
}

void ConversationView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragging || !(event->buttons() & Qt::LeftButton)) {
        hover(event->pos());
        return;
    }
    TextSelection selection = m_delegate->selection();
    const TextPlace place = textPlaceAt(event->pos(), false);
    if (place.message == selection.message && place.item >= 0) {
        selection.toItem = place.item;
        selection.toPos = place.position;
        m_delegate->setSelection(selection);
        viewport()->update();
    }
}

void ConversationView::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragging = false;
    const bool click = (event->pos() - m_pressedAt).manhattanLength() < QApplication::startDragDistance();
    if (event->button() != Qt::LeftButton || !click)
        return;
    if (const QString link = linkAt(event->pos()); !link.isEmpty()) {
        Q_EMIT openLink(QUrl(link));
        return;
    }
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    if (const MessageHit *hit = m_delegate->layoutOf(index).hitAt(toMessage(index, event->pos())))
        activate(index, MessageHit(*hit));
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const TextPlace place = textPlaceAt(event->pos(), true);
    const QModelIndex index = indexAt(event->pos());
    if (place.item < 0 || !index.isValid())
        return;
    QTextCursor cursor(m_delegate->layoutOf(index).items[place.item].document.get());
    cursor.setPosition(place.position);
    cursor.select(QTextCursor::WordUnderCursor);
    m_delegate->setSelection({place.message, place.item, cursor.selectionStart(), place.item, cursor.selectionEnd()});
    viewport()->update();
}

void ConversationView::activate(const QModelIndex &index, const MessageHit &hit)
{
    switch (hit.action) {
    case HitAction::OpenDiff:
        return Q_EMIT openDiff(hit.value, hit.number);
    case HitAction::OpenFile:
        return Q_EMIT openFile(hit.value, hit.number);
    case HitAction::GoToVersion:
        return Q_EMIT goToVersion(hit.number);
    case HitAction::Fix:
        return Q_EMIT fixRequested();
    case HitAction::CopyText:
        QApplication::clipboard()->setText(hit.value);
        return Q_EMIT copied(tr("Code copied"));
    case HitAction::ToggleExpand:
        m_delegate->toggleExpanded(index.data(ConversationModel::IdRole).toLongLong(), hit.number);
        setStick(false);
        return relayoutLater();
    case HitAction::Retry:
        return Q_EMIT retry();
    case HitAction::OpenLink:
        return Q_EMIT openLink(QUrl(hit.value));
    case HitAction::Menu:
    case HitAction::None:
        return;
    }
}

void ConversationView::leaveEvent(QEvent *event)
{
    QListView::leaveEvent(event);
    m_delegate->setHovered(0, std::nullopt);
    m_actions->hide();
    viewport()->update();
}

bool ConversationView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    const MessageHit *hit =
        index.isValid() ? m_delegate->layoutOf(index).hitAt(toMessage(index, help->pos())) : nullptr;
    QToolTip::showText(help->globalPos(), hit ? hit->tip : QString(), this);
    return true;
}

} // namespace Flotilla
