// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/frames.h"
#include "backends/core/future.h"
#include "backends/core/stream.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QQueue>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Flotilla {

/// One connection to the agent: one call. Opens the stream, sends frames as fast as they are taken, reads frames until
/// the answer, an error or the deadline; then closes and emits finished() once. Deleting it closes the connection.
class AgentCall : public QObject
{
    Q_OBJECT

public:
    /// Without a deadline (zero) it may last for ever.
    AgentCall(StreamOpener opener, std::chrono::milliseconds deadline, QObject *parent = nullptr);
    ~AgentCall() override;

    /// Connection failures are tried again until the deadline.
    void setPatient() { m_patient = true; }
    void start(const QJsonObject &request);
    void send(char type, const QByteArray &payload);
    /// Ends the call with this error.
    void fail(const Error &error);
    /// Bytes of frames that wait here or in the stream's buffer.
    [[nodiscard]] qint64 unsent() const;
    [[nodiscard]] bool isFinished() const { return m_finished; }

Q_SIGNALS:
    void connected(); ///< somebody listens
    /// unsent() became less.
    void sent();
    /// Bytes: 'B', 'O' or 'E'.
    void bytesReceived(char type, const QByteArray &bytes);
    /// A JSON object that is not the answer: an event, the size of a file.
    void objectReceived(const QJsonObject &object);
    void finished(const Flotilla::Result<QJsonObject> &answer);

private:
    void open();
    void opened(const Result<std::shared_ptr<QIODevice>> &stream);
    void openFailed(const Error &error);
    void write();
    void read();
    void handle(const Agent::Frame &frame);
    void disconnected();
    void timedOut();
    void finish(const Result<QJsonObject> &answer);
    void closeStream();

    StreamOpener m_opener;
    std::shared_ptr<QIODevice> m_stream;
    Agent::FrameDecoder m_decoder;
    QQueue<QByteArray> m_pending;
    qint64 m_pendingBytes = 0;
    QTimer m_deadline;
    int m_retryMs = 1;
    bool m_patient = false;
    bool m_finished = false;
};

} // namespace Flotilla
