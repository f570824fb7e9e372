// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagepainter.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QPainterPath>
#include <QTextDocument>

namespace Flotilla {

namespace {

constexpr int CodeLineStep = 18;

class Painting
{
    Q_DECLARE_TR_FUNCTIONS(Chat)

public:
    Painting(QPainter *painter, const MessageLayout &layout, const PaintOptions &options)
        : m_painter(painter)
        , m_layout(layout)
        , m_options(options)
    {
    }

    void run()
    {
        for (int i = 0; i < m_layout.items.size(); ++i) {
            if (!m_layout.items[i].rect.intersects(m_options.visible))
                continue;
            m_index = i;
            item(m_layout.items[i]);
        }
    }

private:
    void item(const LayoutItem &item)
    {
        switch (item.kind) {
        case ItemKind::Bubble:
            return bubble(item);
        case ItemKind::Prose:
            return document(item, colors().text);
        case ItemKind::Code:
            return code(item);
        case ItemKind::Thinking:
            return thinking(item);
        case ItemKind::Images:
            return images(item);
        case ItemKind::ToolCard:
            return toolCard(item);
        case ItemKind::FilesCard:
            return filesCard(item);
        case ItemKind::ToolLine:
            return toolLine(item);
        case ItemKind::Notice:
            return notice(item);
        case ItemKind::Status:
            return status(item);
        case ItemKind::Footer:
            return footer(item);
        }
    }

    void bubble(const LayoutItem &item)
    {
        const QRectF rect(item.rect);
        QPainterPath path;
        path.addRoundedRect(rect, Metric::cardRadius, Metric::cardRadius);
        const double corner = Metric::cardRadius;
        path.addRect(QRectF(rect.right() - corner, rect.bottom() - corner, corner, corner));
        path.setFillRule(Qt::WindingFill);
        m_painter->setRenderHint(QPainter::Antialiasing);
        m_painter->fillPath(path.simplified(), colors().accentSoft);
        document(item, colors().text);
    }

    void document(const LayoutItem &item, const QColor &color)
    {
        if (!item.document)
            return;
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, color);
        const QRectF clip = QRectF(m_options.visible).translated(-item.textAt);
        context.clip = clip;
        const auto [from, to] = m_options.selection.rangeIn(m_index, item.document->characterCount() - 1);
        if (from != to) {
            QAbstractTextDocumentLayout::Selection selection;
            selection.cursor = QTextCursor(item.document.get());
            selection.cursor.setPosition(from);
            selection.cursor.setPosition(to, QTextCursor::KeepAnchor);
            selection.format.setBackground(colors().accentFill);
            selection.format.setForeground(colors().onAccent);
            context.selections.append(selection);
        }
        const PainterState keep(m_painter);
        m_painter->translate(item.textAt);
        m_painter->setClipRect(clip, Qt::IntersectClip);
        item.document->documentLayout()->draw(m_painter, context);
    }

    void card(const QRect &rect) { drawRounded(m_painter, rect, Metric::radius, colors().window, colors().border); }

    void code(const LayoutItem &item)
    {
        card(item.rect);
        const QRect head(item.rect.left() + Space::m, item.rect.top(), item.rect.width() - 2 * Space::m,
                         Metric::control - Space::xs);
        text(head, item.title, colors().muted, small(), Qt::AlignLeft);
        const bool hot = hovered(HitAction::CopyText, item.source);
        text(head, tr("Copy"), hot ? colors().text : colors().muted, small(), Qt::AlignRight);
        document(item, colors().text);
    }

    void thinking(const LayoutItem &item)
    {
        const QRect head(item.rect.left(), item.rect.top(), item.rect.width(), Metric::chip);
        chevron(head, item.expanded);
        text(head.adjusted(Space::l, 0, 0, 0), item.title, colors().muted, base(), Qt::AlignLeft);
        document(item, colors().muted);
    }

    void images(const LayoutItem &item)
    {
        int x = item.rect.left();
        for (const QImage &image : item.images) {
            const QRect frame(x, item.rect.top(), MessageMetric::thumbnail, MessageMetric::thumbnail);
            const PainterState keep(m_painter);
            QPainterPath clip;
            clip.addRoundedRect(frame, Metric::radius, Metric::radius);
            m_painter->fillPath(clip, colors().raised);
            m_painter->setClipPath(clip, Qt::IntersectClip);
            const QSize size = image.size().scaled(frame.size(), Qt::KeepAspectRatioByExpanding);
            QRect target(QPoint(), size);
            target.moveCenter(frame.center());
            m_painter->setRenderHint(QPainter::SmoothPixmapTransform);
            m_painter->drawImage(target, image);
            x += frame.width() + Space::s;
        }
    }

