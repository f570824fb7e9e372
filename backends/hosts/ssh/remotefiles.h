// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <functional>
#include <memory>

namespace Flotilla {

class SshLink;

/// Files over a connection, with nothing on the host but a shell, tar and coreutils. Thread with an event loop.
namespace RemoteFiles {

struct Context
{
    std::shared_ptr<SshLink> link;
    QString label;
    std::function<void(qint64)> sent{}; ///< bytes of a put() so far; any thread
};

/// What arrives before the connection breaks is kept on the host for a day: the same put() asked for again goes on
/// there, as far as it begins with the same bytes. Needs room on the host for the tree twice.
Future<void> put(Context context, QString localPath, QString hostPath);
Future<void> get(Context context, QString hostPath, QString localPath);

/// A file or folder of ours, and what stands for its content.
struct Parcel
{
    QString localPath;
    QString name;
    QByteArray digest; ///< of names, modes and contents
    qint64 bytes = 0;
};
/// Blocking.
Result<Parcel> parcelOf(const QString &localPath);
struct Provided
{
    QString path;
    bool replaced = false; ///< there was one with another content
};
/// Below `cacheDir` on the host, in a folder named by the digest; verified, uploaded when missing or different.
Future<Provided> provide(Context context, Parcel parcel, QString cacheDir);

} // namespace RemoteFiles

} // namespace Flotilla
