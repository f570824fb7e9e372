// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/emptystate.h"

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int emptyIconSize = 40;
constexpr int emptyTextWidth = 440;

QLabel *centeredLabel(TextSize size, Tone tone, QFont::Weight weight = QFont::Normal)
{
    auto *label = makeLabel({}, size, tone, weight);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    return label;
}
} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(centeredLabel(TextSize::Large, Tone::Text, QFont::DemiBold))
    , m_text(centeredLabel(TextSize::Base, Tone::Muted))
    , m_details(centeredLabel(TextSize::Small, Tone::Muted))
    , m_action(makeButton({}, QStringLiteral("emptyActionQPushButton"), ButtonKind::Primary))
    , m_detailsButton(makeButton(tr("Details"), QStringLiteral("emptyDetailsQPushButton"), ButtonKind::Link))
{
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(Space::s);
    layout->addStretch();
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_icon, m_title, m_text, m_action, m_detailsButton, m_details})
        layout->addWidget(widget, 0, Qt::AlignHCenter);
    layout->addStretch();
    layout->insertSpacing(4, Space::s);
    m_details->setFont(Theme::instance().monospace(11));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->hide();
    m_detailsButton->hide();
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    connect(m_detailsButton, &QPushButton::clicked, m_details,
            [this] { m_details->setVisible(m_details->isHidden()); });
    connect(&Theme::instance(), &Theme::changed, this, &EmptyState::paintIcon);
}

void EmptyState::show(const QString &iconName, const QString &title, const QString &text, const QString &action)
{
    m_iconName = iconName;
    paintIcon();
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setDetails({});
}

void EmptyState::setDetails(const QString &details)
{
    m_details->setText(details);
    m_details->hide();
    m_detailsButton->setVisible(!details.isEmpty());
    fitLabels();
}

// A layout asks a centred label for its height at the layout's width, not at the label's, so both are fixed here.
void EmptyState::fitLabels()
{
    const int width = qBound(1, this->width() - 2 * Space::l, emptyTextWidth);
    for (QLabel *label : {m_title, m_text, m_details}) {
        label->setFixedWidth(width);
        label->setMinimumHeight(0); // else it never becomes lower than it was
        label->setFixedHeight(qMax(0, label->heightForWidth(width)));
    }
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    fitLabels();
    QWidget::resizeEvent(event);
}

QString EmptyState::title() const
{
    return m_title->text();
}

void EmptyState::paintIcon()
{
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(iconPixmap(m_iconName, colors().faint, emptyIconSize, devicePixelRatioF()));
}

} // namespace Flotilla
