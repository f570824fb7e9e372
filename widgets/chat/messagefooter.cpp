// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagelayouter.h"

#include "widgets/chat/messagetext.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <QFontMetrics>

namespace Flotilla {

using namespace MessageMetric;

void MessageLayouter::footer()
{
    if (m_live)
        return activityLine();
    LayoutItem item = make(ItemKind::Footer);
    item.title = verdict(item.status);
    item.trail = MessageText::meta(m_message);
    const bool sampler = m_message.model == QLatin1String("sampler");
    if (sampler)
        item.note = tr("Built-in sampler, not a language model");
    item.rect = QRect(side, m_y, m_inner, footerHeight(item, sampler));
    const QStringList tip{m_context.useErrors.value(m_message.version), MessageText::metaTip(m_message)};
    hit(item.rect, HitAction::Menu, {}, 0, tip.join(QLatin1Char('\n')).trimmed(),
        QStringList{item.title, item.trail, item.lines.join(QLatin1Char(' ')), item.note}
            .join(QLatin1Char(' '))
            .simplified());
    place(item);
    goBack();
    retry();
    fix();
}

void MessageLayouter::activityLine()
{
    if (m_context.activity.isEmpty() || (lastIsLive() && m_context.quiet == 0))
        return;
    LayoutItem item = make(ItemKind::Status, StatusKind::Working);
    item.title = m_context.activity;
    item.live = true;
    item.rect = QRect(side, m_y, m_inner, Metric::chip);
    if (m_context.quiet > 0) {
        item.title = tr("No word from the model for %1").arg(formatSeconds(m_context.quiet));
        item.note = tr("Stop keeps what was made.");
        item.rect.setHeight(Metric::chip + 18);
    }
    place(item);
}

/// One line when title and numbers fit beside each other, else two; the label of the sampler has its own.
int MessageLayouter::footerHeight(LayoutItem &item, bool sampler) const
{
    const QFontMetrics metrics(Theme::instance().font(TextSize::Small));
    const int used =
        Space::l + metrics.horizontalAdvance(item.title) + Space::s + metrics.horizontalAdvance(item.trail);
    if (used > m_inner) {
        item.lines = {item.trail};
        item.trail.clear();
    }
    return 20 + (item.lines.isEmpty() ? 0 : 18) + (sampler ? 18 : 0);
}

QString MessageLayouter::verdict(StatusKind &status) const
{
    if (m_message.state == MessageState::Stopped) {
        status = StatusKind::Idle;
        return m_message.version > 0 ? tr("Stopped, kept what was made") : tr("Stopped");
    }
    if (m_message.state == MessageState::Interrupted) {
        status = StatusKind::Partial;
        return tr("Interrupted, kept what was made");
    }
    if (m_message.green && m_message.version <= 0) // the checks saw what was there before
        return tr("Nothing was changed");
    if (m_message.green && m_context.useErrors.contains(m_message.version)) {
        status = StatusKind::Partial;
        return tr("Green, error while used");
    }
    if (m_message.green) {
        status = StatusKind::Live;
        return MessageText::verified(m_message.checks);
    }
    status = StatusKind::Failed;
    return m_message.version > 0 ? tr("Needs a look") : tr("Nothing was changed");
}

void MessageLayouter::goBack()
{
    const bool red = m_message.version > 0 && !m_message.green;
    if (!red || m_context.lastGreen <= 0 || m_context.lastGreen >= m_message.version)
        return;
    button(tr("Go back to version %1").arg(m_context.lastGreen), HitAction::GoToVersion, m_context.lastGreen);
}

void MessageLayouter::fix()
{
    if (m_message.version > 0 && m_message.version == m_context.fixable)
        button(tr("Fix it"), HitAction::Fix, m_message.version);
}

void MessageLayouter::retry()
{
    const bool ended = m_message.state == MessageState::Stopped || m_message.state == MessageState::Interrupted;
    if (m_context.canRetry && (ended || !m_message.green))
        button(tr("Try again"), HitAction::Retry, 0);
}

/// Beside the button before it when there is room.
void MessageLayouter::button(const QString &title, HitAction action, int number)
{
    LayoutItem item = make(ItemKind::Status, StatusKind::Failed);
    item.title = title;
    item.expandable = true; // drawn as a button
    const QFontMetrics metrics(Theme::instance().font());
    item.rect = QRect(side, m_y, metrics.horizontalAdvance(item.title) + 2 * Space::m, Metric::control);
    const LayoutItem &last = m_layout.items.last();
    const int beside = last.rect.right() + 1 + Space::s;
    if (last.kind == ItemKind::Status && beside + item.rect.width() <= side + m_inner)
        item.rect.moveTo(beside, last.rect.top());
    hit(item.rect, action, {}, number, {}, title);
    place(item);
}

} // namespace Flotilla
