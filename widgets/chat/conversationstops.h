// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/messagelayout.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>

namespace Flotilla {

/// A place in the conversation where the keyboard can stop. `rect` is in viewport coordinates.
struct ConversationStop
{
    qint64 message = 0;
    MessageHit hit;
    QRect rect;
};

/// Lies over a drawn control: takes the focus, draws its ring, has its name for screen readers. The pointer goes
/// through.
class StopButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit StopButton(QWidget *viewport);
    void show(const ConversationStop &stop);
    const ConversationStop &stop() const { return m_stop; }
    bool isFor(const ConversationStop &stop) const;

Q_SIGNALS:
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    ConversationStop m_stop;
};

/// The focus order of the controls that are drawn in messages: one StopButton for each that is on screen, after the
/// view itself in the order of the list. A control keeps its button, and so the focus, while it moves.
class ConversationStops : public QObject
{
    Q_OBJECT

public:
    explicit ConversationStops(QAbstractScrollArea *view);
    void setStops(const QList<ConversationStop> &stops);
    /// The one with the focus; null: none.
    const ConversationStop *current() const;

Q_SIGNALS:
    void activated(const Flotilla::ConversationStop &stop);
    void focused(const Flotilla::ConversationStop &stop);

private:
    StopButton *take(QList<StopButton *> &free, const ConversationStop &stop);
    StopButton *makeButton();
    void setOrder();

    QAbstractScrollArea *m_view;
    QList<StopButton *> m_buttons; ///< in the order of the stops
    QList<StopButton *> m_spare;
};

} // namespace Flotilla
