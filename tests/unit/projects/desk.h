// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/clock.h"
#include "backends/projects/projectservice.h"
#include "backends/sandbox/sandboxprovider.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/projects/turnfakes.h"

#include <QTest>

namespace Flotilla {

inline const QString appPath = QStringLiteral("src/App.tsx");
inline const QString good = QStringLiteral("export default function App() { return <h1>Hi</h1> }\n");

class NoSandboxes : public SandboxProvider
{
public:
    int released = 0;
    bool running = false;
    Future<SandboxInfo> acquire(const AppId &) override { return readyFuture<SandboxInfo>(none()); }
    Result<SandboxInfo> current(const AppId &app) const override
    {
        if (!running)
            return none();
        SandboxInfo info;
        info.app = app;
        info.state = SandboxState::Running;
        return info;
    }
    AgentClient *client = nullptr;
    Result<AgentClient *> agent(const AppId &) override
    {
        return client ? Result<AgentClient *>(client) : Result<AgentClient *>(none());
    }
    Future<void> release(const AppId &) override
    {
        ++released;
        return readyFuture<void>({});
    }

private:
    static Error none() { return {ErrorKind::NotFound, QStringLiteral("There is no sandbox."), {}}; }
};

/// A project service on a real store, with a model, sandboxes and a probe that only pretend.
struct Desk
{
    std::unique_ptr<Store> store;
    NoSandboxes sandboxes;
    std::shared_ptr<FakeModel> model = std::make_shared<FakeModel>();
    FakeProbe probe;
    QHash<AppId, FakeBench *> benches;
    std::unique_ptr<ProjectService> service;

    explicit Desk(const QString &dir)
    {
        store = *Store::open(dir);
        ProjectService::Parts parts;
        parts.store = store.get();
        parts.sandboxes = &sandboxes;
        parts.clock = &Clock::system();
        parts.probe = &probe;
        parts.lockDir = dir + QStringLiteral("/locks");
        parts.promptDir = QStringLiteral(PROMPT_DIR);
        parts.previewUrl = [](const AppId &app) { return QUrl(QStringLiteral("http://%1.localhost/").arg(app.value)); };
        parts.openModel = [this](const QString &) { return Result<std::shared_ptr<LanguageModel>>(model); };
        parts.makeBench = [this](const AppId &app) {
            auto bench = std::make_unique<FakeBench>();
            benches.insert(app, bench.get());
            return bench;
        };
        service = std::make_unique<ProjectService>(parts);
    }

    template <typename T>
    static Result<T> wait(const Future<T> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000))
            return Error{ErrorKind::Timeout, QStringLiteral("no answer"), {}};
        return future.result();
    }
    /// Creates an app whose first turn ends green.
    AppId made(const QString &prompt = QStringLiteral("Please build me a tide table"))
    {
        model->answers.enqueue(say(QStringLiteral("Here.")) + write(appPath, good) + end());
        const auto app = wait(service->create({prompt, {}, {}}));
        Q_ASSERT(app);
        const auto ended = wait(service->waitForTurn(*app));
        Q_ASSERT(ended && ended->green);
        return *app;
    }
    Status edited(const AppId &app, const QString &content, const QString &prompt = QStringLiteral("change it"))
    {
        model->answers.enqueue(write(appPath, content) + end());
        if (const auto sent = wait(service->submit(app, {prompt, {}, {}})); !sent)
            return sent;
        const auto ended = wait(service->waitForTurn(app));
        return ended ? Status() : Status(ended.error());
    }
    QByteArray text(const AppId &app, int version = 0) { return wait(service->files(app, version))->value(appPath); }
    /// A turn that streams and does not end.
    void begin(const AppId &app)
    {
        model->answers.enqueue(write(QStringLiteral("half.ts"), QStringLiteral("1\n")));
        QVERIFY(wait(service->submit(app, {QStringLiteral("more"), {}, {}})));
        QTRY_VERIFY(wait(service->files(app))->contains(QStringLiteral("half.ts")));
    }
};

} // namespace Flotilla
