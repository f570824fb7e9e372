// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/sandboxsection.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/decimalbox.h"
#include "widgets/common/statuslabel.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/settings/bindings.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

QWidget *checkRow(const PreflightCheck &check)
{
    auto *row = new QWidget;
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::xs);
    auto *top = new QHBoxLayout;
    top->addWidget(makeLabel(check.title));
    top->addStretch();
    auto *state = new StatusLabel;
    const StatusKind bad = check.required ? StatusKind::Failed : StatusKind::Partial;
    state->setStatus(check.ok ? StatusKind::Live : bad, check.ok         ? SandboxSection::tr("Fine")
                                                        : check.required ? SandboxSection::tr("Missing")
                                                                         : SandboxSection::tr("Works, but worse"));
    top->addWidget(state);
    layout->addLayout(top);
    auto *text = makeLabel(check.text, TextSize::Base, Tone::Muted);
    text->setWordWrap(true);
    layout->addWidget(text);
    if (!check.ok && !check.remedy.isEmpty()) {
        auto *remedy = makeLabel(check.remedy);
        remedy->setFont(Theme::instance().monospace());
        remedy->setWordWrap(true);
        remedy->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(remedy);
    }
    return row;
}

} // namespace

SandboxSection::SandboxSection(AppServices services, QWidget *parent)
    : SettingsSection(tr("Sandboxes"), tr("Every app runs in a sandbox of its own. These limits are for new ones."),
                      parent)
    , m_services(std::move(services))
    , m_list(new QVBoxLayout)
    , m_again(makeButton(tr("Check again"), QStringLiteral("doctorQPushButton")))
{
    content()->addWidget(limitsCard());
    addHeading(tr("This computer"));
    content()->addLayout(m_list);
    auto *copy = makeButton(tr("Copy report"), QStringLiteral("copyReportQPushButton"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_again);
    buttons->addWidget(copy);
    buttons->addStretch();
    content()->addLayout(buttons);
    connect(m_again, &QPushButton::clicked, this, &SandboxSection::check);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(report());
        Toast::show(this, tr("Copied"));
    });
}

QWidget *SandboxSection::limitsCard()
{
    auto *card = new FormCard;
    auto *memory = new QSpinBox;
    memory->setObjectName(QStringLiteral("memoryQSpinBox"));
    memory->setRange(64, 65536);
    memory->setSingleStep(64);
    memory->setSuffix(tr(" MB"));
    bind(m_services.settings, Setting::SandboxMemoryMiB, memory);
    auto *processes = new QSpinBox;
    processes->setRange(16, 4096);
    processes->setSingleStep(16);
    bind(m_services.settings, Setting::SandboxProcesses, processes);
    auto *cpus = new DecimalBox;
    cpus->setObjectName(QStringLiteral("cpusQDoubleSpinBox"));
    cpus->setRange(0.1, 256);
    cpus->setDecimals(1);
    cpus->setSingleStep(0.5);
    bind(m_services.settings, Setting::SandboxCpus, cpus);
    card->addRow(tr("Memory"), tr("An app that needs more is stopped and says so."), memory);
    card->addRow(tr("Processes"), {}, processes);
    card->addRow(tr("Processors"), {}, cpus);
    card->addRow(tr("Put to sleep after"), tr("An app that nobody used for so long. It wakes when somebody opens it."),
                 idleControl());
    auto *reset = makeButton(tr("Reset"), QStringLiteral("resetLimitsQPushButton"), ButtonKind::Link);
    connect(reset, &QPushButton::clicked, this, [settings = m_services.settings] {
        settings->set(Setting::SandboxMemoryMiB, 512);
        settings->set(Setting::SandboxProcesses, 128);
        settings->set(Setting::SandboxCpus, 1.0);
        settings->set(Setting::SandboxIdleMinutes, 0);
    });
    card->addRow(tr("Usual limits"), tr("512 MB, 128 processes, 1 processor, never put to sleep."), reset);
    return card;
}

QWidget *SandboxSection::idleControl()
{
    auto *minutes = new QSpinBox;
    minutes->setObjectName(QStringLiteral("idleQSpinBox"));
    minutes->setRange(0, 10'000);
    minutes->setSingleStep(5);
    minutes->setSuffix(tr(" min"));
    minutes->setSpecialValueText(tr("Never"));
    bind(m_services.settings, Setting::SandboxIdleMinutes, minutes);
    return minutes;
}

void SandboxSection::showEvent(QShowEvent *event)
{
    SettingsSection::showEvent(event);
    if (m_checks.isEmpty())
        check();
}

void SandboxSection::check()
{
    if (!m_services.doctor)
        return;
    m_again->setEnabled(false);
    whenDone(m_services.doctor(), this, [this](const Result<QList<PreflightCheck>> &checks) {
        m_again->setEnabled(true);
        if (checks.ok())
            showChecks(*checks);
        else
            Toast::show(this, checks.error().text, Toast::Kind::Error);
    });
}

void SandboxSection::showChecks(const QList<PreflightCheck> &checks)
{
    m_checks = checks;
    while (QLayoutItem *item = m_list->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    auto *card = new FormCard;
    card->setObjectName(QStringLiteral("doctorCard"));
    for (const PreflightCheck &check : checks)
        card->addWide(checkRow(check));
    m_list->addWidget(card);
}

QString SandboxSection::report() const
{
    QStringList lines;
    for (const PreflightCheck &check : m_checks) {
        lines.append(QStringLiteral("[%1] %2: %3")
                         .arg(check.ok ? QStringLiteral("ok") : QStringLiteral("--"), check.title, check.text));
        if (!check.ok && !check.remedy.isEmpty())
            lines.append(QStringLiteral("     %1").arg(check.remedy));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace Flotilla
