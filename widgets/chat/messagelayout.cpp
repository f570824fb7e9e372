// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagelayout.h"

#include "widgets/chat/markdownchunks.h"
#include "widgets/chat/messagetext.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QTextDocument>

namespace Flotilla {

namespace {

using namespace MessageMetric;

constexpr int BubblePercent = 82;
constexpr int MaxResultLines = 14;
constexpr int LineStep = 18; // a line of monospace in a card

class Layouter
{
public:
    Layouter(const Message &message, const LayoutContext &context, const MessageLayout *previous)
        : m_message(message)
        , m_context(context)
        , m_previous(previous && previous->width == context.width ? previous : nullptr)
        , m_inner(std::max(120, context.width - 2 * side))
        , m_live(message.state == MessageState::Streaming)
    {
    }

    MessageLayout run()
    {
        m_layout.width = m_context.width;
        m_y = top;
        if (m_message.role == Role::User)
            userMessage();
        else
            assistantMessage();
        m_layout.height = m_y + bottom - (m_layout.items.isEmpty() ? 0 : gap);
        return std::move(m_layout);
    }

private:
    // ---- what a person wrote ----

    void userMessage()
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
    }

    QImage thumbnailOf(const ImageBlock &block) const
    {
        const QImage image = QImage::fromData(block.data);
        return image.isNull()
                   ? image
                   : image.scaled(2 * thumbnail, 2 * thumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }

    void bubble(const QString &text)
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

    void imageRow(const QList<QImage> &images)
    {
        LayoutItem item = make(ItemKind::Images);
        item.images = images;
        const int count = int(std::min<qsizetype>(images.size(), std::max(1, m_inner / (thumbnail + Space::s))));
        const int width = count * (thumbnail + Space::s) - Space::s;
        item.rect = QRect(side + m_inner - width, m_y, width, thumbnail);
        place(item);
    }

    // ---- what the model answered ----

    void assistantMessage()
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

    void add(const TextBlock &text)
    {
        if (text.markdown.trimmed().isEmpty())
            return;
        flushTools();
        const QList<MarkdownChunk> chunks = splitMarkdown(text.markdown);
        for (int i = 0; i < chunks.size(); ++i)
            chunks[i].code ? code(chunks[i], m_live && i + 1 == chunks.size()) : prose(chunks[i]);
    }

    void add(const ThinkingBlock &thinking)
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
        hit(item.rect, HitAction::ToggleExpand, {}, m_block);
        if (item.expanded) {
            item.source = thinking.text;
            item.document = plainDocument(thinking.text.left(20000), m_inner - Space::m);
            item.textAt = item.rect.bottomLeft() + QPoint(Space::m, Space::xs);
            item.rect.setHeight(item.rect.height() + Space::xs + int(item.document->size().height()));
        }
        place(item);
    }

    void add(const ImageBlock &image)
    {
        flushTools();
        LayoutItem item = make(ItemKind::Images);
        item.images = {thumbnailOf(image)};
        item.rect = QRect(side, m_y, thumbnail, thumbnail);
        place(item);
    }

    void add(const ToolBlock &tool)
    {
        const bool running = tool.state == ToolBlock::State::Streaming || tool.state == ToolBlock::State::Running;
        if (running && m_live) {
            flushTools();
            return liveCard(tool);
        }
        if (!MessageText::changesFiles(tool)) {
            flushTools();
            return toolLine(tool);
        }
        QList<FileRow> &rows = m_live ? m_pending : m_changed;
        merge(rows, rowOf(tool));
    }

    void add(const NoticeBlock &notice)
    {
        flushTools();
        LayoutItem item = make(ItemKind::Notice);
        item.status = notice.severity == NoticeBlock::Severity::Error     ? StatusKind::Failed
                      : notice.severity == NoticeBlock::Severity::Warning ? StatusKind::Building
                                                                          : StatusKind::Idle;
        const bool card = notice.severity != NoticeBlock::Severity::Info;
        const int pad = card ? Space::m : 0;
        const int width = m_inner - 2 * pad - (card ? 0 : Space::l);
        item.source = MessageText::notice(notice, m_live && m_block + 1 == m_message.blocks.size(), m_context.now);
        item.document = reuse(ItemKind::Notice, item.source);
        if (!item.document)
            item.document = plainDocument(item.source, width - (card ? Space::l : 0));
        item.textAt = QPoint(side + pad + Space::l, m_y + (card ? Space::s + 1 : 0));
        int height = int(item.document->size().height()) + (card ? 2 * (Space::s + 1) : 0);
        if (!notice.detail.isEmpty() || !notice.file.isEmpty())
            height = noticeDetail(notice, item, height, card);
        item.rect = QRect(side, m_y, m_inner, height);
        place(item);
    }

