// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/droppedfiles.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

namespace Flotilla {

namespace {

constexpr auto dropFolder = "dropped/";
constexpr qint64 mostDropped = 64ll * 1024 * 1024; // all together
constexpr qint64 mostInOne = 8ll * 1024 * 1024;    // what the agent takes
constexpr int mostNameBytes = 255;

struct DropWords
{
    Q_DECLARE_TR_FUNCTIONS(DroppedFiles)
};

/// A shell would act on some characters, even between quotes, and a terminal on more.
QString tameName(const QString &name)
{
    QString tame;
    for (const QChar letter : name)
        tame += letter.category() == QChar::Other_Control ? QLatin1Char('_') : letter;
    return tame;
}

QString uniqueName(const DroppedFiles &files, const QString &name)
{
    QString unique = name;
    for (int copy = 2; files.contents.contains(unique); ++copy)
        unique = name + QStringLiteral(".%1").arg(copy);
    return unique;
}

Result<QByteArray> readOne(const QString &path, qint64 most)
{
    const QFileInfo info(path);
    const auto refuse = [](const QString &text) { return Error{ErrorKind::Invalid, text, {}}; };
    if (!info.isFile())
        return refuse(DropWords::tr("%1 is not a file. Drop files here, no folders.").arg(info.fileName()));
    if (info.size() > mostInOne)
        return refuse(DropWords::tr("%1 is larger than 8 MiB, which is the most that can be dropped into a sandbox.")
                          .arg(info.fileName()));
    if (info.size() > most)
        return refuse(DropWords::tr("These files are larger than 64 MiB together. Drop fewer at a time."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(DropWords::tr("%1 cannot be read: %2.").arg(info.fileName(), file.errorString()));
    return file.read(mostInOne);
}

Result<DroppedFiles> readAll(const QStringList &paths)
{
    DroppedFiles files;
    qint64 left = mostDropped;
    for (const QString &path : paths) {
        const Result<QByteArray> bytes = readOne(path, left);
        if (!bytes)
            return bytes.error();
        left -= bytes->size();
        const QString name = tameName(QFileInfo(path).fileName());
        if (name.toUtf8().size() > mostNameBytes)
            return Error{ErrorKind::Invalid, DropWords::tr("The name of %1 is too long.").arg(name.left(40)), {}};
        files.names.append(uniqueName(files, QLatin1String(dropFolder) + name));
        files.contents.insert(files.names.last(), *bytes);
    }
    return files;
}

QString quoted(QString path)
{
    path.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + path + QLatin1Char('\'');
}

} // namespace

QString DroppedFiles::typed() const
{
    QString text;
    for (const QString &name : names)
        text += quoted(QLatin1String("/app/") + name) + QLatin1Char(' ');
    return text;
}

Future<DroppedFiles> readDroppedFiles(const QStringList &paths)
{
    auto promise = std::make_shared<QPromise<Result<DroppedFiles>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, paths] {
        promise->addResult(readAll(paths));
        promise->finish();
    });
    return promise->future();
}

} // namespace Flotilla
