// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalzoom.h"

namespace Flotilla {

TerminalZoom &TerminalZoom::instance()
{
    static TerminalZoom zoom;
    return zoom;
}

void TerminalZoom::setSteps(int steps)
{
    steps = qBound(smallest, steps, largest);
    if (steps == m_steps)
        return;
    m_steps = steps;
    Q_EMIT changed(steps);
}

} // namespace Flotilla
