// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/plainsections.h"

#include "widgets/common/controls.h"
#include "widgets/common/decimalbox.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/settings/bindings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

QComboBox *choice(const QString &objectName, const QList<QPair<QString, QString>> &items)
{
    auto *box = new QComboBox;
    box->setObjectName(objectName);
    for (const auto &[text, value] : items)
        box->addItem(text, value);
    return box;
}

QWidget *paragraph(const QString &iconName, const QString &title, const QString &text)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::m);
    auto *mark = new QLabel;
    mark->setPixmap(icon(iconName).pixmap(QSize(Metric::icon, Metric::icon)));
    layout->addWidget(mark, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(title));
    auto *label = makeLabel(text, TextSize::Base, Tone::Muted);
    label->setWordWrap(true);
    words->addWidget(label);
    layout->addLayout(words, 1);
    return row;
}

} // namespace

AppearanceSection::AppearanceSection(SettingsService *settings, QWidget *parent)
    : SettingsSection(tr("Appearance"), {}, parent)
{
    auto *card = new FormCard;
    auto *theme = choice(QStringLiteral("themeQComboBox"), {{tr("Like the desktop"), QStringLiteral("system")},
                                                            {tr("Light"), QStringLiteral("light")},
                                                            {tr("Dark"), QStringLiteral("dark")}});
    bind(settings, Setting::Theme, theme);
    card->addRow(tr("Theme"), {}, theme);
    auto *motion = new QCheckBox;
    motion->setObjectName(QStringLiteral("reducedMotionQCheckBox"));
    bind(settings, Setting::ReducedMotion, motion);
    card->addRow(tr("Reduced motion"), tr("Nothing fades or slides."), motion);
    auto *language = choice(QStringLiteral("languageQComboBox"), {{tr("Like the desktop"), QStringLiteral("system")},
                                                                  {QStringLiteral("English"), QStringLiteral("en")},
                                                                  {QStringLiteral("Deutsch"), QStringLiteral("de")}});
    bind(settings, Setting::Language, language);
    card->addRow(tr("Language"), {}, language);
    content()->addWidget(card);
    auto *reset = makeButton(tr("Reset"), QStringLiteral("resetAppearanceQPushButton"), ButtonKind::Link);
    connect(reset, &QPushButton::clicked, this, [settings] {
        settings->set(Setting::Theme, QStringLiteral("system"));
        settings->set(Setting::Language, QStringLiteral("system"));
        settings->set(Setting::ReducedMotion, false);
    });
    content()->addWidget(reset, 0, Qt::AlignLeft);
}

BudgetSection::BudgetSection(SettingsService *settings, QWidget *parent)
    : SettingsSection(tr("Budget and quitting"), {}, parent)
{
    auto *card = new FormCard;
    auto *budget = new DecimalBox;
    budget->setObjectName(QStringLiteral("budgetQDoubleSpinBox"));
    budget->setRange(0, 1000);
    budget->setDecimals(2);
    budget->setSingleStep(0.25);
    budget->setPrefix(QStringLiteral("$"));
    budget->setSpecialValueText(tr("No limit"));
    bind(settings, Setting::BudgetPerTurn, budget);
    card->addRow(
        tr("Most money for one wish"),
        tr("A wish that reaches it stops and keeps what was made. It does not hold for models whose price is not "
           "known: prices are known for Anthropic's models, and where a server tells them, as OpenRouter does."),
        budget);
    auto *quit = choice(QStringLiteral("quitQComboBox"), {{tr("Ask"), QStringLiteral("ask")},
                                                          {tr("Keep them running"), QStringLiteral("keep")},
                                                          {tr("Stop them"), QStringLiteral("stop")}});
    bind(settings, Setting::QuitPolicy, quit);
    card->addRow(tr("Running apps when Flotilla quits"),
                 tr("Apps that go on can still be used in a browser while “flotillactl serve” runs."), quit);
    content()->addWidget(card);
    auto *reset = makeButton(tr("Reset"), QStringLiteral("resetBudgetQPushButton"), ButtonKind::Link);
    connect(reset, &QPushButton::clicked, this, [settings] {
        settings->set(Setting::BudgetPerTurn, 0.0);
        settings->set(Setting::QuitPolicy, QStringLiteral("ask"));
    });
    content()->addWidget(reset, 0, Qt::AlignLeft);
}

