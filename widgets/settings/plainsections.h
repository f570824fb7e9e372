// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"
#include "widgets/settings/formcard.h"

namespace Flotilla {

class SettingsService;

/// Theme, motion, language.
class AppearanceSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit AppearanceSection(SettingsService *settings, QWidget *parent = nullptr);
};

/// Money, and what a quit does with running apps.
class BudgetSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit BudgetSection(SettingsService *settings, QWidget *parent = nullptr);
};

/// What leaves this machine, in plain words, and where things are kept.
class PrivacySection : public SettingsSection
{
    Q_OBJECT

public:
    explicit PrivacySection(const AppServices &services, QWidget *parent = nullptr);
};

/// Version, licence, the work of others.
class AboutSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit AboutSection(QWidget *parent = nullptr);
};

} // namespace Flotilla
