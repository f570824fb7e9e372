// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/conversationview.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/conversationstops.h"
#include "widgets/chat/messageactions.h"
#include "widgets/chat/messagedelegate.h"

#include <QScrollBar>

namespace Flotilla {

namespace {
constexpr int NearEnd = 24; // pixels from the end that count as the end
constexpr int SliceMilliseconds = 6;
constexpr int QuietSeconds = 10;
} // namespace

ConversationView::ConversationView(QWidget *parent)
    : QListView(parent)
    , m_delegate(new MessageDelegate(this))
    , m_actions(new MessageActions(viewport()))
    , m_stops(new ConversationStops(this))
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
    m_stopsTimer.setInterval(0);
    m_stopsTimer.setSingleShot(true);
    m_countDown.setInterval(1000);
    connectSignals();
}

void ConversationView::connectSignals()
{
    connect(&m_layoutTimer, &QTimer::timeout, this, &ConversationView::continueLayout);
    connect(&m_countDown, &QTimer::timeout, this, &ConversationView::countDown);
    connect(&m_stopsTimer, &QTimer::timeout, this, &ConversationView::placeStops);
    connect(m_stops, &ConversationStops::activated, this, &ConversationView::activateStop);
    connect(m_stops, &ConversationStops::focused, this, &ConversationView::bringIntoView);
    connect(m_actions, &MessageActions::copyRequested, this, &ConversationView::copyMessage);
    connect(m_actions, &MessageActions::editRequested, this, [this](const QModelIndex &index) {
        Q_EMIT editMessage(index.data(ConversationModel::IdRole).toLongLong());
    });
    connect(m_actions, &MessageActions::retryRequested, this, &ConversationView::retry);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_actions->hide();
        m_stopsTimer.start();
        if (!m_adjusting)
            setStick(value >= verticalScrollBar()->maximum() - NearEnd);
    });
}

void ConversationView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    if (!model)
        return;
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) {
        const QModelIndex before = this->model()->index(first - 1, 0);
        m_delegate->refresh(before.data(ConversationModel::IdRole).toLongLong()); // it was the newest one
        relayoutLater();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ConversationView::relayoutLater);
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
    m_stopsTimer.start();
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
    m_stopsTimer.start();
    heard();
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
    const bool paused = last.data(ConversationModel::PausedRole).toBool();
    if (!paused && !m_modelWriting)
        return m_countDown.stop();
    if (!paused && !tellsQuiet())
        return;
    m_delegate->refresh(last.data(ConversationModel::IdRole).toLongLong());
    relayoutLater();
    viewport()->update();
}

void ConversationView::setModelWriting(bool writing)
{
    if (std::exchange(m_modelWriting, writing) == writing)
        return;
    heard();
    if (writing)
        m_countDown.start();
}

void ConversationView::heard()
{
    m_lastWord.start();
    m_delegate->setQuiet(0);
}

bool ConversationView::tellsQuiet()
{
    const int seconds = int(m_lastWord.elapsed() / 1000);
    m_delegate->setQuiet(seconds >= QuietSeconds ? seconds : 0);
    return seconds >= QuietSeconds;
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

void ConversationView::setTurnRunning(bool running)
{
    m_turnRunning = running;
    m_delegate->setTurnRunning(running);
    relayoutLater();
}

void ConversationView::restyle()
{
    m_delegate->clear();
    relayoutLater();
}

} // namespace Flotilla
