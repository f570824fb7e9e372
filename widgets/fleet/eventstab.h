// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"

#include <QAbstractListModel>
#include <QWidget>

class QListView;
class QStackedWidget;

namespace Flotilla {

class EmptyState;
class FleetSession;

/// Events of one app, newest first, at most 500.
class EventModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int most = 500;
    enum Role { EventRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;
    void setEvents(QList<FleetEvent> events); ///< oldest first
    void add(const FleetEvent &event);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<FleetEvent> m_events; // newest first
};

/// What happened to the app, and why.
class EventsTab : public QWidget
{
    Q_OBJECT

public:
    explicit EventsTab(FleetSession *session, QWidget *parent = nullptr);
    void setApp(const AppId &app);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void take(const Result<QList<FleetEvent>> &events);

    FleetSession *m_session;
    AppId m_app;
    EventModel *m_model;
    QListView *m_list;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    bool m_loaded = false;
};

} // namespace Flotilla
