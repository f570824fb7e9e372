// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace Flotilla::Bench {

/// The options of `docker run` and `podman run` that say the same as this body of POST /containers/create, up to and
/// without the image. `seccompFile` holds the profile, which the body of Docker carries as text.
QStringList runArguments(const QJsonObject &body, const QString &seccompFile);

} // namespace Flotilla::Bench
