// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/serviceloadsource.h"

#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/fleet/loadtest/loadtestservice.h"

#include <QJsonDocument>

namespace Flotilla {

ServiceLoadSource::ServiceLoadSource(LoadTestService *service, QObject *parent)
    : LoadSource(parent)
    , m_service(service)
{
    connect(service, &LoadTestService::started, this, &LoadSource::started);
    connect(service, &LoadTestService::progressed, this, &LoadSource::progressed);
    connect(service, &LoadTestService::rowsChanged, this, &LoadSource::rowsChanged);
    connect(service, &LoadTestService::sampled, this, &LoadSource::sampled);
    connect(service, &LoadTestService::happened, this, &LoadSource::happened);
    connect(service, &LoadTestService::ended, this, &LoadSource::ended);
}

Future<QStringList> ServiceLoadSource::preflight(const LoadPlan &plan)
{
    return m_service->preflight(plan);
}

Future<QString> ServiceLoadSource::start(const LoadPlan &plan)
{
    return m_service->start(plan);
}

Future<QString> ServiceLoadSource::replay(const QString &run, double speed)
{
    return m_service->replay(run, speed);
}

Future<void> ServiceLoadSource::cancel()
{
    return m_service->cancel();
}

Future<void> ServiceLoadSource::mark(const QString &text)
{
    return m_service->mark(text);
}

Future<LoadSnapshot> ServiceLoadSource::snapshot()
{
    return m_service->snapshot();
}

Future<QList<LoadRow>> ServiceLoadSource::rows()
{
    return m_service->rows();
}

Future<QList<LoadSample>> ServiceLoadSource::samples()
{
    return m_service->samples();
}

Future<QList<LoadRunInfo>> ServiceLoadSource::runs()
{
    return m_service->runs();
}

Future<LoadRecord> ServiceLoadSource::run(const QString &id)
{
    return m_service->run(id);
}

Future<void> ServiceLoadSource::remove(const QString &id)
{
    return m_service->remove(id);
}

QByteArray ServiceLoadSource::report(const LoadRecord &record) const
{
    return loadReportHtml(record);
}

QByteArray ServiceLoadSource::csv(const LoadRecord &record) const
{
    return rowsToCsv(record.rows);
}

QByteArray ServiceLoadSource::json(const LoadRecord &record) const
{
    return QJsonDocument(toJson(record)).toJson();
}

} // namespace Flotilla
