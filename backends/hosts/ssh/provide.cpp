// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/continuation.h"
#include "backends/hosts/local/treefiles.h"
#include "backends/hosts/ssh/remotefiles.h"
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshlink.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace Flotilla::RemoteFiles {

namespace {

constexpr std::chrono::minutes checkTimeout{2};
constexpr int absent = 44;

// One line per folder, per file that may be run, per content, and per thing that should not be there. The folder above
// must be ours alone.
constexpr const char *digestScript = R"sh(export LC_ALL=C
cd -- "$1" 2>/dev/null || exit 44
[ -O . ] || exit 45
[ -e "$2" ] || [ -L "$2" ] || exit 44
{ find "./$2" -type d; find "./$2" ! -type d ! -type f; find "./$2" -type f -perm -100
  find "./$2" -perm -002; find "./$2" -type f -exec sha256sum '{}' +; } | sort | sha256sum
)sh";

Error notProvidable(const QString &path, const QString &detail)
{
    return {ErrorKind::Storage,
            QCoreApplication::translate("Hosts", "%1 could not be read. Install Flotilla again.").arg(path), detail};
}

Status addLines(const QString &path, const QByteArray &name, QByteArrayList &lines, qint64 &bytes)
{
    const QFileInfo info(path);
    if (name.contains('\\') || name.contains('\n') || info.isSymLink())
        return notProvidable(path, QStringLiteral("its name, or it is a link"));
    if (info.isDir()) {
        lines.append(name);
        return {};
    }
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return notProvidable(path, file.errorString());
    bytes += file.size();
    if (info.permissions() & QFile::ExeOwner)
        lines.append(name);
    lines.append(hash.result().toHex() + "  " + name);
    return {};
}

CommandSpec digestSpec(const QString &folder, const QString &name)
{
    CommandSpec spec;
    spec.program = QStringLiteral("/bin/sh");
    spec.args = {QStringLiteral("-c"), QLatin1String(digestScript), QStringLiteral("sh"), folder, name};
    spec.timeout = checkTimeout;
    return spec;
}

/// The digest of what the host has, empty when it has nothing.
QCoro::Task<Result<QByteArray>> remoteDigest(Context context, QString folder, QString name)
{
    RemoteRunOptions options;
    options.label = context.label;
    const auto running = runRemotely(context.link, digestSpec(folder, name), options);
    const Result<CommandResult> ran = co_await outcome(running);
    if (!ran)
        co_return ran.error();
    if (ran->exitCode == absent)
        co_return QByteArray();
    const QByteArray digest = ran->standardOutput.left(64);
    if (ran->exitCode != 0 || digest.size() != 64)
        co_return Error{ErrorKind::Forbidden,
                        QCoreApplication::translate("Hosts",
                                                    "The folder %1 on %2 cannot be used: it belongs to somebody "
                                                    "else, or sha256sum and find are missing there.")
                            .arg(folder, context.label),
                        QString::fromUtf8(ran->standardError.left(2000))};
    co_return digest;
}

QCoro::Task<Result<Provided>> provideTask(Context context, Parcel parcel, QString cacheDir)
{
    const QString folder = cacheDir + QLatin1Char('/') + QString::fromLatin1(parcel.digest.left(32));
    const QString path = folder + QLatin1Char('/') + parcel.name;
    const Result<QByteArray> before = co_await remoteDigest(context, folder, parcel.name);
    if (!before)
        co_return before.error();
    if (*before == parcel.digest)
        co_return Provided{path, false};
    const auto copying = put(context, parcel.localPath, path);
    const Status copied = co_await outcome(copying);
    if (!copied)
        co_return copied.error();
    const Result<QByteArray> after = co_await remoteDigest(context, folder, parcel.name);
    if (!after)
        co_return after.error();
    if (*after != parcel.digest)
        co_return Error{ErrorKind::Protocol,
                        QCoreApplication::translate("Hosts", "%1 arrived on %2 with another content. Check its disk.")
                            .arg(parcel.name, context.label),
                        QString::fromLatin1(*after)};
    co_return Provided{path, !before->isEmpty()};
}

} // namespace

Result<Parcel> parcelOf(const QString &localPath)
{
    const QString top = QDir::cleanPath(localPath);
    Parcel parcel{top, QFileInfo(top).fileName(), {}, 0};
    QByteArrayList lines;
    const QByteArray prefix = "./" + QFile::encodeName(parcel.name);
    if (const Status added = addLines(top, prefix, lines, parcel.bytes); !added)
        return added.error();
    QDirIterator inside(top, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
    while (QFileInfo(top).isDir() && inside.hasNext()) {
        const QString path = inside.next();
        const QByteArray name = prefix + QFile::encodeName(path.mid(top.size()));
        if (const Status added = addLines(path, name, lines, parcel.bytes); !added)
            return added.error();
        if (lines.size() > 2 * TreeFiles::maxEntries)
            return notProvidable(localPath, QStringLiteral("too many files"));
    }
    std::sort(lines.begin(), lines.end());
    parcel.digest = QCryptographicHash::hash(lines.join('\n') + '\n', QCryptographicHash::Sha256).toHex();
    return parcel;
}

Future<Provided> provide(Context context, Parcel parcel, QString cacheDir)
{
    return toFuture(provideTask(std::move(context), std::move(parcel), std::move(cacheDir)));
}

} // namespace Flotilla::RemoteFiles
