// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/commandpalette.h"
#include "widgets/common/fuzzy.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace Flotilla {

/// The commands that match the query, best first.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int maximumRows = 60;
    using QAbstractListModel::QAbstractListModel;
    void setCommands(const QList<Command> &commands);
    void setQuery(const QString &query);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    const Command &command(int row) const { return m_commands[m_rows[row].command]; }
    const FuzzyMatch &match(int row) const { return m_rows[row].match; }

private:
    struct Row
    {
        int command = 0;
        FuzzyMatch match;
    };
    QList<Command> m_commands;
    QList<Row> m_rows;
};

class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Flotilla
