// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/governor.h"

namespace Flotilla {

/// A model whose streams ask the Governor first and are retried until their first content.
class GovernedModel final : public LanguageModel
{
public:
    GovernedModel(std::shared_ptr<Governor> governor, std::shared_ptr<LanguageModel> model, RequestPriority priority);
    ModelInfo info() const override { return m_model->info(); }
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    std::shared_ptr<Governor> m_governor;
    std::shared_ptr<LanguageModel> m_model;
    RequestPriority m_priority;
};

/// States: queued, running an attempt, pausing before the next one, over.
class GovernedStream final : public ModelStream
{
    Q_OBJECT

public:
    GovernedStream(std::shared_ptr<Governor> governor, std::shared_ptr<LanguageModel> model,
                   const ModelRequest &request, RequestPriority priority);
    ~GovernedStream() override;
    void cancel() override;

private:
    void queue();
    void startAttempt();
    void accept();
    void onEvent(const StreamEvent &event);
    void onFailed(const StreamFailed &failure);
    std::optional<std::chrono::milliseconds> pauseBeforeRetry(const StreamFailed &failure) const;
    void endAttempt();
    void announceWait(std::chrono::milliseconds delay, const Error &reason);

    std::shared_ptr<Governor> m_governor;
    std::shared_ptr<LanguageModel> m_model;
    ModelRequest m_request;
    RequestPriority m_priority;
    std::unique_ptr<ModelStream> m_attempt;
    QTimer m_pause;
    int m_attempts = 0;
    bool m_contentShown = false;
    bool m_holdsSlot = false;
    bool m_accepted = false; ///< the attempt under way
    bool m_refused = false;  ///< the attempt before, for the rate
    bool m_over = false;
};

} // namespace Flotilla
