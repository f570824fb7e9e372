// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QDateTime>
#include <QMetaType>
#include <QStringList>

#include <functional>

namespace Flotilla {

/// A container image that is to be built.
struct ImageBuild
{
    QString folder; ///< of this computer
    QString file;   ///< in the folder; empty: Containerfile, else Dockerfile
    QString tag;    ///< what the image is called then
};

struct BuildProgress
{
    QString text;      ///< what is being done: "Step 3/7: RUN npm ci"
    QStringList lines; ///< that came since the last time, without what a terminal would obey; bounded
    int step = 0;      ///< of `steps`, from 1 on; 0: none has begun
    int steps = 0;
};
using BuildListener = std::function<void(const BuildProgress &)>;

struct BuiltImage
{
    QString image;
    QString id; ///< "sha256:..."
    qint64 bytes = 0;
    QString backend; ///< "podman"
};

/// An image that an engine has.
struct EngineImage
{
    QStringList names; ///< with tags
    QString id;
    qint64 bytes = 0;
    QDateTime created;
};

/// Whether an image can be built under that name.
Status checkImageTag(const QString &tag);
/// What an image that is built from a folder is called when nobody says: a name that no registry answers to.
QString imageTagFor(const QString &folder);

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::BuildProgress)
