// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace Flotilla::Bench {

/// The window program over the store in `data`: asks for an app, and types and scrolls while it is written. Prints the
/// longest stall of the GUI thread while the model streamed, as JSON, and leaves.
int runStreaming(QApplication &application, const QString &data);

} // namespace Flotilla::Bench
