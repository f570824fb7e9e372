// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/commandmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

namespace Flotilla {

void CommandModel::setCommands(const QList<Command> &commands)
{
    m_commands = commands;
    setQuery({});
}

// A new query is a new list: nothing to keep between the two.
void CommandModel::setQuery(const QString &query)
{
    QList<Row> rows;
    for (int i = 0; i < m_commands.size(); ++i) {
        auto match = fuzzyMatch(query, m_commands[i].title);
        if (match)
            rows.append({i, std::move(match)});
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row &a, const Row &b) { return a.match.score > b.match.score; });
    beginResetModel();
    m_rows = rows.mid(0, maximumRows);
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return command(index.row()).title;
    return {};
}

namespace {

// The matched letters in bold, drawn run by run.
void drawMatched(QPainter *painter, QRect rect, const QString &text, const QList<int> &positions)
{
    const QFont plain = Theme::instance().font();
    const QFont bold = Theme::instance().font(TextSize::Base, QFont::Bold);
    for (qsizetype i = 0; i < text.size();) {
        const bool hit = positions.contains(int(i));
        qsizetype end = i;
        while (end < text.size() && positions.contains(int(end)) == hit)
            ++end;
        painter->setFont(hit ? bold : plain);
        const QString run = text.mid(i, end - i);
        const QString shown = painter->fontMetrics().elidedText(run, Qt::ElideRight, rect.width());
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, shown);
        rect.setLeft(rect.left() + painter->fontMetrics().horizontalAdvance(run));
        if (rect.width() <= 0 || shown != run)
            return;
        i = end;
    }
}

} // namespace

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PainterState keep(painter);
    const auto &c = colors();
    const auto *model = static_cast<const CommandModel *>(index.model());
    const Command &command = model->command(index.row());
    const bool selected = option.state & QStyle::State_Selected;
    const QRect row = option.rect.adjusted(Space::s, 0, -Space::s, 0);
    if (selected)
        drawRounded(painter, QRectF(row), Metric::radius, c.accentSoft);
    QRect inner = row.adjusted(Space::m, 0, -Space::m, 0);
    const double ratio = painter->device()->devicePixelRatioF();
    if (!command.icon.isEmpty())
        painter->drawPixmap(QPoint(inner.left(), inner.center().y() - 9),
                            iconPixmap(command.icon, selected ? c.accent : c.muted, Metric::icon, ratio));
    inner.setLeft(inner.left() + Metric::icon + Space::m);
    painter->setFont(Theme::instance().font(TextSize::Small));
    painter->setPen(c.muted);
    const QString right = command.shortcut.isEmpty() ? command.group : formatShortcut(command.shortcut);
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, right);
    inner.setRight(inner.right() - painter->fontMetrics().horizontalAdvance(right) - Space::m);
    painter->setPen(c.text);
    drawMatched(painter, inner, command.title, model->match(index.row()).positions);
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, Metric::row};
}

} // namespace Flotilla
