// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/imagename.h"

#include "backends/sandbox/sandboxwords.h"

#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr int longestName = 255; ///< without tag and digest, as registries count
constexpr int longestReference = 512;
constexpr int shownName = 60;

/// https://github.com/distribution/reference: reference.go
QString grammar()
{
    const auto label = QStringLiteral("(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)");
    const auto host = QStringLiteral("(?:%1(?:\\.%1)*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?").arg(label);
    const auto part = QStringLiteral("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
    const auto tag = QStringLiteral("(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?");
    const auto digest = QStringLiteral("(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");
    return QStringLiteral("\\A((?:%1/)?%2(?:/%2)*)%3%4\\z").arg(host, part, tag, digest);
}

/// As much of it as a sentence can hold, and nothing that a terminal would obey.
QString shown(const QString &name)
{
    QString text = name.left(shownName);
    for (QChar &c : text) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    return name.size() > shownName ? text + QChar(0x2026) : text;
}

} // namespace

Status checkImageName(const QString &name)
{
    static const QRegularExpression reference(grammar());
    if (name.isEmpty())
        return {};
    const auto match = name.size() > longestReference ? QRegularExpressionMatch() : reference.match(name);
    if (match.hasMatch() && match.capturedLength(1) <= longestName)
        return {};
    return Error{ErrorKind::Invalid,
                 SandboxWords::tr("\"%1\" is no name of a container image. Name one in small letters, like node:20 or "
                                  "registry.example.com/team/app:1.2.")
                     .arg(shown(name)),
                 {}};
}

Status checkImageUse(const QString &name, const QString &backend)
{
    if (const Status good = checkImageName(name); !good)
        return good;
    return !name.isEmpty() && backend == QLatin1String("bubblewrap") ? Status(imagesNeedAnEngine()) : Status();
}

Error imagesNeedAnEngine()
{
    return {ErrorKind::Unsupported,
            SandboxWords::tr("bubblewrap runs apps on the programs of its machine and takes no container image. Choose "
                             "Podman or Docker, or name no image."),
            {}};
}

} // namespace Flotilla
