// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QString>
#include <QStringList>

#include <memory>

class QTextDocument;

namespace Flotilla {

/// Words of the conversation. Translated, GUI thread.
namespace MessageText {

QString toolTitle(const ToolBlock &tool); ///< "Writing src/App.tsx"
QString toolDone(const ToolBlock &tool);  ///< "Read src/App.tsx"
bool changesFiles(const ToolBlock &tool);
QString verified(const QStringList &checks); ///< "Verified: builds, loads, no errors"
QString meta(const Message &message);        ///< "v7 · 9.2 s · $0.05"
QString metaTip(const Message &message);     ///< model and tokens
/// With the seconds that a pause still lasts at `now`, while the message streams.
QString notice(const NoticeBlock &notice, bool live, const QDateTime &now);
QString activity(TurnState state); ///< "Building"; empty: nothing is under way
/// The last `count` lines of a text, and how many lines it has in all.
QStringList lastLines(const QString &text, int count);
int lineCount(const QString &text);

} // namespace MessageText

/// Documents for model and user text: never load anything, wrap at `width`.
std::shared_ptr<QTextDocument> markdownDocument(const QString &markdown, int width);
std::shared_ptr<QTextDocument> plainDocument(const QString &text, int width);
std::shared_ptr<QTextDocument> codeDocument(const QString &code, const QString &language, int width);

} // namespace Flotilla
