// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hostspage.h"

#include "widgets/common/async.h"
#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"
#include "widgets/hosts/hostcardwidget.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/hosts/hostsheet.h"
#include "widgets/hosts/hoststatus.h"
#include "widgets/hosts/hosttestpanel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int cardMinimum = 340;
constexpr int mostColumns = 3;
constexpr int panelWidth = 420;
constexpr int panelNarrow = 340;
} // namespace

HostsPage::HostsPage(HostSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_content(new QWidget)
    , m_grid(new QGridLayout)
    , m_scroll(new QScrollArea)
    , m_invitation(new EmptyState)
    , m_testTitle(makeLabel({}, TextSize::Large, Tone::Text, QFont::Bold))
    , m_again(makeButton(tr("Test again"), QStringLiteral("testAgainQPushButton")))
    , m_test(new HostTestPanel(session))
{
    setObjectName(QStringLiteral("hostsPage"));
    setSurface(this, "window");
    setFocusPolicy(Qt::ClickFocus);
    m_scroll->setAccessibleName(tr("Hosts"));
    m_testPanel = makeTestPanel();
    setupUi();
    connect(session, &HostSession::hostChanged, this, &HostsPage::upsert);
    connect(session, &HostSession::hostRemoved, this, &HostsPage::remove);
    connect(m_invitation, &EmptyState::actionTriggered, this, &HostsPage::addHost);
}

void HostsPage::setupUi()
{
    m_add = makeButton(tr("Add a host"), QStringLiteral("addHostQPushButton"));
    connect(m_add, &QPushButton::clicked, this, &HostsPage::addHost);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(tr("Hosts"), TextSize::Title, Tone::Text, QFont::Bold));
    words->addWidget(makeLabel(tr("The machines your apps may run on."), TextSize::Base, Tone::Muted));
    auto *top = new QHBoxLayout;
    top->addLayout(words, 1);
    top->addWidget(m_add);
    m_grid->setSpacing(Space::l);
    m_invitation->show(QStringLiteral("hosts"), tr("Add a machine of yours"),
                       tr("A workstation, a server in the rack, a box under the desk: whatever you reach with SSH can "
                          "run apps as this computer does. Same chat, same preview, same logs."),
                       tr("Add a host"));
    m_invitation->setMinimumHeight(260);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, Space::l);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, [column](int, int most) {
        column->setContentsMargins(0, 0, most > 0 ? Space::m : 0, Space::l); // the bar stands beside the cards
    });
    column->addLayout(m_grid);
    column->addWidget(m_invitation);
    column->addStretch(1); // the cards keep their height
    setSurface(m_content, "window");
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // its cards have it, and come into view with it
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_content);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::l);
    row->addWidget(m_scroll, 1);
    row->addWidget(m_testPanel, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::page, Space::xl, Space::page, 0);
    layout->setSpacing(Space::xl);
    layout->addLayout(top);
    layout->addLayout(row, 1);
    m_testPanel->hide();
}

QWidget *HostsPage::makeTestPanel()
{
    auto *card = new Card;
    card->setObjectName(QStringLiteral("testPanel"));
    auto *close = makeIconButton(QStringLiteral("close"), tr("Close"), QStringLiteral("testCloseQToolButton"));
    connect(close, &QToolButton::clicked, this, &HostsPage::closeTest);
    connect(m_again, &QPushButton::clicked, this, [this] { runTest(m_tested); });
    connect(m_test, &HostTestPanel::finished, this, [this] { m_again->setEnabled(true); });
    m_testTitle->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->addWidget(m_testTitle, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(Space::l, Space::m, Space::m, Space::l);
    layout->setSpacing(Space::m);
    layout->addLayout(top);
    layout->addWidget(m_test);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    return card;
}

void HostsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setFocus();
    load();
}

void HostsPage::load()
{
    whenDone(m_session->hosts(), this, [this](const Result<QList<HostCard>> &hosts) {
        if (!hosts)
            return report(hosts.error());
        for (const HostCard &host : *hosts)
            upsert(host);
        arrange();
    });
}

void HostsPage::upsert(const HostCard &host)
{
    if (HostCardWidget *known = card(host.config.id))
        return known->show(host);
    auto *fresh = new HostCardWidget(host);
    m_cards.insert(host.config.id, fresh);
    connectCard(fresh);
    arrange();
}

void HostsPage::connectCard(HostCardWidget *card)
{
    connect(card, &HostCardWidget::testRequested, this, [this, card] { runTest(card->host().config); });
    connect(card, &HostCardWidget::editRequested, this, [this, card] { edit(card->host()); });
    connect(card, &HostCardWidget::removeRequested, this, [this, card] { askRemove(card->host()); });
    connect(card, &HostCardWidget::appsRequested, this,
            [this, card] { Q_EMIT fleetRequested(card->host().config.label); });
    connect(card, &HostCardWidget::reconnectRequested, this,
            [this, card] { m_session->reconnect(card->host().config.id); });
    connect(card, &HostCardWidget::drainingChanged, this,
            [this, card](bool draining) { setDraining(card->host(), draining); });
}

void HostsPage::remove(const HostId &id)
{
    if (HostCardWidget *gone = m_cards.take(id))
        gone->deleteLater();
    if (m_tested.id == id)
        closeTest();
    arrange();
}

