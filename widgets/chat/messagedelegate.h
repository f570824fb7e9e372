// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/messagepainter.h"

#include <QAbstractItemDelegate>
#include <QHash>
#include <QPersistentModelIndex>

#include <list>
#include <optional>
#include <unordered_map>

namespace Flotilla {

/// Sizes and paints messages. Layouts are kept by message, revision and width; of rows that were never on screen only a
/// guess of the height is known until layOutPending() comes to them, so that a long history opens at once.
class MessageDelegate : public QAbstractItemDelegate
{
    Q_OBJECT

public:
    explicit MessageDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// The layout of a row, made now when it is not there. Valid until the next call.
    const MessageLayout &layoutOf(const QModelIndex &index) const;
    bool hasLayout(const QModelIndex &index) const;
    /// Lays out rows that only have a guess, newest first, for at most `milliseconds`. True: there is more to do.
    bool layOutPending(const QAbstractItemModel *model, int milliseconds);

    void setWidth(int width);
    int width() const { return m_width; }
    void setLastGreen(int version);
    void setActivity(const QString &activity);
    void setUseErrors(const QHash<int, QString> &errors, int fixable);
    void setTurnRunning(bool running);
    void setQuiet(int seconds) { m_quiet = seconds; } ///< of the message that streams; refresh() it then
    void toggleExpanded(qint64 message, int block);
    void refresh(qint64 message); ///< its pause counts down
    void clear();                 ///< another theme or another app

    void setSelection(const TextSelection &selection) { m_selection = selection; }
    const TextSelection &selection() const { return m_selection; }
    void setHovered(qint64 message, const std::optional<MessageHit> &hit);
    QString selectedText(const QAbstractItemModel *model) const;

private:
    struct Entry
    {
        int revision = -1;
        bool stale = false; ///< context changed: lay out again, text documents can stay
        MessageLayout layout;
        std::list<qint64>::iterator age;
    };
    struct Height
    {
        int revision = -1;
        int height = 0;
        bool exact = false;
    };
    Entry &entryOf(const QModelIndex &index) const;
    void touch(qint64 id, Entry &entry, bool isNew) const;
    LayoutContext contextOf(const QModelIndex &index) const;
    void markStale();

    static constexpr int MaxLayouts = 96;
    int m_width = 0;
    int m_lastGreen = 0;
    QString m_activity;
    QHash<int, QString> m_useErrors;
    int m_fixable = 0;
    bool m_turnRunning = false;
    int m_quiet = 0;
    TextSelection m_selection;
    qint64 m_hoveredMessage = 0;
    std::optional<MessageHit> m_hovered;
    QHash<qint64, QSet<int>> m_expanded;
    mutable std::unordered_map<qint64, Entry> m_layouts;
    mutable std::list<qint64> m_ages; // newest first
    mutable QHash<qint64, Height> m_heights;
};

} // namespace Flotilla
