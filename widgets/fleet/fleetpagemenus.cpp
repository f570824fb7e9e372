// SPDX-License-Identifier: GPL-3.0-or-later
// Menus of the Fleet screen, what they do, and what it remembers.
#include "widgets/common/async.h"
#include "widgets/common/icons.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/filterbox.h"
#include "widgets/fleet/fleetactions.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/fleetview.h"
#include "widgets/fleet/hoststrip.h"
#include "widgets/fleet/imagesheet.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/hosts/hoststatus.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace Flotilla {

QList<AppId> FleetPage::chosen() const
{
    if (m_model->checkedCount() > 0)
        return m_model->checkedApps();
    return m_view->currentApp().isEmpty() ? QList<AppId>() : QList<AppId>{m_view->currentApp()};
}

void FleetPage::removeCurrentOrChecked()
{
    m_actions->run(FleetAction::Delete, chosen());
}

void FleetPage::chooseHost(const HostId &id)
{
    const HostCard *host = m_strip->find(id);
    if (!host)
        return;
    const bool again = m_filter->term(QStringLiteral("host:")) == host->config.label;
    m_filter->setTerm(QStringLiteral("host:"), again ? QString() : host->config.label);
}

void FleetPage::showWhy(const HostId &id)
{
    const HostCard *host = m_strip->find(id);
    if (!host)
        return;
    auto *sheet = new Sheet(this, tr("%1 cannot be reached").arg(host->config.label));
    sheet->addText(host->stateText.isEmpty() ? tr("The host does not answer.") : host->stateText, Tone::Text)
        ->setObjectName(QStringLiteral("whyQLabel"));
    if (host->sandboxes > 0)
        sheet->addText(tr("%n sandbox(es) go on there as far as is known. Nothing is lost; they show up again when "
                          "the host answers.",
                          nullptr, host->sandboxes));
    QPushButton *details = sheet->addButton(tr("Test step by step"), QStringLiteral("whyTestQPushButton"));
    QPushButton *retry = sheet->addButton(tr("Try now"), QStringLiteral("whyRetryQPushButton"), ButtonKind::Primary);
    sheet->cancelButton()->setText(tr("Close"));
    connect(details, &QPushButton::clicked, this, [this, sheet, id] {
        sheet->close();
        Q_EMIT hostsRequested(id);
    });
    connect(retry, &QPushButton::clicked, this, [this, sheet, id] {
        sheet->close();
        m_hosts->reconnect(id);
    });
    sheet->open();
}

void FleetPage::refreshFilterHosts()
{
    QStringList labels;
    for (const HostCard &host : m_strip->hosts())
        labels.append(host.config.label);
    m_filter->setHosts(labels);
    m_filter->setLabels(m_model->labels());
}

void FleetPage::fillMoveMenu(QMenu *menu, const QList<AppId> &apps)
{
    const auto add = [&](const QString &title, const QString &argument, const QString &note) {
        QAction *action = menu->addAction(note.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, note));
        connect(action, &QAction::triggered, this,
                [this, apps, argument] { m_actions->run(FleetAction::Move, apps, argument); });
        action->setEnabled(note.isEmpty());
    };
    for (const HostCard &host : m_strip->hosts()) {
        const QString note = host.state != HostState::Ready ? statusOf(host).word.toLower()
                             : host.config.draining         ? tr("takes no new apps")
                                                            : QString();
        add(host.config.label, host.config.id.value, note);
    }
    menu->addSeparator();
    add(tr("Wherever there is room"), QStringLiteral("any"), {});
}

void FleetPage::showMenu(const QPoint &position, const QList<AppId> &apps)
{
    const BoardEntry *entry = apps.isEmpty() ? nullptr : m_model->find(apps.first());
    if (!entry)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_view->setMenuOpen(true);
    connect(menu, &QMenu::aboutToHide, this, [this] { m_view->setMenuOpen(false); });
    const AppId app = apps.first();
    const bool one = apps.size() == 1;
    const bool alive = !entry->row.sandbox.isEmpty();
    const auto act = [&](const char *iconName, const QString &text, FleetAction action) {
        menu->addAction(icon(iconName), text, this, [this, action, apps] { m_actions->run(action, apps); });
    };
    if (one) {
        menu->addAction(icon("app"), tr("Open"), this, [this, app] { Q_EMIT openRequested(app); });
        menu->addAction(icon("external"), tr("Open in browser"), this,
                        [this, app] { Q_EMIT openInBrowserRequested(app); });
        menu->addSeparator();
    }
    if (!one || alive)
        act("sleep", tr("Stop"), FleetAction::Stop);
    if (!one || !alive)
        act("play", tr("Wake"), FleetAction::Wake);
    if (!one || alive)
        act("reload", tr("Restart"), FleetAction::Restart);
    QMenu *move = menu->addMenu(icon("hosts"), tr("Move to"));
    fillMoveMenu(move, apps);
    menu->addAction(icon("tools"), tr("Container image…"), this, [this, apps] { askImage(apps); });
    menu->addAction(icon("rename"), tr("Label…"), this, [this, apps] { m_actions->askLabel(apps); });
    if (one) {
        menu->addSeparator();
        menu->addAction(icon("image"), tr("Take a snapshot"), this, [this, app] { snapshot(app); })->setEnabled(alive);
        menu->addAction(icon("versions"), tr("Fork"), this, [this, app] { fork(app); });
        menu->addAction(icon("copy"), tr("Copy id"), this, [app] { QApplication::clipboard()->setText(app.value); });
        menu->addAction(icon("terminal"), tr("Copy command for a shell"), this, [app] {
            QApplication::clipboard()->setText(QStringLiteral("flotillactl exec %1 -- sh").arg(app.value));
        });
    }
    menu->addSeparator();
    act("trash", one ? tr("Delete") : tr("Delete…"), FleetAction::Delete);
    menu->popup(position);
}

