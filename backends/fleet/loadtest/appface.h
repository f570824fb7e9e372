// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace Flotilla {

/// What an app looks like as far as its files say so, without a browser: enough for a drawing of it.
struct AppFace
{
    QString kind;          ///< "board", "timer": of the built-in sampler's apps; empty: another app
    QList<quint32> colors; ///< 0xRRGGBB: the ground, then up to four colourful ones; empty: the files name none
    bool operator==(const AppFace &) const = default;
    static constexpr qsizetype mostColors = 5;
};

/// Reads the style sheets, then the pages, then the classes of components, until it knows enough; some ten
/// microseconds. Pure, any thread.
AppFace faceOf(const QHash<QString, QByteArray> &files);

} // namespace Flotilla
