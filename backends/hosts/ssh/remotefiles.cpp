// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/remotefiles.h"

#include "backends/core/continuation.h"
#include "backends/core/id.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshlink.h"
#include "backends/hosts/ssh/treestream.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QThreadPool>

namespace Flotilla::RemoteFiles {

namespace {

constexpr std::chrono::minutes transferTimeout{60};
constexpr qint64 mostShipped = qint64(1) << 40;
constexpr int missing = 44;
constexpr int notPlain = 45;

// The stream arrives in a file of a draft, and the tree takes its place when it is complete. When it is cut off the
// file is kept for another try, but not when it cannot be written. What nobody came back for is removed after a day.
constexpr const char *putScript = R"sh(export LC_ALL=C
p=$1 t=$1/$2 d=$1/$3 k=$1/$4
mkdir -p -- "$p" && mkdir -m 700 -- "$d" || exit 1
trap '[ ! -f "$d/stream" ] || mv -fT -- "$d/stream" "$k"; chmod -R u+rwx "$d" 2>/dev/null; rm -rf -- "$d"' EXIT
find "$p" -maxdepth 1 -name '.flotilla-*' -mtime +0 -exec chmod -R u+rwx -- '{}' + -exec rm -rf -- '{}' + 2>/dev/null
if [ "$5" -gt 0 ]; then
  [ -f "$k" ] && [ ! -L "$k" ] && mv -T -- "$k" "$d/stream" && [ "$(wc -c <"$d/stream")" -eq "$5" ] || exit 1
fi
cat >>"$d/stream" || { rm -f -- "$d/stream"; exit 1; }
tar -xpof "$d/stream" -C "$d" && [ -f "$d/done" ] || exit 1
rm -rf -- "$d/stream" "$k"
if { [ -d "$t" ] && [ ! -L "$t" ]; } || { [ -d "$d/new" ] && { [ -e "$t" ] || [ -L "$t" ]; }; }; then
  mv -T -- "$t" "$d/old" || exit 1
fi
mv -fT -- "$d/new" "$t" || { [ -e "$d/old" ] && mv -T -- "$d/old" "$t"; exit 1; }
)sh";

constexpr const char *partScript = R"sh(k=$1/$2
if [ -f "$k" ] && [ ! -L "$k" ] && [ -O "$k" ]; then wc -c <"$k" && sha256sum <"$k"; else echo 0; fi
)sh";

constexpr const char *discardScript =
    R"sh(rm -rf -- "$1/$2" 2>/dev/null || { chmod -R u+rwx -- "$1/$2"; rm -rf -- "$1/$2"; }
)sh";

constexpr const char *getScript = R"sh(export LC_ALL=C
[ -e "$1/$2" ] || [ -L "$1/$2" ] || exit 44
{ said=$(tar -cf - -C "$1" -- "./$2" 2>&1 >&3 3>&-); code=$?; } 3>&1
case $said in *'socket ignored'*) echo "$said" >&2; exit 45;; esac
[ $code -le 1 ] || { echo "$said" >&2; exit $code; } # 1: a file changed meanwhile
)sh";

CommandSpec scriptSpec(const char *script, const QStringList &arguments)
{
    CommandSpec spec;
    spec.program = QStringLiteral("/bin/sh");
    spec.args = QStringList{QStringLiteral("-c"), QLatin1String(script), QStringLiteral("sh")} + arguments;
    spec.timeout = transferTimeout;
    return spec;
}

Status invalidPath(const QString &path)
{
    return Error{ErrorKind::Invalid, QCoreApplication::translate("Hosts", "%1 is not a path on a host.").arg(path), {}};
}

bool isUsable(const QString &hostPath)
{
    return hostPath.startsWith(QLatin1Char('/')) && !QFileInfo(QDir::cleanPath(hostPath)).fileName().isEmpty() &&
           !hostPath.contains(QChar::Null);
}

/// What tar and the shell say, as a sentence.
Error remoteFailure(const CommandResult &result, const QString &label, const QString &path)
{
    const QString said = QString::fromUtf8(result.standardError.left(2000));
    const auto error = [&](ErrorKind kind, const QString &text) { return Error{kind, text.arg(path, label), said}; };
    if (said.contains(QLatin1String("No space left")) || said.contains(QLatin1String("Wrote only")) ||
        said.contains(QLatin1String("quota exceeded")))
        return error(ErrorKind::DiskFull,
                     QCoreApplication::translate("Hosts", "%1 was not copied: %2 has no space left on that disk."));
    if (said.contains(QLatin1String("Permission denied")) || said.contains(QLatin1String("Read-only file system")))
        return error(ErrorKind::Forbidden,
                     QCoreApplication::translate("Hosts", "%1 was not copied: you may not do that on %2."));
    if (result.exitCode == notPlain)
        return error(ErrorKind::Invalid,
                     QCoreApplication::translate("Hosts", "%1 on %2 is not made of plain files and folders, so it was "
                                                          "not copied."));
    if (result.exitCode == missing)
        return error(ErrorKind::NotFound, QCoreApplication::translate("Hosts", "There is no %1 on %2."));
    return error(ErrorKind::Storage, QCoreApplication::translate("Hosts", "%1 could not be copied, on %2."));
}

template <typename Function>
Future<void> inBackground(Function function)
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    static QThreadPool pool; // of its own: what waits for a connection must not hold up other work
    pool.setMaxThreadCount(8);
    pool.start([promise, function = std::move(function)] {
        promise->addResult(function());
        promise->finish();
    });
    return promise->future();
}

/// What came of the two halves of a copy.
struct Halves
{
    Status local;
    Result<CommandResult> remote;
};

