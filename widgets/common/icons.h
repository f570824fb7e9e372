// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Flotilla {

/// An icon of resources/icons by file name ("home", "star-filled"): line drawings of one weight on a 20 px grid.
/// Tinted when painted: muted, accent when on, faint when disabled, so it follows the theme by itself.
QIcon icon(const QString &name);
inline QIcon icon(const char *name)
{
    return icon(QString::fromLatin1(name));
}
/// The same in one fixed colour (a token, read at the time of the call).
QIcon icon(const QString &name, const QColor &color);
/// For delegates. `pixelRatio` of the device painted on; cached.
QPixmap iconPixmap(const QString &name, const QColor &color, int size, double pixelRatio);

} // namespace Flotilla
