// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "backends/core/foreigntext.h"
#include "backends/core/log.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace Flotilla {

QString kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    case ErrorKind::Invalid:
        return QStringLiteral("invalid");
    case ErrorKind::NotFound:
        return QStringLiteral("not-found");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Unauthorized:
        return QStringLiteral("unauthorized");
    case ErrorKind::Forbidden:
        return QStringLiteral("forbidden");
    case ErrorKind::RateLimited:
        return QStringLiteral("rate-limited");
    case ErrorKind::Overloaded:
        return QStringLiteral("overloaded");
    case ErrorKind::Quota:
        return QStringLiteral("quota");
    case ErrorKind::Unavailable:
        return QStringLiteral("unavailable");
    case ErrorKind::Network:
        return QStringLiteral("network");
    case ErrorKind::Timeout:
        return QStringLiteral("timeout");
    case ErrorKind::Protocol:
        return QStringLiteral("protocol");
    case ErrorKind::Storage:
        return QStringLiteral("storage");
    case ErrorKind::DiskFull:
        return QStringLiteral("disk-full");
    case ErrorKind::Unsupported:
        return QStringLiteral("unsupported");
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

namespace {

constexpr int afterBrokenPipe = 141; ///< as shells say it of a program that SIGPIPE ended
std::atomic<int> firstLoss = 0;      ///< errno

void waitUntilWritable(int descriptor)
{
    pollfd wanted{descriptor, POLLOUT, 0};
    ::poll(&wanted, 1, -1);
}

/// Apps, models and hosts wrote much of it, and a terminal obeys control characters.
QByteArray printable(const QString &text)
{
    return formatForeignLines(text).toUtf8();
}

/// JSON takes the second set of control characters as they are; a terminal obeys those, too.
QByteArray withoutControls(const QByteArray &json)
{
    QByteArray plain = json;
    for (qsizetype at = plain.indexOf('\xc2'); at >= 0; at = plain.indexOf('\xc2', at + 1))
        if (const auto code = uchar(plain.at(at + 1)); code < 0xa0)
            plain.replace(at, 2, "\\u00" + QByteArray::number(code, 16));
    return plain;
}

} // namespace

void openStandardStreams()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(descriptor, F_GETFD) < 0)
            ::open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY); // the lowest that is free
}

bool isOutputLost()
{
    return firstLoss != 0;
}

int failForLostOutput()
{
    const int error = firstLoss;
    if (error == EPIPE)
        return afterBrokenPipe;
    writeAll(STDERR_FILENO,
             QByteArray("flotillactl: the output could not be written: ") + std::strerror(error) + ".\n");
    return 1;
}

bool writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.constData() + written, size_t(bytes.size() - written));
        if (count < 0 && errno == EAGAIN)
            waitUntilWritable(descriptor); // somebody else made our stream non-blocking
        else if (count < 0 && errno != EINTR) {
            int none = 0;
            if (descriptor == STDOUT_FILENO)
                firstLoss.compare_exchange_strong(none, errno);
            return false;
        }
        if (count > 0)
            written += count;
    }
    return true;
}

void Output::value(const QJsonValue &value) const
{
    if (!m_json)
        return;
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    writeAll(STDOUT_FILENO, withoutControls(document.toJson(QJsonDocument::Compact)) + '\n');
}

void Output::line(const QString &text) const
{
    if (!m_json)
        writeAll(STDOUT_FILENO, printable(text) + '\n');
}

void Output::raw(const QByteArray &bytes) const
{
    writeAll(STDOUT_FILENO, ::isatty(STDOUT_FILENO) ? printable(QString::fromUtf8(bytes)) : bytes);
}

void Output::note(const QString &text) const
{
    if (!m_json)
        writeAll(STDERR_FILENO, printable(text) + '\n');
}

int Output::fail(const Error &error, const QJsonObject &known) const
{
    const QString text = redact(error.text);
    const QString detail = redact(error.detail);
    if (m_json) {
        QJsonObject outcome = known;
        outcome.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("kind"), kindName(error.kind)},
                                                            {QStringLiteral("text"), text},
                                                            {QStringLiteral("detail"), detail}});
        value(outcome);
    } else {
        QString message = QLatin1String("flotillactl: ") + text + QLatin1Char('\n');
        if (!detail.isEmpty())
            message += QLatin1String("  ") + detail + QLatin1Char('\n');
        writeAll(STDERR_FILENO, printable(message));
    }
    return 1;
}

} // namespace Flotilla
