// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QStringList>
#include <QUrl>

namespace Flotilla {

/// What a real browser engine saw. Implemented by the window with an off-screen web view.
struct ProbeReport
{
    bool loaded = false;
    bool blank = true;
    QStringList errors; ///< uncaught errors, failed module loads, with file and line where known
    QString title;
    QByteArray thumbnail; ///< PNG; empty: none
};

/// Any thread; answers within its own deadline.
class PreviewProbe
{
public:
    virtual ~PreviewProbe() = default;
    virtual Future<ProbeReport> probe(const QUrl &url) = 0;
};

} // namespace Flotilla
