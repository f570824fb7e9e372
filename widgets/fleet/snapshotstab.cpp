// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/snapshotstab.h"

#include "widgets/common/async.h"
#include "widgets/common/card.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/fleetsession.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int mostCards = 100;

QString nameOf(const SnapshotInfo &snapshot)
{
    return snapshot.label.isEmpty() ? formatMoment(snapshot.created) : snapshot.label;
}
} // namespace

SnapshotsTab::SnapshotsTab(FleetSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_label(new QLineEdit)
    , m_take(makeButton(tr("Take"), QStringLiteral("snapshotTakeQPushButton"), ButtonKind::Primary))
    , m_hint(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_cards(nullptr)
{
    setObjectName(QStringLiteral("snapshotsTab"));
    setupUi();
    connect(m_take, &QPushButton::clicked, this, &SnapshotsTab::take);
    connect(m_label, &QLineEdit::returnPressed, this, [this] {
        if (m_take->isEnabled())
            take();
    });
}

void SnapshotsTab::setupUi()
{
    m_label->setObjectName(QStringLiteral("snapshotLabelQLineEdit"));
    m_label->setAccessibleName(tr("Name of the snapshot"));
    m_label->setPlaceholderText(tr("Name, for example: before the party"));
    m_label->setMaxLength(80);
    m_hint->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_label, 1);
    row->addWidget(m_take);
    auto *content = new QWidget;
    setSurface(content, "surface");
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(Space::s);
    column->addLayout(m_cards);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Snapshots"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::l, 0, Space::l, Space::s);
    layout->setSpacing(Space::m);
    layout->addLayout(row);
    layout->addWidget(m_hint);
    layout->addWidget(scroll, 1);
}

void SnapshotsTab::setApp(const AppId &app, bool alive)
{
    const bool other = app != m_app;
    m_app = app;
    m_alive = alive;
    refresh();
    if (!other)
        return;
    m_loaded = false;
    m_label->clear();
    show(QList<SnapshotInfo>());
    if (isVisible())
        load();
}

void SnapshotsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        load();
}

void SnapshotsTab::refresh()
{
    m_take->setEnabled(m_alive && !m_busy);
    m_take->setText(m_busy ? tr("Taking…") : tr("Take"));
    m_label->setEnabled(m_alive);
    m_take->setToolTip(m_alive ? QString() : tr("The app is asleep. Wake it to take a snapshot."));
}

void SnapshotsTab::load()
{
    whenDone(m_session->snapshots(m_app), this, [this, app = m_app](const Result<QList<SnapshotInfo>> &snapshots) {
        if (app != m_app)
            return;
        m_loaded = snapshots.ok();
        show(snapshots);
    });
}

void SnapshotsTab::show(const Result<QList<SnapshotInfo>> &snapshots)
{
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    if (!snapshots)
        return m_hint->setText(snapshots.error().text);
    m_hint->setText(
        snapshots->isEmpty()
            ? tr("A snapshot keeps the files and the data of the sandbox as they are now. You can go back "
                 "to it, or fork new apps from it.")
            : tr("%n snapshot(s). They stay on the host where they were taken.", nullptr, int(snapshots->size())));
    QList<SnapshotInfo> newest = *snapshots;
    std::sort(newest.begin(), newest.end(),
              [](const SnapshotInfo &a, const SnapshotInfo &b) { return a.created > b.created; });
    for (const SnapshotInfo &snapshot : newest.mid(0, mostCards))
        m_cards->addWidget(card(snapshot));
}

