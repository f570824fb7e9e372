// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/httpclient.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <optional>

struct curl_slist;

namespace Flotilla {

class CurlMulti;

/// One libcurl easy handle. The callbacks only collect; deliver() emits.
class CurlExchange final : public HttpExchange
{
    Q_OBJECT

public:
    CurlExchange(CurlMulti *multi, const HttpRequest &request);
    ~CurlExchange() override;

    void start();
    void cancel() override;

    void *handle() const { return m_easy; }
    void complete(int curlCode);
    void deliver();
    /// The multi handle went away; nothing is emitted any more.
    void detach();

private:
    static size_t onHeader(char *bytes, size_t size, size_t count, void *self);
    static size_t onBody(char *bytes, size_t size, size_t count, void *self);
    static size_t onUpload(char *bytes, size_t size, size_t count, void *self);
    bool takeHeaderLine(const QByteArray &line);
    void applyOptions();
    void applyMethod();
    void applyUpload();
    void goOnSending();
    void applyHeaders();
    void applyRoute();
    void markReady();
    void checkIdle();
    void finishWith(const Status &status);
    void failLater(const Error &error);

    QPointer<CurlMulti> m_multi;
    HttpRequest m_request;
    void *m_easy = nullptr;
    curl_slist *m_headerList = nullptr;
    curl_slist *m_connectTo = nullptr;
    std::array<char, 256> m_errorText{};

    int m_status = 0;
    HttpHeaders m_headers;
    qsizetype m_headerBytes = 0;
    bool m_headersComplete = false;
    bool m_startedEmitted = false;
    bool m_marked = false;
    bool m_over = false;
    QByteArray m_pending;
    std::optional<int> m_result;

    std::unique_ptr<QSocketNotifier> m_moreToSend; ///< on while the sender waits for bytes
    QTimer m_idleTimer;
    QElapsedTimer m_lastByte;
    qint64 m_uploaded = 0;
};

} // namespace Flotilla
