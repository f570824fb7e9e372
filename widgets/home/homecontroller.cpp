// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/homecontroller.h"

#include "backends/storage/settingsservice.h"
#include "widgets/common/async.h"
#include "widgets/common/toast.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/homeheader.h"
#include "widgets/home/homepage.h"
#include "widgets/home/importflow.h"
#include "widgets/home/promptbox.h"

#include <QDesktopServices>

namespace Flotilla {

HomeController::HomeController(AppServices services, AppListModel *apps, HomePage *page, QObject *parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_apps(apps)
    , m_page(page)
    , m_import(new ImportFlow(m_services.projects, page, this))
{
    connectService();
    connectPage();
}

void HomeController::connectService()
{
    const auto *projects = m_services.projects;
    connect(projects, &ProjectService::appChanged, m_apps, &AppListModel::upsert);
    connect(projects, &ProjectService::appRemoved, m_apps, &AppListModel::remove);
    connect(projects, &ProjectService::thumbnailChanged, m_page->thumbnails(),
            [this](const AppId &id) { m_page->thumbnails()->invalidate(id); });
    connect(m_services.models, &ModelCatalog::changed, this, &HomeController::loadModels);
    const auto showBudget = [this] {
        m_page->prompt()->setBudget(m_services.settings->value(Setting::BudgetPerTurn).toDouble());
    };
    connect(m_services.settings, &SettingsService::changed, this, showBudget);
    showBudget();
}

void HomeController::connectPage()
{
    auto *projects = m_services.projects;
    connect(m_page, &HomePage::buildRequested, this, &HomeController::build);
    connect(m_page, &HomePage::openRequested, this, &HomeController::openRequested);
    connect(m_page, &HomePage::starRequested, this, &HomeController::setStarred);
    connect(m_page, &HomePage::duplicateRequested, this, &HomeController::duplicate);
    connect(m_page, &HomePage::deleteRequested, this, &HomeController::remove);
    connect(m_page, &HomePage::importRequested, m_import, &ImportFlow::choose);
    connect(m_import, &ImportFlow::imported, this, &HomeController::openRequested);
    connect(m_page, &HomePage::retryRequested, this, &HomeController::load);
    connect(m_page, &HomePage::fixRequested, this, &HomeController::fix);
    connect(m_page, &HomePage::sleepRequested, this, [this, projects](const AppId &id) {
        whenDone(projects->sleep(id), this, [this](const Status &status) { report(status); });
    });
    connect(m_page, &HomePage::stopTurnRequested, this, [this, projects](const AppId &id) {
        whenDone(projects->stop(id), this, [this](const Status &status) { report(status); });
    });
    connect(m_page, &HomePage::openInBrowserRequested, this, [this, projects](const AppId &id) {
        whenDone(projects->openPreview(id), this, [this, id](const Result<PreviewStatus> &status) {
            if (!status.ok())
                return report(status.error());
            QDesktopServices::openUrl(m_services.previewUrl(id));
        });
    });
    connect(m_apps, &AppListModel::renameRequested, this, [this, projects](const AppId &id, const QString &title) {
        whenDone(projects->rename(id, title), this, [this](const Status &status) { report(status); });
    });
    connect(m_page->prompt()->modelPicker(), &ModelPicker::chosen, this,
            [this](const QString &ref) { m_services.settings->set(Setting::DefaultModel, ref); });
    connect(m_page->header(), &HomeHeader::firstRunDismissed, this,
            [this] { m_services.settings->set(Setting::FirstRunDone, true); });
}

void HomeController::load()
{
    m_page->setFailure({});
    m_page->setLoading(true);
    whenDone(m_services.projects->apps(), this, [this](const Result<QList<AppSummary>> &apps) {
        if (apps.ok())
            m_apps->setApps(*apps);
        else
            m_page->setFailure(apps.error().text);
        m_page->setLoading(false);
    });
}

void HomeController::loadModels()
{
    whenDone(m_services.models->models(), this, [this](const Result<QList<ModelInfo>> &models) {
        if (!models.ok())
            return report(models.error());
        whenDone(m_services.models->endpoints(), this,
                 [this, found = *models](const Result<QList<Endpoint>> &endpoints) {
                     applyModels(found, endpoints.ok() ? *endpoints : QList<Endpoint>());
                 });
    });
}

void HomeController::applyModels(const QList<ModelInfo> &models, const QList<Endpoint> &endpoints)
{
    const auto choices = modelChoices(models, endpoints);
    ModelPicker *picker = m_page->prompt()->modelPicker();
    const QString remembered = m_services.settings->string(Setting::DefaultModel);
    picker->setCurrent(remembered.isEmpty() ? m_services.models->defaultModel().toString() : remembered);
    picker->setChoices(choices);
    const bool onlySampler =
        std::none_of(models.cbegin(), models.cend(), [](const ModelInfo &m) { return m.isLanguageModel; });
    m_page->header()->setFirstRun(onlySampler && !m_services.settings->value(Setting::FirstRunDone).toBool());
    m_page->prompt()->setBusy(false);
    Q_EMIT modelsChanged(choices);
}

void HomeController::build(const Wish &wish, int variants)
{
    m_page->prompt()->setBusy(true);
    for (int i = 0; i < variants; ++i) {
        const bool open = i == 0 && variants == 1;
        whenDone(m_services.projects->create(wish), this, [this, open](const Result<AppId> &id) { created(id, open); });
    }
}

// The wish stays in the field until the store has it.
void HomeController::created(const Result<AppId> &result, bool open)
{
    m_page->prompt()->setBusy(false);
    if (!result.ok())
        return report(result.error());
    m_page->prompt()->clear();
    if (open)
        Q_EMIT openRequested(*result);
}

void HomeController::duplicate(const AppId &id)
{
    whenDone(m_services.projects->duplicate(id), this, [this](const Result<AppId> &copy) {
        if (!copy.ok())
            return report(copy.error());
        Toast::showWithAction(m_page, tr("Duplicated"), tr("Open"), [this, id = *copy] { Q_EMIT openRequested(id); });
    });
}

void HomeController::fix(const AppId &id, const QString &wish)
{
    whenDone(m_services.projects->submit(id, {wish, {}, {}}), this, [this, id](const Status &submitted) {
        report(submitted);
        if (submitted.ok())
            Q_EMIT openRequested(id);
    });
}

void HomeController::setStarred(const AppId &id, bool starred)
{
    whenDone(m_services.projects->setStarred(id, starred), this, [this](const Status &status) { report(status); });
}

void HomeController::remove(const AppId &id)
{
    const AppSummary *app = m_apps->find(id);
    const QString title = app ? app->title : QString();
    whenDone(m_services.projects->moveToBin(id), this, [this, id, title](const Status &status) {
        if (!status.ok())
            return report(status);
        m_removed.append(id);
        Toast::showWithAction(m_page, tr("“%1” is deleted").arg(title), tr("Undo"), [this, id] { takeBack(id); });
    });
}

void HomeController::undoRemove()
{
    if (!m_removed.isEmpty())
        takeBack(m_removed.last());
}

void HomeController::takeBack(const AppId &id)
{
    m_removed.removeAll(id);
    whenDone(m_services.projects->takeFromBin(id), this,
             [this](const Status &undone) { undone.ok() ? Toast::show(m_page, tr("It is back")) : report(undone); });
}

void HomeController::report(const Status &status)
{
    if (!status.ok() && status.error().kind != ErrorKind::Cancelled)
        Toast::show(m_page, status.error().text, Toast::Kind::Error);
}

} // namespace Flotilla