    int noticeDetail(const NoticeBlock &notice, LayoutItem &item, int height, bool card)
    {
        if (!notice.file.isEmpty()) {
            item.note = notice.line > 0 ? QStringLiteral("%1:%2").arg(notice.file).arg(notice.line) : notice.file;
            const QRect link(side + Space::m + Space::l, m_y + height - (card ? Space::xs : 0), m_inner - 3 * Space::m,
                             LineStep);
            hit(link, HitAction::OpenFile, notice.file, notice.line, tr("Show the line"));
            height += LineStep;
        }
        if (!notice.detail.isEmpty()) {
            const QStringList all = notice.detail.split(QLatin1Char('\n'));
            item.lines = all.mid(0, MaxResultLines);
            for (QString &line : item.lines)
                line = line.left(240);
            height += int(item.lines.size()) * LineStep;
        }
        return height;
    }

    void prose(const MarkdownChunk &chunk)
    {
        LayoutItem item = make(ItemKind::Prose);
        item.source = chunk.text;
        item.document = reuse(ItemKind::Prose, chunk.text);
        if (!item.document)
            item.document = markdownDocument(chunk.text, m_inner);
        item.rect = QRect(side, m_y, m_inner, int(std::ceil(item.document->size().height())));
        item.textAt = item.rect.topLeft();
        place(item);
    }

    void code(const MarkdownChunk &chunk, bool live)
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
        const QRect copy(item.rect.right() - Metric::control - Space::l, m_y, Metric::control + Space::l,
                         Metric::control);
        hit(copy, HitAction::CopyText, chunk.text, 0, tr("Copy the code"));
        place(item);
    }

    /// The card of a file that is being written: its last lines, growing to a fixed height and no further.
    void liveCard(const ToolBlock &tool)
    {
        LayoutItem item = make(ItemKind::ToolCard, StatusKind::Working);
        item.live = true;
        item.title = MessageText::toolTitle(tool);
        item.trail = lines(MessageText::lineCount(tool.preview));
        item.lines = MessageText::lastLines(tool.preview, liveLines);
        if (tool.preview.isEmpty())
            item.lines.clear();
        const int body = item.lines.isEmpty() ? 0 : int(item.lines.size()) * LineStep + Space::s;
        item.rect = QRect(side, m_y, m_inner, row + body);
        place(item);
    }

    static QString lines(int count)
    {
        return count == 0 ? QString() : QCoreApplication::translate("Chat", "%n line(s)", nullptr, count);
    }

    void toolLine(const ToolBlock &tool)
    {
        LayoutItem item = make(ItemKind::ToolLine);
        const bool failed = tool.state == ToolBlock::State::Failed;
        item.status = failed ? StatusKind::Failed : StatusKind::Live;
        item.title = MessageText::toolDone(tool);
        item.expandable = !tool.result.isEmpty();
        item.expanded = item.expandable && m_context.expanded.contains(m_block);
        item.rect = QRect(side, m_y, m_inner, Metric::chip);
        if (item.expandable)
            hit(item.rect, HitAction::ToggleExpand, {}, m_block);
        if (item.expanded) {
            item.lines = MessageText::lastLines(tool.result, MaxResultLines);
            item.rect.setHeight(Metric::chip + int(item.lines.size()) * LineStep + Space::s);
        }
        place(item, Space::xs);
    }

    FileRow rowOf(const ToolBlock &tool) const
    {
        const bool failed = tool.state == ToolBlock::State::Failed;
        FileRow file{tool.path, {}, tool.added, tool.removed, failed};
        if (file.failed)
            file.note = tool.result.section(QLatin1Char('\n'), 0, 0).left(200);
        else if (tool.created)
            file.note = tr("new");
        else if (tool.tool == QLatin1String("delete_file"))
            file.note = tr("deleted");
        return file;
    }

    static void merge(QList<FileRow> &rows, const FileRow &file)
    {
        for (FileRow &known : rows) {
            if (known.path != file.path)
                continue;
            if (!file.failed || known.failed) {
                const QString note = file.failed || known.failed || file.note == tr("deleted") ? file.note : known.note;
                known = {known.path, note, known.added + file.added, known.removed + file.removed, file.failed};
            }
            return;
        }
        rows.append(file);
    }

    void flushTools()
    {
        filesCard(m_pending);
        m_pending.clear();
    }

    void filesCard(const QList<FileRow> &files)
    {
        if (files.isEmpty())
            return;
        LayoutItem item = make(ItemKind::FilesCard);
        item.files = files;
        item.rect = QRect(side, m_y, m_inner, int(files.size()) * row);
        for (int i = 0; i < files.size(); ++i) {
            const QRect line(side, m_y + i * row, m_inner, row);
            const QString tip = files[i].failed ? files[i].note : tr("Show what changed in %1").arg(files[i].path);
            hit(line, HitAction::OpenDiff, files[i].path, m_message.version, tip);
        }
        place(item);
    }

