// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/apiclient.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace Flotilla::Test {

/// Compares answers with the OpenAPI file that describes them. Knows as much of its schemas as ours use, and refuses
/// members that are not described.
class OpenApi
{
public:
    explicit OpenApi(const QByteArray &text)
        : m_file(QJsonDocument::fromJson(text).object())
    {
    }

    /// What is not as described; empty: nothing.
    QString problem(const QByteArray &method, const QByteArray &path, const ApiAnswer &answer)
    {
        const QString pattern = patternOf(QString::fromUtf8(path));
        const QJsonObject operation = paths()[pattern].toObject()[QString::fromUtf8(method).toLower()].toObject();
        if (operation.isEmpty()) // no such operation: an error is the only answer
            return answer.status < 400 ? QStringLiteral("not described") : bodyProblem(failure(), answer);
        const QJsonObject responses = operation[QLatin1String("responses")].toObject();
        const QString status = QString::number(answer.status);
        if (!responses.contains(status) && answer.status < 400)
            return QStringLiteral("status %1 is not described").arg(status);
        if (answer.status < 400)
            m_seen.insert(QString::fromUtf8(method) + QLatin1Char(' ') + pattern);
        return bodyProblem(resolved(responses[responses.contains(status) ? status : QStringLiteral("default")]),
                           answer);
    }

    /// Operations that never succeeded.
    QStringList unseen() const
    {
        QStringList missing;
        const QJsonObject all = paths();
        for (auto path = all.begin(); path != all.end(); ++path) {
            const QStringList methods = path.value().toObject().keys();
            for (const QString &method : methods)
                if (const QString name = method.toUpper() + QLatin1Char(' ') + path.key();
                    method != QLatin1String("parameters") && !m_seen.contains(name))
                    missing.append(name);
        }
        return missing;
    }

    QString schemaProblem(const QJsonValue &described, const QJsonValue &value) const
    {
        const QJsonObject schema = resolved(described);
        const QString type = schema[QLatin1String("type")].toString();
        if (!isOf(type, value))
            return QStringLiteral("not %1").arg(type);
        const QJsonArray words = schema[QLatin1String("enum")].toArray();
        if (!words.isEmpty() && !words.contains(value))
            return QStringLiteral("\"%1\" is not one of the words").arg(value.toString());
        if (schema[QLatin1String("format")] == QLatin1String("date-time") &&
            !QDateTime::fromString(value.toString(), Qt::ISODateWithMs).isValid())
            return QStringLiteral("no time");
        if (type == QLatin1String("array"))
            return arrayProblem(schema, value.toArray());
        return type == QLatin1String("object") ? objectProblem(schema, value.toObject()) : QString();
    }

private:
    QJsonObject paths() const { return m_file[QLatin1String("paths")].toObject(); }
    QJsonObject failure() const { return resolved(QJsonObject{{"$ref", "#/components/responses/Failure"}}); }

    QString patternOf(const QString &path) const
    {
        QStringList parts = path.section(QLatin1Char('?'), 0, 0).split(QLatin1Char('/'));
        if (paths().contains(parts.join(QLatin1Char('/'))) || parts.value(2) != QLatin1String("apps") ||
            parts.size() < 4)
            return parts.join(QLatin1Char('/'));
        parts[3] = QStringLiteral("{app}");
        return parts.join(QLatin1Char('/'));
    }

    QJsonObject resolved(const QJsonValue &value) const
    {
        const QString reference = value.toObject()[QLatin1String("$ref")].toString();
        if (reference.isEmpty())
            return value.toObject();
        QJsonValue found = m_file;
        const QStringList names = reference.mid(2).split(QLatin1Char('/'));
        for (const QString &name : names)
            found = found.toObject()[name];
        return found.toObject();
    }

    QString bodyProblem(const QJsonObject &response, const ApiAnswer &answer) const
    {
        const QJsonObject content = response[QLatin1String("content")].toObject();
        if (content.isEmpty())
            return answer.body.isEmpty() && !answer.headers.contains("content-length")
                       ? QString()
                       : QStringLiteral("an answer without content has some");
        const QString type = QString::fromUtf8(answer.headers.value("content-type").split(';').first());
        if (!content.contains(type))
            return QStringLiteral("the type %1 is not described").arg(type);
        const QJsonDocument json = answer.json();
        const QJsonValue value = type != QLatin1String("application/json") ? QJsonValue(QString::fromUtf8(answer.body))
                                 : json.isArray()                          ? QJsonValue(json.array())
                                 : json.isObject()                         ? QJsonValue(json.object())
                                                                           : QJsonValue();
        return schemaProblem(content[type].toObject()[QLatin1String("schema")], value);
    }

    static bool isOf(const QString &type, const QJsonValue &value)
    {
        if (type == QLatin1String("integer"))
            return value.isDouble() && value.toDouble() == double(qint64(value.toDouble()));
        return (type == QLatin1String("object") && value.isObject()) ||
               (type == QLatin1String("array") && value.isArray()) ||
               (type == QLatin1String("string") && value.isString()) ||
               (type == QLatin1String("number") && value.isDouble()) ||
               (type == QLatin1String("boolean") && value.isBool());
    }

    QString arrayProblem(const QJsonObject &schema, const QJsonArray &array) const
    {
        for (const QJsonValue &entry : array)
            if (const QString wrong = schemaProblem(schema[QLatin1String("items")], entry); !wrong.isEmpty())
                return wrong;
        return {};
    }

    QString objectProblem(const QJsonObject &schema, const QJsonObject &object) const
    {
        const QJsonArray required = schema[QLatin1String("required")].toArray();
        for (const QJsonValue &name : required)
            if (!object.contains(name.toString()))
                return QStringLiteral("%1 is missing").arg(name.toString());
        const QJsonObject properties = schema[QLatin1String("properties")].toObject();
        for (auto member = object.begin(); member != object.end() && !properties.isEmpty(); ++member) {
            if (!properties.contains(member.key()))
                return QStringLiteral("%1 is not described").arg(member.key());
            if (const QString wrong = schemaProblem(properties[member.key()], member.value()); !wrong.isEmpty())
                return member.key() + QStringLiteral(": ") + wrong;
        }
        return {};
    }

    QJsonObject m_file;
    QSet<QString> m_seen;
};

} // namespace Flotilla::Test
