// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/loadsource.h"
#include "widgets/loadtest/wallpictures.h"

#include <QTimer>

namespace Flotilla {

/// Runs that never happened, the same every time: for tests, pictures and measurements of the Scale screen. Time passes
/// only by advance(), or by the clock after play().
class FakeLoadSource : public LoadSource
{
    Q_OBJECT

public:
    explicit FakeLoadSource(QObject *parent = nullptr);

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

    void advance(double milliseconds); ///< of the run
    void advanceToShare(double share); ///< until so many of all are live or lost
    void play(int everyMs, double speed = 1);
    bool isOver() const { return m_over; }
    int changesPerSecond() const; ///< on average, until all are live
    void setHosts(const QStringList &hosts) { m_hostNames = hosts; }
    void setSeconds(double seconds) { m_seconds = seconds; } ///< of the whole ramp
    void setFailures(int count) { m_failures = count; }
    void setFaces(bool known) { m_knowsFaces = known; } ///< what apps look like
    void addStoredRuns();
    QStringList problems;
    int starts = 0;
    int cancels = 0;
    QStringList marks;

private:
    struct Step
    {
        double t;
        int index;
        LoadPhase phase;
        LoadMoment moment;
    };
    void plan(const LoadPlan &plan);
    void planApp(int index, double start, bool fails);
    void apply(const Step &step);
    void emitSample();
    LoadSample sampleNow();
    void cancelOpen();
    void finish(LoadRunState state);
    LoadSnapshot now() const;

    LoadPlan m_plan;
    QList<LoadRow> m_rows;
    QList<Step> m_steps;
    qsizetype m_next = 0;
    QList<LoadSample> m_samples;
    QList<LoadEvent> m_events;
    QList<LoadRecord> m_stored;
    QStringList m_hostNames{QStringLiteral("local")};
    QList<double> m_recent;
    std::array<int, loadPhases> m_counts{};
    QTimer m_timer;
    QString m_run;
    double m_time = 0;
    double m_lastSample = -1000;
    double m_seconds = 18;
    double m_replaySpeed = 0;
    double m_ended = 0;
    int m_failures = 2;
    int m_number = 0;
    bool m_over = true;
    bool m_knowsFaces = true;
    bool m_quiet = false; ///< while a stored run is made up
    LoadRunState m_state = LoadRunState::Done;
};

/// Paints pages instead of loading them. The address is "fake:" and a number.
class FakePictures : public PictureTaker
{
public:
    void warmUp() override { ++warmUps; }
    int freePlaces() const override { return 2; }
    void take(const QUrl &url, std::function<void(const QImage &)> done) override;
    static QImage page(int number, const QSize &size);
    static WallPictures::Parts parts();
    int taken = 0;
    int warmUps = 0;
};

} // namespace Flotilla
