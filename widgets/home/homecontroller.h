// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projectservice.h"
#include "widgets/common/appservices.h"
#include "widgets/common/modelpicker.h"

#include <QObject>

namespace Flotilla {

class AppListModel;
class HomePage;
class ImportFlow;

/// Feeds the model of apps from ProjectService and carries out what Home asks for. Failures become toasts, deletes can
/// be undone. GUI thread.
class HomeController : public QObject
{
    Q_OBJECT

public:
    HomeController(AppServices services, AppListModel *apps, HomePage *page, QObject *parent = nullptr);
    void load();
    void loadModels();
    void remove(const AppId &id);
    void undoRemove(); ///< the last one that was not taken back
    const QList<AppId> &removed() const { return m_removed; }
    void setRemoved(const QList<AppId> &removed) { m_removed = removed; } ///< of a controller before
    ImportFlow *importFlow() const { return m_import; }

Q_SIGNALS:
    void openRequested(const Flotilla::AppId &id);
    void modelsChanged(const QList<Flotilla::ModelChoice> &choices);

private:
    void connectService();
    void connectPage();
    void build(const Wish &wish, int variants);
    void created(const Result<AppId> &result, bool open);
    void duplicate(const AppId &id);
    void fix(const AppId &id, const QString &wish);
    void setStarred(const AppId &id, bool starred);
    void applyModels(const QList<ModelInfo> &models, const QList<Endpoint> &endpoints);
    void takeBack(const AppId &id);
    void report(const Status &status);

    AppServices m_services;
    AppListModel *m_apps;
    HomePage *m_page;
    ImportFlow *m_import;
    QList<AppId> m_removed; ///< the last one last
};

} // namespace Flotilla
