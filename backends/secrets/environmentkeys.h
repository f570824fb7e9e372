// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla {

/// Moves the keys out of the environment, so that no child has them: ssh and its ProxyCommand, the processes of the web
/// view, launchers. Once, at the beginning of main.
void takeKeysFromEnvironment();

/// What the environment says or said of "anthropic" and "openai"; empty: nothing. Any thread.
QString keyFromEnvironment(const QString &name);

} // namespace Flotilla
