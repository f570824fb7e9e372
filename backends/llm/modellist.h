// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"
#include "backends/llm/wireformat.h"

namespace Flotilla {

/// One model as an endpoint lists it.
struct ListedModel
{
    ModelInfo info;
    qint64 created = 0;           ///< Unix seconds, 0 when not told
    bool adaptiveThinking = true; ///< false when the server says that it is not supported
};

/// The answer of GET /v1/models of either vendor or an imitation; models that cannot chat are left out. Fails with
/// Protocol when it is no such answer.
Result<QList<ListedModel>> readModelList(const Endpoint &endpoint, const QByteArray &body);

/// The request for it. `deadline` covers everything.
HttpRequest modelListRequest(const Endpoint &endpoint, const QString &key, std::chrono::milliseconds deadline);

/// The answer of that request as models, or which step failed and what to do about it.
Result<QList<ListedModel>> diagnoseModelList(const Endpoint &endpoint, const Result<HttpResponse> &answer);

std::shared_ptr<const WireFormat> wireFormatFor(ModelRef::Kind kind);

} // namespace Flotilla
