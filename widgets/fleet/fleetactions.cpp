// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetactions.h"

#include "widgets/common/async.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/labelsheet.h"

#include <QLabel>
#include <QMap>
#include <QPushButton>

namespace Flotilla {

namespace {
constexpr int namesPerHost = 4;
constexpr int mostHosts = 3;

/// Of a move that leaves apps where they are and gives them another container image.
const QLatin1String imageArgument("//");

bool changesImage(FleetAction action, const QString &argument)
{
    return action == FleetAction::Move && argument.startsWith(imageArgument);
}
} // namespace

FleetActions::FleetActions(FleetSession *session, FleetModel *model, QWidget *page)
    : QObject(page)
    , m_session(session)
    , m_model(model)
    , m_page(page)
{
    connect(session, &FleetSession::itemDone, this, &FleetActions::itemDone);
}

QString FleetActions::titleOf(const AppId &app) const
{
    const BoardEntry *entry = m_model->find(app);
    return entry ? entry->row.title : app.value;
}

void FleetActions::run(FleetAction action, const QList<AppId> &apps, const QString &argument)
{
    const QList<AppId> concerned = action == FleetAction::Stop ? running(apps) : apps;
    if (concerned.isEmpty())
        return;
    const bool heavy = action == FleetAction::Stop || action == FleetAction::Delete || action == FleetAction::Restart;
    if (heavy && concerned.size() > 1)
        return confirm(action, concerned);
    start(action, concerned, argument);
}

/// Those with a sandbox. The others are asleep already.
QList<AppId> FleetActions::running(QList<AppId> apps) const
{
    apps.removeIf([this](const AppId &app) {
        const BoardEntry *entry = m_model->find(app);
        return !entry || entry->row.sandbox.isEmpty();
    });
    return apps;
}

namespace {

/// Labels of hosts with how many of the apps are there, most first.
QList<QPair<QString, QStringList>> byHost(const FleetModel &model, const QList<AppId> &apps)
{
    QMap<QString, QStringList> groups;
    for (const AppId &app : apps) {
        if (const BoardEntry *entry = model.find(app))
            groups[entry->row.hostLabel].append(entry->row.title);
    }
    QList<QPair<QString, QStringList>> list;
    for (auto it = groups.cbegin(); it != groups.cend(); ++it)
        list.append({it.key(), it.value()});
    std::stable_sort(list.begin(), list.end(),
                     [](const auto &a, const auto &b) { return a.second.size() > b.second.size(); });
    return list;
}

} // namespace

QString FleetActions::whereText(const QList<AppId> &apps) const
{
    QStringList hosts;
    const auto groups = byHost(*m_model, apps);
    for (const auto &[host, titles] : groups) {
        if (!host.isEmpty())
            hosts.append(host);
    }
    if (hosts.isEmpty())
        return {};
    if (hosts.size() > mostHosts) {
        const int more = int(hosts.size()) - mostHosts;
        hosts = hosts.mid(0, mostHosts);
        hosts.append(tr("%n more host(s)", nullptr, more));
    }
    return tr("on %1", "a list of hosts").arg(hosts.join(QLatin1String(", ")));
}

QString FleetActions::namesByHost(const QList<AppId> &apps) const
{
    QStringList lines;
    for (auto [host, titles] : byHost(*m_model, apps)) {
        const int more = int(titles.size()) - namesPerHost;
        QString names = titles.mid(0, namesPerHost).join(QLatin1String(", "));
        if (more > 0)
            names = tr("%1 and %n more", nullptr, more).arg(names);
        lines.append(host.isEmpty() ? tr("asleep, on no host: %1").arg(names)
                                    : tr("on %1: %2", "host, apps").arg(host, names));
    }
    return lines.join(QLatin1Char('\n'));
}

void FleetActions::confirm(FleetAction action, const QList<AppId> &apps)
{
    const int count = int(apps.size());
    QString title, text, button;
    if (action == FleetAction::Stop) {
        title = tr("Stop %n app(s)?", nullptr, count);
        text = tr("Their sandboxes end. Files, versions and data stay, and opening an app wakes it again.");
        button = tr("Stop %n", nullptr, count);
    } else if (action == FleetAction::Restart) {
        title = tr("Restart %n app(s)?", nullptr, count);
        text = tr("Their sandboxes end and start anew. What an app holds only in memory is lost.");
        button = tr("Restart %n", nullptr, count);
    } else {
        title = tr("Delete %n app(s)?", nullptr, count);
        text =
            tr("Their sandboxes and what these hold on the hosts are removed. Undo, right afterwards, brings the apps "
               "back with all their versions.");
        button = tr("Delete %n", nullptr, count);
    }
    auto *sheet = new Sheet(m_page, title);
    sheet->addText(namesByHost(apps), Tone::Text)->setObjectName(QStringLiteral("confirmWhatQLabel"));
    sheet->addText(text);
    QPushButton *go = sheet->addButton(button, QStringLiteral("confirmQPushButton"),
                                       action == FleetAction::Restart ? ButtonKind::Primary : ButtonKind::Danger);
    connect(go, &QPushButton::clicked, this, [this, sheet, action, apps] {
        sheet->close();
        start(action, apps, {});
    });
    sheet->open(action == FleetAction::Delete ? sheet->cancelButton() : go);
}

void FleetActions::askLabel(const QList<AppId> &apps)
{
    QStringList known, common;
    LabelSheet::labelsOf(*m_model, apps, &known, &common);
    auto *sheet = new LabelSheet(m_page, int(apps.size()), known, common);
    connect(sheet, &LabelSheet::chosen, this, [this, apps](const QString &label, bool add) {
        start(add ? FleetAction::Label : FleetAction::Unlabel, apps, label);
    });
    sheet->open();
}

void FleetActions::setImage(const QList<AppId> &apps, const QString &image)
{
    start(FleetAction::Move, apps, imageArgument + image);
}

QHash<AppId, QString> FleetActions::ownImages(const QList<AppId> &apps) const
{
    QHash<AppId, QString> images;
    for (const AppId &app : apps) {
        if (const BoardEntry *entry = m_model->find(app))
            images.insert(app, entry->row.ownImage);
    }
    return images;
}

void FleetActions::start(FleetAction action, const QList<AppId> &apps, const QString &argument)
{
    const QString name = newId();
    m_jobs.insert(
        name, {action, argument, apps, 0, changesImage(action, argument) ? ownImages(apps) : QHash<AppId, QString>()});
    m_newest = name;
    showProgress();
    whenDone(m_session->apply(name, action, apps, argument), this,
             [this, name](const Result<QList<FleetItemResult>> &results) { finish(name, results); });
}

void FleetActions::cancelAll()
{
    for (auto it = m_jobs.cbegin(); it != m_jobs.cend(); ++it)
        m_session->cancel(it.key());
}

void FleetActions::itemDone(const QString &job, const FleetItemResult &)
{
    const auto found = m_jobs.find(job);
    if (found == m_jobs.end())
        return;
    ++found->done;
    showProgress();
}

// One app is done at once as a rule: only what takes longer or is many deserves a bar.
void FleetActions::showProgress()
{
    const auto found = m_jobs.constFind(m_newest);
    if (found == m_jobs.cend() || found->apps.size() < 2)
        return Q_EMIT progress({}, 0, 0);
    const int count = int(found->apps.size());
    Q_EMIT progress(tr("%1 · %2 done", "what is being done").arg(doing(found->action, count)).arg(found->done),
                    found->done, count);
}

void FleetActions::finish(const QString &name, const Result<QList<FleetItemResult>> &results)
{
    const Job job = m_jobs.take(name);
    showProgress();
    if (!results) {
        if (results.error().kind != ErrorKind::Cancelled)
            Toast::show(m_page, results.error().text, Toast::Kind::Error);
        return;
    }
    QList<AppId> done;
    Failures failures{job.action, job.argument, {}, {}};
    for (const FleetItemResult &result : *results) {
        if (result.ok)
            done.append(result.app);
        else
            failures.items.append(result);
    }
    if (!done.isEmpty())
        Q_EMIT succeeded(job.action, done);
    if (failures.items.isEmpty())
        return say(job, done);
    failures.summary = notDone(job.action, int(failures.items.size()), int(job.apps.size()));
    if (job.apps.size() == 1)
        Toast::show(m_page, failures.items.first().text, Toast::Kind::Error);
    else
        Q_EMIT failed(failures);
}

void FleetActions::say(const Job &job, const QList<AppId> &apps)
{
    const QString text = done(job, int(apps.size()), apps.size() == 1 ? titleOf(apps.first()) : QString());
    const bool undoable = job.action == FleetAction::Stop || job.action == FleetAction::Label ||
                          job.action == FleetAction::Unlabel || job.action == FleetAction::Delete ||
                          changesImage(job.action, job.argument);
    if (undoable)
        Toast::showWithAction(m_page, text, tr("Undo"), [this, job, apps] { undo(job, apps); });
    else if (job.action != FleetAction::Wake)
        Toast::show(m_page, text);
}

void FleetActions::undo(const Job &job, const QList<AppId> &apps)
{
    switch (job.action) {
    case FleetAction::Stop:
        return start(FleetAction::Wake, apps, {});
    case FleetAction::Label:
        return start(FleetAction::Unlabel, apps, job.argument);
    case FleetAction::Unlabel:
        return start(FleetAction::Label, apps, job.argument);
    case FleetAction::Move: {
        QHash<QString, QList<AppId>> byImage;
        for (const AppId &app : apps)
            byImage[job.images.value(app)].append(app);
        for (auto it = byImage.cbegin(); it != byImage.cend(); ++it)
            setImage(it.value(), it.key());
        return;
    }
    case FleetAction::Delete:
        for (const AppId &app : apps) {
            whenDone(m_session->takeFromBin(app), this, [this](const Status &status) {
                if (!status)
                    Toast::show(m_page, status.error().text, Toast::Kind::Error);
            });
        }
        return;
    default:
        return;
    }
}

QString FleetActions::doing(FleetAction action, int count)
{
    switch (action) {
    case FleetAction::Stop:
        return tr("Stopping %n app(s)", nullptr, count);
    case FleetAction::Restart:
        return tr("Restarting %n app(s)", nullptr, count);
    case FleetAction::Delete:
        return tr("Deleting %n app(s)", nullptr, count);
    case FleetAction::Move:
        return tr("Moving %n app(s)", nullptr, count);
    case FleetAction::Wake:
        return tr("Waking %n app(s)", nullptr, count);
    default:
        return tr("Labelling %n app(s)", nullptr, count);
    }
}

QString FleetActions::imageDone(const QString &image, int count, const QString &title)
{
    const bool one = count == 1;
    if (image.isEmpty())
        return one ? tr("%1 has no container image of its own any more.").arg(title)
                   : tr("%n app(s) have no container image of their own any more.", nullptr, count);
    return one ? tr("%1 runs in the container image %2.").arg(title, image)
               : tr("%n app(s) run in the container image %1.", nullptr, count).arg(image);
}

QString FleetActions::done(const Job &job, int count, const QString &title)
{
    const bool one = count == 1;
    switch (job.action) {
    case FleetAction::Stop:
        return one ? tr("%1 is asleep.").arg(title) : tr("%n app(s) are asleep.", nullptr, count);
    case FleetAction::Restart:
        return one ? tr("%1 was restarted.").arg(title) : tr("%n app(s) were restarted.", nullptr, count);
    case FleetAction::Delete:
        return one ? tr("%1 was deleted.").arg(title) : tr("%n app(s) were deleted.", nullptr, count);
    case FleetAction::Move:
        if (changesImage(job.action, job.argument))
            return imageDone(job.argument.mid(imageArgument.size()), count, title);
        return one ? tr("%1 was moved.").arg(title) : tr("%n app(s) were moved.", nullptr, count);
    case FleetAction::Wake:
        return one ? tr("%1 is awake.").arg(title) : tr("%n app(s) are awake.", nullptr, count);
    case FleetAction::Label:
        return tr("%n app(s) have the label “%1”.", nullptr, count).arg(job.argument);
    default:
        return tr("The label “%1” was taken off %n app(s).", nullptr, count).arg(job.argument);
    }
}

QString FleetActions::notDone(FleetAction action, int failed, int count)
{
    switch (action) {
    case FleetAction::Stop:
        return tr("%1 of %n app(s) could not be stopped", nullptr, count).arg(failed);
    case FleetAction::Restart:
        return tr("%1 of %n app(s) could not be restarted", nullptr, count).arg(failed);
    case FleetAction::Delete:
        return tr("%1 of %n app(s) could not be deleted", nullptr, count).arg(failed);
    case FleetAction::Move:
        return tr("%1 of %n app(s) could not be moved", nullptr, count).arg(failed);
    case FleetAction::Wake:
        return tr("%1 of %n app(s) could not be woken", nullptr, count).arg(failed);
    default:
        return tr("%1 of %n app(s) could not be labelled", nullptr, count).arg(failed);
    }
}

} // namespace Flotilla
