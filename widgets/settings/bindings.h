// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/storage/settingsservice.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace Flotilla {

/// Two-way, applied at once: a control writes its setting when the user changes it and follows it when it changes
/// elsewhere. A combo box holds the setting's texts as item data.
void bind(SettingsService *settings, Setting setting, QComboBox *control);
void bind(SettingsService *settings, Setting setting, QCheckBox *control);
void bind(SettingsService *settings, Setting setting, QSpinBox *control);
void bind(SettingsService *settings, Setting setting, QDoubleSpinBox *control);
void bind(SettingsService *settings, Setting setting, QLineEdit *control);

} // namespace Flotilla
