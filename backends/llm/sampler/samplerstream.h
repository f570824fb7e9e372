// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"
#include "backends/llm/modelcatalog.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Flotilla {

/// Plays prepared events: all in one turn of the event loop at full pace, else as many characters as the pace allows at
/// each tick (seldom ones when the whole answer has a time, so that a thousand of them at once cost little). Events
/// begin after control returned to the event loop. Lives on the thread that made it.
class SamplerStream : public ModelStream
{
    Q_OBJECT

public:
    SamplerStream(const ModelRequest &request, SamplerPace pace);
    void cancel() override;

private:
    void begin();
    void setPace();
    void play();
    bool emitPart(qsizetype &allowance);
    bool send(const StreamEvent &sent);

    ModelRequest m_request;
    SamplerPace m_pace;
    QList<StreamEvent> m_events;
    qsizetype m_next = 0;
    qsizetype m_offset = 0; ///< characters of the event m_next that were sent
    qsizetype m_sent = 0;   ///< characters in all
    bool m_cancelled = false;
    double m_charactersPerMs = 0; ///< 0: at once
    QElapsedTimer m_since;
    QTimer m_timer;
};

} // namespace Flotilla
