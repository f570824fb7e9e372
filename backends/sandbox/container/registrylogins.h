// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace Flotilla {

/// What `podman login` and `docker login` keep on this computer, for registries that ask who one is. Passwords and
/// tokens leave this object only in the headers, and are known to the log as secrets.
class RegistryLogins
{
public:
    /// The user's files as they are now. Reads two small files; any thread.
    static RegistryLogins read();
    /// The texts of such files. The first that knows a registry counts.
    explicit RegistryLogins(const QList<QByteArray> &files);

    /// X-Registry-Auth for an engine that pulls the image: the login for its registry only. Empty: there is none.
    /// `elsewhere`: the engine is another computer's, whose loopback is not ours.
    [[nodiscard]] QByteArray headerForImage(const QString &image, bool elsewhere) const;
    /// X-Registry-Config for an engine that builds from this Containerfile: of the registries that it names.
    [[nodiscard]] QByteArray headerForBuild(const QByteArray &containerfile, bool elsewhere) const;
    /// The program that keeps the login for the image's registry ("docker-credential-pass"), which is not asked here.
    /// Empty: there is none.
    [[nodiscard]] QString helperFor(const QString &image) const;

private:
    struct Login
    {
        QString name;
        QString password;
        QString token; ///< instead of them
    };
    void take(const QByteArray &file);
    [[nodiscard]] QString keyFor(const QString &image) const;

    QHash<QString, Login> m_logins;    ///< by registry, or by a path in it
    QHash<QString, QString> m_helpers; ///< by registry
};

} // namespace Flotilla
