// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/flowlayout.h"

#include "widgets/common/tokens.h"

#include <QWidget>

namespace Flotilla {

FlowLayout::FlowLayout(QWidget *parent, bool centered)
    : QLayout(parent)
    , m_centered(centered)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(Space::s);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + spacing();
        height = qMax(height, item->sizeHint().height());
    }
    return QSize(qMax(0, width - spacing()), height).grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::placeRow(const QList<QLayoutItem *> &row, const QRect &rect, int y, int width, int height) const
{
    int x = rect.left() + (m_centered ? qMax(0, (rect.width() - width) / 2) : 0);
    for (QLayoutItem *item : row) {
        const QSize size = item->sizeHint().boundedTo(QSize(rect.width(), item->sizeHint().height()));
        item->setGeometry(QRect(x, y + (height - size.height()) / 2, size.width(), size.height()));
        x += size.width() + spacing();
    }
}

int FlowLayout::arrange(const QRect &outer, bool apply) const
{
    const QMargins margins = contentsMargins();
    const QRect rect = outer.marginsRemoved(margins);
    QList<QLayoutItem *> row;
    int y = rect.top();
    int width = 0;
    int height = 0;
    const auto finishRow = [&] {
        if (apply)
            placeRow(row, rect, y, width, height);
        row.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        const int grown = width + (row.isEmpty() ? 0 : spacing()) + size.width();
        if (!row.isEmpty() && grown > rect.width()) {
            finishRow();
            y += height + spacing();
            width = size.width();
            height = size.height();
        } else {
            width = grown;
            height = qMax(height, size.height());
        }
        row.append(item);
    }
    finishRow();
    return y + height - outer.top() + margins.bottom();
}

} // namespace Flotilla
