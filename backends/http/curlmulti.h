// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace Flotilla {

class CurlExchange;
class SocketWatch;

/// One libcurl multi handle driven by Qt's event loop. Nothing is emitted from inside a libcurl callback: bytes wait in
/// their exchange until the call into libcurl has returned. Facts: curl_multi_socket_action(3).
class CurlMulti : public QObject
{
    Q_OBJECT

public:
    explicit CurlMulti(QObject *parent = nullptr);
    ~CurlMulti() override;

    bool add(CurlExchange *exchange);
    void remove(CurlExchange *exchange);
    /// To be delivered when libcurl has returned.
    void markReady(CurlExchange *exchange);
    void act(int socket, int events);

private:
    static int onSocket(void *easy, int socket, int what, void *self, void *watch);
    static int onTimer(void *multi, long milliseconds, void *self);
    void createHandle();
    void collectFinished();
    void deliver();
    void failAll();

    void *m_handle = nullptr;
    QTimer m_timer;
    QList<CurlExchange *> m_running;
    QList<QPointer<CurlExchange>> m_ready;
};

} // namespace Flotilla
