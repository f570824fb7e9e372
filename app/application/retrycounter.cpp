// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/retrycounter.h"

namespace Flotilla {

RetryCountingStream::RetryCountingStream(std::unique_ptr<ModelStream> stream, std::function<void()> retried)
    : m_stream(std::move(stream))
    , m_retried(std::move(retried))
{
    connect(m_stream.get(), &ModelStream::event, this, &RetryCountingStream::onEvent);
}

void RetryCountingStream::cancel()
{
    m_stream->cancel();
}

void RetryCountingStream::onEvent(const StreamEvent &received)
{
    const auto *waiting = std::get_if<StreamWaiting>(&received);
    if (waiting && waiting->attempt > m_tries) { // one try may be announced more than once
        m_tries = waiting->attempt;
        m_retried();
    }
    Q_EMIT event(received); // who listens may delete this
}

RetryCountingModel::RetryCountingModel(std::shared_ptr<LanguageModel> model, std::function<void()> retried)
    : m_model(std::move(model))
    , m_retried(std::move(retried))
{
}

std::unique_ptr<ModelStream> RetryCountingModel::stream(const ModelRequest &request)
{
    return std::make_unique<RetryCountingStream>(m_model->stream(request), m_retried);
}

} // namespace Flotilla
