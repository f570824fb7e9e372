// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/projects/workspace.h"

namespace Flotilla {

/// What a model is sent, message by message. The order is fixed so that the prefix stays the same bytes from request to
/// request: earlier turns (what was said, and a note of what they did), then the wish of this turn, then the answers
/// and results of this turn, which only grow.
///
/// A wish is one user message: a text part with notes and the present files, the images, and LAST a text part that is
/// exactly what the person wrote.
class TurnHistory
{
public:
    /// `earlier` ends before the wish. Images are left out when the model cannot see them.
    void begin(const QList<Message> &earlier, const QString &prompt, const QList<ImageBlock> &images,
               const Workspace &files, const ModelCapabilities &capabilities);

    void addAnswer(const QList<Part> &parts);
    void addResults(const QList<ToolResultPart> &results);
    void addUserText(const QString &text);

    /// With old tool results cut when they are too many for the budget.
    QList<ModelMessage> messages() const;

private:
    void addEarlier(const Message &message, bool images);

    QList<ModelMessage> m_messages;
    QString m_note; ///< of the turn before, for the next user message
    qint64 m_imageBytes = 0;
};

/// The listing of the app's files, with the contents of small ones up to `budget` characters in all.
QString filesForModel(const Workspace &files, qint64 budget);

} // namespace Flotilla
