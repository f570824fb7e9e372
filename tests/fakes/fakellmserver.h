// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fakes/fakewire.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace Flotilla {

class FakeConnection;

/// A language model server for tests: Anthropic Messages and OpenAI Chat Completions from a script, with faults.
/// Listens on 127.0.0.1 only. One thread; made for a thousand streams at once (one timer, no objects per token).
class FakeLlmServer : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray method;
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; ///< lower-case names
        QByteArray body;
        QJsonObject json() const;
    };

    explicit FakeLlmServer(QObject *parent = nullptr);
    ~FakeLlmServer() override;

    bool listen(quint16 port = 0);
    quint16 port() const { return m_server.serverPort(); }
    QUrl anthropicBase() const; ///< http://127.0.0.1:PORT
    QUrl openAiBase() const;    ///< http://127.0.0.1:PORT/v1

    /// Starts counting requests anew.
    void setScript(const FakeScript &script);
    const QList<Request> &requests() const { return m_requests; }
    int openStreams() const;
    int refused() const { return m_refused; }         ///< for the rate
    int closedEarly() const { return m_closedEarly; } ///< streams that the client ended

Q_SIGNALS:
    void requestReceived();

private:
    friend class FakeConnection;
    void accept();
    void handle(FakeConnection *connection, const Request &request);
    void answerModel(FakeConnection *connection, const Request &request, FakeFormat format);
    const FakeTurn *chooseTurn(const QJsonObject &body);
    QString rejectedField(const QJsonObject &body) const;
    bool hasKey(const Request &request) const;
    void forget(FakeConnection *connection);
    void streamStarted();
    bool takeToken();
    QJsonObject limitHeaders(bool refused) const;
    void tick();

    QTcpServer m_server;
    FakeScript m_script;
    QList<Request> m_requests;
    QList<FakeConnection *> m_connections;
    QHash<QString, QList<FakeFrame>> m_encoded;
    QTimer m_timer;
    QElapsedTimer m_clock;
    int m_modelRequests = 0;
    int m_plainTurns = 0;
    int m_closedEarly = 0;
    int m_refused = 0;
    double m_tokens = 0; ///< requests that may come now
    qint64 m_refilled = 0;
};

} // namespace Flotilla
