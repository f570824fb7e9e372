// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/formcard.h"

#include "widgets/common/controls.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace Flotilla {

namespace {
constexpr int controlWidth = 150;
constexpr int ringWidth = 2;
} // namespace

FormCard::FormCard(QWidget *parent)
    : Card(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
}

void FormCard::addSeparator()
{
    if (m_layout->count() > 0)
        m_layout->addWidget(makeLine());
}

void FormCard::addRow(const QString &title, const QString &text, QWidget *control)
{
    addSeparator();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    row->setSpacing(Space::xl);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(title));
    if (!text.isEmpty()) {
        auto *label = makeLabel(text, TextSize::Base, Tone::Muted);
        label->setWordWrap(true);
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    if (auto *box = qobject_cast<QCheckBox *>(control)) { // its mark ends where the fields end, its focus ring beyond
        box->setFixedWidth(box->style()->pixelMetric(QStyle::PM_IndicatorWidth));
        row->setContentsMargins(Space::l, Space::m, Space::l - ringWidth, Space::m);
    }
    if (control) {
        control->setAccessibleName(title);
        if (qobject_cast<QAbstractSpinBox *>(control) || qobject_cast<QComboBox *>(control))
            control->setMinimumSize(std::max(controlWidth, control->sizeHint().width() + Space::xl), Metric::control);
        row->addWidget(control, 0, Qt::AlignVCenter);
    }
    m_layout->addLayout(row);
}

void FormCard::addWide(QWidget *widget)
{
    addSeparator();
    auto *row = new QVBoxLayout;
    row->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    row->addWidget(widget);
    m_layout->addLayout(row);
}

SettingsSection::SettingsSection(const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent)
{
    auto *inner = new QWidget;
    setSurface(inner, "window");
    auto *side = new QHBoxLayout(inner);
    side->setContentsMargins(Space::page - ringWidth, Space::page - ringWidth, Space::page - ringWidth,
                             Space::page - ringWidth);
    auto *column = new QWidget;
    column->setMaximumWidth(Metric::settingsWidth);
    m_content = new QVBoxLayout(column);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(Space::m);
    m_content->setAlignment(Qt::AlignTop);
    side->addWidget(column, 100);
    side->addStretch(1);
    m_content->addWidget(makeLabel(title, TextSize::Title, Tone::Text, QFont::Bold));
    if (!text.isEmpty()) {
        auto *label = makeLabel(text, TextSize::Base, Tone::Muted);
        label->setWordWrap(true);
        m_content->addWidget(label);
    }
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(title);
    scroll->setWidgetResizable(true);
    setStyleProperty(scroll, "kind", QStringLiteral("ringed")); // the keys scroll it, so that it is a stop
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void SettingsSection::addHeading(const QString &text)
{
    m_content->addSpacing(Space::m);
    m_content->addWidget(makeLabel(text, TextSize::Large, Tone::Text, QFont::DemiBold));
}

} // namespace Flotilla
