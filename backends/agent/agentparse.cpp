// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentparse.h"

#include "backends/agent/frames.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace Flotilla::AgentParse {

namespace {

constexpr int maxDiagnostics = 50;
constexpr int maxDiagnosticText = 2048;
constexpr int maxLogText = 4096;
constexpr int maxPathText = 1024; // twice the protocol's: file systems allow longer names than apps may use
constexpr int maxEntries = 10'000;
constexpr int maxLogLines = 2000;
constexpr double maxInteger = 9e15; // exact in a double

/// Reads members and remembers whether one of them was wrong.
class Reader
{
public:
    explicit Reader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QString text(const char *key, qsizetype limit)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isUndefined() && (!value.isString() || value.toString().size() > limit))
            complain(key);
        return value.toString().left(limit);
    }
    QString word(const char *key, std::initializer_list<const char *> allowed)
    {
        const QString value = text(key, 64);
        for (const char *each : allowed) {
            if (value == QLatin1String(each))
                return value;
        }
        complain(key);
        return {};
    }
    qint64 integer(const char *key, double least = 0, double most = maxInteger)
    {
        const double value = number(key);
        if (value != std::floor(value) || value < least || value > most)
            complain(key);
        return m_problem ? 0 : qint64(value);
    }
    double number(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isDouble() || !std::isfinite(value.toDouble()))
            complain(key);
        return value.toDouble();
    }
    bool flag(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isBool())
            complain(key);
        return value.toBool();
    }
    QJsonArray list(const char *key, int limit)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isArray() || value.toArray().size() > limit)
            complain(key);
        return m_problem ? QJsonArray() : value.toArray();
    }
    QJsonObject object(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isObject())
            complain(key);
        return value.toObject();
    }
    void complain(const char *key) { m_problem = m_problem ? m_problem : key; }

    template <typename T>
    Result<T> result(T value) const
    {
        if (m_problem)
            return protocolError(QStringLiteral("unexpected \"%1\"").arg(QLatin1String(m_problem)));
        return Result<T>(std::move(value));
    }

private:
    const QJsonObject &m_object;
    const char *m_problem = nullptr;
};

template <typename T, typename Parse>
Result<QList<T>> listOf(const QJsonObject &json, const char *key, int limit, Parse parse)
{
    Reader reader(json);
    QList<T> items;
    const QJsonArray array = reader.list(key, limit);
    for (const QJsonValue &value : array) {
        Result<T> item = value.isObject() ? parse(value.toObject()) : Result<T>(protocolError(QLatin1String(key)));
        if (!item)
            return item.error();
        items.append(std::move(*item));
    }
    return reader.result(std::move(items));
}

Result<AgentDiagnostic> diagnostic(const QJsonObject &json)
{
    Reader reader(json);
    AgentDiagnostic parsed;
    parsed.file = reader.text("file", maxPathText);
    parsed.line = int(reader.integer("line", 0, 1e8));
    parsed.column = int(reader.integer("column", 0, 1e8));
    parsed.text = reader.text("text", maxDiagnosticText);
    parsed.lineText = reader.text("line_text", maxDiagnosticText);
    parsed.error = reader.flag("error");
    return reader.result(std::move(parsed));
}

Result<AgentEntry> entry(const QJsonObject &json)
{
    Reader reader(json);
    AgentEntry parsed;
    parsed.path = reader.text("path", maxPathText);
    parsed.size = reader.integer("size");
    parsed.type = reader.word("type", {"file", "dir", "other"});
    return reader.result(std::move(parsed));
}

ErrorKind kindOf(const QString &name)
{
    static const QHash<QString, ErrorKind> kinds{
        {QStringLiteral("invalid"), ErrorKind::Invalid},         {QStringLiteral("not-found"), ErrorKind::NotFound},
        {QStringLiteral("unsupported"), ErrorKind::Unsupported}, {QStringLiteral("limit"), ErrorKind::Quota},
        {QStringLiteral("held"), ErrorKind::Conflict},           {QStringLiteral("timeout"), ErrorKind::Timeout},
        {QStringLiteral("internal"), ErrorKind::Internal},
    };
    return kinds.value(name, ErrorKind::Protocol);
}

} // namespace

Error protocolError(const QString &detail)
{
    return {ErrorKind::Protocol,
            QCoreApplication::translate("Agent", "The sandbox answered something unexpected. Restart the app."),
            detail};
}

