// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

#include <functional>

namespace Flotilla {

/// Passes on what a stream says, and tells each time that the request is made once more. What it waits before its first
/// try is no retry.
class RetryCountingStream final : public ModelStream
{
    Q_OBJECT

public:
    RetryCountingStream(std::unique_ptr<ModelStream> stream, std::function<void()> retried);
    void cancel() override;

private:
    void onEvent(const StreamEvent &received);

    std::unique_ptr<ModelStream> m_stream;
    std::function<void()> m_retried;
    int m_tries = 1;
};

class RetryCountingModel final : public LanguageModel
{
public:
    RetryCountingModel(std::shared_ptr<LanguageModel> model, std::function<void()> retried);
    ModelInfo info() const override { return m_model->info(); }
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    std::shared_ptr<LanguageModel> m_model;
    std::function<void()> m_retried;
};

} // namespace Flotilla
