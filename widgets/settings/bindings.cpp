// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/bindings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace Flotilla {

namespace {

// `show` puts a value into the control without an echo.
template <typename Control, typename Show>
void follow(SettingsService *settings, Setting setting, Control *control, Show show)
{
    const auto apply = [settings, setting, control, show] {
        const QSignalBlocker quiet(control);
        show(settings->value(setting));
    };
    apply();
    QObject::connect(settings, &SettingsService::changed, control, [setting, apply](Setting changed) {
        if (changed == setting)
            apply();
    });
}

/// Not what it shows already: setting that would put a half-typed number into its final form.
template <typename Box, typename Number>
void show(Box *control, Number value)
{
    if (control->value() != value)
        control->setValue(value);
}

} // namespace

void bind(SettingsService *settings, Setting setting, QComboBox *control)
{
    follow(settings, setting, control, [control](const QVariant &value) {
        control->setCurrentIndex(qMax(0, control->findData(value.toString())));
    });
    QObject::connect(control, &QComboBox::currentIndexChanged, control,
                     [settings, setting, control] { settings->set(setting, control->currentData()); });
}

void bind(SettingsService *settings, Setting setting, QCheckBox *control)
{
    follow(settings, setting, control, [control](const QVariant &value) { control->setChecked(value.toBool()); });
    QObject::connect(control, &QCheckBox::toggled, control,
                     [settings, setting](bool checked) { settings->set(setting, checked); });
}

void bind(SettingsService *settings, Setting setting, QSpinBox *control)
{
    follow(settings, setting, control, [control](const QVariant &value) { show(control, value.toInt()); });
    QObject::connect(control, &QSpinBox::valueChanged, control,
                     [settings, setting](int value) { settings->set(setting, value); });
}

void bind(SettingsService *settings, Setting setting, QDoubleSpinBox *control)
{
    follow(settings, setting, control, [control](const QVariant &value) { show(control, value.toDouble()); });
    QObject::connect(control, &QDoubleSpinBox::valueChanged, control,
                     [settings, setting](double value) { settings->set(setting, value); });
}

void bind(SettingsService *settings, Setting setting, QLineEdit *control)
{
    follow(settings, setting, control, [control](const QVariant &value) {
        if (!control->hasFocus())
            control->setText(value.toString());
    });
    QObject::connect(control, &QLineEdit::editingFinished, control,
                     [settings, setting, control] { settings->set(setting, control->text().trimmed()); });
}

} // namespace Flotilla
