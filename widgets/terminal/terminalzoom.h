// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Flotilla {

/// How much larger than usual the letters of every terminal are, in pixels. One for the program. GUI thread.
class TerminalZoom : public QObject
{
    Q_OBJECT

public:
    static TerminalZoom &instance();
    static constexpr int smallest = -5, largest = 19;

    int steps() const { return m_steps; }
    void setSteps(int steps); ///< bounded

Q_SIGNALS:
    void changed(int steps);

private:
    int m_steps = 0;
};

} // namespace Flotilla
