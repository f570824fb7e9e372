// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakes/fakescript.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

QString toolJson(const QJsonObject &step)
{
    if (step.contains(QLatin1String("rawInput")))
        return step.value(QLatin1String("rawInput")).toString();
    return QString::fromUtf8(
        QJsonDocument(step.value(QLatin1String("input")).toObject()).toJson(QJsonDocument::Compact));
}

FakeStep::Kind faultKind(const QString &name)
{
    static const QHash<QString, FakeStep::Kind> known = {
        {QStringLiteral("drop"), FakeStep::Kind::Drop},
        {QStringLiteral("stall"), FakeStep::Kind::Stall},
        {QStringLiteral("malformed"), FakeStep::Kind::Malformed},
        {QStringLiteral("error"), FakeStep::Kind::Error},
        {QStringLiteral("unknown"), FakeStep::Kind::Unknown},
        {QStringLiteral("duplicate"), FakeStep::Kind::Duplicate},
        {QStringLiteral("ping"), FakeStep::Kind::Ping},
    };
    return known.value(name, FakeStep::Kind::Unknown);
}

FakeStep readStep(const QJsonObject &object)
{
    FakeStep step;
    if (object.contains(QLatin1String("tool"))) {
        step.kind = FakeStep::Kind::Tool;
        step.name = object.value(QLatin1String("tool")).toString();
        step.id = object.value(QLatin1String("id")).toString();
        step.json = toolJson(object);
    } else if (object.contains(QLatin1String("thinking"))) {
        step.kind = FakeStep::Kind::Thinking;
        step.text = object.value(QLatin1String("thinking")).toString();
    } else if (object.contains(QLatin1String("waitMs"))) {
        step.kind = FakeStep::Kind::Wait;
        step.waitMs = object.value(QLatin1String("waitMs")).toInt();
    } else if (object.contains(QLatin1String("raw"))) {
        step.kind = FakeStep::Kind::Raw;
        step.text = object.value(QLatin1String("raw")).toString();
    } else if (object.contains(QLatin1String("fault"))) {
        step.kind = faultKind(object.value(QLatin1String("fault")).toString());
        step.text = object.value(QLatin1String("type")).toString(QStringLiteral("overloaded_error"));
    } else {
        step.text = object.value(QLatin1String("text")).toString();
    }
    return step;
}

void readCondition(const QJsonObject &when, FakeTurn &turn)
{
    turn.conditional = !when.isEmpty();
    turn.request = when.value(QLatin1String("request")).toInt();
    turn.depth = when.value(QLatin1String("depth")).toInt(-1);
    turn.contains = when.value(QLatin1String("contains")).toString();
    turn.model = when.value(QLatin1String("model")).toString();
}

void readHttp(const QJsonObject &object, FakeTurn &turn)
{
    turn.status = object.value(QLatin1String("status")).toInt(200);
    turn.headers = object.value(QLatin1String("headers")).toObject();
    turn.contentType = object.value(QLatin1String("contentType")).toString();
    const QJsonValue body = object.value(QLatin1String("body"));
    turn.hasBody = !body.isUndefined();
    turn.body =
        body.isObject() ? QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact) : body.toString().toUtf8();
}

void readManner(const QJsonObject &object, FakeTurn &turn)
{
    const auto flag = [&](QLatin1String name, bool &target) { target = object.value(name).toBool(target); };
    turn.tokensPerSecond = object.value(QLatin1String("tokensPerSecond")).toDouble(-1);
    turn.firstTokenMs = object.value(QLatin1String("firstTokenMs")).toInt(-1);
    turn.piece = qMax(1, object.value(QLatin1String("piece")).toInt(4));
    turn.chunkBytes = object.value(QLatin1String("chunkBytes")).toInt();
    turn.reasoningField = object.value(QLatin1String("reasoningField")).toString(turn.reasoningField);
    flag(QLatin1String("crlf"), turn.crlf);
    flag(QLatin1String("done"), turn.done);
    flag(QLatin1String("comments"), turn.comments);
    flag(QLatin1String("pings"), turn.pings);
    flag(QLatin1String("wholeCalls"), turn.wholeCalls);
    flag(QLatin1String("argumentsObject"), turn.argumentsObject);
    flag(QLatin1String("noIndex"), turn.noIndex);
    flag(QLatin1String("noId"), turn.noId);
    flag(QLatin1String("stopFinish"), turn.stopFinish);
}

std::optional<FakeUsage> readUsage(const QJsonValue &value)
{
    if (value.isBool() && !value.toBool())
        return std::nullopt;
    FakeUsage usage;
    const QJsonObject object = value.toObject();
    usage.input = object.value(QLatin1String("input")).toInteger(usage.input);
    usage.cacheRead = object.value(QLatin1String("cacheRead")).toInteger();
    usage.cacheWrite = object.value(QLatin1String("cacheWrite")).toInteger();
    usage.output = object.value(QLatin1String("output")).toInteger(usage.output);
    return usage;
}

FakeTurn readTurn(const QJsonObject &object)
{
    FakeTurn turn;
    readCondition(object.value(QLatin1String("when")).toObject(), turn);
    readHttp(object, turn);
    readManner(object, turn);
    turn.usage = readUsage(object.value(QLatin1String("usage")));
    turn.stop = object.value(QLatin1String("stop")).toString();
    if (object.contains(QLatin1String("text")))
        turn.steps.append(readStep({{QStringLiteral("text"), object.value(QLatin1String("text"))}}));
    const QJsonArray events = object.value(QLatin1String("events")).toArray();
    for (const QJsonValue &event : events)
        turn.steps.append(readStep(event.toObject()));
    return turn;
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        list.append(item.toString());
    return list;
}

} // namespace

FakeScript FakeScript::fromJson(const QByteArray &json, QString *error)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (!document.isObject()) {
        *error = QStringLiteral("not a script: %1 at %2").arg(parseError.errorString()).arg(parseError.offset);
        return {};
    }
    const QJsonObject object = document.object();
    FakeScript script;
    const QJsonArray turns = object.value(QLatin1String("turns")).toArray();
    for (const QJsonValue &turn : turns)
        script.turns.append(readTurn(turn.toObject()));
    if (object.contains(QLatin1String("models")))
        script.models = strings(object.value(QLatin1String("models")));
    script.key = object.value(QLatin1String("key")).toString();
    script.reject = strings(object.value(QLatin1String("reject")));
    script.tokensPerSecond = object.value(QLatin1String("tokensPerSecond")).toDouble();
    script.firstTokenMs = object.value(QLatin1String("firstTokenMs")).toInt();
    script.requestsPerMinute = object.value(QLatin1String("requestsPerMinute")).toDouble();
    script.burst = object.value(QLatin1String("burst")).toDouble();
    script.limitHeaders = object.value(QLatin1String("limitHeaders")).toBool();
    script.byDepth = object.value(QLatin1String("select")).toString() == QLatin1String("depth");
    return script;
}

FakeScript FakeScript::saying(const QString &text)
{
    FakeScript script;
    FakeTurn turn;
    turn.steps.append({FakeStep::Kind::Text, text, {}, {}, {}, 0});
    script.turns.append(turn);
    return script;
}

} // namespace Flotilla
