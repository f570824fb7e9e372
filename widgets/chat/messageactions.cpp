// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messageactions.h"

#include "widgets/chat/conversationmodel.h"
#include "widgets/common/controls.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace Flotilla {

MessageActions::MessageActions(QWidget *parent)
    : QWidget(parent)
    , m_copy(makeIconButton(QStringLiteral("copy"), tr("Copy message"), QStringLiteral("copyMessageButton")))
    , m_edit(makeIconButton(QStringLiteral("rename"), tr("Edit and send again"), QStringLiteral("editMessageButton")))
    , m_retry(makeIconButton(QStringLiteral("reload"), tr("Try again"), QStringLiteral("retryMessageButton")))
{
    setObjectName(QStringLiteral("messageActions"));
    setSurface(this, "raised");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    for (QToolButton *button : {m_copy, m_edit, m_retry}) {
        button->setFocusPolicy(Qt::NoFocus);
        button->setIconSize(QSize(14, 14));
        row->addWidget(button);
    }
    hide();
    connect(m_copy, &QToolButton::clicked, this, [this] { Q_EMIT copyRequested(m_message); });
    connect(m_edit, &QToolButton::clicked, this, [this] { Q_EMIT editRequested(m_message); });
    connect(m_retry, &QToolButton::clicked, this, &MessageActions::retryRequested);
}

void MessageActions::setMessage(const QModelIndex &index, bool turnRunning)
{
    const bool finished =
        index.isValid() && index.data(ConversationModel::StateRole).toInt() != int(MessageState::Streaming);
    m_message = finished ? index : QModelIndex();
    const bool user = index.data(ConversationModel::RoleRole).toInt() == int(Role::User);
    m_edit->setVisible(finished && user && !turnRunning);
    m_retry->setVisible(finished && !user && !turnRunning && index.data(ConversationModel::RetryRole).toBool());
    adjustSize();
}

void MessageActions::addTo(QMenu *menu)
{
    for (QToolButton *button : {m_copy, m_edit, m_retry}) {
        if (!isEmpty() && button->isVisibleTo(this))
            menu->addAction(button->toolTip(), button, &QToolButton::click);
    }
}

} // namespace Flotilla
