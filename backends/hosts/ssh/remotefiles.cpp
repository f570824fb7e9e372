// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/remotefiles.h"

#include "backends/core/continuation.h"
#include "backends/core/id.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshlink.h"
#include "backends/hosts/ssh/treestream.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>
#include <optional>

namespace Flotilla::RemoteFiles {

namespace {

constexpr std::chrono::minutes transferTimeout{60};
constexpr qint64 mostUploaded = qint64(1) << 40;
constexpr int missing = 44;
constexpr int notPlain = 45;

// The tree arrives in a draft of its own and takes its place when it is complete.
constexpr const char *putScript = R"sh(export LC_ALL=C
p=$1 t=$1/$2 d=$1/$3
mkdir -p -- "$p" && mkdir -m 700 -- "$d" || exit 1
trap 'chmod -R u+rwx "$d" 2>/dev/null; rm -rf -- "$d"' EXIT
tar -xpof - -C "$d" || exit 1
[ -f "$d/done" ] || exit 1
if { [ -d "$t" ] && [ ! -L "$t" ]; } || { [ -d "$d/new" ] && { [ -e "$t" ] || [ -L "$t" ]; }; }; then
  mv -T -- "$t" "$d/old" || exit 1
fi
mv -fT -- "$d/new" "$t" || { [ -e "$d/old" ] && mv -T -- "$d/old" "$t"; exit 1; }
)sh";

// The same by way of a file that holds the stream. What came of it is kept when there is more to come, not when it
// cannot be written.
constexpr const char *uploadScript = R"sh(export LC_ALL=C
p=$1 t=$1/$2 d=$1/$3 k=$1/.flotilla-part
mkdir -p -- "$p" && mkdir -m 700 -- "$d" || exit 1
trap '[ ! -f "$d/stream" ] || mv -fT -- "$d/stream" "$k"; chmod -R u+rwx "$d" 2>/dev/null; rm -rf -- "$d"' EXIT
if [ "$4" -gt 0 ]; then
  [ -f "$k" ] && [ ! -L "$k" ] && mv -T -- "$k" "$d/stream" && [ "$(wc -c <"$d/stream")" -eq "$4" ] || exit 1
fi
cat >>"$d/stream" || { rm -f -- "$d/stream"; exit 1; }
tar -xpof "$d/stream" -C "$d" && [ -f "$d/done" ] || exit 1
rm -rf -- "$d/stream" "$k"
if [ -e "$t" ] || [ -L "$t" ]; then mv -T -- "$t" "$d/old" || exit 1; fi
mv -fT -- "$d/new" "$t" || { [ -e "$d/old" ] && mv -T -- "$d/old" "$t"; exit 1; }
)sh";

constexpr const char *uploadedScript = R"sh(k=$1/.flotilla-part
if [ -f "$k" ] && [ ! -L "$k" ] && [ -O "$k" ]; then wc -c <"$k"; else echo 0; fi
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

/// Runs a script whose input or output is the pipe, next to the local half of the work. A failure of the local half
/// explains more, except when it only saw the stream end.
QCoro::Task<Result<CommandResult>> transfer(Context context, CommandSpec spec, std::shared_ptr<BytePipe> pipe,
                                            std::function<Status()> localHalf)
{
    RemoteRunOptions options;
    options.label = context.label;
    options.pipe = pipe;
    auto running = runRemotely(context.link, spec, options);
    auto local = inBackground([pipe, localHalf] {
        Status done = localHalf();
        if (!done)
            pipe->close();
        return done;
    });
    const Status localDone = co_await outcome(local);
    const Result<CommandResult> ran = co_await outcome(running);
    const bool explains =
        !localDone && localDone.error().kind != ErrorKind::Storage && localDone.error().kind != ErrorKind::Protocol;
    if (explains || (!localDone && ran && ran->exitCode == 0))
        co_return localDone.error();
    co_return ran;
}

/// With `resumed` it is an upload().
QCoro::Task<Status> putTask(Context context, QString localPath, QString hostPath, std::optional<qint64> resumed)
{
    const QFileInfo target(QDir::cleanPath(hostPath));
    const QString draft = QStringLiteral(".flotilla-") + randomHex(8);
    const qint64 skip = resumed.value_or(0);
    auto pipe = std::make_shared<BytePipe>();
    const QStringList arguments{target.path(), target.fileName(), draft, QString::number(skip)};
    const CommandSpec spec = scriptSpec(resumed ? uploadScript : putScript, arguments);
    const std::function<Status()> pack = [localPath, pipe, skip, sent = context.sent] {
        return TreeStream::pack(localPath, *pipe, sent, skip);
    };
    const Result<CommandResult> ran = co_await transfer(context, spec, pipe, pack);
    if (!ran)
        co_return ran.error();
    if (ran->exitCode != 0)
        co_return remoteFailure(*ran, context.label, hostPath);
    co_return Status();
}

QCoro::Task<Result<qint64>> uploadedTask(Context context, QString hostPath)
{
    RemoteRunOptions options;
    options.label = context.label;
    const CommandSpec spec = scriptSpec(uploadedScript, {QFileInfo(hostPath).path()});
    const auto running = runRemotely(context.link, spec, options);
    const Result<CommandResult> ran = co_await outcome(running);
    if (!ran)
        co_return ran.error();
    bool good = false;
    const qint64 size = ran->standardOutput.trimmed().toLongLong(&good);
    co_return good ? std::clamp<qint64>(size, 0, mostUploaded) : 0;
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
        return TreeStream::unpack(*pipe, name, localPath);
    };
    const Result<CommandResult> ran = co_await transfer(context, spec, pipe, unpack);
    if (!ran)
        co_return ran.error();
    if (ran->exitCode != 0)
        co_return remoteFailure(*ran, context.label, hostPath);
    co_return Status();
}

} // namespace

Future<void> put(Context context, QString localPath, QString hostPath)
{
    if (!isUsable(hostPath))
        return readyFuture<void>(invalidPath(hostPath));
    return toFuture(putTask(std::move(context), std::move(localPath), std::move(hostPath), std::nullopt));
}

Future<void> upload(Context context, QString localPath, QString hostPath, qint64 resumed)
{
    return toFuture(putTask(std::move(context), std::move(localPath), std::move(hostPath), resumed));
}

Future<qint64> uploaded(Context context, QString hostPath)
{
    return toFuture(uploadedTask(std::move(context), std::move(hostPath)));
}

Future<void> get(Context context, QString hostPath, QString localPath)
{
    if (!isUsable(hostPath))
        return readyFuture<void>(invalidPath(hostPath));
    return toFuture(getTask(std::move(context), std::move(hostPath), std::move(localPath)));
}

} // namespace Flotilla::RemoteFiles
