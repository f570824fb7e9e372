// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/sseparser.h"
#include "backends/llm/httpmodel.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QTimer>

namespace Flotilla {

/// One HTTP attempt of one answer.
class HttpModelStream final : public ModelStream
{
    Q_OBJECT

public:
    HttpModelStream(const HttpModelConfig &config, const ModelRequest &request);
    void cancel() override;

Q_SIGNALS:
    void accepted(); ///< status 200: the answer begins

private:
    void begin();
    void send();
    void onStarted(int status, const HttpHeaders &headers);
    void onData(const QByteArray &bytes);
    void onFinished(const Status &status);
    void takeEvents(const QList<SseEvent> &events);
    void takeDocument();
    void refuse(const ApiError &error);
    void checkStall();
    void armStallTimer();
    void fail(const StreamFailed &failure);
    StreamFailed endless() const;
    void deliver(const QList<StreamEvent> &events);

    HttpModelConfig m_config;
    ModelRequest m_request;
    PeerName m_peer;
    QFutureWatcher<Result<QString>> m_key;
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<WireParser> m_parser;
    SseParser m_sse;
    int m_status = 0;
    HttpHeaders m_headers;
    QByteArray m_document; // an answer that is no event stream
    qint64 m_received = 0; // bytes
    qint64 m_textSize = 0; // characters
    bool m_isStream = false;
    bool m_over = false;
    int m_adaptations = 0;

    QTimer m_stallTimer;
    QElapsedTimer m_lastByte;
    QElapsedTimer m_lastContent;
    bool m_anyByte = false;
};

} // namespace Flotilla