PrivacySection::PrivacySection(const AppServices &services, QWidget *parent)
    : SettingsSection(tr("Privacy"), tr("What leaves this computer, and what does not."), parent)
{
    auto *card = new FormCard;
    card->addWide(
        paragraph(QStringLiteral("send"), tr("Sent to the model you chose"),
                  tr("Your wishes, the pictures you add, the files of that one app, and the errors it shows. "
                     "Nothing else, and only while a wish is being built. The provider's own terms apply to it.")));
    card->addWide(paragraph(
        QStringLiteral("computer"), tr("Stays here with the sampler or a local model"),
        tr("With the built-in sampler, Ollama or another server on this computer nothing leaves it at all.")));
    card->addWide(
        paragraph(QStringLiteral("shield"), tr("Apps cannot reach the network"),
                  tr("Every app runs in a sandbox of its own: no network, none of your files, not your other apps. "
                     "In the preview, a page cannot call other programs on this computer.")));
    card->addWide(paragraph(QStringLiteral("key"), tr("Keys"),
                            tr("Kept in the keychain. They are never written to a file, a log or a sandbox.")));
    card->addWide(paragraph(QStringLiteral("eye-off"), tr("No telemetry"),
                            tr("Flotilla reports nothing to anybody and looks for no updates by itself.")));
    content()->addWidget(card);
    addHeading(tr("Where your work is"));
    auto *storage = new FormCard;
    auto *open = makeButton(tr("Open folder"), QStringLiteral("openFolderQPushButton"));
    connect(open, &QPushButton::clicked, this,
            [dir = services.dataDir] { QDesktopServices::openUrl(QUrl::fromLocalFile(dir)); });
    storage->addRow(tr("Apps, versions and conversations"), services.dataDir, open);
    content()->addWidget(storage);
}

AboutSection::AboutSection(QWidget *parent)
    : SettingsSection(tr("About"), {}, parent)
{
    auto *card = new FormCard;
    card->addWide(paragraph(QStringLiteral("boat"), tr("Flotilla %1").arg(QStringLiteral(FLOTILLA_VERSION)),
                            tr("A wish typed in chat becomes a live app in its own sandbox.")));
    card->addWide(
        paragraph(QStringLiteral("file"), tr("Free software"),
                  tr("GNU General Public License, version 3 or later. You may use, study, share and change it. "
                     "It comes without any warranty.")));
    content()->addWidget(card);
    addHeading(tr("With the work of others"));
    auto *others = new FormCard;
    const QList<QPair<QString, QString>> parts{
        {QStringLiteral("Qt 6, Qt WebEngine"), QStringLiteral("LGPL-3.0 / GPL-3.0, Chromium: BSD-3-Clause")},
        {QStringLiteral("QCoro"), QStringLiteral("MIT")},
        {QStringLiteral("QtKeychain"), QStringLiteral("BSD-3-Clause")},
        {QStringLiteral("libcurl"), QStringLiteral("curl")},
        {QStringLiteral("SQLite, SQLiteCpp"), tr("Public domain, MIT")},
        {QStringLiteral("libseccomp, bubblewrap"), QStringLiteral("LGPL-2.1, LGPL-2.0")},
        {QStringLiteral("http-parser, nlohmann-json"), QStringLiteral("MIT")},
        {QStringLiteral("React, esbuild, UnoCSS"), QStringLiteral("MIT")},
    };
    for (const auto &[name, licence] : parts)
        others->addRow(name, {}, makeLabel(licence, TextSize::Base, Tone::Muted));
    content()->addWidget(others);
}

} // namespace Flotilla