    void toolCard(const LayoutItem &item)
    {
        card(item.rect);
        const QRect head = item.rect.adjusted(Space::m, 0, -Space::m, 0);
        const QRect line(head.left(), head.top(), head.width(), MessageMetric::row);
        drawDot(m_painter, line, colors().status(item.status));
        const int trail = text(line, item.trail, colors().muted, tabular(), Qt::AlignRight);
        text(line.adjusted(Space::l, 0, -trail - Space::s, 0), item.title, colors().text, base(), Qt::AlignLeft,
             Qt::ElideMiddle);
        monospace(item.lines, head.adjusted(0, MessageMetric::row - Space::xs, 0, 0), item.live && m_options.caret);
    }

    /// Lines cut at the right; the caret stands behind the last one, or before the edge when that is too long.
    void monospace(const QStringList &lines, const QRect &area, bool caret)
    {
        m_painter->setFont(Theme::instance().monospace(11));
        const QFontMetrics metrics(m_painter->font());
        const PainterState keep(m_painter);
        m_painter->setClipRect(area.adjusted(0, 0, 0, 1), Qt::IntersectClip);
        for (int i = 0; i < lines.size(); ++i) {
            const QRect line(area.left(), area.top() + i * CodeLineStep, area.width(), CodeLineStep);
            const QString shown = metrics.elidedText(lines[i], Qt::ElideRight, area.width() - Space::s);
            m_painter->setPen(colors().muted);
            m_painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, shown);
            if (caret && i + 1 == lines.size()) {
                const int x = line.left() + metrics.horizontalAdvance(shown) + 1;
                m_painter->fillRect(QRect(x, line.center().y() - 6, 5, 13), colors().muted);
            }
        }
    }

    void filesCard(const LayoutItem &item)
    {
        card(item.rect);
        for (int i = 0; i < item.files.size(); ++i) {
            const QRect line(item.rect.left(), item.rect.top() + i * MessageMetric::row, item.rect.width(),
                             MessageMetric::row);
            if (m_options.hovered && m_options.hovered->rect == line)
                drawRounded(m_painter, line.adjusted(1, 1, -1, -1), Metric::radius - 1, colors().hover);
            if (i > 0)
                m_painter->fillRect(QRect(line.left() + 1, line.top(), line.width() - 2, 1), colors().border);
            fileRow(item.files[i], line.adjusted(Space::m, 0, -Space::m, 0));
        }
    }

    void fileRow(const FileRow &file, QRect line)
    {
        const QColor mark = file.failed ? colors().failed : colors().live;
        icon(file.failed ? QStringLiteral("close") : QStringLiteral("check"), mark, line.left(), line);
        int right = 0;
        if (file.removed > 0)
            right +=
                text(line, QStringLiteral("\u2212%1").arg(file.removed), colors().failed, tabular(), Qt::AlignRight) +
                Space::s;
        if (file.added > 0)
            right += text(line.adjusted(0, 0, -right, 0), QStringLiteral("+%1").arg(file.added), colors().live,
                          tabular(), Qt::AlignRight) +
                     Space::s;
        line.adjust(Space::xl - 2, 0, -right, 0);
        const int name = text(line, file.path, colors().text, base(), Qt::AlignLeft, Qt::ElideMiddle);
        text(line.adjusted(name + Space::s, 0, 0, 0), file.note, file.failed ? colors().failed : colors().muted, base(),
             Qt::AlignLeft, Qt::ElideRight);
    }

    void toolLine(const LayoutItem &item)
    {
        const QRect line(item.rect.left(), item.rect.top(), item.rect.width(), Metric::chip);
        const bool failed = item.status == StatusKind::Failed;
        icon(failed ? QStringLiteral("close") : QStringLiteral("check"), failed ? colors().failed : colors().muted,
             line.left(), line);
        const QRect rest = line.adjusted(Space::xl - 2, 0, item.expandable ? -Space::l : 0, 0);
        text(rest, item.title, failed ? colors().failed : colors().muted, base(), Qt::AlignLeft, Qt::ElideMiddle);
        if (item.expandable)
            chevron(QRect(line.right() - Space::m, line.top(), Space::m, line.height()), item.expanded);
        if (item.expanded)
            monospace(item.lines, item.rect.adjusted(Space::xl - 2, Metric::chip, 0, 0), false);
    }

