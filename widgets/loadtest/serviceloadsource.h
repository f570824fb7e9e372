// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/loadsource.h"

namespace Flotilla {

class LoadTestService;

/// The runs of this program. The service outlives it.
class ServiceLoadSource : public LoadSource
{
    Q_OBJECT

public:
    explicit ServiceLoadSource(LoadTestService *service, QObject *parent = nullptr);

    Future<QStringList> preflight(const LoadPlan &plan) override;
    Future<QString> start(const LoadPlan &plan) override;
    Future<QString> replay(const QString &run, double speed) override;
    Future<void> cancel() override;
    Future<void> mark(const QString &text) override;
    Future<LoadSnapshot> snapshot() override;
    Future<QList<LoadRow>> rows() override;
    Future<QList<LoadSample>> samples() override;
    Future<QList<LoadRunInfo>> runs() override;
    Future<LoadRecord> run(const QString &id) override;
    Future<void> remove(const QString &id) override;
    QByteArray report(const LoadRecord &record) const override;
    QByteArray csv(const LoadRecord &record) const override;
    QByteArray json(const LoadRecord &record) const override;

private:
    LoadTestService *m_service;
};

} // namespace Flotilla
