// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "widgets/common/tokens.h"

#include <QHash>
#include <QImage>
#include <QRect>
#include <QSet>

#include <memory>

class QTextDocument;

namespace Flotilla {

enum class ItemKind { Bubble, Prose, Code, Thinking, Images, ToolCard, FilesCard, ToolLine, Notice, Status, Footer };

/// One changed file in the card at the end of a turn.
struct FileRow
{
    QString path;
    QString note; ///< "new", "deleted", why it failed
    int added = 0;
    int removed = 0;
    bool failed = false;
};

/// What a click at a place does.
enum class HitAction {
    None,
    OpenLink,
    CopyText,
    OpenDiff,
    OpenFile,
    GoToVersion,
    Fix,
    Retry,
    ToggleExpand,
    Menu ///< what can be done with the message, for the keyboard; the pointer has its own buttons
};
struct MessageHit
{
    QRect rect;
    HitAction action = HitAction::None;
    QString value;
    int number = 0;
    QString tip;
    QString name; ///< for screen readers; empty: the tip
};

/// A part of a message, placed. Rectangles are relative to the top left of the message.
struct LayoutItem
{
    ItemKind kind = ItemKind::Prose;
    QRect rect;
    int block = -1; ///< index in Message::blocks
    QString source; ///< what `document` was made of: equal text and width means it can be taken over
    std::shared_ptr<QTextDocument> document;
    QPoint textAt; ///< top left of the document
    StatusKind status = StatusKind::Idle;
    QString title;
    QString trail;     ///< right of the title
    QString note;      ///< second line
    QStringList lines; ///< monospace
    QList<FileRow> files;
    QList<QImage> images;
    bool live = false; ///< still growing
    bool expandable = false;
    bool expanded = false;
};

/// One message, placed: the same values serve paint, size hint, hit test and the tests.
struct MessageLayout
{
    int width = 0;
    int height = 0;
    QList<LayoutItem> items;
    QList<MessageHit> hits;

    const MessageHit *hitAt(const QPoint &pos) const; ///< null: nothing there
    int textItemAt(const QPoint &pos) const;          ///< the nearest item with text; -1: none
};

struct LayoutContext
{
    int width = 0;
    QSet<int> expanded;              ///< blocks that are unfolded
    int lastGreen = 0;               ///< version to go back to; 0: none
    QString activity;                ///< what the turn does now ("Building"), on the message that streams
    QDateTime now{};                 ///< for pauses that count down
    QHash<int, QString> useErrors{}; ///< by version, what went wrong while it was used
    int fixable = 0;                 ///< the version that can be fixed now; 0: none
    int quiet = 0;                   ///< seconds without a word from the model that writes; 0: not worth telling
    bool canRetry = false;           ///< the newest message, and no turn runs
    bool first = false;              ///< the edge above it is that of the pane
};

/// Places a message. `previous` is the layout of an earlier revision: text that did not change is not laid out again.
MessageLayout layoutMessage(const Message &message, const LayoutContext &context,
                            const MessageLayout *previous = nullptr);
/// A guess of the height in microseconds, for rows that were never on screen.
int estimateHeight(const Message &message, int width);

namespace MessageMetric {
inline constexpr int side = Space::l, trailing = Space::xs; ///< beside it is the place of the scroll bar
inline constexpr int top = Space::s, bottom = Space::s, gap = Space::s;
inline constexpr int liveLines = 6, thumbnail = 96, row = Metric::row;
} // namespace MessageMetric

} // namespace Flotilla
