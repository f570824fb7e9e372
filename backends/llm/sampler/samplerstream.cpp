// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerstream.h"

#include "backends/llm/sampler/sampleranswer.h"

#include <QPointer>

#include <algorithm>
#include <limits>

namespace Flotilla {

namespace {

constexpr int tickMs = 15;
constexpr int seldomTickMs = 500;
constexpr double charactersPerToken = 4;

QString textOf(const StreamEvent &event)
{
    if (const auto *text = std::get_if<TextDelta>(&event))
        return text->text;
    if (const auto *delta = std::get_if<ToolCallDelta>(&event))
        return delta->json;
    return {};
}

StreamEvent withText(const StreamEvent &event, const QString &text)
{
    if (const auto *delta = std::get_if<ToolCallDelta>(&event))
        return ToolCallDelta{delta->index, text};
    return TextDelta{text};
}

} // namespace

SamplerStream::SamplerStream(const ModelRequest &request, SamplerPace pace)
    : m_request(request)
    , m_pace(pace)
{
    connect(&m_timer, &QTimer::timeout, this, &SamplerStream::play);
    QTimer::singleShot(std::max(0, pace.firstTokenMs), this, &SamplerStream::begin);
}

void SamplerStream::cancel()
{
    m_cancelled = true;
    m_timer.stop();
}

void SamplerStream::begin()
{
    if (m_cancelled)
        return;
    m_events = eventsOf(answerTo(m_request), m_request);
    m_request = {};
    m_since.start();
    setPace();
    play();
}

void SamplerStream::setPace()
{
    if (m_pace.answerMs > 0) {
        qsizetype characters = 0;
        for (const StreamEvent &event : std::as_const(m_events))
            characters += textOf(event).size();
        m_charactersPerMs = double(characters) / std::max(1, m_pace.answerMs - std::max(0, m_pace.firstTokenMs));
        m_timer.start(seldomTickMs);
    } else if (m_pace.tokensPerSecond > 0) {
        m_charactersPerMs = m_pace.tokensPerSecond * charactersPerToken / 1000;
        m_timer.start(tickMs);
    }
}

/// False when a receiver cancelled or deleted the stream.
bool SamplerStream::send(const StreamEvent &sent)
{
    const QPointer<SamplerStream> alive(this);
    Q_EMIT event(sent);
    return alive && !m_cancelled;
}

void SamplerStream::play()
{
    qsizetype allowance = std::numeric_limits<qsizetype>::max();
    if (m_charactersPerMs > 0) {
        const double ahead = m_pace.answerMs > 0 ? 1 : tickMs; // the last character is not late
        allowance = qsizetype((double(m_since.elapsed()) + ahead) * m_charactersPerMs) - m_sent;
    }
    while (allowance > 0 && m_next < m_events.size())
        if (!emitPart(allowance))
            return;
    if (m_pace.answerMs > 0 && m_next < m_events.size()) { // the last tick comes when the answer ends
        const int left = m_pace.answerMs - m_pace.firstTokenMs - int(m_since.elapsed());
        m_timer.setInterval(std::clamp(left, 1, seldomTickMs));
    }
    if (m_next == m_events.size())
        m_timer.stop();
}

bool SamplerStream::emitPart(qsizetype &allowance)
{
    const StreamEvent current = m_events.at(m_next);
    const QString text = textOf(current);
    if (text.isEmpty()) {
        ++m_next;
        return send(current);
    }
    const QString part = text.mid(m_offset, allowance);
    m_offset += part.size();
    m_sent += part.size();
    allowance -= part.size();
    if (m_offset == text.size()) {
        ++m_next;
        m_offset = 0;
    }
    return send(withText(current, part));
}

} // namespace Flotilla
