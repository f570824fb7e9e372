// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/recording/recordingmodel.h"

namespace Flotilla {

namespace {

bool isRecorded(const StreamEvent &event)
{
    return !std::holds_alternative<StreamWaiting>(event) && !std::holds_alternative<ThinkingDone>(event) &&
           !std::holds_alternative<StreamFailed>(event);
}

} // namespace

RecordingStream::RecordingStream(std::unique_ptr<ModelStream> stream, RecordedAnswer head,
                                 std::function<void(const RecordedAnswer &)> keep)
    : m_stream(std::move(stream))
    , m_answer(std::move(head))
    , m_keep(std::move(keep))
{
    m_since.start();
    connect(m_stream.get(), &ModelStream::event, this, &RecordingStream::onEvent);
}

void RecordingStream::cancel()
{
    m_stream->cancel();
}

void RecordingStream::onEvent(const StreamEvent &received)
{
    if (isRecorded(received) && m_answer.events.size() <= RecordingLimits::events)
        m_answer.events.append({int(qMin<qint64>(m_since.elapsed(), RecordingLimits::milliseconds)), received});
    if (std::holds_alternative<StreamDone>(received) && m_answer.events.size() <= RecordingLimits::events)
        m_keep(m_answer);
    Q_EMIT event(received); // who listens may delete this
}

RecordingModel::RecordingModel(std::shared_ptr<LanguageModel> model, std::function<void(const RecordedAnswer &)> keep)
    : m_model(std::move(model))
    , m_keep(std::move(keep))
{
}

std::unique_ptr<ModelStream> RecordingModel::stream(const ModelRequest &request)
{
    const ModelInfo info = m_model->info();
    RecordedAnswer head{
        info.ref.isEmpty() ? info.id : info.ref, promptOf(request), stepOf(request), !request.tools.isEmpty(), {}};
    return std::make_unique<RecordingStream>(m_model->stream(request), std::move(head), m_keep);
}

std::shared_ptr<LanguageModel> recordingModel(std::shared_ptr<LanguageModel> model,
                                              std::function<void(const RecordedAnswer &)> keep)
{
    return std::make_shared<RecordingModel>(std::move(model), std::move(keep));
}

} // namespace Flotilla
