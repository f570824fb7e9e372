// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QObject>

namespace Flotilla {

/// What the Settings screen shows and changes of the control API besides its settings. GUI thread.
class ApiControl : public QObject
{
    Q_OBJECT

public:
    struct State
    {
        bool on = false;
        quint16 port = 0;     ///< where it listens
        QString problem = {}; ///< why it is not on although it should be
        bool operator==(const State &) const = default;
    };

    using QObject::QObject;
    virtual State state() const = 0;
    virtual Future<QString> token() = 0;    ///< made when there is none
    virtual Future<QString> newToken() = 0; ///< the old one counts no more

Q_SIGNALS:
    void changed();
};

} // namespace Flotilla
