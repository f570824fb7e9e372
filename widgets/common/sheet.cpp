// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sheet.h"

#include "widgets/common/card.h"
#include "widgets/common/theme.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

Sheet::Sheet(QWidget *over, const QString &title, int width)
    : QWidget(over)
    , m_title(makeLabel(title, TextSize::Large, Tone::Text, QFont::Bold))
    , m_body(new QVBoxLayout)
    , m_buttons(new QHBoxLayout)
    , m_cancel(makeButton(tr("Cancel"), QStringLiteral("sheetCancelQPushButton"), ButtonKind::Quiet))
    , m_width(width)
{
    setObjectName(QStringLiteral("sheet"));
    setAccessibleName(title);
    auto *card = new Card;
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(Space::xl, Space::xl, Space::xl, Space::l);
    layout->setSpacing(Space::m);
    m_title->setWordWrap(true);
    layout->addWidget(m_title);
    m_body->setSpacing(Space::m);
    layout->addLayout(m_body, 1);
    layout->addSpacing(Space::xs);
    layout->addLayout(m_buttons);
    m_buttons->addStretch();
    m_buttons->addWidget(m_cancel);
    m_panel = new ShadowFrame(card, Metric::cardRadius, this);
    connect(m_cancel, &QPushButton::clicked, this, &Sheet::reject);
    over->installEventFilter(this);
    m_panel->installEventFilter(this);
    hide();
}

QLabel *Sheet::addText(const QString &text, Tone tone)
{
    auto *label = makeLabel(text, TextSize::Base, tone);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_body->addWidget(label);
    return label;
}

QPushButton *Sheet::addButton(const QString &text, const QString &objectName, ButtonKind kind)
{
    QPushButton *button = makeButton(text, objectName, kind);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    if (kind == ButtonKind::Primary && !m_primary)
        m_primary = button;
    return button;
}

void Sheet::addLeading(QWidget *widget)
{
    m_buttons->insertWidget(0, widget);
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Sheet::open(QWidget *focus)
{
    show();
    raise();
    place();
    if (!focus)
        focus = m_primary ? m_primary : m_cancel;
    focus->setFocus(Qt::OtherFocusReason);
}

void Sheet::close()
{
    hide();
    deleteLater();
}

void Sheet::reject()
{
    close();
    Q_EMIT rejected(); // after: it may give the focus to what was covered
}

void Sheet::place()
{
    const QSize page = parentWidget()->size();
    setGeometry(QRect(QPoint(), page));
    const int spread = ShadowFrame::spread;
    const int width = qMin(m_width, page.width() - 2 * Space::l) + 2 * spread;
    m_panel->setFixedWidth(width);
    m_panel->ensurePolished();
    const int wanted = m_panel->layout()->hasHeightForWidth() ? m_panel->layout()->totalHeightForWidth(width)
                                                              : m_panel->sizeHint().height();
    const int height = qMin(wanted, page.height() - 2 * Space::s + 2 * spread);
    const int top = qMax(Space::s - spread, (page.height() - height) * 2 / 5);
    m_panel->setGeometry((page.width() - width) / 2, top, width, height);
}

void Sheet::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), colors().scrim);
}

// The window's own shortcuts for Esc and Enter wait while a sheet has the focus.
bool Sheet::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return reject();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QPushButton *>(QApplication::focusWidget());
    if (enter && button && isAncestorOf(button))
        return button->click();
    if (enter && m_primary && m_primary->isEnabled())
        return m_primary->click();
    event->accept(); // keys meant for the page below must not act
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    const bool resized = watched == parentWidget() && event->type() == QEvent::Resize;
    const bool grown = watched == m_panel && event->type() == QEvent::LayoutRequest;
    if ((resized || grown) && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *from = QApplication::focusWidget();
    if (!from || !isAncestorOf(from))
        from = this;
    QWidget *widget = from;
    do {
        widget = next ? widget->nextInFocusChain() : widget->previousInFocusChain();
        if (isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            widget->focusPolicy() & Qt::TabFocus) {
            widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    } while (widget != from);
    return true;
}

} // namespace Flotilla
