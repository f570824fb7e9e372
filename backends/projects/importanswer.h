// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

namespace Flotilla {

/// Stands where the model of a turn stands when files came from outside: says one sentence and asks for nothing, so
/// that the turn builds, looks and records them as it does with what a model wrote.
class ImportAnswer : public LanguageModel
{
public:
    explicit ImportAnswer(QString sentence)
        : m_sentence(std::move(sentence))
    {
    }
    ModelInfo info() const override;
    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override;

private:
    QString m_sentence;
};

} // namespace Flotilla
