// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"
#include "backends/projects/previewprobe.h"
#include "backends/projects/workbench.h"

#include <QJsonDocument>
#include <QQueue>
#include <QTimer>

#include <functional>

namespace Flotilla {

/// Streams a prepared answer: one event per turn of the event loop. An answer without an end stays open.
class FakeStream : public ModelStream
{
    Q_OBJECT

public:
    explicit FakeStream(QList<StreamEvent> events)
        : m_events(std::move(events))
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (m_events.isEmpty())
                return m_timer.stop();
            Q_EMIT event(m_events.takeFirst());
        });
        m_timer.start(0);
    }
    void cancel() override { m_timer.stop(); }

private:
    QList<StreamEvent> m_events;
    QTimer m_timer;
};

class FakeModel : public LanguageModel
{
public:
    QQueue<QList<StreamEvent>> answers;
    QList<ModelRequest> requests;
    ModelInfo modelInfo;

    FakeModel()
    {
        modelInfo.id = QStringLiteral("fake-1");
        modelInfo.price = Price{1, 10, 0.1, 1.25};
    }

    ModelInfo info() const override { return modelInfo; }
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override
    {
        requests.append(request);
        return std::make_unique<FakeStream>(answers.isEmpty() ? QList<StreamEvent>() : answers.dequeue());
    }
    /// The text of all text parts of a request's last message.
    QString lastText() const
    {
        QString text;
        if (requests.isEmpty() || requests.last().messages.isEmpty())
            return text;
        for (const Part &part : requests.last().messages.last().parts) {
            if (const auto *t = std::get_if<TextPart>(&part))
                text += t->text + QLatin1Char('\n');
            if (const auto *r = std::get_if<ToolResultPart>(&part))
                text += r->text + QLatin1Char('\n');
        }
        return text;
    }
};

/// A sandbox that only remembers. Builds answer from a queue; when it is empty they succeed.
class FakeBench : public Workbench
{
    Q_OBJECT

public:
    using Workbench::Workbench;
    FileMap held;
    QQueue<Result<AgentBuild>> builds;
    Status acquired;
    QStringList commands;
    bool holdBuild = false;
    bool holdRun = false;
    int builtCount = 0;

    Future<void> acquire() override { return readyFuture<void>(acquired); }
    bool isReady() const override { return acquired.ok(); }
    void distrust() override {}
    Future<AgentBuild> sync(const FileMap &files, bool build) override
    {
        if (!acquired)
            return readyFuture<AgentBuild>(acquired.error());
        held = files;
        builtCount += build ? 1 : 0;
        if (build && holdBuild)
            return m_never.future();
        AgentBuild built;
        built.state = build ? AgentBuild::State::Ok : AgentBuild::State::None;
        built.kind = QStringLiteral("react");
        built.revision = builtCount;
        const auto result = build && !builds.isEmpty() ? builds.dequeue() : Result<AgentBuild>(built);
        if (build && result)
            Q_EMIT buildChanged(*result);
        return readyFuture<AgentBuild>(result);
    }
    Future<QString> run(const QString &command, std::chrono::seconds) override
    {
        commands.append(command);
        return holdRun ? m_neverRun.future() : readyFuture<QString>(QStringLiteral("exit code 0\nhello\n"));
    }
    void cancelRun() override { commands.append(QStringLiteral("(cancelled)")); }
    Future<QList<AgentLogLine>> logs() override
    {
        return readyFuture<QList<AgentLogLine>>(
            QList<AgentLogLine>{{1, 1000, QStringLiteral("server"), false, QStringLiteral("listening")}});
    }

private:
    QPromise<Result<AgentBuild>> m_never;
    QPromise<Result<QString>> m_neverRun;
};

class FakeProbe : public PreviewProbe
{
public:
    QQueue<ProbeReport> reports;
    bool hold = false;
    int count = 0;

    static ProbeReport fine() { return {true, false, {}, QStringLiteral("App"), QByteArray("png")}; }
    Future<ProbeReport> probe(const QUrl &) override
    {
        ++count;
        if (hold)
            return m_never.future();
        return readyFuture<ProbeReport>(reports.isEmpty() ? fine() : reports.dequeue());
    }

private:
    QPromise<Result<ProbeReport>> m_never;
};

inline AgentBuild brokenBuild(const QString &text, int line = 3)
{
    AgentBuild build;
    build.state = AgentBuild::State::Failed;
    build.kind = QStringLiteral("react");
    build.diagnostics = {{QStringLiteral("src/App.tsx"), line, 1, text, QStringLiteral("const x = ;"), true}};
    return build;
}

// ---- answers ----

using Events = QList<StreamEvent>;

inline Events say(const QString &text)
{
    return {TextDelta{text}};
}

/// A call whose input arrives in pieces of seven characters.
inline Events callOf(int index, const QString &tool, const QJsonObject &input)
{
    const QString id = QStringLiteral("call_%1").arg(index);
    const QString json = QString::fromUtf8(QJsonDocument(input).toJson(QJsonDocument::Compact));
    Events events{ToolCallStarted{index, id, tool}};
    for (qsizetype at = 0; at < json.size(); at += 7)
        events.append(ToolCallDelta{index, json.mid(at, 7)});
    events.append(ToolCallDone{index, {id, tool, input}, {}});
    return events;
}

inline Events write(const QString &path, const QString &content, int index = 0)
{
    return callOf(index, QStringLiteral("write_file"),
                  {{QStringLiteral("path"), path}, {QStringLiteral("content"), content}});
}

inline Events end(StopReason reason = StopReason::EndOfTurn, qint64 output = 100)
{
    return {UsageUpdate{Usage{1000, 0, 0, output, false}}, StreamDone{reason, {}}};
}

inline Events drop(bool retryable = true)
{
    return {StreamFailed{
        Error{ErrorKind::Network, QStringLiteral("The connection broke."), {}}, retryable, std::nullopt, {}}};
}

} // namespace Flotilla