Result<QJsonObject> object(std::string_view payload)
{
    if (payload.size() > Agent::maxPayload || !Agent::jsonIsBounded(payload, 16, 200'000))
        return protocolError(QStringLiteral("JSON too large or too deep"));
    QJsonParseError error;
    const auto bytes = QByteArray::fromRawData(payload.data(), qsizetype(payload.size()));
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject())
        return protocolError(QStringLiteral("no JSON object: ") + error.errorString());
    return document.object();
}

Error failure(const QJsonObject &answer)
{
    const QString text = answer.value(QLatin1String("text")).toString().left(maxDiagnosticText);
    const ErrorKind kind = kindOf(answer.value(QLatin1String("error")).toString());
    return {kind, QCoreApplication::translate("Agent", "The sandbox refused: %1.").arg(text), {}};
}

Result<AgentBuild> build(const QJsonObject &json)
{
    Reader reader(json);
    AgentBuild parsed;
    const QString state = reader.word("state", {"none", "ok", "failed"});
    parsed.state = state == QLatin1String("ok")       ? AgentBuild::State::Ok
                   : state == QLatin1String("failed") ? AgentBuild::State::Failed
                                                      : AgentBuild::State::None;
    parsed.revision = reader.integer("revision");
    parsed.kind = reader.word("kind", {"none", "react", "static", "server"});
    parsed.milliseconds = reader.number("ms");
    parsed.text = reader.text("text", maxDiagnosticText);
    auto diagnostics = listOf<AgentDiagnostic>(json, "diagnostics", maxDiagnostics, diagnostic);
    if (!diagnostics)
        return diagnostics.error();
    parsed.diagnostics = std::move(*diagnostics);
    return reader.result(std::move(parsed));
}

Result<AgentServer> server(const QJsonObject &json)
{
    Reader reader(json);
    AgentServer parsed;
    parsed.state = reader.word("state", {"none", "starting", "running", "crashed", "restarting"});
    parsed.restarts = int(reader.integer("restarts", 0, 1e8));
    parsed.exitCode = int(reader.integer("exit_code", 0, 255));
    parsed.reason = reader.text("reason", maxDiagnosticText);
    return reader.result(std::move(parsed));
}

Result<AgentStatus> status(const QJsonObject &json)
{
    Reader reader(json);
    AgentStatus parsed;
    parsed.kind = reader.word("kind", {"none", "react", "static", "server"});
    auto builds = build(reader.object("build"));
    if (!builds)
        return builds.error();
    auto servers = server(reader.object("server"));
    if (!servers)
        return servers.error();
    parsed.build = std::move(*builds);
    parsed.server = std::move(*servers);
    return reader.result(std::move(parsed));
}

Result<AgentStats> stats(const QJsonObject &json)
{
    Reader reader(json);
    AgentStats parsed;
    parsed.memoryBytes = reader.integer("memory_bytes");
    parsed.cpuMs = reader.integer("cpu_ms");
    parsed.processes = int(reader.integer("processes", 0, 1e7));
    parsed.dataBytes = reader.integer("data_bytes");
    parsed.workspaceBytes = reader.integer("workspace_bytes");
    if (json.contains(QLatin1String("commands"))) // sandboxes outlive the version that made them
        parsed.commands = int(reader.integer("commands", 0, 1e6));
    return reader.result(parsed);
}

Result<AgentLogLine> logLine(const QJsonObject &json)
{
    Reader reader(json);
    AgentLogLine parsed;
    parsed.sequence = reader.integer("seq");
    parsed.timeMs = reader.integer("time_ms");
    parsed.source = reader.text("source", 64);
    parsed.error = reader.flag("error");
    parsed.text = reader.text("text", maxLogText);
    return reader.result(std::move(parsed));
}

Result<QList<AgentLogLine>> logLines(const QJsonObject &json)
{
    return listOf<AgentLogLine>(json, "lines", maxLogLines, logLine);
}

Result<QList<AgentEntry>> entries(const QJsonObject &json)
{
    return listOf<AgentEntry>(json, "entries", maxEntries, entry);
}

Result<ExecResult> exec(const QJsonObject &json)
{
    Reader reader(json);
    ExecResult parsed;
    parsed.exitCode = int(reader.integer("exit_code", 0, 255));
    parsed.reason =
        reader.word("reason", {"exited", "killed", "timeout", "out-of-memory", "pids-limit", "out-of-disk"});
    return reader.result(std::move(parsed));
}

} // namespace Flotilla::AgentParse
