// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/wish.h"

#include "backends/projects/projectservice.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

constexpr qsizetype longestPrompt = 200'000;
constexpr qint64 largestImage = 5 * 1024 * 1024;
constexpr qsizetype mostImages = 8;

Error invalid(const QString &text)
{
    return {ErrorKind::Invalid, text, {}};
}

} // namespace

Status checkWish(const Wish &wish)
{
    if (wish.prompt.trimmed().isEmpty() && wish.images.isEmpty())
        return invalid(QCoreApplication::translate("Projects", "Write what you would like to have."));
    if (wish.prompt.size() > longestPrompt)
        return invalid(QCoreApplication::translate(
                           "Projects", "The text has %1 characters, and at most %2 can be sent. Shorten it.")
                           .arg(wish.prompt.size())
                           .arg(longestPrompt));
    if (wish.images.size() > mostImages)
        return invalid(QCoreApplication::translate("Projects", "At most %1 images can be attached.").arg(mostImages));
    for (const ImageBlock &image : wish.images)
        if (image.data.size() > largestImage)
            return invalid(
                QCoreApplication::translate("Projects", "An image is larger than 5 MB. Attach a smaller one."));
    return {};
}

Wish wishOf(const Message &message)
{
    Wish wish;
    for (const Block &block : message.blocks) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            wish.prompt += text->markdown;
        else if (const auto *image = std::get_if<ImageBlock>(&block))
            wish.images.append(*image);
    }
    return wish;
}

} // namespace Flotilla
