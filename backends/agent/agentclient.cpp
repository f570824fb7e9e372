// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentclient.h"

#include "backends/agent/agentcall.h"
#include "backends/agent/agentexec.h"
#include "backends/agent/agentparse.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QJsonArray>

#include <algorithm>

namespace Flotilla {

namespace {

using milliseconds = std::chrono::milliseconds;
constexpr milliseconds shortDeadline{10'000};
constexpr milliseconds transferDeadline{60'000};
constexpr milliseconds buildDeadline{120'000}; // esbuild gets 30 s, a server 15 s, a queue of builds some more
constexpr qint64 maxFileBytes = 8 * 1024 * 1024;
constexpr int maxFiles = 2000;
constexpr qsizetype fileChunk = 256 * 1024;
constexpr int maxLogPages = 16;

QJsonObject operation(const char *name)
{
    return {{QStringLiteral("op"), QLatin1String(name)}};
}

/// Calls `parse` with the member `key` of the answer.
template <typename Parse>
auto parseMember(const char *key, Parse parse)
{
    return [key, parse](const QJsonObject &answer) { return parse(answer.value(QLatin1String(key)).toObject()); };
}

Status checkFiles(const QHash<QString, QByteArray> &files)
{
    if (files.size() > maxFiles)
        return Error{ErrorKind::Invalid, QCoreApplication::translate("Agent", "An app has at most 2000 files."), {}};
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        if (it->size() > maxFileBytes)
            return Error{
                ErrorKind::Invalid, QCoreApplication::translate("Agent", "%1 is larger than 8 MiB.").arg(it.key()), {}};
    }
    return {};
}

} // namespace

struct AgentClient::Private
{
    StreamOpener control;
    AgentCall *watch = nullptr;

    /// Ties a call to a Future: cancelling closes the connection, `parse` turns the answer into the value.
    template <typename T, typename Parse>
    Future<T> follow(AgentCall *call, Parse parse)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto *watcher = new QFutureWatcher<Result<T>>(call);
        QObject::connect(watcher, &QFutureWatcherBase::canceled, call, [call] {
            call->fail({ErrorKind::Cancelled, QCoreApplication::translate("Agent", "The request was cancelled."), {}});
        });
        watcher->setFuture(promise->future());
        QObject::connect(call, &AgentCall::finished, call, [call, promise, parse](const Result<QJsonObject> &answer) {
            promise->addResult(answer ? Result<T>(parse(*answer)) : Result<T>(answer.error()));
            promise->finish();
            call->deleteLater();
        });
        return promise->future();
    }
    template <typename T, typename Parse>
    Future<T> ask(AgentClient *client, const QJsonObject &request, milliseconds deadline, Parse parse)
    {
        auto *call = new AgentCall(control, deadline, client);
        auto future = follow<T>(call, parse);
        call->start(request);
        return future;
    }
};

AgentClient::AgentClient(StreamOpener control, QObject *parent)
    : QObject(parent)
    , d(new Private{std::move(control)})
{
}

AgentClient::~AgentClient() = default;

Future<QJsonObject> AgentClient::hello(milliseconds deadline)
{
    auto *call = new AgentCall(d->control, deadline, this);
    call->setPatient();
    auto future = d->follow<QJsonObject>(call, [](const QJsonObject &answer) -> Result<QJsonObject> {
        if (answer.value(QLatin1String("protocol")).toInt() != 1)
            return AgentParse::protocolError(QStringLiteral("another version of the protocol"));
        return answer;
    });
    call->start(operation("hello"));
    return future;
}

Future<AgentBuild> AgentClient::apply(const QHash<QString, QByteArray> &files, const QStringList &deleted, bool replace,
                                      bool build)
{
    if (const Status ok = checkFiles(files); !ok)
        return readyFuture(Result<AgentBuild>(ok.error()));
    QStringList paths = files.keys();
    std::sort(paths.begin(), paths.end());
    QJsonArray list;
    for (const QString &path : std::as_const(paths))
        list.append(QJsonObject{{QStringLiteral("path"), path}, {QStringLiteral("size"), qint64(files[path].size())}});
    QJsonObject request = operation("apply");
    request.insert(QStringLiteral("files"), list);
    request.insert(QStringLiteral("delete"), QJsonArray::fromStringList(deleted));
    request.insert(QStringLiteral("replace"), replace);
    request.insert(QStringLiteral("build"), build);
    auto *call = new AgentCall(d->control, build ? buildDeadline : transferDeadline, this);
    auto future = d->follow<AgentBuild>(call, parseMember("build", AgentParse::build));
    call->start(request);
    for (const QString &path : std::as_const(paths)) {
        for (qsizetype at = 0; at < files[path].size(); at += fileChunk)
            call->send('B', files[path].mid(at, fileChunk));
    }
    return future;
}

Future<AgentBuild> AgentClient::build()
{
    return d->ask<AgentBuild>(this, operation("build"), buildDeadline, parseMember("build", AgentParse::build));
}

Future<AgentStatus> AgentClient::status()
{
    return d->ask<AgentStatus>(this, operation("status"), shortDeadline, AgentParse::status);
}

Future<QByteArray> AgentClient::readFile(const QString &path)
{
    auto *call = new AgentCall(d->control, transferDeadline, this);
    auto bytes = std::make_shared<QByteArray>();
    auto size = std::make_shared<qint64>(-1);
    connect(call, &AgentCall::objectReceived, call, [call, size](const QJsonObject &object) {
        *size = qint64(object.value(QLatin1String("size")).toDouble(-1));
        if (*size < 0 || *size > maxFileBytes)
            call->fail(AgentParse::protocolError(QStringLiteral("size of the file")));
    });
    connect(call, &AgentCall::bytesReceived, call, [call, size, bytes](char type, const QByteArray &more) {
        bytes->append(more);
        if (type != 'B' || bytes->size() > *size)
            call->fail(AgentParse::protocolError(QStringLiteral("more bytes than announced")));
    });
    auto future = d->follow<QByteArray>(call, [bytes, size](const QJsonObject &) -> Result<QByteArray> {
        if (bytes->size() != *size)
            return AgentParse::protocolError(QStringLiteral("fewer bytes than announced"));
        return *bytes;
    });
    QJsonObject request = operation("read");
    request.insert(QStringLiteral("path"), path);
    call->start(request);
    return future;
}

Future<QList<AgentEntry>> AgentClient::listFiles(const QString &path)
{
    QJsonObject request = operation("list");
    request.insert(QStringLiteral("path"), path);
    return d->ask<QList<AgentEntry>>(this, request, shortDeadline, AgentParse::entries);
}

struct AgentClient::LogRequest
{
    QList<AgentLogLine> lines;
    qint64 since = 0;
    int pages = 0;
    QPromise<Result<QList<AgentLogLine>>> promise;

