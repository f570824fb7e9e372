// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/curlmulti.h"

#include "backends/core/log.h"
#include "backends/http/curlexchange.h"

#include <QSocketNotifier>

#include <curl/curl.h>

#include <csignal>

namespace Flotilla {

/// The two notifiers of one socket. Deleted later, never inside its own signal.
class SocketWatch : public QObject
{
public:
    SocketWatch(int socket, CurlMulti *multi)
        : QObject(multi)
        , m_read(socket, QSocketNotifier::Read)
        , m_write(socket, QSocketNotifier::Write)
    {
        m_read.setParent(this);
        m_write.setParent(this);
        watch(CURL_POLL_NONE);
        connect(&m_read, &QSocketNotifier::activated, multi, [=] { multi->act(socket, CURL_CSELECT_IN); });
        connect(&m_write, &QSocketNotifier::activated, multi, [=] { multi->act(socket, CURL_CSELECT_OUT); });
    }

    void watch(int what)
    {
        m_read.setEnabled(what == CURL_POLL_IN || what == CURL_POLL_INOUT);
        m_write.setEnabled(what == CURL_POLL_OUT || what == CURL_POLL_INOUT);
    }

private:
    QSocketNotifier m_read;
    QSocketNotifier m_write;
};

namespace {

void initialiseCurl()
{
    static const bool once = [] {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        struct sigaction current = {};
        if (sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL)
            std::signal(SIGPIPE, SIG_IGN); // a peer that closes early must not end the program
        return true;
    }();
    Q_UNUSED(once);
}

} // namespace

CurlMulti::CurlMulti(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    initialiseCurl();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    createHandle();
}

CurlMulti::~CurlMulti()
{
    const auto running = std::exchange(m_running, {});
    for (CurlExchange *exchange : running) {
        curl_multi_remove_handle(m_handle, exchange->handle());
        exchange->detach();
    }
    curl_multi_setopt(m_handle, CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(m_handle, CURLMOPT_TIMERFUNCTION, nullptr);
    curl_multi_cleanup(m_handle);
}

void CurlMulti::createHandle()
{
    m_handle = curl_multi_init();
    curl_multi_setopt(m_handle, CURLMOPT_SOCKETFUNCTION, &CurlMulti::onSocket);
    curl_multi_setopt(m_handle, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_handle, CURLMOPT_TIMERFUNCTION, &CurlMulti::onTimer);
    curl_multi_setopt(m_handle, CURLMOPT_TIMERDATA, this);
}

bool CurlMulti::add(CurlExchange *exchange)
{
    if (curl_multi_add_handle(m_handle, exchange->handle()) != CURLM_OK)
        return false;
    m_running.append(exchange);
    return true;
}

void CurlMulti::remove(CurlExchange *exchange)
{
    if (m_running.removeOne(exchange))
        curl_multi_remove_handle(m_handle, exchange->handle());
}

void CurlMulti::markReady(CurlExchange *exchange)
{
    m_ready.append(exchange);
}

int CurlMulti::onSocket(void *, int socket, int what, void *self, void *watch)
{
    auto *multi = static_cast<CurlMulti *>(self);
    auto *known = static_cast<SocketWatch *>(watch);
    if (what == CURL_POLL_REMOVE) {
        if (known) {
            known->watch(CURL_POLL_NONE);
            known->deleteLater();
            curl_multi_assign(multi->m_handle, socket, nullptr);
        }
        return 0;
    }
    if (!known) {
        known = new SocketWatch(socket, multi);
        curl_multi_assign(multi->m_handle, socket, known);
    }
    known->watch(what);
    return 0;
}

int CurlMulti::onTimer(void *, long milliseconds, void *self)
{
    auto *multi = static_cast<CurlMulti *>(self);
    if (milliseconds < 0)
        multi->m_timer.stop();
    else
        multi->m_timer.start(std::chrono::milliseconds(milliseconds));
    return 0;
}

void CurlMulti::act(int socket, int events)
{
    int running = 0;
    const CURLMcode code = curl_multi_socket_action(m_handle, socket, events, &running);
    if (code == CURLM_OK) {
        collectFinished();
    } else {
        qCWarning(logCore, "libcurl: %s; all transfers are ended", curl_multi_strerror(code));
        failAll();
    }
    deliver();
}

void CurlMulti::collectFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_handle, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const int result = message->data.result;
        char *owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        auto *exchange = static_cast<CurlExchange *>(static_cast<void *>(owner));
        remove(exchange);
        exchange->complete(result);
        markReady(exchange);
    }
}

void CurlMulti::deliver()
{
    const auto ready = std::exchange(m_ready, {});
    for (const QPointer<CurlExchange> &exchange : ready) {
        if (exchange)
            exchange->deliver();
    }
}

void CurlMulti::failAll()
{
    const auto running = std::exchange(m_running, {});
    for (CurlExchange *exchange : running) {
        curl_multi_remove_handle(m_handle, exchange->handle());
        exchange->complete(CURLE_RECV_ERROR);
        markReady(exchange);
    }
    curl_multi_cleanup(m_handle);
    createHandle();
}

} // namespace Flotilla
