// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/container/containerbackend.h"

#include <QJsonObject>

namespace Flotilla {

/// What `flotilla-agent launch --container-facts` tells of a host; crossed a host boundary, so validated.
struct ContainerFacts
{
    qint64 user = 0;               ///< of the host, whose sandboxes these are
    QString etc;                   ///< folder with loader cache, alternatives and so on
    QHash<QString, QString> links; ///< "/bin" -> "usr/bin"
    QStringList folders;           ///< "/lib" where it is no link
    QString seccomp;               ///< the profile as JSON
    QString seccompPath;           ///< the same as a file of the host
    QString processor;             ///< as images call it: "amd64"
};

/// What an image says of itself; untrusted.
struct ImageFacts
{
    QString processor;
    QStringList volumes; ///< folders that it wants to be written outside of the container
};

/// What is decided about one container before it is created.
struct ContainerPlan
{
    ContainerEngine engine;
    ContainerFacts facts;
    QString image;
    bool ownImage = true;  ///< the base image: the host's programs are bound into it
    QStringList volumes{}; ///< of the image; kept in memory, within the app's limit
    QString agent;
    QString runtime;
    QString owner;
    QString folder; ///< on the host, made by `launch --container`
    qint64 user = 0;
    qint64 createdMs = 0;
    int cpus = 1; ///< of the host: Docker refuses more
};

namespace ContainerBody {

Result<ContainerFacts> parseFacts(const QJsonObject &answer);
/// The body of POST /containers/create. Source of the profile: sandboxes.md h.2.
QJsonObject make(const SandboxSpec &spec, const ContainerPlan &plan);
/// The root of the base image as a tar: mount points, links like the host's, accounts. The same facts give the same
/// bytes.
QByteArray skeleton(const ContainerFacts &facts);
/// From the answer of /images/NAME/json.
ImageFacts parseImage(const QJsonObject &answer);

} // namespace ContainerBody

} // namespace Flotilla
