// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/findbar.h"

#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace Flotilla {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_state(new QLabel(this))
{
    setObjectName(QStringLiteral("findBar"));
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setPlaceholderText(tr("Search"));
    m_field->setAccessibleName(tr("Search"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_state->setProperty("tone", QStringLiteral("muted"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::s, Space::xs, Space::s, Space::xs);
    row->addWidget(m_field, 1);
    row->addWidget(m_state);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) { Q_EMIT search(text, false); });
    hide();
}

void FindBar::open()
{
    show();
    m_field->setFocus();
    m_field->selectAll();
}

void FindBar::close()
{
    hide();
    Q_EMIT closed();
}

void FindBar::setFound(bool found)
{
    m_state->setText(found ? QString() : tr("Not found"));
}

void FindBar::setCount(int current, int count)
{
    if (count == 0)
        return setFound(m_field->text().isEmpty());
    m_state->setText(current > 0 ? tr("%1 of %2", "which match of how many").arg(current).arg(count)
                                 : tr("%n match(es)", nullptr, count));
}

QString FindBar::text() const
{
    return m_field->text();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        Q_EMIT search(text(), key->modifiers() & Qt::ShiftModifier);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Flotilla
