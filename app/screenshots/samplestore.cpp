// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshots/samplestore.h"

#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/support/sampleapps.h"

namespace Flotilla {

namespace {

constexpr int DistinctPictures = 60;

AppRecord recordOf(const AppSummary &app)
{
    AppRecord record;
    record.id = app.id;
    record.title = app.title;
    record.prompt = app.prompt;
    record.model = app.model;
    record.host = app.host;
    record.starred = app.starred;
    record.created = app.created;
    record.updated = app.updated;
    return record;
}

FileMap pageOf(const QString &title)
{
    const QString page =
        QStringLiteral("<!doctype html><title>%1</title><body style=\"font:24px sans-serif;padding:3rem\">"
                       "<h1>%1</h1><p>A sample app.</p>");
    return {{QStringLiteral("index.html"), page.arg(title).toUtf8()}};
}

Status addVersion(Store &store, const AppRecord &app, const FileMap &files, double cost)
{
    VersionRecord version;
    version.app = app.id;
    version.state = QStringLiteral("green");
    version.message = app.prompt;
    version.model = app.model;
    version.cost = cost;
    version.seconds = 4.2;
    version.created = app.updated;
    const auto committed = store.versions().commit(version, files, {});
    return committed.ok() ? Status() : Status(committed.error());
}

} // namespace

Status fillSampleStore(const QString &dir, int count)
{
    auto store = Store::open(dir);
    if (!store.ok())
        return store.error();
    const auto apps = SampleApps::make(count);
    QList<QByteArray> pictures; // painting a thousand takes a minute
    for (const AppSummary &app : apps.mid(0, DistinctPictures))
        pictures.append(SampleApps::thumbnail(app.id));
    for (qsizetype i = 0; i < apps.size(); ++i) {
        const AppSummary &app = apps[i];
        const AppRecord record = recordOf(app);
        if (const Status inserted = (*store)->apps().insert(record); !inserted.ok())
            return inserted;
        const double cost = std::fmod(app.cost.value_or(0), 2.5);
        if (const Status added = addVersion(**store, record, pageOf(app.title), cost); !added.ok())
            return added;
        if (const Status updated = (*store)->apps().update(record); !updated.ok()) // the age as made up
            return updated;
        if (const Status put = (*store)->thumbnails().put(app.id, 1, pictures[i % pictures.size()]); !put.ok())
            return put;
    }
    return {};
}

Result<AppId> addSampleApp(const QString &dir, const QString &title, const FileMap &files)
{
    auto store = Store::open(dir);
    if (!store.ok())
        return store.error();
    AppSummary app;
    app.id = AppId{newId()};
    app.title = title;
    app.prompt = title;
    app.model = QStringLiteral("sampler");
    app.host = QStringLiteral("local");
    app.created = app.updated = QDateTime::currentDateTimeUtc();
    const AppRecord record = recordOf(app);
    if (const Status inserted = (*store)->apps().insert(record); !inserted.ok())
        return inserted.error();
    if (const Status added = addVersion(**store, record, files, 0); !added.ok())
        return added.error();
    return app.id;
}

Status setSampleSetting(const QString &dir, const QString &key, const QString &value)
{
    auto store = Store::open(dir);
    return store.ok() ? (*store)->settings().set(key, value) : Status(store.error());
}

} // namespace Flotilla
