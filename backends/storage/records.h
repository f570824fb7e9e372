// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace Flotilla {

/// Rows as values. Meaning of JSON columns belongs to the library that writes them (projects for messages and checks).
struct AppRecord
{
    AppId id;
    QString title;
    QString prompt; ///< the first wish
    QString model;  ///< ModelRef as text, the one used last
    QString host;   ///< where it is to run: HostId, "local", or "any"
    bool starred = false;
    int sortKey = 0; ///< order among starred ones
    QDateTime created;
    QDateTime updated;
    std::optional<QDateTime> deleted; ///< set: in the bin, can be undone
    QString backend{};                ///< in what it is to run; empty: the host's choice
    QString image{};                  ///< the container image it is to run in; empty: the host's choice
    bool operator==(const AppRecord &) const = default;
};

/// path -> content. Paths are relative, '/'-separated and validated by the workspace before they get here.
using FileMap = QHash<QString, QByteArray>;
/// By path, files of a turn under way that are not yet part of a version; nothing: deleted.
using WorkingFiles = QHash<QString, std::optional<QByteArray>>;

struct VersionRecord
{
    AppId app;
    int number = 0;  ///< 1, 2, 3 ... per app
    int parent = 0;  ///< 0: none
    QString state;   ///< "green", "red", "stopped"
    QString message; ///< one line: what was asked or "Restored version 3"
    QString checks;  ///< JSON: which checks ran and what they found
    QString error;   ///< why red, for people
    QString model;
    qint64 inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0;
    std::optional<double> cost; ///< US dollars; nothing: price not known
    double seconds = 0;
    QDateTime created;
    bool operator==(const VersionRecord &) const = default;
};

struct MessageRecord
{
    qint64 id = 0; ///< 0: not stored yet
    AppId app;
    QString role;       ///< "user", "assistant"
    QString state;      ///< "streaming", "complete", "stopped", "failed", "interrupted"
    QByteArray content; ///< JSON of the blocks
    int version = 0;    ///< the version that the turn of this message made; 0: none (yet)
    QDateTime created;
    bool operator==(const MessageRecord &) const = default;
};

/// The state of a sandbox, or with an empty backend of a copy of /data, that is not its app's: a move makes or leaves
/// it on a host, or the app was purged. Whoever moves takes it away; others do when that process is gone.
inline constexpr char spareState[] = "spare";

struct SandboxRecord
{
    SandboxId id;
    AppId app;
    QString host;
    QString backend;
    QString state; ///< toString(SandboxState), or spareState
    QString reason;
    QString detail;
    QDateTime created;
    QString creator; ///< the process that creates it, while the state is "creating", or to which a spare is of use
    bool operator==(const SandboxRecord &) const = default;
};

struct HostRecord
{
    HostId id;
    QString label;
    QString target; ///< of ssh; empty for "local"
    QString backend;
    bool pooled = true;
    bool draining = false;
    int capacity = 0;
    QDateTime created;
    QString suffix; ///< of our names there; kept as it was put first
    QString image;  ///< the container image of its sandboxes; empty: made by Flotilla
    bool operator==(const HostRecord &) const = default;
};

struct FleetEventRecord
{
    qint64 id = 0; ///< given by the store
    QDateTime time;
    QString host;
    AppId app;
    SandboxId sandbox;
    QString kind;
    QString text;
    bool operator==(const FleetEventRecord &) const = default;
};

struct SnapshotRecord
{
    SnapshotId id;
    AppId app;
    SandboxId sandbox;
    QString host;
    QString backend;
    QString label;
    int version = 0; ///< of the app, when it was taken
    qint64 bytes = 0;
    QDateTime created;
    bool operator==(const SnapshotRecord &) const = default;
};

} // namespace Flotilla
