// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/recording/recordedanswer.h"

#include <QHash>

namespace Flotilla {

QString toString(StopReason reason);

/// Reads the events of one recorded answer in their order, and takes no order that a model could not have sent: times
/// do not go back, a call is begun before it grows and ends once, nothing follows the end.
class EventReader
{
public:
    Result<RecordedEvent> read(const QJsonObject &json);
    bool isComplete() const { return m_done && m_open.isEmpty(); }

private:
    Result<StreamEvent> readEvent(const QJsonObject &json);
    Result<StreamEvent> readText(const QJsonObject &json) const;
    Result<StreamEvent> readCall(const QJsonObject &call);
    Result<StreamEvent> readInput(const QJsonObject &json) const;
    Result<StreamEvent> readCalled(const QJsonObject &call);
    Result<StreamEvent> readUsage(const QJsonObject &json) const;
    Result<StreamEvent> readDone(const QString &reason);

    QHash<int, ToolCallStarted> m_open;
    int m_calls = 0;
    int m_at = 0;
    bool m_done = false;
};

} // namespace Flotilla
