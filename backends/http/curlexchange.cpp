// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/curlexchange.h"

#include "backends/http/curlerrors.h"
#include "backends/http/curlmulti.h"
#include "backends/http/httpupload.h"

#include <QCoreApplication>
#include <QFile>

#include <curl/curl.h>

namespace Flotilla {

namespace {

constexpr qsizetype MaxHeaderBytes = 256 * 1024;
constexpr long UploadChunk = 256 * 1024;
static_assert(CURL_ERROR_SIZE == 256);

} // namespace

CurlExchange::CurlExchange(CurlMulti *multi, const HttpRequest &request)
    : m_multi(multi)
    , m_request(request)
    , m_easy(curl_easy_init())
    , m_idleTimer(this)
{
    m_idleTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, this, &CurlExchange::checkIdle);
}

CurlExchange::~CurlExchange()
{
    cancel();
    curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_headerList);
    curl_slist_free_all(m_connectTo);
}

void CurlExchange::start()
{
    if (const Status valid = checkRequest(m_request); !valid)
        return failLater(valid.error());
    applyOptions();
    applyMethod();
    applyHeaders();
    applyRoute();
    if (!m_multi->add(this))
        return failLater(curlError(CURLE_FAILED_INIT, {}, m_request, false));
    m_lastByte.start();
    if (m_request.idleTimeout.count() > 0)
        m_idleTimer.start(m_request.idleTimeout);
}

void CurlExchange::cancel()
{
    if (m_multi)
        m_multi->remove(this);
    detach();
}

void CurlExchange::detach()
{
    m_over = true;
    m_idleTimer.stop();
    m_pending.clear();
    if (m_moreToSend) {
        m_moreToSend->setEnabled(false);
        m_moreToSend.release()->deleteLater(); // we may be inside its signal
    }
    m_request.upload.reset(); // its writer is told so
}

void CurlExchange::applyOptions()
{
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(m_easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (m_request.decode)
        curl_easy_setopt(m_easy, CURLOPT_ACCEPT_ENCODING, "identity"); // what comes packed all the same is unpacked
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, long(m_request.connectTimeout.count()));
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, long(m_request.totalTimeout.count()));
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPIDLE, 30L);
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPINTVL, 15L);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &CurlExchange::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &CurlExchange::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
}

void CurlExchange::applyMethod()
{
    if (m_request.method == "HEAD") {
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (m_request.upload)
        return applyUpload();
    if (m_request.method == "GET" && m_request.body.isEmpty())
        return;
    if (m_request.method == "POST" || !m_request.body.isEmpty()) {
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body.constData());
    }
    curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, m_request.method.constData());
}

void CurlExchange::applyUpload()
{
    m_moreToSend = std::make_unique<QSocketNotifier>(m_request.upload->descriptor(), QSocketNotifier::Read);
    m_moreToSend->setEnabled(false);
    connect(m_moreToSend.get(), &QSocketNotifier::activated, this, &CurlExchange::goOnSending);
    curl_easy_setopt(m_easy, CURLOPT_POST, 1L);
    curl_easy_setopt(m_easy, CURLOPT_READFUNCTION, &CurlExchange::onUpload);
    curl_easy_setopt(m_easy, CURLOPT_READDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_UPLOAD_BUFFERSIZE, UploadChunk);
    curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, m_request.method.constData());
}

void CurlExchange::goOnSending()
{
    m_moreToSend->setEnabled(false);
    curl_easy_pause(m_easy, CURLPAUSE_CONT);
}

void CurlExchange::applyHeaders()
{
    const auto add = [this](const QByteArray &line) {
        m_headerList = curl_slist_append(m_headerList, line.constData());
    };
    for (const HttpHeader &header : std::as_const(m_request.headers))
        add(header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value);
    add("Expect:"); // no round trip for large bodies
    if (m_request.upload)
        add("Transfer-Encoding: chunked");
    if (headerValue(m_request.headers, "Content-Type").isEmpty())
        add("Content-Type:"); // not libcurl's form type
    curl_easy_setopt(m_easy, CURLOPT_USERAGENT, "Flotilla");
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headerList);
}

