// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/registrylogins.h"

#include "backends/core/log.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <unistd.h>

namespace Flotilla {

namespace {

constexpr qint64 largestFile = 1024 * 1024;
constexpr qsizetype longestSecret = 16 * 1024; ///< a header of it has to pass
const QString dockerHub = QStringLiteral("docker.io");
const QString dockerHubName = QStringLiteral("https://index.docker.io/v1/"); ///< as engines know it

QByteArray readLogins(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() <= largestFile ? file.read(largestFile) : QByteArray();
}

/// "https://index.docker.io/v1/" -> "docker.io", "quay.io/team" stays.
QString registryKey(const QString &name)
{
    static const QRegularExpression around(QStringLiteral("\\Ahttps?://|(/v[12])?/*\\z"));
    const QString key = QString(name).remove(around);
    const bool hub = key == QLatin1String("index.docker.io") || key == QLatin1String("registry-1.docker.io");
    return hub ? dockerHub : key;
}

/// "debian:12" -> "docker.io/debian:12", as engines understand names.
QString fullName(const QString &image)
{
    const QString first = image.section(QLatin1Char('/'), 0, 0);
    const bool registry =
        image.contains(QLatin1Char('/')) &&
        (first.contains(QLatin1Char('.')) || first.contains(QLatin1Char(':')) || first == QLatin1String("localhost"));
    return registry ? image : dockerHub + QLatin1Char('/') + image;
}

bool isLoopback(const QString &key)
{
    static const QRegularExpression loopback(QStringLiteral("\\A(localhost|127\\.[0-9.]+|\\[::1\\])(:|/|\\z)"));
    return key.contains(loopback);
}

QByteArray encoded(const QJsonObject &json)
{
    const QByteArray header =
        QJsonDocument(json).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding);
    addSecretToRedact(QString::fromLatin1(header));
    return header;
}

QString nameForEngine(const QString &key)
{
    return key == dockerHub ? dockerHubName : key;
}

template <typename Login>
QJsonObject toEngineJson(const QString &key, const Login &login)
{
    QJsonObject json{{QStringLiteral("serveraddress"), nameForEngine(key.section(QLatin1Char('/'), 0, 0))}};
    if (!login.token.isEmpty()) {
        json.insert(QStringLiteral("identitytoken"), login.token);
    } else {
        json.insert(QStringLiteral("username"), login.name);
        json.insert(QStringLiteral("password"), login.password);
    }
    return json;
}

} // namespace

RegistryLogins RegistryLogins::read()
{
    const QString docker = qEnvironmentVariable("DOCKER_CONFIG", QDir::homePath() + QStringLiteral("/.docker")) +
                           QStringLiteral("/config.json");
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR", QStringLiteral("/run/containers/%1").arg(getuid()));
    const QString podman =
        qEnvironmentVariable("REGISTRY_AUTH_FILE", runtime + QStringLiteral("/containers/auth.json"));
    return RegistryLogins(QList<QByteArray>{readLogins(podman), readLogins(docker)});
}

RegistryLogins::RegistryLogins(const QList<QByteArray> &files)
{
    for (const QByteArray &file : files)
        take(file);
}

void RegistryLogins::take(const QByteArray &file)
{
    const QJsonObject json = QJsonDocument::fromJson(file).object();
    const QJsonObject auths = json[QLatin1String("auths")].toObject();
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        const QString key = registryKey(entry.key());
        const QJsonObject kept = entry->toObject();
        const QByteArray pair = QByteArray::fromBase64(kept[QLatin1String("auth")].toString().toLatin1());
        const qsizetype colon = pair.indexOf(':');
        const Login login{QString::fromUtf8(pair.left(colon)), QString::fromUtf8(pair.mid(colon + 1)),
                          kept[QLatin1String("identitytoken")].toString()};
        const bool known = (colon > 0 && colon + 1 < pair.size()) || !login.token.isEmpty();
        if (!known || m_logins.contains(key) || pair.size() + login.token.size() > longestSecret)
            continue;
        for (const QString &secret : {login.password, login.token, kept[QLatin1String("auth")].toString()})
            addSecretToRedact(secret);
        m_logins.insert(key, login);
    }
    const QJsonObject helpers = json[QLatin1String("credHelpers")].toObject();
    for (auto entry = helpers.begin(); entry != helpers.end(); ++entry)
        m_helpers.insert(registryKey(entry.key()), entry->toString());
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        if (const QString all = json[QLatin1String("credsStore")].toString(); !all.isEmpty())
            m_helpers.insert(registryKey(entry.key()), all);
    }
}

/// The longest one that is the image's registry, or leads to the image: never one that only begins alike.
QString RegistryLogins::keyFor(const QString &image) const
{
    for (QString key = fullName(image); !key.isEmpty(); key = key.section(QLatin1Char('/'), 0, -2)) {
        if (m_logins.contains(key))
            return key;
    }
    return {};
}

QByteArray RegistryLogins::headerForImage(const QString &image, bool elsewhere) const
{
    const QString key = keyFor(image);
    return key.isEmpty() || (elsewhere && isLoopback(key)) ? QByteArray() : encoded(toEngineJson(key, m_logins[key]));
}

QByteArray RegistryLogins::headerForBuild(const QByteArray &containerfile, bool elsewhere) const
{
    static const QRegularExpression fromHub(QStringLiteral("^\\s*FROM\\s+(--\\S+\\s+)*([^\\s./:]+/)?[^\\s/]+(\\s|$)"),
                                            QRegularExpression::MultilineOption |
                                                QRegularExpression::CaseInsensitiveOption);
    const QString text = QString::fromUtf8(containerfile);
    QJsonObject all;
    for (auto login = m_logins.begin(); login != m_logins.end(); ++login) {
        const QRegularExpression name(QStringLiteral("(?<![\\w.:/-])") + QRegularExpression::escape(login.key()) +
                                      QStringLiteral("(?![\\w.:-])"));
        const bool named = text.contains(name) || (login.key() == dockerHub && text.contains(fromHub));
        if (named && !(elsewhere && isLoopback(login.key())))
            all.insert(nameForEngine(login.key()), toEngineJson(login.key(), *login));
    }
    return all.isEmpty() ? QByteArray() : encoded(all);
}

QString RegistryLogins::helperFor(const QString &image) const
{
    if (!keyFor(image).isEmpty())
        return {};
    const QString helper = m_helpers.value(fullName(image).section(QLatin1Char('/'), 0, 0));
    return helper.isEmpty() ? QString() : QStringLiteral("docker-credential-") + helper.left(80);
}

} // namespace Flotilla
