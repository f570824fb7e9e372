// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/governor.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/modellist.h"
#include "backends/secrets/secretstore.h"
#include "tests/fakes/fakellmserver.h"

#include <QTest>

namespace Flotilla {

/// Keeps what a stream says.
struct Heard
{
    explicit Heard(std::unique_ptr<ModelStream> s)
        : stream(std::move(s))
    {
        QObject::connect(stream.get(), &ModelStream::event, stream.get(),
                         [this](const StreamEvent &event) { take(event); });
    }

    void take(const StreamEvent &event)
    {
        events.append(event);
        if (const auto *delta = std::get_if<TextDelta>(&event))
            text += delta->text;
        else if (const auto *thought = std::get_if<ThinkingDelta>(&event))
            thinking += thought->text;
        else if (const auto *block = std::get_if<ThinkingDone>(&event))
            blocks.append(block->part);
        else if (const auto *call = std::get_if<ToolCallDone>(&event))
            calls.append(*call);
        else if (const auto *update = std::get_if<UsageUpdate>(&event))
            usage = update->usage;
        else if (const auto *wait = std::get_if<StreamWaiting>(&event))
            waits.append(*wait);
        else if (const auto *end = std::get_if<StreamDone>(&event))
            done = *end;
        else if (const auto *end = std::get_if<StreamFailed>(&event))
            failed = *end;
        terminals += std::holds_alternative<StreamDone>(event) || std::holds_alternative<StreamFailed>(event);
    }
    bool over() const { return terminals > 0; }

    std::unique_ptr<ModelStream> stream;
    QList<StreamEvent> events;
    QString text;
    QString thinking;
    QList<ThinkingPart> blocks;
    QList<ToolCallDone> calls;
    QList<StreamWaiting> waits;
    Usage usage;
    std::optional<StreamDone> done;
    std::optional<StreamFailed> failed;
    int terminals = 0;
};

inline ModelRequest askFor(const QString &text, bool tools = false)
{
    ModelRequest request;
    request.model = QStringLiteral("fake-model");
    request.system = QStringLiteral("You write apps.");
    request.messages.append({Role::User, {TextPart{text}}});
    if (tools)
        request.tools.append({QStringLiteral("write_file"), QStringLiteral("Writes a file."),
                              QJsonObject{{QStringLiteral("type"), QStringLiteral("object")}}});
    return request;
}

inline FakeScript scriptOf(const QByteArray &json)
{
    QString error;
    const FakeScript script = FakeScript::fromJson(json, &error);
    if (!error.isEmpty())
        qFatal("%s", qPrintable(error));
    return script;
}

/// A model on a FakeLlmServer with short patience, behind a Governor with short pauses.
struct FakeModel
{
    FakeModel(HttpClient *http, const FakeLlmServer &server, ModelRef::Kind kind)
    {
        GovernorPolicy policy;
        policy.backoff = std::chrono::milliseconds(5);
        policy.maxBackoff = std::chrono::milliseconds(20);
        policy.longestWait = std::chrono::milliseconds(2000);
        governor = std::make_shared<Governor>(policy);
        config.http = http;
        config.format = wireFormatFor(kind);
        config.baseUrl = kind == ModelRef::Kind::Anthropic ? server.anthropicBase() : server.openAiBase();
        config.key = [this] { return readyFuture<QString>(key); };
        config.stall = {std::chrono::milliseconds(300), std::chrono::milliseconds(300),
                        std::chrono::milliseconds(2000)};
        config.info.id = QStringLiteral("fake-model");
    }
    std::shared_ptr<LanguageModel> open() { return governor->wrap(std::make_shared<HttpModel>(config)); }

    std::shared_ptr<Governor> governor;
    HttpModelConfig config;
    QString key = QStringLiteral("sk-fake-000000");
};

/// Secrets in memory; `source` says where they seem to come from.
class MemorySecrets : public SecretStore
{
public:
    Future<Secret> read(const QString &name) override
    {
        if (fails)
            return readyFuture<Secret>(Error{ErrorKind::Unavailable, QStringLiteral("No keychain."), {}});
        return readyFuture<Secret>(values.contains(name) ? Secret{values.value(name), source} : Secret{});
    }
    Future<void> write(const QString &name, const QString &value) override
    {
        values.insert(name, value);
        return readyFuture<void>(Status());
    }
    Future<void> remove(const QString &name) override
    {
        values.remove(name);
        return readyFuture<void>(Status());
    }

    QHash<QString, QString> values;
    Source source = Source::Keychain;
    bool fails = false;
};

} // namespace Flotilla
