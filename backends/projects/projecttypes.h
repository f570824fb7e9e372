// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/core/result.h"
#include "backends/llm/languagemodel.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMetaType>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <variant>

namespace Flotilla {

enum class AppKind { React, Static, Server };

/// Where one turn is. Legal transitions stand in turnstate.cpp, one table, a test per transition.
enum class TurnState {
    Idle,
    Preparing, ///< message stored, sandbox being acquired, history assembled
    Streaming, ///< the model answers
    Applying,  ///< tool calls run
    Building,  ///< the agent builds and serves
    Verifying, ///< the preview is probed
    Repairing, ///< an error goes back to the model (then Streaming again)
    Stopping,  ///< stop was asked; what was made is being kept
    Green,
    Red,
    Stopped,
    Failed, ///< ends. Failed: no version could be made (model or storage error)
};
QString toString(TurnState state);
bool isEnd(TurnState state);

/// Moments of a turn that somebody may want to measure; each is reported as it happens, with the error when it failed.
enum class TurnMark {
    SandboxReady, ///< running, and its agent answered
    FirstToken,   ///< the first content of the model
    AnswerDone,   ///< the model's last token
    Built,
    Served, ///< the start page came with HTTP 2xx
};

// ---- the conversation as views show it ----

struct TextBlock
{
    QString markdown;
    bool operator==(const TextBlock &) const = default;
};
struct ThinkingBlock
{
    QString text;
    bool operator==(const ThinkingBlock &) const = default;
};
struct ImageBlock
{
    QString mediaType;
    QByteArray data;
    bool operator==(const ImageBlock &) const = default;
};
/// A tool call as a card. While it streams, `preview` holds the file text received so far.
struct ToolBlock
{
    enum class State { Streaming, Running, Done, Failed };
    QString callId;
    QString tool;    ///< "write_file" ...
    QString path;    ///< file it touches, when it is known
    QString preview; ///< the text being written, the command, or the new text of an edit (bounded, 64 KiB)
    QString result;  ///< what went back to the model (bounded, 4 KiB)
    State state = State::Streaming;
    bool created = false; ///< the file is new
    int added = 0;        ///< lines
    int removed = 0;
    bool operator==(const ToolBlock &) const = default;
};
/// Something the program says: a build error, a repair, a retry, the end of the turn.
struct NoticeBlock
{
    enum class Severity { Info, Warning, Error };
    Severity severity = Severity::Info;
    QString text;
    QString detail;
    QString file;
    int line = 0;      ///< 1-based; 0: none
    QDateTime until{}; ///< of a pause: when it goes on. Not stored
    bool operator==(const NoticeBlock &) const = default;
};
using Block = std::variant<TextBlock, ThinkingBlock, ImageBlock, ToolBlock, NoticeBlock>;

enum class MessageState { Streaming, Complete, Stopped, Failed, Interrupted };

struct Message
{
    qint64 id = 0;
    AppId app;
    Role role = Role::User;
    MessageState state = MessageState::Complete;
    QList<Block> blocks;
    // of the turn, on assistant messages
    int version = 0;
    bool green = false;
    QString model;
    Usage usage;
    std::optional<double> cost; ///< US dollars
    double seconds = 0;
    QStringList checks; ///< names of the checks that passed
    QDateTime created;
    bool imported = false; ///< no wish: files came from outside, which cannot be asked for again
    bool operator==(const Message &) const = default;
};

// ---- apps and versions ----

/// What a card on Home shows.
struct AppSummary
{
    AppId id;
    QString title;
    QString prompt;
    QString model;
    QString host;
    QString container; ///< image that it runs in; empty: the host's choice
    bool starred = false;
    QDateTime created;
    QDateTime updated;
    int version = 0; ///< newest; 0: none yet
    int lastGreen = 0;
    bool green = false; ///< of the newest version
    TurnState turn = TurnState::Idle;
    bool running = false;  ///< has a running sandbox
    QString problem;       ///< why it needs a look; empty: nothing wrong
    QStringList useErrors; ///< of the newest version, while it was used (see useerrors.h)
    Usage usage;           ///< of all versions
    std::optional<double> cost;
    bool operator==(const AppSummary &) const = default;
};

struct CheckResult
{
    QString name; ///< "build", "served", "loaded", "no-errors", "not-blank"; later "used" (see useerrors.h)
    bool ok = false;
    QString text;
    bool operator==(const CheckResult &) const = default;
};

struct VersionSummary
{
    int number = 0;
    int parent = 0;
    QString state; ///< "green", "red", "stopped"
    QString message;
    QString error;
    QString model;
    QList<CheckResult> checks;
    Usage usage;
    std::optional<double> cost;
    double seconds = 0;
    QDateTime created;
    bool operator==(const VersionSummary &) const = default;
};

struct Diagnostic
{
    QString file;
    int line = 0;   ///< 1-based
    int column = 0; ///< 1-based
    QString text;
    QString lineText;
    bool error = true;
    bool operator==(const Diagnostic &) const = default;
};

/// What the preview pane shows; each has words and one action.
enum class PreviewState { Nothing, Starting, Building, Ready, BuildError, Crashed, Empty, Stopped, Failed };
struct PreviewStatus
{
    PreviewState state = PreviewState::Nothing;
    QUrl url;
    QString text;
    QString detail;
    QList<Diagnostic> diagnostics;
    qint64 revision = 0; ///< counts builds that were served; a new one means reload
    int version = 0;     ///< whose files that build is of; 0: files of a turn under way
    bool operator==(const PreviewStatus &) const = default;
};

struct LogLine
{
    QDateTime time;
    QString source; ///< "build", "server", "agent"
    QString text;
    bool error = false;
};

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::AppSummary)
Q_DECLARE_METATYPE(Flotilla::TurnMark)
Q_DECLARE_METATYPE(Flotilla::Message)
Q_DECLARE_METATYPE(Flotilla::PreviewStatus)
Q_DECLARE_METATYPE(Flotilla::LogLine)
