// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/governedmodel.h"

#include "backends/llm/httpmodelstream.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

bool showsContent(const StreamEvent &event)
{
    return std::holds_alternative<TextDelta>(event) || std::holds_alternative<ThinkingDelta>(event) ||
           std::holds_alternative<ThinkingDone>(event) || std::holds_alternative<ToolCallStarted>(event) ||
           std::holds_alternative<ToolCallDelta>(event) || std::holds_alternative<ToolCallDone>(event);
}

bool asksToWait(const Error &error)
{
    return error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Overloaded;
}

} // namespace

GovernedModel::GovernedModel(std::shared_ptr<Governor> governor, std::shared_ptr<LanguageModel> model,
                             RequestPriority priority)
    : m_governor(std::move(governor))
    , m_model(std::move(model))
    , m_priority(priority)
{
}

std::unique_ptr<ModelStream> GovernedModel::stream(const ModelRequest &request)
{
    return std::make_unique<GovernedStream>(m_governor, m_model, request, m_priority);
}

GovernedStream::GovernedStream(std::shared_ptr<Governor> governor, std::shared_ptr<LanguageModel> model,
                               const ModelRequest &request, RequestPriority priority)
    : m_governor(std::move(governor))
    , m_model(std::move(model))
    , m_request(request)
    , m_priority(priority)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &GovernedStream::queue);
    m_pause.start(0); // events begin after control returned to the event loop
}

GovernedStream::~GovernedStream()
{
    cancel();
}

void GovernedStream::cancel()
{
    m_over = true;
    m_pause.stop();
    endAttempt();
}

void GovernedStream::queue()
{
    const QPointer<GovernedStream> self(this);
    if (const auto pause = m_governor->pauseLeft(); pause.count() > 0) {
        const QString text = QCoreApplication::translate("Models", "The server allows no more requests right now.");
        announceWait(pause, {ErrorKind::RateLimited, text, {}});
    }
    if (self && !m_over)
        m_governor->acquire(
            this, m_priority, [this] { startAttempt(); }, std::exchange(m_refused, false));
}

void GovernedStream::startAttempt()
{
    m_holdsSlot = true;
    m_accepted = false;
    if (m_over)
        return endAttempt();
    ++m_attempts;
    m_attempt = m_model->stream(m_request);
    connect(m_attempt.get(), &ModelStream::event, this, &GovernedStream::onEvent);
    if (const auto *http = qobject_cast<HttpModelStream *>(m_attempt.get()))
        connect(http, &HttpModelStream::accepted, this, &GovernedStream::accept);
}

void GovernedStream::accept()
{
    if (m_holdsSlot && !std::exchange(m_accepted, true))
        m_governor->reportAccepted();
}

void GovernedStream::endAttempt()
{
    if (m_attempt) {
        m_attempt->disconnect(this);
        m_attempt->cancel();
        m_attempt.release()->deleteLater(); // we may be inside its signal
    }
    if (std::exchange(m_holdsSlot, false))
        m_governor->release(m_accepted);
}

void GovernedStream::onEvent(const StreamEvent &event)
{
    if (const auto *failed = std::get_if<StreamFailed>(&event))
        return onFailed(*failed);
    if (showsContent(event)) {
        m_contentShown = true;
        accept();
    }
    if (std::holds_alternative<StreamDone>(event)) {
        m_governor->reportSuccess();
        m_over = true;
        endAttempt();
    }
    Q_EMIT this->event(event);
}

void GovernedStream::onFailed(const StreamFailed &failure)
{
    const auto delay = pauseBeforeRetry(failure);
    m_refused = failure.error.kind == ErrorKind::RateLimited;
    const auto asked = failure.retryAfter.value_or(std::chrono::milliseconds(0));
    if (m_refused)
        m_governor->reportRateLimit(asked);
    else if (asksToWait(failure.error))
        m_governor->reportOverload(asked);
    endAttempt();
    if (!delay) {
        m_over = true;
        Q_EMIT event(failure);
        return;
    }
    m_pause.start(*delay);
    announceWait(*delay, failure.error);
}

/// Nothing: the failure is final.
std::optional<std::chrono::milliseconds> GovernedStream::pauseBeforeRetry(const StreamFailed &failure) const
{
    const GovernorPolicy &policy = m_governor->policy();
    const int allowed = asksToWait(failure.error) ? policy.overloadAttempts : policy.attempts;
    const bool patient = m_priority == RequestPriority::Load && failure.error.kind == ErrorKind::RateLimited;
    const bool again = failure.retryable && failure.error.kind != ErrorKind::Unsupported && !m_contentShown;
    if (!again || (m_attempts >= allowed && !patient)) // a load test loses no request to a rate limit
        return std::nullopt;
    const auto delay = failure.retryAfter.value_or(m_governor->backoff(m_attempts - 1));
    return delay > policy.longestWait ? std::nullopt : std::make_optional(delay);
}

void GovernedStream::announceWait(std::chrono::milliseconds delay, const Error &reason)
{
    Q_EMIT event(StreamWaiting{delay, reason, m_attempts + 1});
}

} // namespace Flotilla
