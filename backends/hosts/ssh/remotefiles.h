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

Future<void> put(Context context, QString localPath, QString hostPath);
/// As put(), but what arrives before the connection breaks is kept on the host, next to `hostPath`; the first `resumed`
/// bytes of the stream are there already. Only for a path that stands for one content; who calls checks the result.
Future<void> upload(Context context, QString localPath, QString hostPath, qint64 resumed);
/// How many bytes an upload() to that path left.
Future<qint64> uploaded(Context context, QString hostPath);
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
/// Below `cacheDir` on the host, in a folder named by the digest; verified, uploaded when missing or different. An
/// upload that was cut off goes on where it stopped.
Future<Provided> provide(Context context, Parcel parcel, QString cacheDir);

} // namespace RemoteFiles

} // namespace Flotilla
