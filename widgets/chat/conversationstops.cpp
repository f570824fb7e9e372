// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/conversationstops.h"

#include "widgets/common/painting.h"

#include <QKeyEvent>
#include <QPainter>

namespace Flotilla {

StopButton::StopButton(QWidget *viewport)
    : QAbstractButton(viewport)
{
    setObjectName(QStringLiteral("messageStop"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::TabFocus);
}

void StopButton::show(const ConversationStop &stop)
{
    m_stop = stop;
    setAccessibleName(stop.hit.name.isEmpty() ? stop.hit.tip : stop.hit.name);
    setGeometry(stop.rect.adjusted(-2, -2, 2, 2));
    setVisible(true);
}

bool StopButton::isFor(const ConversationStop &stop) const
{
    return m_stop.message == stop.message && m_stop.hit.action == stop.hit.action &&
           m_stop.hit.value == stop.hit.value && m_stop.hit.number == stop.hit.number;
}

void StopButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (hasFocus())
        drawFocusRing(&painter, QRectF(rect()), Metric::radius);
}

/// Enter as well as the space bar; all other keys are the conversation's.
void StopButton::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (event->modifiers() == Qt::NoModifier &&
        (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space || key == Qt::Key_Select))
        click();
    else
        event->ignore();
}

void StopButton::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    Q_EMIT focused();
}

ConversationStops::ConversationStops(QAbstractScrollArea *view)
    : QObject(view)
    , m_view(view)
{
}

void ConversationStops::setStops(const QList<ConversationStop> &stops)
{
    const QList<StopButton *> before = m_buttons;
    QList<StopButton *> free = m_buttons;
    m_buttons.clear();
    for (const ConversationStop &stop : stops)
        m_buttons.append(take(free, stop));
    for (StopButton *button : std::as_const(free)) {
        if (button->hasFocus())
            m_view->setFocus(Qt::OtherFocusReason);
        button->hide();
    }
    m_spare += free;
    if (m_buttons != before)
        setOrder();
}

/// The button that the stop had, or else one that nobody needs.
StopButton *ConversationStops::take(QList<StopButton *> &free, const ConversationStop &stop)
{
    const auto same = std::find_if(free.begin(), free.end(), [&](StopButton *button) { return button->isFor(stop); });
    StopButton *button = nullptr;
    if (same != free.end()) {
        button = *same;
        free.erase(same);
    } else {
        button = m_spare.isEmpty() ? makeButton() : m_spare.takeLast();
    }
    button->show(stop);
    return button;
}

StopButton *ConversationStops::makeButton()
{
    auto *button = new StopButton(m_view->viewport());
    connect(button, &QAbstractButton::clicked, this, [this, button] {
        const ConversationStop stop = button->stop(); // what it does may take the button away
        Q_EMIT activated(stop);
    });
    connect(button, &StopButton::focused, this, [this, button] { Q_EMIT focused(ConversationStop(button->stop())); });
    return button;
}

void ConversationStops::setOrder()
{
    QWidget *last = m_view;
    for (StopButton *button : std::as_const(m_buttons)) {
        QWidget::setTabOrder(last, button);
        last = button;
    }
}

const ConversationStop *ConversationStops::current() const
{
    for (const StopButton *button : m_buttons)
        if (button->hasFocus())
            return &button->stop();
    return nullptr;
}

} // namespace Flotilla