    void notice(const LayoutItem &item)
    {
        const bool cardLook = item.status != StatusKind::Idle;
        const QColor color = cardLook ? colors().status(item.status) : colors().muted;
        if (cardLook) {
            QColor tint = color;
            tint.setAlpha(22);
            QColor edge = color;
            edge.setAlpha(90);
            drawRounded(m_painter, item.rect, Metric::radius, tint, edge);
        }
        const QRect first(item.textAt.x() - Space::l, item.textAt.y(), Space::l, 20);
        drawDot(m_painter, first, color);
        document(item, cardLook ? colors().text : colors().muted);
        int y = item.textAt.y() + int(item.document->size().height());
        if (!item.note.isEmpty()) {
            const QRect line(item.textAt.x(), y + 2, item.rect.right() - Space::m - item.textAt.x(), CodeLineStep);
            text(line, item.note, colors().accentFill, Theme::instance().monospace(11), Qt::AlignLeft, Qt::ElideMiddle);
            y += CodeLineStep;
        }
        if (!item.lines.isEmpty())
            monospace(
                item.lines,
                QRect(item.textAt.x(), y + 2, item.rect.right() - Space::m - item.textAt.x(), item.rect.bottom() - y),
                false);
    }

    void status(const LayoutItem &item)
    {
        if (item.expandable) {
            const bool hot = m_options.hovered && m_options.hovered->rect == item.rect;
            drawRounded(m_painter, item.rect, Metric::radius, colors().raised, hot ? colors().faint : colors().border);
            text(item.rect, item.title, colors().text, base(), Qt::AlignHCenter);
            return;
        }
        const QRect line(item.rect.left(), item.rect.top(), item.rect.width(), Metric::chip);
        drawDot(m_painter, line, colors().status(item.status));
        text(line.adjusted(Space::l, 0, 0, 0), item.title, colors().muted, base(), Qt::AlignLeft);
        text(line.adjusted(Space::l, 20, 0, 14), item.note, colors().muted, small(), Qt::AlignLeft);
    }

    void footer(const LayoutItem &item)
    {
        const QColor color = colors().status(item.status);
        QRect line(item.rect.left(), item.rect.top(), item.rect.width(), 20);
        drawDot(m_painter, line, color);
        const QRect words = line.adjusted(Space::l, 0, 0, 0);
        const int used = text(words, item.title, item.status == StatusKind::Idle ? colors().muted : color, small(),
                              Qt::AlignLeft, Qt::ElideRight);
        text(words.adjusted(used + Space::s, 0, 0, 0), item.trail, colors().muted, tabular(TextSize::Small),
             Qt::AlignLeft);
        for (const QString &more : item.lines + (item.note.isEmpty() ? QStringList() : QStringList{item.note})) {
            line.translate(0, 18);
            text(line.adjusted(Space::l, 0, 0, 0), more, colors().muted, tabular(TextSize::Small), Qt::AlignLeft,
                 Qt::ElideRight);
        }
    }

    // ---- helpers ----

    static QFont base() { return Theme::instance().font(); }
    static QFont small() { return Theme::instance().font(TextSize::Small); }
    static QFont tabular(TextSize size = TextSize::Base) { return Theme::instance().tabular(size); }

    /// Draws one line and returns its width.
    int text(const QRect &rect, const QString &words, const QColor &color, const QFont &font, Qt::Alignment align,
             Qt::TextElideMode elide = Qt::ElideNone)
    {
        if (words.isEmpty() || rect.width() <= 0)
            return 0;
        const QFontMetrics metrics(font);
        const QString shown = elide == Qt::ElideNone ? words : metrics.elidedText(words, elide, rect.width());
        m_painter->setFont(font);
        m_painter->setPen(color);
        m_painter->drawText(rect, int(align | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
        return metrics.horizontalAdvance(shown);
    }

    void icon(const QString &name, const QColor &color, int x, const QRect &line)
    {
        const int size = 14;
        m_painter->drawPixmap(QPoint(x, line.center().y() - size / 2 + 1),
                              iconPixmap(name, color, size, m_options.pixelRatio));
    }

    void chevron(const QRect &rect, bool open)
    {
        icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), colors().muted, rect.left() - 1,
             rect);
    }

    bool hovered(HitAction action, const QString &value) const
    {
        const MessageHit *hit = m_options.hovered;
        return hit && hit->action == action && (value.isEmpty() || hit->value == value);
    }

    QPainter *m_painter;
    const MessageLayout &m_layout;
    const PaintOptions &m_options;
    int m_index = 0;
};

} // namespace

TextSelection TextSelection::ordered() const
{
    const bool forward = fromItem < toItem || (fromItem == toItem && fromPos <= toPos);
    return forward ? *this : TextSelection{message, toItem, toPos, fromItem, fromPos};
}

std::pair<int, int> TextSelection::rangeIn(int item, int length) const
{
    const TextSelection s = ordered();
    if (s.isEmpty() || item < s.fromItem || item > s.toItem)
        return {0, 0};
    const int from = item == s.fromItem ? std::min(s.fromPos, length) : 0;
    return {from, item == s.toItem ? std::min(s.toPos, length) : length};
}

void paintMessage(QPainter *painter, const MessageLayout &layout, const PaintOptions &options)
{
    Painting(painter, layout, options).run();
}

} // namespace Flotilla
