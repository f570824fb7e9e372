// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/prices.h"

#include "backends/core/log.h"
#include "backends/llm/endpoints.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

namespace Flotilla {

QList<PricedModel> readPrices(const QByteArray &json)
{
    QList<PricedModel> models;
    const QJsonArray list = QJsonDocument::fromJson(json).object().value(QLatin1String("models")).toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject entry = value.toObject();
        const auto number = [&](QLatin1String name) { return entry.value(name).toDouble(-1); };
        const PricedModel model{entry.value(QLatin1String("provider")).toString(),
                                entry.value(QLatin1String("id")).toString(),
                                entry.value(QLatin1String("name")).toString(),
                                {number(QLatin1String("input")), number(QLatin1String("output")),
                                 number(QLatin1String("cacheRead")), number(QLatin1String("cacheWrite"))}};
        const bool complete = model.price.input >= 0 && model.price.output >= 0 && model.price.cacheRead >= 0 &&
                              model.price.cacheWrite >= 0;
        if (complete && !model.id.isEmpty())
            models.append(model);
    }
    return models;
}

const QList<PricedModel> &pricedModels()
{
    static const QList<PricedModel> models = [] {
        QFile file(QStringLiteral(":/flotilla/prices/prices.json"));
        FLOTILLA_ASSERT(file.open(QIODevice::ReadOnly), return QList<PricedModel>());
        return readPrices(file.readAll());
    }();
    return models;
}

std::optional<Price> priceOf(ModelRef::Kind kind, const QString &model, const QUrl &baseUrl)
{
    if (kind == ModelRef::Kind::Sampler || isOwnNetwork(baseUrl))
        return Price{};
    if (!isVendorHost(kind, baseUrl))
        return std::nullopt;
    static const QRegularExpression dated(QStringLiteral("^[-@]20\\d{6}$"));
    for (const PricedModel &known : pricedModels()) {
        const bool same = known.provider == providerName(kind) && model.startsWith(known.id);
        const QString rest = same ? model.mid(known.id.size()) : QString();
        if (same && (rest.isEmpty() || dated.match(rest).hasMatch()))
            return known.price;
    }
    return std::nullopt;
}

} // namespace Flotilla
