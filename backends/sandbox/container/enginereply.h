// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QJsonObject>

namespace Flotilla {

/// What an answer of Docker or Podman means. Podman says many things with 500 and a text.
enum class EngineVerdict { Done, AlreadySo, NotFound, Conflict, Refused, Failed };

struct EngineReply
{
    int status = 0;
    QByteArray body;

    [[nodiscard]] EngineVerdict verdict() const;
    [[nodiscard]] bool done() const
    {
        return verdict() == EngineVerdict::Done || verdict() == EngineVerdict::AlreadySo;
    }
    /// What went wrong in the engine's words, one line of at most 500 characters.
    [[nodiscard]] QString message() const;
    [[nodiscard]] Result<QJsonObject> object() const;
    [[nodiscard]] Result<QJsonArray> array() const;
};

/// A container of ours as the engine lists or inspects it.
struct EngineContainer
{
    QString containerId;
    SandboxId id;
    AppId app;
    QString owner;
    QDateTime created;
    QString state; ///< "created", "running", "exited", ...
    int exitCode = 0;
    bool oomKilled = false;
    QString error;
    [[nodiscard]] bool runs() const { return state == QLatin1String("running") || state == QLatin1String("paused"); }
};

namespace EngineParse {

/// Entries with bad labels are left out.
QList<EngineContainer> list(const QJsonArray &answer);
EngineContainer inspect(const QJsonObject &answer);
/// The highest version that both sides speak, from the answer of /version. Empty: none.
QString negotiate(const QJsonObject &version);
/// The answer of /info with the limits that Podman can set: on cgroup v2 only its own API (/libpod/info) knows them.
QJsonObject withControllers(QJsonObject info, const QJsonObject &libpod);
/// From the answer of /info. Unsupported: a limit that this engine would ignore must not look like one.
Status canEnforce(const QJsonObject &info);
/// Cuts concatenated JSON objects apart; `pending` keeps the last, unfinished one. False: this is no such stream.
bool objects(QByteArray &pending, QList<QJsonObject> &found);

} // namespace EngineParse

/// Names of labels on everything we create.
namespace EngineLabel {
inline constexpr char owner[] = "org.flotilla.owner";
inline constexpr char sandbox[] = "org.flotilla.sandbox";
inline constexpr char app[] = "org.flotilla.app";
inline constexpr char created[] = "org.flotilla.created";
inline constexpr char schema[] = "org.flotilla.schema";
} // namespace EngineLabel

} // namespace Flotilla
