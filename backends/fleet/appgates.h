// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QFuture>
#include <QHash>
#include <QPromise>

#include <deque>

namespace Flotilla {

/// One operation per app at a time, in the order of asking. One thread.
class AppGates
{
public:
    bool tryEnter(const AppId &app)
    {
        if (m_waiting.contains(app))
            return false;
        m_waiting.insert(app, {});
        return true;
    }
    /// Finishes when it is the caller's turn: it is inside then. Cancelled by clear().
    QFuture<void> wait(const AppId &app)
    {
        auto promise = std::make_shared<QPromise<void>>();
        promise->start();
        m_waiting[app].push_back(promise);
        return promise->future();
    }
    void leave(const AppId &app)
    {
        const auto queue = m_waiting.find(app);
        if (queue == m_waiting.end())
            return;
        if (queue->empty()) {
            m_waiting.erase(queue);
            return;
        }
        const auto next = queue->front();
        queue->pop_front();
        next->finish();
    }
    bool isBusy(const AppId &app) const { return m_waiting.contains(app); }
    void clear() { m_waiting.clear(); }

private:
    QHash<AppId, std::deque<std::shared_ptr<QPromise<void>>>> m_waiting;
};

} // namespace Flotilla
