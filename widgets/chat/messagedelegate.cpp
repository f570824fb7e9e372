// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagedelegate.h"

#include "widgets/chat/conversationmodel.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>

namespace Flotilla {

namespace {

qint64 idOf(const QModelIndex &index)
{
    return index.data(ConversationModel::IdRole).toLongLong();
}

int revisionOf(const QModelIndex &index)
{
    return index.data(ConversationModel::RevisionRole).toInt();
}

} // namespace

MessageDelegate::MessageDelegate(QObject *parent)
    : QAbstractItemDelegate(parent)
{
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const qint64 id = idOf(index);
    PaintOptions options;
    options.visible =
        option.rect.intersected(QRect(QPoint(), option.widget ? option.widget->size() : option.rect.size()));
    options.visible.translate(-option.rect.topLeft());
    options.pixelRatio = painter->device()->devicePixelRatioF();
    if (m_selection.message == id)
        options.selection = m_selection;
    if (m_hoveredMessage == id && m_hovered)
        options.hovered = &*m_hovered;
    painter->save();
    painter->translate(option.rect.topLeft());
    paintMessage(painter, layoutOf(index), options);
    painter->restore();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const qint64 id = idOf(index);
    const int revision = revisionOf(index);
    Height &known = m_heights[id];
    if (known.revision != revision) {
        const auto found = m_layouts.find(id);
        if (found != m_layouts.end()) {
            known = {revision, entryOf(index).layout.height, true};
        } else {
            const auto message = index.data(ConversationModel::MessageRole).value<Message>();
            known = {revision, estimateHeight(message, m_width), false};
        }
    }
    return {m_width, known.height};
}

const MessageLayout &MessageDelegate::layoutOf(const QModelIndex &index) const
{
    Entry &entry = entryOf(index);
    m_heights.insert(idOf(index), {entry.revision, entry.layout.height, true});
    return entry.layout;
}

bool MessageDelegate::hasLayout(const QModelIndex &index) const
{
    const auto height = m_heights.constFind(idOf(index));
    return height != m_heights.constEnd() && height->exact && height->revision == revisionOf(index);
}

MessageDelegate::Entry &MessageDelegate::entryOf(const QModelIndex &index) const
{
    const qint64 id = idOf(index);
    const int revision = revisionOf(index);
    const auto found = m_layouts.find(id);
    const bool isNew = found == m_layouts.end();
    Entry &entry = isNew ? m_layouts[id] : found->second;
    touch(id, entry, isNew);
    if (entry.revision != revision || entry.layout.width != m_width || entry.stale) {
        const auto message = index.data(ConversationModel::MessageRole).value<Message>();
        entry.layout = layoutMessage(message, contextOf(index), isNew ? nullptr : &entry.layout);
        entry.revision = revision;
        entry.stale = false;
    }
    return entry;
}

void MessageDelegate::touch(qint64 id, Entry &entry, bool isNew) const
{
    if (!isNew)
        m_ages.erase(entry.age);
    m_ages.push_front(id);
    entry.age = m_ages.begin();
    while (m_ages.size() > MaxLayouts) {
        m_layouts.erase(m_ages.back());
        m_ages.pop_back();
    }
}

LayoutContext MessageDelegate::contextOf(const QModelIndex &index) const
{
    LayoutContext context;
    context.width = m_width;
    context.expanded = m_expanded.value(idOf(index));
    context.lastGreen = m_lastGreen;
    context.activity = m_activity;
    context.now = QDateTime::currentDateTimeUtc();
    context.useErrors = m_useErrors;
    context.fixable = m_fixable;
    context.quiet = m_quiet;
    context.canRetry = !m_turnRunning && index.data(ConversationModel::RetryRole).toBool();
    context.first = index.row() == 0;
    return context;
}

bool MessageDelegate::layOutPending(const QAbstractItemModel *model, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    for (int row = model->rowCount() - 1; row >= 0; --row) {
        const QModelIndex index = model->index(row, 0);
        if (hasLayout(index))
            continue;
        layoutOf(index);
        if (timer.elapsed() >= milliseconds)
            return true;
    }
    return false;
}

void MessageDelegate::setWidth(int width)
{
    if (m_width == width)
        return;
    m_width = width;
    m_heights.clear();
}

void MessageDelegate::setLastGreen(int version)
{
    if (std::exchange(m_lastGreen, version) != version)
        markStale();
}

void MessageDelegate::setActivity(const QString &activity)
{
    if (std::exchange(m_activity, activity) != activity)
        markStale();
}

void MessageDelegate::setUseErrors(const QHash<int, QString> &errors, int fixable)
{
    if (errors == m_useErrors && fixable == m_fixable)
        return;
    m_useErrors = errors;
    m_fixable = fixable;
    markStale();
}

void MessageDelegate::setTurnRunning(bool running)
{
    if (std::exchange(m_turnRunning, running) != running)
        markStale();
}

void MessageDelegate::toggleExpanded(qint64 message, int block)
{
    QSet<int> &blocks = m_expanded[message];
    if (!blocks.remove(block))
        blocks.insert(block);
    refresh(message);
}

/// Only the last few messages can show an activity or a way back; older ones keep their places.
void MessageDelegate::markStale()
{
    for (auto &[id, entry] : m_layouts) {
        entry.stale = true;
        m_heights.remove(id);
    }
}

void MessageDelegate::refresh(qint64 message)
{
    m_heights.remove(message);
    if (const auto found = m_layouts.find(message); found != m_layouts.end())
        found->second.stale = true;
}

void MessageDelegate::clear()
{
    m_layouts.clear();
    m_ages.clear();
    m_heights.clear();
    m_selection = {};
    m_hovered.reset();
}

void MessageDelegate::setHovered(qint64 message, const std::optional<MessageHit> &hit)
{
    m_hoveredMessage = message;
    m_hovered = hit;
}

QString MessageDelegate::selectedText(const QAbstractItemModel *model) const
{
    if (m_selection.isEmpty())
        return {};
    const auto found = m_layouts.find(m_selection.message);
    if (found == m_layouts.end() || !model)
        return {};
    QStringList parts;
    const auto &items = found->second.layout.items;
    for (int i = 0; i < items.size(); ++i) {
        if (!items[i].document)
            continue;
        const auto [from, to] = m_selection.rangeIn(i, items[i].document->characterCount() - 1);
        if (from == to)
            continue;
        QTextCursor cursor(items[i].document.get());
        cursor.setPosition(from);
        cursor.setPosition(to, QTextCursor::KeepAnchor);
        parts.append(cursor.selection().toPlainText());
    }
    return parts.join(QLatin1Char('\n'));
}

} // namespace Flotilla
