// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/conversationview.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/messagedelegate.h"
#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolButton>
#include <QToolTip>

namespace Flotilla {

namespace {
constexpr int NearEnd = 24; // pixels from the end that count as the end
constexpr int SliceMilliseconds = 6;
} // namespace

ConversationView::ConversationView(QWidget *parent)
    : QListView(parent)
    , m_delegate(new MessageDelegate(this))
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
    setupActions();
    m_layoutTimer.setInterval(0);
    connect(&m_layoutTimer, &QTimer::timeout, this, &ConversationView::continueLayout);
    m_countDown.setInterval(1000);
    connect(&m_countDown, &QTimer::timeout, this, &ConversationView::countDown);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_actions->hide();
        if (!m_adjusting)
            setStick(value >= verticalScrollBar()->maximum() - NearEnd);
    });
}

void ConversationView::setupActions()
{
    m_actions = new QWidget(viewport());
    m_actions->setObjectName(QStringLiteral("messageActions"));
    setSurface(m_actions, "raised");
    m_copy = makeIconButton(QStringLiteral("copy"), tr("Copy message"), QStringLiteral("copyMessageButton"));
    m_edit = makeIconButton(QStringLiteral("rename"), tr("Edit and send again"), QStringLiteral("editMessageButton"));
    m_retry = makeIconButton(QStringLiteral("reload"), tr("Try again"), QStringLiteral("retryMessageButton"));
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    for (QToolButton *button : {m_copy, m_edit, m_retry}) {
        button->setFocusPolicy(Qt::NoFocus);
        button->setIconSize(QSize(14, 14));
        row->addWidget(button);
    }
    m_actions->hide();
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_actionsFor.data(Qt::DisplayRole).toString());
        Q_EMIT copied(tr("Message copied"));
    });
    connect(m_edit, &QToolButton::clicked, this,
            [this] { Q_EMIT editMessage(m_actionsFor.data(ConversationModel::IdRole).toLongLong()); });
    connect(m_retry, &QToolButton::clicked, this, &ConversationView::retry);
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

void ConversationView::restyle()
{
    m_delegate->clear();
    relayoutLater();
}

// ---- mouse ----

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
    const bool clickable = (hit && hit->action != HitAction::None) || !linkAt(pos).isEmpty();
    const bool text = !clickable && textPlaceAt(pos, true).item >= 0;
    viewport()->setCursor(clickable ? Qt::PointingHandCursor : text ? Qt::IBeamCursor : Qt::ArrowCursor);
    viewport()->update();
    placeActions(index);
}

void ConversationView::placeActions(const QModelIndex &index)
{
    const int state = index.data(ConversationModel::StateRole).toInt();
    if (!index.isValid() || state == int(MessageState::Streaming)) {
        m_actions->hide();
        return;
    }
    const bool user = index.data(ConversationModel::RoleRole).toInt() == int(Role::User);
    m_actionsFor = index;
    m_edit->setVisible(user && !m_turnRunning);
    m_retry->setVisible(!user && !m_turnRunning && index.data(ConversationModel::LastRole).toBool());
    m_actions->adjustSize();
    const QRect row = visualRect(index);
    const MessageLayout &layout = m_delegate->layoutOf(index);
    int x = row.right() - MessageMetric::side - m_actions->width() + Space::xs;
    int y = row.top() - m_actions->height() / 2 + Space::s;
    if (user && !layout.items.isEmpty()) {
        x = layout.items.last().rect.left() - m_actions->width() - Space::xs;
        y = row.top() + layout.items.last().rect.top();
    }
    m_actions->move(std::max(0, x), std::max(0, y));
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
    case HitAction::CopyText:
        QApplication::clipboard()->setText(hit.value);
        return Q_EMIT copied(tr("Code copied"));
    case HitAction::ToggleExpand:
        m_delegate->toggleExpanded(index.data(ConversationModel::IdRole).toLongLong(), hit.number);
        setStick(false);
        return relayoutLater();
    case HitAction::OpenLink:
    case HitAction::OpenImage:
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
    QToolTip::showText(help->globalPos(),
                       hit ? hit->tip.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")) : QString(),
                       this);
    return true;
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
            m_actions->isVisible() ? QModelIndex(m_actionsFor) : model()->index(model()->rowCount() - 1, 0);
        text = at.data(Qt::DisplayRole).toString();
    }
    QApplication::clipboard()->setText(text);
    Q_EMIT copied(tr("Copied"));
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
    menu->addAction(tr("Copy message"), m_copy, &QToolButton::click);
    if (m_edit->isVisibleTo(m_actions))
        menu->addAction(tr("Edit and send again"), m_edit, &QToolButton::click);
    if (m_retry->isVisibleTo(m_actions))
        menu->addAction(tr("Try again"), this, &ConversationView::retry);
    menu->popup(event->globalPos());
}

} // namespace Flotilla
