// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/secrets/environmentkeys.h"

#include "backends/core/log.h"

#include <QHash>
#include <QMutex>

namespace Flotilla {

namespace {

QMutex s_keysMutex;
QHash<QString, QString> s_keys; // guarded by s_keysMutex

const char *variableOf(const QString &name)
{
    if (name == QLatin1String("anthropic"))
        return "ANTHROPIC_API_KEY";
    return name == QLatin1String("openai") ? "OPENAI_API_KEY" : nullptr;
}

} // namespace

void takeKeysFromEnvironment()
{
    for (const QString &name : {QStringLiteral("anthropic"), QStringLiteral("openai")}) {
        const QString key = keyFromEnvironment(name);
        qunsetenv(variableOf(name));
        if (key.isEmpty())
            continue;
        addSecretToRedact(key);
        const QMutexLocker lock(&s_keysMutex);
        s_keys.insert(name, key);
    }
}

QString keyFromEnvironment(const QString &name)
{
    const char *variable = variableOf(name);
    if (!variable)
        return {};
    const QString key = qEnvironmentVariable(variable).trimmed();
    const QMutexLocker lock(&s_keysMutex);
    return key.isEmpty() ? s_keys.value(name) : key;
}

} // namespace Flotilla
