// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"

#include <QHash>
#include <QObject>
#include <QSet>

class QWidget;

namespace Flotilla {

class FleetModel;
class FleetSession;

/// Carries out what is asked of apps, one or many: asks once where it cannot be undone, offers Undo where it can,
/// counts what is done, keeps what failed so that it can be tried again. GUI thread.
class FleetActions : public QObject
{
    Q_OBJECT

public:
    FleetActions(FleetSession *session, FleetModel *model, QWidget *page);

    void run(FleetAction action, const QList<AppId> &apps, const QString &argument = {});
    /// Without asking once more.
    void runAgain(FleetAction action, const QList<AppId> &apps, const QString &argument)
    {
        start(action, apps, argument);
    }
    void askLabel(const QList<AppId> &apps);
    /// Each where it is; empty: the one of its host.
    void setImage(const QList<AppId> &apps, const QString &image);
    void cancelAll();
    bool isBusy() const { return !m_jobs.isEmpty(); }
    QList<AppId> running(QList<AppId> apps) const; ///< those of them that can be stopped
    /// "on gpu-box, studio-nas": the hosts of these apps, the ones with most first.
    QString whereText(const QList<AppId> &apps) const;

    struct Failures
    {
        FleetAction action = FleetAction::Stop;
        QString argument;
        QList<FleetItemResult> items;
        QString summary; ///< "2 of 3 apps could not be stopped"
    };

Q_SIGNALS:
    void progress(const QString &text, int done, int total); ///< total 0: nothing runs any more
    void failed(const Flotilla::FleetActions::Failures &failures);
    void succeeded(Flotilla::FleetAction action, const QList<Flotilla::AppId> &apps);

private:
    struct Job
    {
        FleetAction action = FleetAction::Stop;
        QString argument;
        QList<AppId> apps;
        int done = 0;
        QHash<AppId, QString> images{}; ///< that they had of their own, when these are changed
    };
    void start(FleetAction action, const QList<AppId> &apps, const QString &argument);
    void confirm(FleetAction action, const QList<AppId> &apps);
    void itemDone(const QString &job, const FleetItemResult &result);
    void finish(const QString &name, const Result<QList<FleetItemResult>> &results);
    void say(const Job &job, const QList<AppId> &done);
    void undo(const Job &job, const QList<AppId> &apps);
    void showProgress();
    QString namesByHost(const QList<AppId> &apps) const;
    QString titleOf(const AppId &app) const;
    QHash<AppId, QString> ownImages(const QList<AppId> &apps) const;
    static QString imageDone(const QString &image, int count, const QString &title);
    static QString doing(FleetAction action, int count);
    static QString done(const Job &job, int count, const QString &title);
    static QString notDone(FleetAction action, int failed, int count);

    FleetSession *m_session;
    FleetModel *m_model;
    QWidget *m_page;
    QHash<QString, Job> m_jobs;
    QString m_newest;
};

} // namespace Flotilla
