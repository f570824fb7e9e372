// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/sampler.h"

#include "backends/llm/sampler/samplerstream.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

class Sampler : public LanguageModel
{
public:
    explicit Sampler(SamplerPace pace)
        : m_pace(pace)
    {
    }

    ModelInfo info() const override
    {
        ModelInfo info;
        info.id = QStringLiteral("sampler");
        info.displayName = QCoreApplication::translate("Sampler", "Built-in sampler, not a language model");
        info.provider = QStringLiteral("sampler");
        info.capabilities.images = false;
        info.price = Price{};
        info.isLanguageModel = false;
        return info;
    }

    std::unique_ptr<ModelStream> stream(const ModelRequest &request) override
    {
        return std::make_unique<SamplerStream>(request, m_pace);
    }

private:
    SamplerPace m_pace;
};

} // namespace

std::shared_ptr<LanguageModel> makeSampler(SamplerPace pace)
{
    return std::make_shared<Sampler>(pace);
}

} // namespace Flotilla
