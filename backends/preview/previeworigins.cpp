// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gateway.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QMessageAuthenticationCode>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int keyBytes = 32;

Error keyError(const QString &file, int code)
{
    return {
        ErrorKind::Storage,
        QCoreApplication::translate("Preview", "The preview key %1 cannot be read or written. Check its permissions.")
            .arg(file),
        QString::fromLocal8Bit(std::strerror(code))};
}

/// The key, or nothing when there is no file.
Result<std::optional<QByteArray>> readKey(const QString &file)
{
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return errno == ENOENT ? Result<std::optional<QByteArray>>(std::nullopt) : keyError(file, errno);
    QByteArray key(keyBytes + 1, Qt::Uninitialized);
    const ssize_t size = ::read(descriptor, key.data(), static_cast<size_t>(key.size()));
    ::close(descriptor);
    if (size != keyBytes)
        return keyError(file, EINVAL);
    key.truncate(keyBytes);
    return std::optional(key);
}

int writeNew(const QByteArray &file, const QByteArray &key)
{
    const int descriptor = ::open(file.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return errno;
    const bool written =
        ::write(descriptor, key.constData(), static_cast<size_t>(key.size())) == key.size() && ::fsync(descriptor) == 0;
    const int code = written ? 0 : (errno == 0 ? EIO : errno);
    ::close(descriptor);
    return code;
}

/// Writes a whole file under another name and links it into place: of two programs exactly one wins, and nobody ever
/// sees half a key.
int createKey(const QString &file)
{
    QByteArray key(keyBytes, Qt::Uninitialized);
    if (::getrandom(key.data(), keyBytes, 0) != keyBytes)
        return errno;
    const QByteArray target = QFile::encodeName(file);
    const QByteArray temporary = target + '.' + QFile::encodeName(randomHex(8));
    int code = writeNew(temporary, key);
    if (code == 0 && ::link(temporary.constData(), target.constData()) != 0 && errno != EEXIST)
        code = errno;
    ::unlink(temporary.constData());
    return code;
}

} // namespace

Result<PreviewOrigins> PreviewOrigins::open(const QString &keyFile)
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        const Result<std::optional<QByteArray>> key = readKey(keyFile);
        if (!key)
            return key.error();
        if (*key) {
            PreviewOrigins origins;
            origins.m_key = **key;
            return origins;
        }
        if (const int code = createKey(keyFile); code != 0)
            return keyError(keyFile, code);
    }
    return keyError(keyFile, ENOENT);
}

QString PreviewOrigins::secret(const AppId &app) const
{
    const QByteArray mac = QMessageAuthenticationCode::hash(app.value.toUtf8(), m_key, QCryptographicHash::Sha256);
    return QString::fromLatin1(mac.left(16).toHex());
}

QUrl PreviewOrigins::url(const AppId &app, quint16 port) const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(secret(app) + QLatin1String(".localhost"));
    url.setPort(port);
    url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace Flotilla
