// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/eventstab.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetsession.h"

#include <QListView>
#include <QLocale>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int lineHeight = 18;
const QString shortMoment = QStringLiteral("d MMM HH:mm");

StatusKind kindOf(const QString &event)
{
    static const QStringList bad{QStringLiteral("failed"), QStringLiteral("host-lost"), QStringLiteral("lost"),
                                 QStringLiteral("out-of-memory")};
    static const QStringList good{QStringLiteral("created"), QStringLiteral("started"), QStringLiteral("host-back"),
                                  QStringLiteral("adopted"), QStringLiteral("woken")};
    if (bad.contains(event))
        return StatusKind::Failed;
    return good.contains(event) ? StatusKind::Live : StatusKind::Idle;
}

QString timeText(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    return local.date() == QDate::currentDate() ? local.toString(QStringLiteral("HH:mm:ss"))
                                                : QLocale().toString(local, shortMoment);
}

/// Of the longest: a date in this language.
int timeWidth()
{
    const QFontMetrics metrics(Theme::instance().tabular());
    return metrics.horizontalAdvance(QLocale().toString(QDateTime(QDate(2000, 12, 30), {}), shortMoment));
}

class EventDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PainterState keep(painter);
        const auto event = index.data(EventModel::EventRole).value<FleetEvent>();
        const auto &c = colors();
        if (option.state & QStyle::State_Selected)
            drawRounded(painter, QRectF(option.rect).adjusted(4, 0, -4, 0), Metric::radius, c.raised);
        const QRect inner = option.rect.adjusted(Space::l, 6, -Space::l, -6);
        drawDot(painter, QRectF(inner.left(), inner.top(), 8, lineHeight), c.status(kindOf(event.kind)));
        painter->setFont(Theme::instance().tabular());
        painter->setPen(c.muted);
        painter->drawText(QRect(inner.left() + 16, inner.top(), timeWidth(), lineHeight), Qt::AlignVCenter,
                          timeText(event.time));
        painter->setFont(Theme::instance().font());
        painter->setPen(c.text);
        painter->drawText(textRect(inner), Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, event.text);
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QListView *>(option.widget);
        const int width = view ? view->viewport()->width() : option.rect.width();
        const QRect inner = QRect(0, 0, width, 1000).adjusted(Space::l, 6, -Space::l, -6);
        const QFontMetrics metrics(Theme::instance().font());
        const QString text = index.data(Qt::DisplayRole).toString();
        const int height = metrics.boundingRect(textRect(inner), Qt::TextWordWrap, text).height();
        return {width, qMax(height, lineHeight) + 12};
    }

private:
    static QRect textRect(const QRect &inner) { return inner.adjusted(16 + timeWidth() + Space::s, 0, 0, 0); }
};

} // namespace

void EventModel::setEvents(QList<FleetEvent> events)
{
    beginResetModel();
    std::reverse(events.begin(), events.end());
    m_events = events.mid(0, most);
    endResetModel();
}

void EventModel::add(const FleetEvent &event)
{
    if (!m_events.isEmpty() && event.id != 0 && m_events.first().id == event.id)
        return;
    beginInsertRows({}, 0, 0);
    m_events.prepend(event);
    endInsertRows();
    if (m_events.size() <= most)
        return;
    beginRemoveRows({}, most, most);
    m_events.removeLast();
    endRemoveRows();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    const FleetEvent &event = m_events.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return event.text;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(timeText(event.time), event.text);
    case Qt::ToolTipRole:
        return QLocale().toString(event.time.toLocalTime(), QLocale::LongFormat);
    case EventRole:
        return QVariant::fromValue(event);
    default:
        return {};
    }
}

EventsTab::EventsTab(FleetSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new EventModel(this))
    , m_list(new QListView)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("eventsTab"));
    m_list->setObjectName(QStringLiteral("eventsQListView"));
    m_list->setAccessibleName(tr("Events"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EventDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setStyleProperty(m_list, "kind", QStringLiteral("bare"));
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Space::s);
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyState::actionTriggered, this, &EventsTab::load);
    connect(session, &FleetSession::eventAdded, this, [this](const FleetEvent &event) {
        if (event.app != m_app || !m_loaded)
            return;
        m_model->add(event);
        m_stack->setCurrentIndex(0);
    });
}

void EventsTab::setApp(const AppId &app)
{
    if (app == m_app)
        return;
    m_app = app;
    m_loaded = false;
    m_model->setEvents({});
    if (isVisible())
        load();
}

void EventsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        load();
}

void EventsTab::load()
{
    whenDone(m_session->events(m_app, EventModel::most), this,
             [this, app = m_app](const Result<QList<FleetEvent>> &events) {
                 if (app == m_app)
                     take(events);
             });
}

void EventsTab::take(const Result<QList<FleetEvent>> &events)
{
    if (!events) {
        m_empty->show(QStringLiteral("warning"), tr("The events cannot be read"), events.error().text, tr("Try again"));
        return m_stack->setCurrentIndex(1);
    }
    m_loaded = true;
    m_model->setEvents(*events);
    m_empty->show(QStringLiteral("clock"), tr("Nothing happened yet"),
                  tr("Starts, stops, moves and their reasons show up here and are kept."));
    m_stack->setCurrentIndex(events->isEmpty() ? 1 : 0);
}

} // namespace Flotilla
