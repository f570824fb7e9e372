// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/enginefinder.h"

#include "backends/core/continuation.h"
#include "backends/hosts/host.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/container/engineapi.h"

#include <QJsonDocument>
#include <QPointer>

namespace Flotilla {

namespace {

/// Prints `key=value` lines: what the environment says, the config of the contexts (one line each), the sockets that
/// are there. Works in every sh, with or without a login environment.
constexpr char script[] = R"sh(
echo "DOCKER_HOST=$DOCKER_HOST"; echo "CONTAINER_HOST=$CONTAINER_HOST"; echo "DOCKER_CONTEXT=$DOCKER_CONTEXT"
config="${DOCKER_CONFIG:-$HOME/.docker}"
[ -r "$config/config.json" ] && echo "config=$(tr -d '\r\n' < "$config/config.json")"
for meta in "$config"/contexts/meta/*/meta.json; do
    [ -r "$meta" ] && echo "context=$(tr -d '\r\n' < "$meta")"
done
run="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"
for socket in /var/run/docker.sock "$run/docker.sock" "$run/podman/podman.sock" /run/podman/podman.sock; do
    [ -S "$socket" ] && [ -w "$socket" ] && echo "socket=$socket"
done
exit 0
)sh";

QCoro::Task<Result<QList<ContainerEngine>>> findEngines(QPointer<Host> host, QPointer<HttpClient> http)
{
    CommandSpec command;
    command.program = QStringLiteral("/bin/sh");
    command.args = {QStringLiteral("-c"), QLatin1String(script)};
    command.timeout = std::chrono::milliseconds(10'000);
    command.maxOutput = 1024 * 1024;
    Future<CommandResult> running = host->run(command);
    const Result<CommandResult> ran = co_await outcome(running);
    if (!ran)
        co_return ran.error();
    QList<ContainerEngine> engines;
    const QStringList sockets = EngineFinder::candidates(ran->standardOutput);
    for (const QString &socket : sockets) {
        if (!host || !http)
            co_return Error{ErrorKind::Cancelled, {}, {}};
        Future<ContainerEngine> asked = EngineApi::identify(host, http, socket);
        const Result<ContainerEngine> engine = co_await outcome(asked);
        if (engine)
            engines.append(*engine);
    }
    co_return engines;
}

/// "unix:///path" to "/path"; other ways to an engine are not for sandboxes of this host.
QString unixPath(const QString &url)
{
    static const QLatin1String prefix("unix://");
    const QString path = url.startsWith(prefix) ? url.mid(prefix.size()) : QString();
    return path.startsWith(QLatin1Char('/')) && path.size() < 512 ? path : QString();
}

QJsonObject jsonAfter(const QByteArray &line)
{
    return QJsonDocument::fromJson(line.mid(line.indexOf('=') + 1)).object();
}

} // namespace

QStringList EngineFinder::candidates(const QByteArray &facts)
{
    QStringList first, contexts, usual;
    QString chosen;
    QHash<QString, QString> endpoints;
    for (const QByteArray &line : facts.split('\n')) {
        const QString value = QString::fromUtf8(line.mid(line.indexOf('=') + 1)).trimmed();
        if (line.startsWith("DOCKER_HOST=") || line.startsWith("CONTAINER_HOST=")) {
            first.append(unixPath(value));
        } else if (line.startsWith("DOCKER_CONTEXT=")) {
            chosen = value;
        } else if (line.startsWith("config=") && chosen.isEmpty()) {
            chosen = jsonAfter(line)[QLatin1String("currentContext")].toString();
        } else if (line.startsWith("context=")) {
            const QJsonObject meta = jsonAfter(line);
            endpoints.insert(meta[QLatin1String("Name")].toString(), meta[QLatin1String("Endpoints")]
                                                                         .toObject()[QLatin1String("docker")]
                                                                         .toObject()[QLatin1String("Host")]
                                                                         .toString());
        } else if (line.startsWith("socket=")) {
            usual.append(unixPath(QLatin1String("unix://") + value));
        }
    }
    contexts.append(unixPath(endpoints.value(chosen)));
    QStringList all = first + contexts + usual;
    all.removeAll(QString());
    all.removeDuplicates();
    return all;
}

Future<QList<ContainerEngine>> ContainerBackend::find(Host *host, HttpClient *http)
{
    return toFuture(findEngines(host, http));
}

} // namespace Flotilla
