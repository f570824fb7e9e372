// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagelayouter.h"

#include "widgets/chat/markdownchunks.h"
#include "widgets/chat/messagetext.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

namespace Flotilla {

using namespace MessageMetric;

namespace {

constexpr int BubblePercent = 82;

/// As much of a fragment as stands on its first line, in the coordinates of the document.
QRect linkRect(const QTextBlock &block, const QTextFragment &part)
{
    const int from = part.position() - block.position();
    const QTextLine line = block.layout()->lineForTextPosition(from);
    if (!line.isValid())
        return {};
    const int to = std::min(from + part.length(), line.textStart() + line.textLength());
    const QRectF rect(line.cursorToX(from), line.y(), line.cursorToX(to) - line.cursorToX(from), line.height());
    return rect.translated(block.layout()->position()).toAlignedRect();
}

} // namespace

MessageLayouter::MessageLayouter(const Message &message, const LayoutContext &context, const MessageLayout *previous)
    : m_message(message)
    , m_context(context)
    , m_previous(previous && previous->width == context.width ? previous : nullptr)
    , m_inner(std::max(120, context.width - side - trailing))
    , m_live(message.state == MessageState::Streaming)
{
}

MessageLayout MessageLayouter::run()
{
    m_layout.width = m_context.width;
    m_y = m_context.first ? 2 * top : top;
    if (m_message.role == Role::User)
        userMessage();
    else
        assistantMessage();
    m_layout.height = m_y + bottom - (m_layout.items.isEmpty() ? 0 : gap);
    return std::move(m_layout);
}

void MessageLayouter::userMessage()
{
    QString text;
    QList<QImage> images;
    for (const Block &block : m_message.blocks) {
        if (const auto *part = std::get_if<TextBlock>(&block))
            text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + part->markdown;
        else if (const auto *image = std::get_if<ImageBlock>(&block))
            images.append(thumbnailOf(*image));
    }
    if (!images.isEmpty())
        imageRow(images);
    if (!text.isEmpty())
        bubble(text);
    if (!m_layout.items.isEmpty())
        hit(m_layout.items.last().rect, HitAction::Menu, {}, 0, {}, tr("Your message: %1").arg(text.left(120)));
}

QImage MessageLayouter::thumbnailOf(const ImageBlock &block) const
{
    const QImage image = QImage::fromData(block.data);
    return image.isNull() ? image
                          : image.scaled(2 * thumbnail, 2 * thumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

void MessageLayouter::bubble(const QString &text)
{
    const int most = m_inner * BubblePercent / 100 - 2 * Space::m;
    LayoutItem item = make(ItemKind::Bubble);
    item.source = text;
    item.document = reuse(ItemKind::Bubble, text);
    if (!item.document) {
        item.document = plainDocument(text, most);
        item.document->setTextWidth(std::min<double>(most, item.document->idealWidth() + 1));
    }
    const QSize size = item.document->size().toSize();
    const QSize box(size.width() + 2 * Space::m, size.height() + 2 * (Space::s + 1));
    item.rect = QRect(QPoint(side + m_inner - box.width(), m_y), box);
    item.textAt = item.rect.topLeft() + QPoint(Space::m, Space::s + 1);
    place(item);
}

void MessageLayouter::imageRow(const QList<QImage> &images)
{
    LayoutItem item = make(ItemKind::Images);
    item.images = images;
    const int count = int(std::min<qsizetype>(images.size(), std::max(1, m_inner / (thumbnail + Space::s))));
    const int width = count * (thumbnail + Space::s) - Space::s;
    item.rect = QRect(side + m_inner - width, m_y, width, thumbnail);
    place(item);
}

void MessageLayouter::assistantMessage()
{
    for (int i = 0; i < m_message.blocks.size(); ++i) {
        m_block = i;
        std::visit([this](const auto &block) { add(block); }, m_message.blocks[i]);
    }
    flushTools();
    if (!m_live)
        filesCard(m_changed);
    footer();
}

void MessageLayouter::add(const TextBlock &text)
{
    if (text.markdown.trimmed().isEmpty())
        return;
    flushTools();
    const QList<MarkdownChunk> chunks = splitMarkdown(text.markdown);
    for (int i = 0; i < chunks.size(); ++i)
        chunks[i].code ? code(chunks[i], m_live && i + 1 == chunks.size()) : prose(chunks[i]);
}

void MessageLayouter::add(const ThinkingBlock &thinking)
{
    if (thinking.text.trimmed().isEmpty())
        return;
    flushTools();
    LayoutItem item = make(ItemKind::Thinking);
    item.live = m_live && m_block + 1 == m_message.blocks.size();
    item.title = item.live ? tr("Thinking") : tr("Thought about it");
    item.expandable = true;
    item.expanded = m_context.expanded.contains(m_block);
    item.rect = QRect(side, m_y, m_inner, Metric::chip);
    hit(item.rect, HitAction::ToggleExpand, {}, m_block, {}, item.title);
    if (item.expanded) {
        item.source = thinking.text;
        item.document = plainDocument(thinking.text.left(20000), m_inner - Space::m);
        item.textAt = item.rect.bottomLeft() + QPoint(Space::m, Space::xs);
        item.rect.setHeight(item.rect.height() + Space::xs + int(item.document->size().height()));
    }
    place(item);
}

void MessageLayouter::add(const ImageBlock &image)
{
    flushTools();
    LayoutItem item = make(ItemKind::Images);
    item.images = {thumbnailOf(image)};
    item.rect = QRect(side, m_y, thumbnail, thumbnail);
    place(item);
}

void MessageLayouter::prose(const MarkdownChunk &chunk)
{
    LayoutItem item = make(ItemKind::Prose);
    item.source = chunk.text;
    item.document = reuse(ItemKind::Prose, chunk.text);
    if (!item.document)
        item.document = markdownDocument(chunk.text, m_inner);
    item.rect = QRect(side, m_y, m_inner, int(std::ceil(item.document->size().height())));
    item.textAt = item.rect.topLeft();
    links(item);
    place(item);
}

/// The beginning of each link. The pointer finds all of it in the document.
void MessageLayouter::links(const LayoutItem &item)
{
    for (QTextBlock block = item.document->begin(); block.isValid(); block = block.next()) {
        QString before;
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const QTextFragment part = at.fragment();
            const QString target = part.charFormat().anchorHref();
            if (!target.isEmpty() && target != before)
                hit(linkRect(block, part).translated(item.textAt), HitAction::OpenLink, target, part.position(), {},
                    tr("Link: %1").arg(part.text()));
            before = target;
        }
    }
}

void MessageLayouter::code(const MarkdownChunk &chunk, bool live)
{
    LayoutItem item = make(ItemKind::Code);
    item.live = live;
    item.source = chunk.text;
    item.title = chunk.language;
    item.document = live ? nullptr : reuse(ItemKind::Code, chunk.text);
    if (!item.document)
        item.document = codeDocument(chunk.text, live ? QString() : chunk.language, m_inner - 2 * Space::m);
    item.rect = QRect(side, m_y, m_inner, int(item.document->size().height()) + Metric::control + Space::s);
    item.textAt = item.rect.topLeft() + QPoint(Space::m, Metric::control - Space::xs);
    const QRect copy(item.rect.right() - Metric::control - Space::l, m_y, Metric::control + Space::l, Metric::control);
    hit(copy, HitAction::CopyText, chunk.text, 0, tr("Copy the code"));
    place(item);
}

LayoutItem MessageLayouter::make(ItemKind kind, StatusKind status) const
{
    LayoutItem item;
    item.kind = kind;
    item.block = m_block;
    item.status = status;
    return item;
}

/// The document of the same text in the previous layout. Looks forward only: chunks keep their order.
std::shared_ptr<QTextDocument> MessageLayouter::reuse(ItemKind kind, const QString &source)
{
    if (!m_previous)
        return nullptr;
    for (int i = m_reuseFrom; i < m_previous->items.size(); ++i) {
        const LayoutItem &old = m_previous->items[i];
        if (old.kind == kind && !old.live && old.source == source) {
            m_reuseFrom = i + 1;
            return old.document;
        }
    }
    return nullptr;
}

void MessageLayouter::hit(const QRect &rect, HitAction action, const QString &value, int number, const QString &tip,
                          const QString &name)
{
    m_layout.hits.append({rect, action, value, number, tip, name});
}

void MessageLayouter::place(const LayoutItem &item, int after)
{
    m_layout.items.append(item);
    m_y = item.rect.bottom() + 1 + after;
}

} // namespace Flotilla