    // ---- the line at the end ----

    void footer()
    {
        if (m_live) {
            if (m_context.activity.isEmpty() || lastIsLive())
                return;
            LayoutItem item = make(ItemKind::Status, StatusKind::Working);
            item.title = m_context.activity;
            item.live = true;
            item.rect = QRect(side, m_y, m_inner, Metric::chip);
            return place(item);
        }
        LayoutItem item = make(ItemKind::Footer);
        item.title = verdict(item.status);
        item.trail = MessageText::meta(m_message);
        const bool sampler = m_message.model == QLatin1String("sampler");
        if (sampler)
            item.note = tr("Built-in sampler, not a language model");
        item.rect = QRect(side, m_y, m_inner, footerHeight(item, sampler));
        hit(item.rect, HitAction::None, {}, 0, MessageText::metaTip(m_message));
        place(item);
        goBack();
    }

    /// One line when title and numbers fit beside each other, else two; the label of the sampler has its own.
    int footerHeight(LayoutItem &item, bool sampler) const
    {
        const QFontMetrics metrics(Theme::instance().font(TextSize::Small));
        const int used =
            Space::l + metrics.horizontalAdvance(item.title) + Space::s + metrics.horizontalAdvance(item.trail);
        if (used > m_inner) {
            item.lines = {item.trail};
            item.trail.clear();
        }
        return 20 + (item.lines.isEmpty() ? 0 : 18) + (sampler ? 18 : 0);
    }

    bool lastIsLive() const { return !m_layout.items.isEmpty() && m_layout.items.last().live; }

    QString verdict(StatusKind &status) const
    {
        if (m_message.state == MessageState::Stopped) {
            status = StatusKind::Idle;
            return m_message.version > 0 ? tr("Stopped, kept what was made") : tr("Stopped");
        }
        if (m_message.state == MessageState::Interrupted) {
            status = StatusKind::Partial;
            return tr("Interrupted, kept what was made");
        }
        if (m_message.green) {
            status = StatusKind::Live;
            return MessageText::verified(m_message.checks);
        }
        status = StatusKind::Failed;
        return m_message.version > 0 ? tr("Needs a look") : tr("Nothing was changed");
    }

    void goBack()
    {
        const bool red = m_message.version > 0 && !m_message.green;
        if (!red || m_context.lastGreen <= 0 || m_context.lastGreen == m_message.version)
            return;
        LayoutItem item = make(ItemKind::Status, StatusKind::Failed);
        item.title = tr("Go back to version %1").arg(m_context.lastGreen);
        item.expandable = true; // drawn as a button
        const QFontMetrics metrics(Theme::instance().font());
        item.rect = QRect(side, m_y, metrics.horizontalAdvance(item.title) + 2 * Space::m, Metric::control);
        hit(item.rect, HitAction::GoToVersion, {}, m_context.lastGreen);
        place(item);
    }

    // ---- helpers ----

    LayoutItem make(ItemKind kind, StatusKind status = StatusKind::Idle) const
    {
        LayoutItem item;
        item.kind = kind;
        item.block = m_block;
        item.status = status;
        return item;
    }

    static QString tr(const char *text) { return QCoreApplication::translate("Chat", text); }

    /// The document of the same text in the previous layout. Looks forward only: chunks keep their order.
    std::shared_ptr<QTextDocument> reuse(ItemKind kind, const QString &source)
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

    void hit(const QRect &rect, HitAction action, const QString &value, int number = 0, const QString &tip = {})
    {
        m_layout.hits.append({rect, action, value, number, tip});
    }

    void place(const LayoutItem &item, int after = gap)
    {
        m_layout.items.append(item);
        m_y = item.rect.bottom() + 1 + after;
    }

    const Message &m_message;
    const LayoutContext &m_context;
    const MessageLayout *m_previous;
    int m_inner;
    bool m_live;
    MessageLayout m_layout;
    int m_y = 0;
    int m_block = -1;
    int m_reuseFrom = 0;
    QList<FileRow> m_pending;
    QList<FileRow> m_changed;
};

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
    return Layouter(message, context, previous).run();
}

int estimateHeight(const Message &message, int width)
{
    int height = MessageMetric::top + MessageMetric::bottom + 20;
    for (const Block &block : message.blocks) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            height += textHeight(text->markdown.size(), text->markdown.count(QLatin1Char('\n')),
                                 width - 2 * MessageMetric::side);
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