void FleetPage::askImage(const QList<AppId> &apps)
{
    auto *sheet = new ImageSheet(this, m_hosts, *m_model, apps);
    connect(sheet, &ImageSheet::chosen, this, [this, apps](const QString &image) { m_actions->setImage(apps, image); });
    sheet->open();
}

void FleetPage::snapshot(const AppId &app)
{
    whenDone(m_session->snapshot(app, {}), this, [this, app](const Result<SnapshotInfo> &made) {
        if (!made)
            return Toast::show(this, made.error().text, Toast::Kind::Error);
        Toast::showWithAction(this, tr("The snapshot was taken."), tr("Show"), [this, app] {
            showApp(app);
            m_detail->showTab(DetailPane::Snapshots);
        });
    });
}

void FleetPage::fork(const AppId &app)
{
    whenDone(m_session->fork(app, std::nullopt, 1), this, [this](const Result<QList<AppId>> &apps) {
        if (!apps)
            return Toast::show(this, apps.error().text, Toast::Kind::Error);
        if (!apps->isEmpty())
            Toast::showWithAction(this, tr("A new app was forked."), tr("Open"),
                                  [this, fresh = apps->first()] { Q_EMIT openRequested(fresh); });
    });
}

void FleetPage::showColumnsMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = FleetModel::State; column < FleetModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(FleetModel::columnTitle(column));
        action->setCheckable(true);
        action->setChecked(m_view->isColumnChosen(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) { m_view->setColumnShown(column, on); });
    }
    menu->addSeparator();
    menu->addAction(tr("Widths as they fit"), this, [this] {
        m_view->setOwnWidths(false);
        m_view->fitColumns();
        Q_EMIT viewStateChanged();
    });
    const QPoint below(m_columns->width() - menu->sizeHint().width(), m_columns->height() + 4);
    menu->popup(m_columns->mapToGlobal(below));
}

QString FleetPage::viewState() const
{
    QJsonArray hidden, widths;
    for (int column = 0; column < FleetModel::ColumnCount; ++column) {
        if (!m_view->isColumnChosen(column))
            hidden.append(column);
        widths.append(m_view->columnWidth(column));
    }
    QJsonObject state{{QStringLiteral("hidden"), hidden},
                      {QStringLiteral("sort"), m_model->sortColumn()},
                      {QStringLiteral("descending"), m_model->sortOrder() == Qt::DescendingOrder},
                      {QStringLiteral("detail"), m_detailWidth},
                      {QStringLiteral("tab"), m_detail->tab()},
                      {QStringLiteral("closed"), m_detailClosed}};
    if (m_view->hasOwnWidths())
        state.insert(QStringLiteral("widths"), widths);
    return QString::fromUtf8(QJsonDocument(state).toJson(QJsonDocument::Compact));
}

void FleetPage::restoreViewState(const QString &text)
{
    const QJsonObject state = QJsonDocument::fromJson(text.toUtf8()).object();
    if (state.isEmpty())
        return;
    const QJsonArray hidden = state[QLatin1String("hidden")].toArray();
    for (int column = FleetModel::State; column < FleetModel::ColumnCount; ++column)
        m_view->setColumnHidden(column, hidden.contains(column));
    const QJsonArray widths = state[QLatin1String("widths")].toArray();
    if (widths.size() == FleetModel::ColumnCount) {
        m_view->setOwnWidths(true);
        for (int column = FleetModel::Title; column < FleetModel::ColumnCount; ++column) {
            if (const int width = widths[column].toInt(); width >= 40 && width <= 2000)
                m_view->setColumnWidth(column, width);
        }
    }
    const bool descending = state[QLatin1String("descending")].toBool();
    m_model->sort(state[QLatin1String("sort")].toInt(FleetModel::Title),
                  descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_view->horizontalHeader()->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    m_detailWidth = qBound(300, state[QLatin1String("detail")].toInt(m_detailWidth), 2000);
    m_detailClosed = state[QLatin1String("closed")].toBool();
    m_detail->showTab(
        qBound(int(DetailPane::Overview), state[QLatin1String("tab")].toInt(), int(DetailPane::Snapshots)));
    m_view->fitColumns();
}

} // namespace Flotilla
