// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingspage.h"

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/settings/apisection.h"
#include "widgets/settings/modelssection.h"
#include "widgets/settings/plainsections.h"
#include "widgets/settings/sandboxsection.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QStackedWidget>

namespace Flotilla {

namespace {
constexpr int navigationWidth = 220;
}

SettingsPage::SettingsPage(AppServices services, QWidget *parent)
    : QWidget(parent)
    , m_services(std::move(services))
    , m_list(new QListWidget)
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("settingsPage"));
    setSurface(this, "window");
    m_list->setObjectName(QStringLiteral("settingsQListWidget"));
    m_list->setFixedWidth(navigationWidth);
    m_list->setIconSize(QSize(Metric::icon, Metric::icon));
    m_list->setSpacing(1);
    m_list->setAccessibleName(tr("Settings"));
    setStyleProperty(m_list, "kind", QStringLiteral("bare"));
    const QList<QPair<const char *, QString>> entries{{"spark", tr("Models and keys")},
                                                      {"palette", tr("Appearance")},
                                                      {"coin", tr("Budget and quitting")},
                                                      {"shield", tr("Sandboxes")},
                                                      {"terminal", tr("Control API")},
                                                      {"eye-off", tr("Privacy")},
                                                      {"info", tr("About")}};
    for (const auto &[iconName, title] : entries) {
        auto *row = new QListWidgetItem(icon(iconName), title, m_list);
        row->setSizeHint({0, Metric::row});
        m_stack->addWidget(new QWidget); // built when it is first seen
    }
    auto *left = new QVBoxLayout;
    left->setContentsMargins(Space::l, Space::page, 0, Space::l);
    left->setSpacing(Space::m);
    auto *title = makeLabel(tr("Settings"), TextSize::Title, Tone::Text, QFont::Bold);
    title->setIndent(Space::s);
    left->addWidget(title);
    left->addWidget(m_list, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(left);
    layout->addWidget(m_stack, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &SettingsPage::select);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &SettingsPage::keepSelected);
}

QWidget *SettingsPage::makeSection(int section)
{
    switch (section) {
    case Models: {
        auto *models = new ModelsSection(m_services);
        connect(models, &ModelsSection::modelsChanged, this, &SettingsPage::modelsChanged);
        return models;
    }
    case Appearance:
        return new AppearanceSection(m_services.settings);
    case Budget:
        return new BudgetSection(m_services.settings);
    case Sandboxes:
        return new SandboxSection(m_services);
    case Api:
        return new ApiSection(m_services);
    case Privacy:
        return new PrivacySection(m_services);
    default:
        return new AboutSection;
    }
}

void SettingsPage::select(int section)
{
    if (section < 0)
        return;
    if (!m_stack->widget(section)->layout()) {
        QWidget *placeholder = m_stack->widget(section);
        m_stack->removeWidget(placeholder);
        delete placeholder;
        m_stack->insertWidget(section, makeSection(section));
    }
    m_stack->setCurrentIndex(section);
}

/// A click beside the entries selects nothing, but what is shown stays what it is.
void SettingsPage::keepSelected()
{
    if (m_list->currentItem() && m_list->selectedItems().isEmpty())
        m_list->currentItem()->setSelected(true);
}

void SettingsPage::open(Section section)
{
    m_list->setCurrentRow(section);
}

int SettingsPage::section() const
{
    return m_list->currentRow();
}

void SettingsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_list->currentRow() < 0)
        m_list->setCurrentRow(Models);
    m_list->setFocus();
}

} // namespace Flotilla
