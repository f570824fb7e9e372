// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/httpmodelstream.h"

#include "backends/llm/wirefailures.h"

#include <QCoreApplication>
#include <QPointer>

namespace Flotilla {

namespace {

constexpr qsizetype MaxDocument = 1024 * 1024;
constexpr qint64 MaxAnswer = 64 * 1024 * 1024;    // bytes of one answer, with all that is around its text
constexpr qint64 MaxAnswerText = 8 * 1024 * 1024; // characters that are shown and kept
constexpr int MaxAdaptations = 4;
constexpr std::chrono::milliseconds ConcludeAfter{2000}; // the answer is complete, [DONE] does not come

bool isContent(const StreamEvent &event)
{
    return !std::holds_alternative<UsageUpdate>(event) && !std::holds_alternative<StreamWaiting>(event);
}

bool isTerminal(const StreamEvent &event)
{
    return std::holds_alternative<StreamDone>(event) || std::holds_alternative<StreamFailed>(event);
}

qint64 textSize(const StreamEvent &event)
{
    if (const auto *text = std::get_if<TextDelta>(&event))
        return text->text.size();
    const auto *thought = std::get_if<ThinkingDelta>(&event);
    return thought ? thought->text.size() : 0;
}

bool isEventStream(int status, const HttpHeaders &headers)
{
    const QByteArray type = headerValue(headers, "content-type").toLower();
    return status == 200 && !type.startsWith("application/json") && !type.startsWith("text/html");
}

StreamFailed unsupported(const char *text, const PeerName &peer, const ApiError &error)
{
    const QString words = QCoreApplication::translate("Models", text).arg(peer.model, peer.host);
    return {{ErrorKind::Unsupported, words, error.message}, true, {}, error.requestId};
}

} // namespace

HttpModelStream::HttpModelStream(const HttpModelConfig &config, const ModelRequest &request)
    : m_config(config)
    , m_request(request)
    , m_peer{hostOf(config.baseUrl), request.model}
    , m_stallTimer(this)
{
    m_stallTimer.setSingleShot(true);
    connect(&m_stallTimer, &QTimer::timeout, this, &HttpModelStream::checkStall);
    connect(&m_key, &QFutureWatcher<Result<QString>>::finished, this, &HttpModelStream::begin);
    m_lastByte.start();
    m_lastContent.start();
    armStallTimer();
    m_key.setFuture(m_config.key());
}

void HttpModelStream::cancel()
{
    m_over = true;
    m_stallTimer.stop();
    m_key.disconnect(this);
    m_exchange.reset();
}

void HttpModelStream::begin()
{
    if (m_over)
        return;
    if (m_key.future().isCanceled() || m_key.future().resultCount() == 0)
        return fail({{ErrorKind::Cancelled, QCoreApplication::translate("Models", "The program is closing."), {}},
                     false,
                     {},
                     {}});
    const Result<QString> key = m_key.result();
    const bool noKeychain = !key && key.error().kind == ErrorKind::Unavailable; // then there is no key in it either
    if (!key && !noKeychain && !m_config.missingKey.isEmpty())
        return fail({key.error(), false, {}, {}});
    if (!m_config.missingKey.isEmpty() && (noKeychain || key->isEmpty())) {
        const QString detail = noKeychain ? key.error().text : QString();
        return fail({{ErrorKind::Unauthorized, m_config.missingKey, detail}, false, {}, {}});
    }
    send();
}

void HttpModelStream::send()
{
    const Result<QString> key = m_key.result();
    HttpRequest request;
    request.method = "POST";
    request.decode = true;
    request.url = m_config.format->streamUrl(m_config.baseUrl);
    request.headers = m_config.format->authHeaders(key ? *key : QString());
    request.headers.append(HttpHeader{"content-type", "application/json"});
    request.headers.append(HttpHeader{"accept", "text/event-stream"});
    request.body = m_config.format->body(m_request, m_config.baseUrl, *m_config.quirks);
    m_parser = m_config.format->parser(m_request, m_peer);
    m_sse = {};
    m_document.clear();
    m_anyByte = false;
    m_received = 0;
    m_lastByte.start();
    m_exchange = m_config.http->send(request);
    connect(m_exchange.get(), &HttpExchange::started, this, &HttpModelStream::onStarted);
    connect(m_exchange.get(), &HttpExchange::data, this, &HttpModelStream::onData);
    connect(m_exchange.get(), &HttpExchange::finished, this, &HttpModelStream::onFinished);
}

void HttpModelStream::onStarted(int status, const HttpHeaders &headers)
{
    m_status = status;
    m_headers = headers;
    m_isStream = isEventStream(status, headers);
    if (m_config.observeHeaders)
        m_config.observeHeaders(headers);
    if (status == 200)
        Q_EMIT accepted();
}

void HttpModelStream::onData(const QByteArray &bytes)
{
    m_lastByte.start();
    if (!std::exchange(m_anyByte, true))
        armStallTimer();
    m_received += bytes.size();
    if (m_received > MaxAnswer)
        return fail(endless());
    if (m_isStream)
        return takeEvents(m_sse.feed(bytes));
    m_document.append(bytes.left(MaxDocument - m_document.size()));
    if (m_document.size() == MaxDocument) // the rest would not be looked at
        takeDocument();
}

void HttpModelStream::takeEvents(const QList<SseEvent> &events)
{
    QList<StreamEvent> out;
    for (const SseEvent &event : events)
        m_parser->take(event, out);
    if (m_sse.overflowed() && !m_parser->isOver())
        out.append(unreadableAnswer(m_peer, "an event is too large"));
    const bool concludes = m_parser->canConclude();
    const QPointer<HttpModelStream> self(this);
    deliver(out);
    if (self && !m_over && concludes)
        m_stallTimer.start(ConcludeAfter);
}

void HttpModelStream::onFinished(const Status &status)
{
    if (status && !m_isStream)
        return takeDocument();
    QList<StreamEvent> out;
    for (const SseEvent &event : m_sse.finish())
        m_parser->take(event, out);
    if (m_parser->isOver() || status || m_parser->canConclude())
        m_parser->end(out);
    else
        out.append(StreamFailed{status.error(), status.error().kind != ErrorKind::Protocol, {}, {}});
    deliver(out);
}

void HttpModelStream::takeDocument()
{
    m_exchange->cancel();
    const QList<SseEvent> whole = m_status == 200 ? m_config.format->wholeAnswer(m_document) : QList<SseEvent>();
    if (whole.isEmpty())
        return refuse(readApiError(m_status, m_headers, m_document));
    QList<StreamEvent> out;
    for (const SseEvent &event : whole)
        m_parser->take(event, out);
    m_parser->end(out);
    deliver(out);
}

void HttpModelStream::refuse(const ApiError &error)
{
    const auto adaptation = m_adaptations < MaxAdaptations
                                ? m_config.format->adapt(error, m_request, m_config.baseUrl, *m_config.quirks)
                                : WireFormat::Adaptation::None;
    switch (adaptation) {
    case WireFormat::Adaptation::Retry:
        ++m_adaptations;
        return send();
    case WireFormat::Adaptation::ToolsUnsupported:
        return fail(unsupported(QT_TRANSLATE_NOOP("Models", "%1 at %2 cannot call tools."), m_peer, error));
    case WireFormat::Adaptation::ImagesUnsupported:
        return fail(unsupported(QT_TRANSLATE_NOOP("Models", "%1 at %2 cannot see images."), m_peer, error));
    case WireFormat::Adaptation::None:
        return fail(failureOf(error, m_peer));
    }
}

void HttpModelStream::armStallTimer()
{
    const auto quiet = m_anyByte ? m_config.stall.nextByte : m_config.stall.firstByte;
    const auto untilByte = quiet - std::chrono::milliseconds(m_lastByte.elapsed());
    const auto untilContent = m_config.stall.content - std::chrono::milliseconds(m_lastContent.elapsed());
    m_stallTimer.start(qMax(std::chrono::milliseconds(1), qMin(untilByte, untilContent)));
}

void HttpModelStream::checkStall()
{
    if (m_parser && m_parser->canConclude() && m_lastByte.hasExpired(ConcludeAfter.count() / 2)) {
        QList<StreamEvent> out;
        m_parser->end(out);
        return deliver(out);
    }
    const auto quiet = m_anyByte ? m_config.stall.nextByte : m_config.stall.firstByte;
    const bool silent = m_lastByte.hasExpired(quiet.count());
    if (!silent && !m_lastContent.hasExpired(m_config.stall.content.count()))
        return armStallTimer();
    const auto waited = silent ? quiet : m_config.stall.content;
    const QString text = QCoreApplication::translate("Models", "%1 sent nothing for %2 seconds.");
    const QString seconds = QString::number(double(waited.count()) / 1000.0, 'g', 3);
    fail({{ErrorKind::Timeout, text.arg(m_peer.host, seconds), {}}, true, {}, {}});
}

void HttpModelStream::fail(const StreamFailed &failure)
{
    deliver({failure});
}

/// More than any model writes: another try would bring the same.
StreamFailed HttpModelStream::endless() const
{
    StreamFailed failure = unreadableAnswer(m_peer, "the answer is too large");
    failure.retryable = false;
    return failure;
}

void HttpModelStream::deliver(const QList<StreamEvent> &events)
{
    const QPointer<HttpModelStream> self(this);
    for (StreamEvent event : events) {
        if (isContent(event))
            m_lastContent.start();
        m_textSize += textSize(event);
        if (m_textSize > MaxAnswerText)
            event = endless();
        if (auto *failed = std::get_if<StreamFailed>(&event); failed && failed->requestId.isEmpty())
            failed->requestId = QString::fromLatin1(headerValue(m_headers, "request-id"));
        const bool terminal = isTerminal(event);
        if (terminal)
            cancel();
        Q_EMIT this->event(event);
        if (!self || terminal || m_over)
            return;
    }
}

} // namespace Flotilla
