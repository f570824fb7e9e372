// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/storewatch.h"

#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <utility>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 1000ms;

} // namespace

StoreWatch::StoreWatch(Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &StoreWatch::look);
}

void StoreWatch::start()
{
    const auto apps = m_store->apps().list();
    for (const AppRecord &app : apps ? *apps : QList<AppRecord>())
        m_apps.insert(app.id, app);
    lookAtMessages(false);
    const auto changes = m_store->changesByOthers();
    m_seen = changes ? *changes : -1;
    m_timer.start();
}

/// What cannot be read now (the store is busy) is read at the next look.
void StoreWatch::look()
{
    const auto changes = m_store->changesByOthers();
    if (!changes || std::exchange(m_seen, *changes) == *changes)
        return;
    lookAtApps();
    lookAtMessages(true);
}

void StoreWatch::lookAtApps()
{
    const auto apps = m_store->apps().list();
    if (!apps) {
        m_seen = -1;
        return;
    }
    QHash<AppId, AppRecord> before = std::exchange(m_apps, {});
    for (const AppRecord &app : *apps) {
        m_apps.insert(app.id, app);
        const auto known = before.constFind(app.id);
        const bool isNews = known == before.constEnd() || *known != app;
        before.remove(app.id);
        if (isNews)
            Q_EMIT appChanged(app.id);
    }
    for (auto gone = before.keyBegin(); gone != before.keyEnd(); ++gone)
        Q_EMIT appRemoved(*gone);
}

/// New messages, and the ones that grow or have just stopped to.
void StoreWatch::lookAtMessages(bool report)
{
    const auto newer = m_store->conversation().newest(m_newestMessage);
    const auto streaming = m_store->conversation().streaming();
    if (!newer || !streaming) {
        m_seen = -1;
        return;
    }
    QSet<AppId> changed = std::exchange(m_streaming, {});
    for (const MessageRecord &message : *streaming)
        m_streaming.insert(message.app);
    changed.unite(m_streaming);
    for (auto app = newer->cbegin(); app != newer->cend(); ++app) {
        changed.insert(app.key());
        m_newestMessage = std::max(m_newestMessage, app.value());
    }
    for (const AppId &app : std::as_const(changed))
        if (report)
            Q_EMIT conversationChanged(app);
}

} // namespace Flotilla
