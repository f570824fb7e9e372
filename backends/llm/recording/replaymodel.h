// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/recording/recording.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace Flotilla {

/// Sends the events of one recorded answer when they are due. One timer, set to the next event.
class ReplayStream final : public ModelStream
{
    Q_OBJECT

public:
    /// `answer` null: there is none, which is said.
    explicit ReplayStream(std::shared_ptr<const RecordedAnswer> answer);
    void cancel() override;

private:
    void play();

    std::shared_ptr<const RecordedAnswer> m_answer;
    qsizetype m_next = 0;
    bool m_cancelled = false;
    QElapsedTimer m_since;
    QTimer m_timer;
};

class ReplayModel final : public LanguageModel
{
public:
    explicit ReplayModel(const Recording &recording);
    ModelInfo info() const override { return m_info; }
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    std::shared_ptr<const RecordedAnswer> answerTo(const ModelRequest &request) const;

    ModelInfo m_info;
    QStringList m_prompts;
    QHash<std::pair<QString, int>, std::shared_ptr<const RecordedAnswer>> m_answers; // the first of a prompt and step
};

} // namespace Flotilla
