// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Flotilla {

/// A stretch of Markdown that can be laid out on its own: one fenced code block, or prose up to a paragraph border.
struct MarkdownChunk
{
    bool code = false;
    QString language; ///< of a code block, as written after the fence
    QString text;     ///< prose: Markdown; code: the lines without the fences
    bool operator==(const MarkdownChunk &) const = default;
};

/// Splits so that text appended at the end changes the last chunk only: what came before is laid out once. A list stays
/// in one chunk, so that its numbers go on; a fence that is still open runs to the end.
QList<MarkdownChunk> splitMarkdown(const QString &markdown);

} // namespace Flotilla