// This computer first, then by name; as many beside each other as fit.
void HostsPage::arrange()
{
    QList<HostCardWidget *> cards = m_cards.values();
    std::sort(cards.begin(), cards.end(), [](const HostCardWidget *a, const HostCardWidget *b) {
        return comesBefore(a->host().config, b->host().config);
    });
    const int panel = m_testPanel->isHidden() ? 0 : m_testPanel->width() + Space::l;
    const int room = width() - 2 * Space::page - panel;
    const int columns = qBound(1, (room + Space::l) / (cardMinimum + Space::l), mostColumns);
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item;
    for (int column = 0; column < mostColumns; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < cards.size(); ++i)
        m_grid->addWidget(cards[i], i / columns, i % columns);
    m_columns = columns;
    const bool alone = cards.size() <= 1;
    m_invitation->setVisible(alone);
    setKind(m_add, alone ? ButtonKind::Normal : ButtonKind::Primary); // one button to press is enough
}

void HostsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_testPanel->setFixedWidth(width() < 1100 ? panelNarrow : panelWidth);
    arrange();
}

void HostsPage::addHost()
{
    QStringList taken;
    for (const HostCardWidget *known : std::as_const(m_cards))
        taken << known->host().config.target << known->host().config.label;
    auto *sheet = new HostSheet(this, m_session, taken);
    connect(sheet, &HostSheet::saved, this, [this](const HostConfig &host) { runTest(host); });
    sheet->open();
}

void HostsPage::edit(const HostCard &host)
{
    auto *sheet = new HostSheet(this, m_session, host.config);
    sheet->open();
}

void HostsPage::setDraining(const HostCard &host, bool draining)
{
    HostConfig config = host.config;
    config.draining = draining;
    whenDone(m_session->update(config), this, [this, id = config.id](const Status &status) {
        if (status)
            return;
        report(status.error());
        if (HostCardWidget *known = card(id))
            known->show(known->host());
    });
}

void HostsPage::askRemove(const HostCard &host)
{
    auto *sheet = new Sheet(this, tr("Remove %1?").arg(host.config.label));
    sheet->addText(
        host.sandboxes > 0
            ? tr("%n app(s) run there. They are stopped and fall asleep; their files stay in the store, and "
                 "they start elsewhere when you open them. What they stored on %1 is brought to this computer first.",
                 nullptr, host.sandboxes)
                  .arg(host.config.label)
            : tr("Nothing of Flotilla runs there. What apps stored on %1 is brought to this computer first; the "
                 "machine itself is left as it is.")
                  .arg(host.config.label),
        Tone::Text);
    QPushButton *go =
        sheet->addButton(host.sandboxes > 0 ? tr("Stop %n and remove", nullptr, host.sandboxes) : tr("Remove"),
                         QStringLiteral("confirmQPushButton"), ButtonKind::Danger);
    connect(go, &QPushButton::clicked, this, [this, sheet, host] {
        sheet->close();
        removeHost(host, host.sandboxes > 0);
    });
    sheet->open(sheet->cancelButton());
}

// Apps may have come since the question was read: then it is asked once more, with their names.
void HostsPage::removeHost(const HostCard &host, bool stopApps)
{
    whenDone(m_session->remove(host.config.id, stopApps), this, [this, host](const Result<QString> &stays) {
        if (stays)
            return tellRemoved(host, *stays);
        if (stays.error().kind != ErrorKind::Conflict)
            return report(stays.error());
        auto *sheet = new Sheet(this, tr("Remove %1 all the same?").arg(host.config.label));
        sheet->addText(stays.error().text, Tone::Text);
        QPushButton *go =
            sheet->addButton(tr("Stop apps and remove"), QStringLiteral("confirmQPushButton"), ButtonKind::Danger);
        connect(go, &QPushButton::clicked, this, [this, sheet, host] {
            sheet->close();
            removeHost(host, true);
        });
        sheet->open(sheet->cancelButton());
    });
}

void HostsPage::tellRemoved(const HostCard &host, const QString &stays)
{
    const QString removed = tr("%1 was removed.").arg(host.config.label);
    if (stays.isEmpty())
        return Toast::show(this, removed);
    auto *sheet = new Sheet(this, removed);
    sheet->addText(stays, Tone::Text)->setObjectName(QStringLiteral("staysThereQLabel"));
    sheet->cancelButton()->setText(tr("Close"));
    sheet->open(sheet->cancelButton());
}

void HostsPage::testHost(const HostId &id)
{
    if (const HostCardWidget *known = card(id))
        return runTest(known->host().config);
    whenDone(m_session->hosts(), this, [this, id](const Result<QList<HostCard>> &hosts) {
        if (!hosts)
            return report(hosts.error());
        for (const HostCard &host : *hosts) {
            if (host.config.id == id)
                runTest(host.config);
        }
    });
}

void HostsPage::runTest(const HostConfig &config)
{
    m_tested = config;
    m_testTitle->setText(tr("Test of %1").arg(config.label));
    m_testPanel->setFixedWidth(width() < 1100 ? panelNarrow : panelWidth);
    m_testPanel->show();
    m_again->setEnabled(false);
    arrange();
    m_test->run(config);
}

void HostsPage::closeTest()
{
    m_test->cancel();
    m_tested = {};
    m_testPanel->hide();
    arrange();
}

void HostsPage::report(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        Toast::show(this, error.text, Toast::Kind::Error);
}

} // namespace Flotilla
