// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshhostprivate.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>
#include <thread>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds longestRetry{60'000};
constexpr std::chrono::seconds setUpTimeout{30};

// The runtime folder lives below XDG_RUNTIME_DIR only when that outlives the login and leaves room for the names of
// sockets. Programs run from the cache folder. A failure says its folder last.
constexpr const char *setUpScript = R"sh(u=$(id -u) || exit 1
export LC_ALL=C
r=$1 c=$3 x=${XDG_RUNTIME_DIR:-/run/user/$u}
umask 077
if [ -z "$r" ]; then
  if [ -e "/var/lib/systemd/linger/$(id -un)" ] && [ $((${#x} + ${#2})) -le 33 ] && [ -d "$x" ] && [ -O "$x" ] && [ -w "$x" ]
  then r=$x/flotilla-$2; else r=/tmp/flotilla-$u-$2; fi
fi
[ -n "$c" ] || c=${XDG_CACHE_HOME:-${HOME:?}/.cache}/flotilla
trap 'rm -f -- "$r/.try-$$" "$c/.try-$$"' EXIT
for d in "$r" "$c"; do
  mkdir -p -- "$d" || { echo "$d" >&2; exit 41; }
  if [ -L "$d" ] || [ ! -O "$d" ] || ! chmod 700 "$d"; then echo "$d" >&2; exit 42; fi
  echo '#!/bin/sh' | cat > "$d/.try-$$" || { echo "$d" >&2; exit 41; }
done
chmod 700 "$c/.try-$$" && "$c/.try-$$" || { echo "$c" >&2; exit 44; }
echo "$r"; echo "$c"
command -v tar >/dev/null && command -v sha256sum >/dev/null || { echo "tar sha256sum" >&2; exit 43; }
)sh";

/// What the script says when it fails, as a sentence with the host and the folder.
Error setUpProblem(int exitCode, const QString &host, const QString &said)
{
    const QString folder = said.section(QLatin1Char('\n'), -1);
    if (exitCode == 43)
        return {ErrorKind::Unsupported,
                SshHost::tr("%1 has no tar or no sha256sum. Install tar and coreutils there.").arg(host),
                {}};
    if (said.contains(QLatin1String("No space left")) || said.contains(QLatin1String("quota exceeded")))
        return {ErrorKind::DiskFull,
                SshHost::tr("The disk of %1 is full: nothing can be written to %2. Free some space there.")
                    .arg(host, folder),
                {}};
    if (exitCode == 42)
        return {ErrorKind::Forbidden,
                SshHost::tr("The folder %2 on %1 is a link, or belongs to another user. Remove it there.")
                    .arg(host, folder),
                {}};
    if (exitCode == 44)
        return {
            ErrorKind::Forbidden,
            SshHost::tr("%1 does not let programs be run from %2: it is probably mounted noexec. Set XDG_CACHE_HOME "
                        "there to a folder from which they may be run.")
                .arg(host, folder),
            {}};
    if (exitCode == 41)
        return {ErrorKind::Forbidden,
                SshHost::tr("The folder %2 on %1 cannot be made or written to. Let the user of the connection do that.")
                    .arg(host, folder),
                {}};
    return {ErrorKind::Forbidden,
            SshHost::tr("%1 did not say which folders Flotilla can use there. Look at what the login shell prints.")
                .arg(host),
            {}};
}

/// True when trying again cannot help before somebody does something.
bool needsPerson(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden ||
           error.kind == ErrorKind::Invalid;
}

} // namespace

/// The attempt has a thread of its own, because it blocks. It may outlive this object and reaches it by the mailbox.
void SshHost::Private::begin(bool interactive)
{
    if (job)
        return;
    retry.stop();
    const quint64 attempt = ++generation;
    job = std::make_shared<ConnectJob>();
    job->mayAsk = interactive && ask;
    job->forwardQuestion = [this, box = mailbox, from = std::weak_ptr(job)](const HostQuestion &question) {
        box->post([this, question, from] { forwardQuestion(question, from.lock()); });
    };
    ConnectRequest request{
        config.target, config.configFile, {config.label, config.heartbeat, 3}, thread, job, keyring, {}};
    request.lost = [this, box = mailbox, attempt](const Error &error) {
        box->post([this, attempt, error] { lost(attempt, error); });
    };
    std::thread([this, box = mailbox, request, attempt] {
        const Result<Link> result = connectSsh(request);
        box->post([this, attempt, result] { connected(attempt, result); });
    }).detach();
    Q_EMIT q->stateChanged();
}

void SshHost::Private::forwardQuestion(const HostQuestion &question, const std::shared_ptr<ConnectJob> &from)
{
    if (!from || from != job)
        return;
    whenDone(q, ask(question),
             [from](const Result<HostAnswer> &answer) { from->answer(answer ? *answer : HostAnswer()); });
}

void SshHost::Private::connected(quint64 attempt, const Result<Link> &result)
{
    if (attempt != generation)
        return;
    if (result)
        setUp(attempt, *result);
    else
        failed(result.error());
}

CommandSpec SshHost::Private::setUpSpec() const
{
    QString installation = config.installation;
    if (installation.isEmpty())
        installation = QString::fromLatin1(
            QCryptographicHash::hash(config.localDir.toUtf8(), QCryptographicHash::Sha256).toHex().left(8));
    CommandSpec spec;
    spec.program = QStringLiteral("/bin/sh");
    spec.args = {QStringLiteral("-c"), QLatin1String(setUpScript), QStringLiteral("sh"), config.remoteDir, installation,
                 config.cacheDir};
    spec.timeout = setUpTimeout;
    return spec;
}

void SshHost::Private::setUp(quint64 attempt, const Link &fresh)
{
    RemoteRunOptions options;
    options.label = config.label;
    whenDone(q, runRemotely(fresh, setUpSpec(), options), [this, attempt, fresh](const Result<CommandResult> &ran) {
        if (attempt != generation)
            return;
        if (const Status done = takeSetUp(ran); !done)
            return failed(done.error());
        ready(fresh);
    });
}

Status SshHost::Private::takeSetUp(const Result<CommandResult> &ran)
{
    if (!ran)
        return Error{ran.error().kind, ran.error().text, QStringLiteral("set-up: ") + ran.error().detail};
    const QStringList lines = QString::fromUtf8(ran->standardOutput).split(QLatin1Char('\n'));
    const bool good = ran->exitCode == 0 && lines.value(0).startsWith(QLatin1Char('/')) &&
                      lines.value(1).startsWith(QLatin1Char('/'));
    if (!good) {
        const QString said = QString::fromUtf8(ran->standardError.right(2000)).trimmed();
        Error problem = setUpProblem(ran->exitCode, config.label, said);
        problem.detail = QStringLiteral("set-up: ") + said;
        return problem;
    }
    runtimeDir = lines.at(0);
    cacheDir = lines.at(1);
    return {};
}

void SshHost::Private::ready(const Link &fresh)
{
    link = fresh;
    job.reset();
    provided.clear();
    helper = std::make_unique<HostHelper>(fresh, config.label, runtimeDir);
    failures = 0;
    problem.reset();
    since.reset();
    become(HostState::Ready);
    const auto calls = std::exchange(waiting, {});
    for (const auto &call : calls)
        call->go(fresh);
}

void SshHost::Private::failed(const Error &error)
{
    job.reset();
    helper.reset();
    link.reset();
    problem = error;
    if (!since)
        since = QDateTime::currentDateTimeUtc();
    planRetry(error);
    become(HostState::Unreachable);
    const auto calls = std::exchange(waiting, {});
    for (const auto &call : calls)
        call->fail(error);
}

void SshHost::Private::lost(quint64 attempt, const Error &error)
{
    if (attempt != generation)
        return;
    failures = 0;
    failed(error);
}

/// Half of the time is left to chance, so that many programs do not come back at the same moment.
void SshHost::Private::planRetry(const Error &error)
{
    if (needsPerson(error))
        return;
    const auto full = std::min(longestRetry, config.firstRetry * (1 << std::min(failures, 10)));
    ++failures;
    retry.start(full / 2 + full * QRandomGenerator::global()->bounded(1000) / 2000);
}

void SshHost::Private::become(HostState next)
{
    state = next;
    Q_EMIT q->stateChanged();
}

Error SshHost::Private::unreachable() const
{
    const Error cause = problem.value_or(Error{});
    const QString when = QLocale().toString(since.value_or(QDateTime()).toLocalTime().time(), QLocale::ShortFormat);
    return {cause.kind == ErrorKind::Network || cause.kind == ErrorKind::Timeout ? ErrorKind::Unavailable : cause.kind,
            SshHost::tr("%1 has not been reachable since %2. %3").arg(config.label, when, cause.text), cause.detail};
}

} // namespace Flotilla
