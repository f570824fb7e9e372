// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fakes/fakellmserver.h"

#include <QThread>

namespace Flotilla::Test {

/// A FakeLlmServer on a thread of its own, so that a test may wait for a process meanwhile. Made and destroyed there:
/// its sockets and timers belong to that thread.
class ServerThread
{
public:
    ServerThread()
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        onServer([this] {
            m_server = std::make_unique<FakeLlmServer>();
            m_server->listen();
        });
    }
    ~ServerThread()
    {
        onServer([this] { m_server.reset(); });
        m_thread.quit();
        m_thread.wait();
    }

    /// False when the script is not valid.
    bool play(const QByteArray &json)
    {
        QString error;
        const FakeScript script = FakeScript::fromJson(json, &error);
        onServer([&] { m_server->setScript(script); });
        return error.isEmpty();
    }
    QList<FakeLlmServer::Request> requests()
    {
        QList<FakeLlmServer::Request> copy;
        onServer([&] { copy = m_server->requests(); });
        return copy;
    }
    QString anthropicBase() { return m_server->anthropicBase().toString(); }
    QString openAiBase() { return m_server->openAiBase().toString(); }

private:
    template <typename Function>
    void onServer(Function function)
    {
        QMetaObject::invokeMethod(&m_context, function, Qt::BlockingQueuedConnection);
    }

    QThread m_thread;
    QObject m_context;
    std::unique_ptr<FakeLlmServer> m_server;
};

} // namespace Flotilla::Test