QWidget *SnapshotsTab::card(const SnapshotInfo &snapshot)
{
    auto *card = new Card(nullptr, Card::Fill::Window);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(Space::m, Space::s, Space::s, Space::s);
    layout->setSpacing(2);
    auto *name = new ElidedLabel(nameOf(snapshot));
    QStringList facts{formatBytes(snapshot.bytes), snapshot.backend};
    if (!snapshot.label.isEmpty()) // else the date is its name
        facts.prepend(formatMoment(snapshot.created));
    auto *about = new ElidedLabel(facts.join(QStringLiteral(" · ")));
    setTone(about, Tone::Muted);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::l);
    auto *restoreButton = makeButton(tr("Restore"), QStringLiteral("snapshotRestoreQPushButton"), ButtonKind::Link);
    auto *forkButton = makeButton(tr("Fork"), QStringLiteral("snapshotForkQPushButton"), ButtonKind::Link);
    auto *removeButton = makeButton(tr("Remove"), QStringLiteral("snapshotRemoveQPushButton"), ButtonKind::Link);
    forkButton->setToolTip(tr("A new app with these files and this data"));
    for (QPushButton *button : {restoreButton, forkButton, removeButton})
        row->addWidget(button);
    row->addStretch();
    layout->addWidget(name);
    layout->addWidget(about);
    layout->addLayout(row);
    connect(restoreButton, &QPushButton::clicked, this, [this, snapshot] { restore(snapshot); });
    connect(forkButton, &QPushButton::clicked, this, [this, snapshot] { fork(snapshot); });
    connect(removeButton, &QPushButton::clicked, this, [this, snapshot] { remove(snapshot); });
    return card;
}

void SnapshotsTab::report(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        Toast::show(this, error.text, Toast::Kind::Error);
}

void SnapshotsTab::take()
{
    m_busy = true;
    refresh();
    whenDone(m_session->snapshot(m_app, m_label->text().trimmed()), this, [this](const Result<SnapshotInfo> &made) {
        m_busy = false;
        refresh();
        if (!made)
            return report(made.error());
        m_label->clear();
        load();
    });
}

/// What a question lies over.
QWidget *SnapshotsTab::page() const
{
    auto *page = window()->findChild<QWidget *>(QStringLiteral("fleetPage"));
    return page ? page : window();
}

// What the sandbox holds now is overwritten: that cannot be undone, so it is asked.
void SnapshotsTab::restore(const SnapshotInfo &snapshot)
{
    auto *sheet = new Sheet(page(), tr("Go back to “%1”?").arg(nameOf(snapshot)));
    sheet->addText(tr("The files and the data of the app become what they were in this snapshot. Its data of now is "
                      "lost, unless you take a snapshot first."));
    QPushButton *go = sheet->addButton(tr("Restore"), QStringLiteral("confirmQPushButton"), ButtonKind::Primary);
    connect(go, &QPushButton::clicked, this, [this, sheet, snapshot] {
        sheet->close();
        whenDone(m_session->restoreSnapshot(snapshot), this, [this, snapshot](const Status &status) {
            if (!status) {
                load(); // it may be gone
                return report(status.error());
            }
            Toast::show(this, tr("The app is as it was in “%1”.").arg(nameOf(snapshot)));
        });
    });
    sheet->open(sheet->cancelButton());
}

void SnapshotsTab::remove(const SnapshotInfo &snapshot)
{
    auto *sheet = new Sheet(page(), tr("Remove the snapshot “%1”?").arg(nameOf(snapshot)));
    sheet->addText(tr("It is removed from its host and cannot be brought back. The app itself stays as it is."));
    QPushButton *go = sheet->addButton(tr("Remove"), QStringLiteral("confirmQPushButton"), ButtonKind::Danger);
    connect(go, &QPushButton::clicked, this, [this, sheet, snapshot] {
        sheet->close();
        whenDone(m_session->removeSnapshot(snapshot), this, [this](const Status &status) {
            if (!status)
                report(status.error());
            load();
        });
    });
    sheet->open(sheet->cancelButton());
}

void SnapshotsTab::fork(const SnapshotInfo &snapshot)
{
    whenDone(m_session->fork(m_app, snapshot, 1), this, [this](const Result<QList<AppId>> &apps) {
        if (!apps) {
            load(); // it may be gone
            return report(apps.error());
        }
        if (!apps->isEmpty())
            Toast::showWithAction(this, tr("A new app was forked from the snapshot."), tr("Open"),
                                  [this, app = apps->first()] { Q_EMIT openRequested(app); });
    });
}

} // namespace Flotilla