/// Runs a script whose input or output is the pipe, next to the local half of the work.
QCoro::Task<Halves> transfer(Context context, CommandSpec spec, std::shared_ptr<BytePipe> pipe,
                             std::function<Status()> localHalf)
{
    RemoteRunOptions options;
    options.label = context.label;
    options.pipe = pipe;
    auto running = runRemotely(context.link, spec, options);
    auto local = inBackground(std::move(localHalf));
    const Status localDone = co_await outcome(local);
    const Result<CommandResult> ran = co_await outcome(running);
    co_return Halves{localDone, ran};
}

/// A failure of the local half explains more, except when it only saw the stream end.
Status verdict(const Halves &halves, const QString &label, const QString &path)
{
    const auto &[local, remote] = halves;
    const bool explains =
        !local && local.error().kind != ErrorKind::Storage && local.error().kind != ErrorKind::Protocol;
    if (explains || (!local && remote && remote->exitCode == 0))
        return local.error();
    if (!remote)
        return remote.error();
    return remote->exitCode == 0 ? Status() : Status(remoteFailure(*remote, label, path));
}

/// A tree on its way to a host.
struct Shipment
{
    QString localPath;
    QString hostPath;
    QString folder, name; ///< of the hostPath
    QString part;         ///< in the folder: what arrived of it before

    Shipment(const QString &from, const QString &to)
        : localPath(from)
        , hostPath(to)
    {
        const QFileInfo target(QDir::cleanPath(to));
        folder = target.path();
        name = target.fileName();
        const QByteArray both = from.toUtf8() + '\0' + target.filePath().toUtf8();
        const QByteArray hash = QCryptographicHash::hash(both, QCryptographicHash::Sha256).toHex().left(16);
        part = QLatin1String(".flotilla-part-") + QString::fromLatin1(hash);
    }
};

/// How it goes on; nothing when there is nothing of it.
QCoro::Task<Result<TreeStream::Beginning>> arrivedOf(Context context, Shipment shipment)
{
    RemoteRunOptions options;
    options.label = context.label;
    const auto running = runRemotely(context.link, scriptSpec(partScript, {shipment.folder, shipment.part}), options);
    const Result<CommandResult> ran = co_await outcome(running);
    if (!ran)
        co_return ran.error();
    const QList<QByteArray> lines = ran->standardOutput.split('\n');
    const TreeStream::Beginning said{lines.value(0).trimmed().toLongLong(),
                                     QByteArray::fromHex(lines.value(1).left(64))};
    const bool good = said.bytes > 0 && said.bytes <= mostShipped && said.digest.size() == 32;
    co_return good ? said : TreeStream::Beginning();
}

QCoro::Task<Status> send(Context context, Shipment shipment, TreeStream::Beginning there)
{
    auto pipe = std::make_shared<BytePipe>();
    const QString draft = QStringLiteral(".flotilla-") + randomHex(8);
    const QStringList arguments{shipment.folder, shipment.name, draft, shipment.part, QString::number(there.bytes)};
    const std::function<Status()> pack = [path = shipment.localPath, pipe, there, sent = context.sent] {
        Status packed = TreeStream::pack(path, *pipe, sent, there);
        if (!packed)
            pipe->closeWriting(); // the script ends, and sees that it is not all
        return packed;
    };
    const Halves halves = co_await transfer(context, scriptSpec(putScript, arguments), pipe, pack);
    const Status done = verdict(halves, context.label, shipment.hostPath);
    if (!done && halves.remote) { // it was not cut off: another try would not end better
        RemoteRunOptions options;
        options.label = context.label;
        const CommandSpec discard = scriptSpec(discardScript, {shipment.folder, shipment.part});
        const auto discarding = runRemotely(context.link, discard, options);
        co_await outcome(discarding);
    }
    co_return done;
}

/// What had arrived may not have been the beginning of this.
bool mayBeginAnew(const Error &error)
{
    return error.kind == ErrorKind::Conflict || error.kind == ErrorKind::Storage || error.kind == ErrorKind::Protocol;
}

QCoro::Task<Status> putTask(Context context, QString localPath, QString hostPath)
{
    const Shipment shipment(localPath, hostPath);
    const Result<TreeStream::Beginning> there = co_await arrivedOf(context, shipment);
    if (!there)
        co_return there.error();
    Status done = co_await send(context, shipment, *there);
    const TreeStream::Beginning nothing;
    if (!done && there->bytes > 0 && mayBeginAnew(done.error()))
        done = co_await send(context, shipment, nothing);
    co_return done;
}

QCoro::Task<Status> getTask(Context context, QString hostPath, QString localPath)
{
    const QFileInfo source(QDir::cleanPath(hostPath));
    const QString name = source.fileName();
    auto pipe = std::make_shared<BytePipe>();
    pipe->closeWriting();
    const QStringList arguments{source.path(), name};
    const CommandSpec spec = scriptSpec(getScript, arguments);
    const std::function<Status()> unpack = [name, localPath, pipe] {
        Status unpacked = TreeStream::unpack(*pipe, name, localPath);
        if (!unpacked)
            pipe->close();
        return unpacked;
    };
    const Halves halves = co_await transfer(context, spec, pipe, unpack);
    co_return verdict(halves, context.label, hostPath);
}

} // namespace

Future<void> put(Context context, QString localPath, QString hostPath)
{
    if (!isUsable(hostPath))
        return readyFuture<void>(invalidPath(hostPath));
    return toFuture(putTask(std::move(context), std::move(localPath), std::move(hostPath)));
}

Future<void> get(Context context, QString hostPath, QString localPath)
{
    if (!isUsable(hostPath))
        return readyFuture<void>(invalidPath(hostPath));
    return toFuture(getTask(std::move(context), std::move(hostPath), std::move(localPath)));
}

} // namespace Flotilla::RemoteFiles
