// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/recording/recording.h"

#include <QElapsedTimer>

namespace Flotilla {

/// Passes a stream on and notes what it says. Only a complete answer is kept.
class RecordingStream final : public ModelStream
{
    Q_OBJECT

public:
    RecordingStream(std::unique_ptr<ModelStream> stream, RecordedAnswer head,
                    std::function<void(const RecordedAnswer &)> keep);
    void cancel() override;

private:
    void onEvent(const StreamEvent &event);

    std::unique_ptr<ModelStream> m_stream;
    RecordedAnswer m_answer;
    std::function<void(const RecordedAnswer &)> m_keep;
    QElapsedTimer m_since;
};

class RecordingModel final : public LanguageModel
{
public:
    RecordingModel(std::shared_ptr<LanguageModel> model, std::function<void(const RecordedAnswer &)> keep);
    ModelInfo info() const override { return m_model->info(); }
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    std::shared_ptr<LanguageModel> m_model;
    std::function<void(const RecordedAnswer &)> m_keep;
};

} // namespace Flotilla
