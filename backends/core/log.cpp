// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/log.h"

#include "backends/core/foreigntext.h"

#include <QMutex>
#include <QRegularExpression>
#include <QStringList>

#include <cstdio>

namespace Flotilla {

Q_LOGGING_CATEGORY(logCore, "flotilla.core")

namespace {

QMutex s_mutex;
QStringList s_secrets; // guarded by s_mutex

QString mark()
{
    return QStringLiteral("[hidden]");
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QByteArray line = formatForeignLines(redact(qFormatLogMessage(type, context, text))).toUtf8();
    std::fprintf(stderr, "%s\n", line.constData());
}

} // namespace

void addSecretToRedact(const QString &secret)
{
    if (secret.size() < 6) // shorter texts would blank out ordinary words
        return;
    const QMutexLocker lock(&s_mutex);
    if (!s_secrets.contains(secret))
        s_secrets.append(secret);
}

QString redact(const QString &text)
{
    static const QRegularExpression shapes(
        QStringLiteral("(sk-[A-Za-z0-9_-]{8,}|(?<=[Bb]earer )[^\\s\"']{6,}|(?<=x-api-key: )\\S{6,})"));
    QString clean = text;
    {
        const QMutexLocker lock(&s_mutex);
        for (const QString &secret : std::as_const(s_secrets))
            clean.replace(secret, mark());
    }
    return clean.replace(shapes, mark());
}

void installLogHandler()
{
    qSetMessagePattern(QStringLiteral("%{time hh:mm:ss.zzz} %{type} %{category}: %{message}"));
    qInstallMessageHandler(handleMessage);
}

} // namespace Flotilla
