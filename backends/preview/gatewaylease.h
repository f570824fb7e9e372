// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QObject>

#include <memory>

namespace Flotilla {

class Gateway;

/// One program per store serves the previews, on a port that stays the same over restarts so that apps keep their
/// origin. The first one to come holds a lock in the data folder and makes its gateway listen; the others learn the
/// owner's port and look every second whether it has gone (its death frees the lock), then take over on the same port.
/// Files: gateway.lock, gateway.port (mode 0600). Service thread.
class GatewayLease : public QObject
{
    Q_OBJECT

public:
    GatewayLease(const QString &dataDir, Gateway *gateway, QObject *parent = nullptr);
    ~GatewayLease() override;

    /// The port on which this store's previews are served, by us or by the owner. Conflict never: when the remembered
    /// port is taken by a stranger, another one is chosen and remembered.
    Result<quint16> begin();
    /// Looks at once: somebody found nobody at the port.
    void look();
    bool isOwner() const;
    quint16 port() const;

Q_SIGNALS:
    void portChanged(quint16 port); ///< after a take-over on another port, or when the owner moved
    void ownerChanged(bool owner);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