    void finish(const Result<QList<AgentLogLine>> &result)
    {
        promise.addResult(result);
        promise.finish();
    }
    /// Takes a page; true when there may be more.
    bool take(const QList<AgentLogLine> &page, bool more)
    {
        lines += page;
        if (!more || page.isEmpty() || page.last().sequence <= since || ++pages == maxLogPages)
            return false;
        since = page.last().sequence;
        return true;
    }
};

Future<QList<AgentLogLine>> AgentClient::logs(qint64 since)
{
    auto request = std::make_shared<LogRequest>();
    request->since = since;
    request->promise.start();
    askForLogs(request);
    return request->promise.future();
}

void AgentClient::askForLogs(const std::shared_ptr<LogRequest> &request)
{
    QJsonObject json = operation("logs");
    json.insert(QStringLiteral("since"), request->since);
    auto *call = new AgentCall(d->control, shortDeadline, this);
    connect(call, &AgentCall::finished, this, [this, call, request](const Result<QJsonObject> &answer) {
        call->deleteLater();
        if (!answer)
            return request->finish(answer.error());
        const Result<QList<AgentLogLine>> page = AgentParse::logLines(*answer);
        if (!page)
            return request->finish(page.error());
        if (request->take(*page, answer->value(QLatin1String("more")).toBool()))
            askForLogs(request);
        else
            request->finish(request->lines);
    });
    call->start(json);
}

Future<AgentStats> AgentClient::stats()
{
    return d->ask<AgentStats>(this, operation("stats"), shortDeadline, AgentParse::stats);
}

Future<void> AgentClient::shutdown()
{
    return d->ask<void>(this, operation("shutdown"), shortDeadline, [](const QJsonObject &) { return Status(); });
}

Future<AgentHold::Handle> AgentClient::hold()
{
    return AgentHold::take(d->control);
}

std::unique_ptr<ExecProcess> AgentClient::exec(const ExecSpec &spec)
{
    return std::make_unique<AgentExec>(d->control, spec);
}

Future<std::pair<ExecResult, QByteArray>> AgentClient::run(const ExecSpec &spec, qint64 maxOutput)
{
    using Outcome = std::pair<ExecResult, QByteArray>;
    auto *process = new AgentExec(d->control, spec);
    process->setParent(this);
    auto output = std::make_shared<QByteArray>();
    const auto collect = [output, maxOutput](const QByteArray &bytes) {
        output->append(bytes.left(std::max<qint64>(0, maxOutput - output->size())));
    };
    connect(process, &ExecProcess::standardOutput, process, collect);
    connect(process, &ExecProcess::standardError, process, collect);
    auto promise = std::make_shared<QPromise<Result<Outcome>>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Result<Outcome>>(process);
    connect(watcher, &QFutureWatcherBase::canceled, process, &ExecProcess::kill);
    watcher->setFuture(promise->future());
    connect(process, &ExecProcess::finished, process, [process, promise, output](const Result<ExecResult> &result) {
        promise->addResult(result ? Result<Outcome>({*result, *output}) : Result<Outcome>(result.error()));
        promise->finish();
        process->deleteLater();
    });
    process->closeStdin();
    return promise->future();
}

void AgentClient::watch()
{
    if (d->watch)
        return;
    d->watch = new AgentCall(d->control, milliseconds(0), this);
    connect(d->watch, &AgentCall::connected, this, &AgentClient::found);
    connect(d->watch, &AgentCall::objectReceived, this, &AgentClient::handleEvent);
    connect(d->watch, &AgentCall::finished, this, [this] {
        std::exchange(d->watch, nullptr)->deleteLater();
        Q_EMIT lost();
    });
    d->watch->start(operation("events"));
}

void AgentClient::handleEvent(const QJsonObject &event)
{
    const QString name = event.value(QLatin1String("event")).toString();
    const auto deliver = [this](const auto &parsed, auto signal) {
        if (parsed)
            Q_EMIT(this->*signal)(*parsed);
        else if (d->watch)
            d->watch->fail(parsed.error());
    };
    const auto member = [&event](const char *key) { return event.value(QLatin1String(key)).toObject(); };
    if (name == QLatin1String("build"))
        deliver(AgentParse::build(member("build")), &AgentClient::buildChanged);
    else if (name == QLatin1String("server"))
        deliver(AgentParse::server(member("server")), &AgentClient::serverChanged);
    else if (name == QLatin1String("log"))
        deliver(AgentParse::logLine(member("line")), &AgentClient::logAdded);
    else if (name == QLatin1String("limit"))
        Q_EMIT limitHit(event.value(QLatin1String("reason")).toString().left(64),
                        event.value(QLatin1String("text")).toString().left(2048));
}

} // namespace Flotilla
