// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/messagelayout.h"

#include <QCoreApplication>

namespace Flotilla {

struct MarkdownChunk;

/// Places one message, once; what layoutMessage() works with.
class MessageLayouter
{
    Q_DECLARE_TR_FUNCTIONS(Chat)

public:
    /// `message`, `context` and `previous` outlive run(). `previous` may be null.
    MessageLayouter(const Message &message, const LayoutContext &context, const MessageLayout *previous);
    MessageLayout run();

private:
    // What a person wrote.
    void userMessage();
    QImage thumbnailOf(const ImageBlock &block) const;
    void bubble(const QString &text);
    void imageRow(const QList<QImage> &images);

    // What the model answered, block by block.
    void assistantMessage();
    void add(const TextBlock &text);
    void add(const ThinkingBlock &thinking);
    void add(const ImageBlock &image);
    void add(const ToolBlock &tool);
    void add(const NoticeBlock &notice);
    void prose(const MarkdownChunk &chunk);
    void links(const LayoutItem &item);
    void code(const MarkdownChunk &chunk, bool live);

    // What the tools did.
    void liveCard(const ToolBlock &tool);
    void toolLine(const ToolBlock &tool);
    void filesCard(const QList<FileRow> &files);
    void flushTools();
    static QString lines(int count);
    FileRow rowOf(const ToolBlock &tool) const;
    static void merge(QList<FileRow> &rows, const FileRow &file);
    int noticeText(const NoticeBlock &notice, LayoutItem &item, bool card);
    int noticeDetail(const NoticeBlock &notice, LayoutItem &item, int height, bool card);

    // The line at the end.
    void footer();
    void activityLine();
    int footerHeight(LayoutItem &item, bool sampler) const;
    QString verdict(StatusKind &status) const;
    void goBack();
    void fix();
    void retry();
    void button(const QString &title, HitAction action, int number);
    bool lastIsLive() const { return !m_layout.items.isEmpty() && m_layout.items.last().live; }

    LayoutItem make(ItemKind kind, StatusKind status = StatusKind::Idle) const;
    std::shared_ptr<QTextDocument> reuse(ItemKind kind, const QString &source);
    void hit(const QRect &rect, HitAction action, const QString &value, int number = 0, const QString &tip = {},
             const QString &name = {});
    void place(const LayoutItem &item, int after = MessageMetric::gap);

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

} // namespace Flotilla
