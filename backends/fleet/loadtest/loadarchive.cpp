// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadarchive.h"

#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStorageInfo>
#include <QtEndian>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qint64 largestFile = 512ll * 1024 * 1024;
constexpr quint32 largestUnpacked = 2000u * 1024 * 1024;

Status writeWhole(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path); // its commit() does not tell that what it still held could not be written: flush()
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush() && file.commit())
        return {};
    const QStorageInfo disk(QFileInfo(path).path());
    if (disk.isValid() && disk.bytesAvailable() < bytes.size())
        return Error{
            ErrorKind::DiskFull,
            LoadWords::tr("The disk is full: the run cannot be stored in %1. Free some space there.").arg(path),
            file.errorString()};
    return Error{ErrorKind::Storage, LoadWords::tr("The run cannot be stored in %1. Check the disk.").arg(path),
                 file.errorString()};
}

QByteArray readWhole(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() <= largestFile ? file.readAll() : QByteArray();
}

QJsonObject listEntry(const LoadRecord &record)
{
    QJsonObject json = toJson(LoadRecord{record.info, {}, {}, {}, {}, {}});
    for (const char *bulky : {"plan", "environment", "apps", "samples", "events"})
        json.remove(QLatin1String(bulky));
    return json;
}

} // namespace

Status LoadArchive::save(const LoadRecord &record) const
{
    if (!QDir().mkpath(m_dir))
        return Error{
            ErrorKind::Storage, LoadWords::tr("The run cannot be stored in %1. Check the disk.").arg(m_dir), {}};
    const QString base = m_dir + QLatin1Char('/') + record.info.id;
    const QByteArray all = QJsonDocument(toJson(record)).toJson(QJsonDocument::Compact);
    if (const Status written = writeWhole(base + QLatin1String(".run"), qCompress(all, 1)); !written)
        return written;
    const QString entry = base + QLatin1String(".json");
    const Status listed = writeWhole(entry, QJsonDocument(listEntry(record)).toJson());
    if (!listed && !QFileInfo(entry).isFile())
        QFile::remove(base + QLatin1String(".run")); // nobody would find it
    return listed;
}

Result<QList<LoadRunInfo>> LoadArchive::list() const
{
    QList<LoadRunInfo> runs;
    const QStringList files = QDir(m_dir).entryList({QStringLiteral("*.json")}, QDir::Files);
    for (const QString &file : files) {
        const auto json = QJsonDocument::fromJson(readWhole(m_dir + QLatin1Char('/') + file)).object();
        const auto record = loadRecordFromJson(json);
        if (record && record->info.id == QFileInfo(file).completeBaseName()) // else it would be stored again elsewhere
            runs.append(record->info);
    }
    std::sort(runs.begin(), runs.end(),
              [](const LoadRunInfo &a, const LoadRunInfo &b) { return a.started > b.started; });
    return runs;
}

Result<QString> LoadArchive::find(const QString &id) const
{
    QStringList fitting;
    const QStringList files = QDir(m_dir).entryList({QStringLiteral("*.run")}, QDir::Files);
    for (const QString &file : files)
        if (!id.isEmpty() && file.startsWith(id))
            fitting.append(file.chopped(4));
    if (fitting.contains(id) || fitting.size() == 1)
        return fitting.contains(id) ? id : fitting.constFirst();
    if (fitting.isEmpty())
        return Error{ErrorKind::NotFound, LoadWords::tr("There is no run \"%1\".").arg(id.left(40)), {}};
    return Error{ErrorKind::Invalid, LoadWords::tr("\"%1\" fits more than one run.").arg(id.left(40)), {}};
}

Result<LoadRecord> LoadArchive::load(const QString &id) const
{
    const auto found = find(id);
    if (!found)
        return found.error();
    const QByteArray packed = readWhole(m_dir + QLatin1Char('/') + *found + QLatin1String(".run"));
    const bool bounded = packed.size() > 4 && qFromBigEndian<quint32>(packed.constData()) <= largestUnpacked;
    auto record = loadRecordFromJson(bounded ? QJsonDocument::fromJson(qUncompress(packed)).object() : QJsonObject());
    if (record)
        record->info.id = *found;
    return record;
}

Status LoadArchive::remove(const QString &id) const
{
    const auto found = find(id);
    if (!found)
        return found.error();
    const QString base = m_dir + QLatin1Char('/') + *found;
    QFile::remove(base + QLatin1String(".json"));
    if (QFile::remove(base + QLatin1String(".run")))
        return {};
    return Error{ErrorKind::Storage, LoadWords::tr("The run cannot be deleted."), base};
}

} // namespace Flotilla
