// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"

namespace Flotilla {

/// "anthropic", "openai" or "sampler".
QString providerName(ModelRef::Kind kind);
/// The vendor's address; an environment variable (ANTHROPIC_BASE_URL, OPENAI_BASE_URL) replaces it, with or without
/// http:// or https:// (http in one's own network, https elsewhere).
QUrl defaultBaseUrl(ModelRef::Kind kind);
/// The vendor itself, where a key is needed and the price table holds.
bool isVendorHost(ModelRef::Kind kind, const QUrl &baseUrl);
/// This machine or a private network: slow first tokens are normal there, and nothing costs money.
bool isOwnNetwork(const QUrl &baseUrl);
/// Two spellings of one address ("localhost" and "127.0.0.1", a slash at the end, a missing /v1).
bool isSameBase(const QUrl &a, const QUrl &b);
QString baseKey(const QUrl &baseUrl);

/// "anthropic" and "openai" with the overrides in `configured`, then the other configured ones, then the found ones
/// that are not configured already.
QList<Endpoint> effectiveEndpoints(const QList<Endpoint> &configured, const QList<Endpoint> &found);

/// The reference to name a model of an endpoint with; the base URL is left out for the two built-in endpoints.
ModelRef refFor(const Endpoint &endpoint, const QString &model);

} // namespace Flotilla
