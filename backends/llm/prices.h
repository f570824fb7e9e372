// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"

namespace Flotilla {

struct PricedModel
{
    QString provider;
    QString id;
    QString name;
    Price price;
};

/// The table of resources/prices/prices.json, compiled in. Broken entries are left out.
const QList<PricedModel> &pricedModels();
QList<PricedModel> readPrices(const QByteArray &json);

/// The price of a model at a base URL: zero for this machine and its network, the table for the vendor's own address
/// (also with a date after the name), nothing otherwise.
std::optional<Price> priceOf(ModelRef::Kind kind, const QString &model, const QUrl &baseUrl);

} // namespace Flotilla
