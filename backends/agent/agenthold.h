// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/stream.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <memory>

namespace Flotilla {

class AgentCall;

/// Everything in a sandbox stands still while this lives and its connection does. Thread of its maker.
class AgentHold : public QObject
{
    Q_OBJECT

public:
    using Handle = std::shared_ptr<AgentHold>;

    ~AgentHold() override;
    /// Answered when everything stands still. Unsupported: the agent is of an older version.
    static Future<Handle> take(const StreamOpener &control);
    /// False: the connection broke, and the app goes on since.
    [[nodiscard]] bool isHeld() const { return m_held; }

private:
    struct Waiting;
    explicit AgentHold(const StreamOpener &control);
    void held();
    void ended(const Result<QJsonObject> &answer);

    std::unique_ptr<Waiting> m_waiting; ///< until there is an answer
    AgentCall *m_call;
    QTimer m_sign;
    QTimer m_deadline;
    bool m_held = false;
};

} // namespace Flotilla
