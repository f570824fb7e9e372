// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/imagebuild.h"

#include "backends/sandbox/imagename.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/sandbox/sandboxwords.h"

#include <QDir>

namespace Flotilla {

namespace {

constexpr qsizetype longestPart = 60;

} // namespace

Status checkImageTag(const QString &tag)
{
    if (tag.isEmpty())
        return Error{ErrorKind::Invalid, SandboxWords::tr("Say what the image is to be called."), {}};
    if (tag.contains(QLatin1Char('@')))
        return Error{ErrorKind::Invalid,
                     SandboxWords::tr("An image is built under a name and a tag, like localhost/tools:1, without a "
                                      "digest."),
                     {}};
    return checkImageName(tag);
}

QString imageTagFor(const QString &folder)
{
    QString part;
    const QString name = QDir(folder).dirName().toLower();
    for (const QChar c : name) {
        const bool plain =
            (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        if (plain)
            part += c;
        else if (!part.isEmpty() && !part.endsWith(QLatin1Char('-')))
            part += QLatin1Char('-');
    }
    part.truncate(longestPart);
    while (part.endsWith(QLatin1Char('-')))
        part.chop(1);
    return QStringLiteral("localhost/%1:latest").arg(part.isEmpty() ? QStringLiteral("image") : part);
}

Future<BuiltImage> SandboxBackend::buildImage(const ImageBuild &, const BuildListener &, QObject *)
{
    return readyFuture<BuiltImage>(imagesNeedAnEngine());
}

Future<QList<EngineImage>> SandboxBackend::images()
{
    return readyFuture<QList<EngineImage>>(imagesNeedAnEngine());
}

} // namespace Flotilla
