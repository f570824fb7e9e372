// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/findbar.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace Flotilla {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit)
    , m_state(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_case(new QToolButton)
{
    setObjectName(QStringLiteral("findBar"));
    setupUi();
    const auto begin = [this] { go(m_upwards); };
    connect(m_field, &QLineEdit::textChanged, this, begin);
    connect(m_case, &QToolButton::toggled, this, begin);
    hide();
}

void FindBar::setupUi()
{
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setPlaceholderText(tr("Search"));
    m_field->setAccessibleName(tr("Search"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_case->setObjectName(QStringLiteral("findCaseQToolButton"));
    m_case->setText(QStringLiteral("Aa"));
    m_case->setToolTip(tr("Tell upper from lower case"));
    m_case->setAccessibleName(m_case->toolTip());
    m_case->setCheckable(true);
    auto *above =
        makeIconButton(QStringLiteral("chevron-up"), tr("The match above"), QStringLiteral("findUpQToolButton"));
    auto *below =
        makeIconButton(QStringLiteral("chevron-down"), tr("The match below"), QStringLiteral("findDownQToolButton"));
    auto *close =
        makeIconButton(QStringLiteral("close"), tr("Close the search (Esc)"), QStringLiteral("findCloseQToolButton"));
    connect(above, &QToolButton::clicked, this, [this] { go(true); });
    connect(below, &QToolButton::clicked, this, [this] { go(false); });
    connect(close, &QToolButton::clicked, this, &FindBar::close);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::s, Space::xs, Space::s, Space::xs);
    row->setSpacing(Space::xs);
    row->addWidget(m_field, 1);
    row->addSpacing(Space::xs);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_state, m_case, above, below, close})
        row->addWidget(widget);
}

void FindBar::go(bool up)
{
    Q_EMIT search(text(), up);
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
    const bool isCapped = count >= mostCounted;
    const QString number = QString::number(count) + QLatin1String(isCapped ? "+" : "");
    if (current > 0)
        m_state->setText(tr("%1 of %2", "which match of how many").arg(current).arg(number));
    else
        m_state->setText(isCapped ? tr("%1 matches", "how many, and more").arg(number)
                                  : tr("%n match(es)", nullptr, count));
}

QString FindBar::text() const
{
    return m_field->text();
}

bool FindBar::matchesCase() const
{
    return m_case->isChecked();
}

QTextDocument::FindFlags FindBar::flags(bool up) const
{
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindBackward, up);
    flags.setFlag(QTextDocument::FindCaseSensitively, matchesCase());
    return flags;
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
        go(key->modifiers().testFlag(Qt::ShiftModifier) != m_upwards);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Flotilla
