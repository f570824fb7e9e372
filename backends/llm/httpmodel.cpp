// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/httpmodel.h"

#include "backends/llm/httpmodelstream.h"

namespace Flotilla {

HttpModel::HttpModel(HttpModelConfig config)
    : m_config(std::move(config))
{
}

ModelInfo HttpModel::info() const
{
    ModelInfo info = m_config.info;
    info.capabilities.tools = info.capabilities.tools && !m_config.quirks->noTools;
    info.capabilities.images = info.capabilities.images && !m_config.quirks->noImages;
    if (m_config.quirks->maxOutputTokens)
        info.capabilities.maxOutputTokens = m_config.quirks->maxOutputTokens;
    return info;
}

std::unique_ptr<ModelStream> HttpModel::stream(const ModelRequest &request)
{
    return std::make_unique<HttpModelStream>(m_config, request);
}

QString hostOf(const QUrl &baseUrl)
{
    const QString host = baseUrl.host();
    return baseUrl.port() < 0 ? host : QStringLiteral("%1:%2").arg(host).arg(baseUrl.port());
}

} // namespace Flotilla
