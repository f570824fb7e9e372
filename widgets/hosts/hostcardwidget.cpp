// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hostcardwidget.h"

#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/statuslabel.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hoststatus.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

HostCardWidget::HostCardWidget(const HostCard &host, QWidget *parent)
    : Card(parent)
    , m_host(host)
    , m_name(new ElidedLabel)
    , m_state(new StatusLabel)
    , m_apps(makeButton({}, QStringLiteral("hostAppsQPushButton"), ButtonKind::Link))
    , m_facts(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_problem(makeLabel({}, TextSize::Base, Tone::Failed))
    , m_retry(makeButton(tr("Try now"), QStringLiteral("hostRetryQPushButton")))
    , m_draining(new QCheckBox(tr("Drain: take no new apps")))
    , m_meters(new QWidget)
    , m_preparing(new QProgressBar)
{
    setObjectName(QStringLiteral("hostCard-%1").arg(host.config.id.value));
    m_name->setFont(Theme::instance().font(TextSize::Large, QFont::Bold));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setWordWrap(true);
    m_draining->setObjectName(QStringLiteral("drainQCheckBox"));
    m_draining->setToolTip(tr("Apps that run there go on. New ones are placed elsewhere."));
    m_preparing->setObjectName(QStringLiteral("preparingQProgressBar"));
    m_preparing->setAccessibleName(tr("Preparing"));
    m_preparing->setTextVisible(false);
    auto *top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(m_state);
    auto *grid = new QGridLayout(m_meters);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::m);
    grid->setVerticalSpacing(6);
    m_cpu = addMeter(grid, tr("CPU"));
    m_memory = addMeter(grid, tr("Memory"));
    m_room = addMeter(grid, tr("Sandboxes"));
    grid->setColumnStretch(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::l, Space::m + 2, Space::l, Space::m);
    layout->setSpacing(Space::s);
    layout->addLayout(top);
    layout->addWidget(m_facts);
    layout->addWidget(m_problem);
    layout->addWidget(m_preparing);
    layout->addWidget(m_retry, 0, Qt::AlignLeft);
    layout->addWidget(m_meters);
    layout->addStretch();
    layout->addWidget(m_draining);
    layout->addWidget(buttonRow());
    connect(m_retry, &QPushButton::clicked, this, &HostCardWidget::reconnectRequested);
    connect(m_apps, &QPushButton::clicked, this, &HostCardWidget::appsRequested);
    connect(m_draining, &QCheckBox::clicked, this, &HostCardWidget::drainingChanged);
    show(host);
}

HostCardWidget::Meter HostCardWidget::addMeter(QGridLayout *grid, const QString &title)
{
    Meter meter;
    meter.text = makeLabel({});
    meter.text->setFont(Theme::instance().tabular());
    meter.bar = new QProgressBar;
    meter.bar->setRange(0, 1000);
    meter.bar->setTextVisible(false);
    meter.bar->setAccessibleName(title);
    const int row = grid->rowCount();
    grid->addWidget(makeLabel(title, TextSize::Base, Tone::Muted), row, 0);
    grid->addWidget(meter.bar, row, 1);
    grid->addWidget(meter.text, row, 2, Qt::AlignRight);
    return meter;
}

QWidget *HostCardWidget::buttonRow()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::s);
    auto *test = makeButton(tr("Test"), QStringLiteral("hostTestQPushButton"));
    auto *edit = makeButton(tr("Edit"), QStringLiteral("hostEditQPushButton"), ButtonKind::Quiet);
    row->addWidget(test);
    row->addWidget(edit);
    if (!isLocal(m_host.config)) {
        m_remove = makeButton(tr("Remove"), QStringLiteral("hostRemoveQPushButton"), ButtonKind::Quiet);
        row->addWidget(m_remove);
        connect(m_remove, &QPushButton::clicked, this, &HostCardWidget::removeRequested);
    }
    row->addStretch();
    row->addWidget(m_apps);
    connect(test, &QPushButton::clicked, this, &HostCardWidget::testRequested);
    connect(edit, &QPushButton::clicked, this, &HostCardWidget::editRequested);
    return box;
}

void HostCardWidget::setMeter(const Meter &meter, const QString &text, double share)
{
    meter.text->setText(text);
    meter.bar->setValue(qBound(0, qRound(share * 1000), 1000));
}

QString HostCardWidget::factText() const
{
    QStringList facts;
    if (!isLocal(m_host.config))
        facts << tr("ssh %1").arg(m_host.config.target);
    else if (m_host.config.label != tr("This computer"))
        facts << tr("This computer");
    if (!m_host.engine.isEmpty())
        facts << m_host.engine;
    if (m_host.cpus > 0)
        facts << tr("%n core(s)", nullptr, m_host.cpus);
    if (!m_host.config.pooled)
        facts << tr("only apps placed there");
    return facts.join(QStringLiteral(" · "));
}

void HostCardWidget::show(const HostCard &host)
{
    m_host = host;
    const bool ready = host.state == HostState::Ready;
    const QString dash = QStringLiteral("—");
    m_name->setText(host.config.label);
    const StatusWord status = statusOf(host);
    const bool since = host.state == HostState::Unreachable && host.unreachableSince;
    m_state->setStatus(status.kind,
                       since ? tr("Unreachable since %1").arg(formatMoment(*host.unreachableSince)) : status.word);
    m_facts->setText(factText());
    m_problem->setText(host.stateText);
    setTone(m_problem, host.state == HostState::Unreachable ? Tone::Failed : Tone::Muted);
    m_problem->setVisible(!ready && !host.stateText.isEmpty());
    m_retry->setVisible(host.state == HostState::Unreachable);
    m_meters->setVisible(ready || (host.state == HostState::Connecting && host.memoryTotal > 0));
    m_preparing->setVisible(host.preparing.has_value());
    m_preparing->setValue(host.preparing.value_or(0));
    const QString load = host.load && ready ? tr("load %1").arg(QLocale().toString(*host.load, 'f', 1)) : QString();
    const QString cpu = host.cpuPercent && ready ? QStringLiteral("%1 %").arg(qRound(*host.cpuPercent)) : dash;
    setMeter(m_cpu, load.isEmpty() ? cpu : QStringLiteral("%1 · %2").arg(load, cpu),
             ready ? host.cpuPercent.value_or(0) / 100 : 0);
    const bool memory = ready && host.memoryTotal > 0;
    setMeter(m_memory, memory ? hostMemoryText(host) : dash,
             memory ? double(host.memoryUsed) / double(host.memoryTotal) : 0);
    const int most = host.config.capacity;
    setMeter(m_room,
             most > 0 ? tr("%1 of %2").arg(formatCount(host.sandboxes), formatCount(most))
                      : formatCount(host.sandboxes),
             most > 0 ? double(host.sandboxes) / most : 0);
    m_room.bar->setVisible(most > 0);
    m_apps->setText(tr("Show %n app(s)", nullptr, host.sandboxes));
    m_apps->setVisible(host.sandboxes > 0);
    m_draining->setChecked(host.config.draining);
    setAccessibleName(QStringLiteral("%1: %2").arg(host.config.label, status.word));
}

} // namespace Flotilla
