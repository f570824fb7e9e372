// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagelayout.h"

#include "widgets/chat/messagelayouter.h"

namespace Flotilla {

namespace {

int textHeight(qsizetype characters, qsizetype newlines, int width)
{
    const int perLine = std::max(10, width / 7);
    return int(characters / perLine + newlines + 1) * 19;
}

} // namespace

const MessageHit *MessageLayout::hitAt(const QPoint &pos) const
{
    for (const MessageHit &hit : hits) {
        if (hit.rect.contains(pos))
            return &hit;
    }
    return nullptr;
}

int MessageLayout::textItemAt(const QPoint &pos) const
{
    int best = -1;
    for (int i = 0; i < items.size(); ++i) {
        if (!items[i].document || items[i].kind == ItemKind::Notice)
            continue;
        if (best < 0 || items[i].rect.top() <= pos.y())
            best = i;
    }
    return best;
}

MessageLayout layoutMessage(const Message &message, const LayoutContext &context, const MessageLayout *previous)
{
    return MessageLayouter(message, context, previous).run();
}

int estimateHeight(const Message &message, int width)
{
    int height = MessageMetric::top + MessageMetric::bottom + 20;
    for (const Block &block : message.blocks) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            height += textHeight(text->markdown.size(), text->markdown.count(QLatin1Char('\n')),
                                 width - MessageMetric::side - MessageMetric::trailing);
        else if (std::holds_alternative<ToolBlock>(block))
            height += MessageMetric::row;
        else if (std::holds_alternative<ImageBlock>(block))
            height += MessageMetric::thumbnail;
        else
            height += Metric::chip;
    }
    return height;
}

} // namespace Flotilla
