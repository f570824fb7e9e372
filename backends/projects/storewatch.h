// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/storage/records.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Flotilla {

class Store;

/// Notices what other programs write to the store: once a second it reads a counter, and looks closer only when that
/// has moved. Store's thread.
class StoreWatch : public QObject
{
    Q_OBJECT

public:
    explicit StoreWatch(Store *store, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void appChanged(const Flotilla::AppId &app); ///< also one that is new
    void appRemoved(const Flotilla::AppId &app);
    void conversationChanged(const Flotilla::AppId &app);

private:
    void look();
    void lookAtApps();
    void lookAtMessages(bool report);

    Store *m_store;
    QTimer m_timer;
    qint64 m_seen = -1;
    QHash<AppId, AppRecord> m_apps;
    QSet<AppId> m_streaming;
    qint64 m_newestMessage = 0;
};

} // namespace Flotilla
