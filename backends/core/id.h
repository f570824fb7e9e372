// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

namespace Flotilla {

/// A string id that cannot be mixed up with the id of something else.
template <typename Tag>
struct Id
{
    QString value;

    [[nodiscard]] bool isEmpty() const { return value.isEmpty(); }
    bool operator==(const Id &) const = default;
    bool operator<(const Id &other) const { return value < other.value; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using AppId = Id<struct AppTag>;
using SandboxId = Id<struct SandboxTag>;
using HostId = Id<struct HostTag>;
using SnapshotId = Id<struct SnapshotTag>;

/// A new id: 12 characters of [a-z0-9], about 62 random bits from the system generator, starting with a letter.
QString newId();
/// `bytes` random bytes from the system generator as lower-case hex.
QString randomHex(int bytes);

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::AppId)
Q_DECLARE_METATYPE(Flotilla::SandboxId)
Q_DECLARE_METATYPE(Flotilla::HostId)
Q_DECLARE_METATYPE(Flotilla::SnapshotId)
