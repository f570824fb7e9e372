// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/messagelayout.h"

#include <QPoint>

class QPainter;

namespace Flotilla {

/// Selected text inside one message: positions in the documents of two of its items.
struct TextSelection
{
    qint64 message = 0;
    int fromItem = -1, fromPos = 0;
    int toItem = -1, toPos = 0;

    bool isEmpty() const { return fromItem < 0 || (fromItem == toItem && fromPos == toPos); }
    TextSelection ordered() const;
    /// The selected range of an item's document; from == to: nothing.
    std::pair<int, int> rangeIn(int item, int length) const;
};

struct PaintOptions
{
    QRect visible; ///< in message coordinates
    TextSelection selection;
    const MessageHit *hovered = nullptr;
    bool caret = true; ///< blink phase of the text caret in live cards
    double pixelRatio = 1;
};

/// Draws a message whose top left is the painter's origin.
void paintMessage(QPainter *painter, const MessageLayout &layout, const PaintOptions &options);

} // namespace Flotilla
