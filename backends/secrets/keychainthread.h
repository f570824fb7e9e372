// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Flotilla {

/// An object on the one thread of this process that talks to the keychain. QtKeychain keeps its job queue on the thread
/// of the first job for good, and its look for a backend may block half a second on D-Bus: so neither the service
/// thread nor a thread that ends may run jobs. Stops with the QCoreApplication; null after that.
QObject *keychainContext();

} // namespace Flotilla
