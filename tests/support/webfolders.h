// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QTemporaryDir>

namespace Flotilla::Test {

/// A folder of its own for a web profile. Profiles write into theirs after their view is gone, until the application
/// ends: all are removed when the program is over.
inline QString newWebFolder()
{
    static const QTemporaryDir all(QDir::tempPath() + QStringLiteral("/tst-web-XXXXXX"));
    static int count = 0;
    const QString folder = all.filePath(QString::number(++count));
    QDir().mkpath(folder);
    return folder;
}

} // namespace Flotilla::Test