void CurlExchange::applyRoute()
{
    const QByteArray url = m_request.url.toEncoded(QUrl::FullyEncoded | QUrl::RemoveFragment);
    curl_easy_setopt(m_easy, CURLOPT_URL, url.constData());
    QString target = m_request.url.host();
    if (!m_request.resolveTo.isEmpty()) {
        target = QString::fromLatin1(m_request.resolveTo);
        const bool v6 = m_request.resolveTo.contains(':') && !m_request.resolveTo.startsWith('[');
        const QByteArray rule = "::" + (v6 ? '[' + m_request.resolveTo + ']' : m_request.resolveTo) + ':';
        m_connectTo = curl_slist_append(nullptr, rule.constData());
        curl_easy_setopt(m_easy, CURLOPT_CONNECT_TO, m_connectTo);
    }
    if (!m_request.unixSocket.isEmpty()) {
        const QByteArray path = QFile::encodeName(m_request.unixSocket);
        curl_easy_setopt(m_easy, CURLOPT_UNIX_SOCKET_PATH, path.constData());
    }
    if (!m_request.unixSocket.isEmpty() || isLoopbackHost(target))
        curl_easy_setopt(m_easy, CURLOPT_PROXY, "");
}

size_t CurlExchange::onHeader(char *bytes, size_t size, size_t count, void *self)
{
    auto *exchange = static_cast<CurlExchange *>(self);
    const size_t length = size * count;
    exchange->m_lastByte.start();
    exchange->m_headerBytes += qsizetype(length);
    if (exchange->m_headerBytes > MaxHeaderBytes)
        return 0;
    if (!exchange->m_headersComplete && exchange->takeHeaderLine(QByteArray(bytes, qsizetype(length)).trimmed()))
        exchange->markReady();
    return length;
}

/// True when this line completed the header of the final answer.
bool CurlExchange::takeHeaderLine(const QByteArray &line)
{
    if (line.startsWith("HTTP/")) {
        m_headers.clear();
        m_status = line.mid(line.indexOf(' ') + 1, 3).toInt();
    } else if (line.isEmpty()) {
        m_headersComplete = m_status >= 200 || m_status == 101;
    } else if (const qsizetype colon = line.indexOf(':'); colon > 0) {
        m_headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    return m_headersComplete;
}

size_t CurlExchange::onBody(char *bytes, size_t size, size_t count, void *self)
{
    auto *exchange = static_cast<CurlExchange *>(self);
    const size_t length = size * count;
    exchange->m_lastByte.start();
    exchange->m_pending.append(bytes, qsizetype(length));
    exchange->markReady();
    return length;
}

size_t CurlExchange::onUpload(char *bytes, size_t size, size_t count, void *self)
{
    auto *exchange = static_cast<CurlExchange *>(self);
    const qint64 got = exchange->m_request.upload->read(bytes, qint64(size * count));
    if (got >= 0)
        return size_t(got);
    if (got < -1)
        return CURL_READFUNC_ABORT;
    exchange->m_moreToSend->setEnabled(true);
    return CURL_READFUNC_PAUSE;
}

void CurlExchange::markReady()
{
    if (!std::exchange(m_marked, true))
        m_multi->markReady(this);
}

void CurlExchange::complete(int curlCode)
{
    m_result = curlCode;
}

void CurlExchange::deliver()
{
    const QPointer<CurlExchange> self(this);
    m_marked = false;
    if (!m_over && m_headersComplete && !std::exchange(m_startedEmitted, true))
        Q_EMIT started(m_status, m_headers);
    if (self && !m_over && !m_pending.isEmpty())
        Q_EMIT data(std::exchange(m_pending, {}));
    if (!self || m_over || !m_result)
        return;
    curl_off_t sendTime = 0;
    curl_easy_getinfo(m_easy, CURLINFO_PRETRANSFER_TIME_T, &sendTime);
    if (*m_result == CURLE_OK)
        finishWith({});
    else
        finishWith(curlError(*m_result, m_errorText.data(), m_request, sendTime > 0));
}

void CurlExchange::finishWith(const Status &status)
{
    if (m_over)
        return;
    cancel();
    Q_EMIT finished(status);
}

void CurlExchange::failLater(const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, error] { finishWith(error); }, Qt::QueuedConnection);
}

void CurlExchange::checkIdle()
{
    curl_off_t uploaded = 0;
    curl_easy_getinfo(m_easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    if (std::exchange(m_uploaded, qint64(uploaded)) != uploaded)
        m_lastByte.start();
    const auto left = m_request.idleTimeout - std::chrono::milliseconds(m_lastByte.elapsed());
    if (left.count() > 0) {
        m_idleTimer.start(left);
        return;
    }
    const QString text = QCoreApplication::translate("Http", "%1 sent nothing for %2 seconds.");
    const double seconds = double(m_request.idleTimeout.count()) / 1000.0;
    finishWith(Error{ErrorKind::Timeout, text.arg(peerName(m_request), QString::number(seconds, 'g', 3)), {}});
}

} // namespace Flotilla
