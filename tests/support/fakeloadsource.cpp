// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeloadsource.h"

#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadprompts.h"
#include "backends/fleet/loadtest/loadreport.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/llm/sampler/samplerpalette.h"
#include "backends/llm/sampler/samplerrecipe.h"

#include <QJsonDocument>
#include <QPainter>
#include <QRandomGenerator>
#include <QTimer>

#include <cmath>

namespace Flotilla {

namespace {

constexpr double sampleEveryMs = 250;
constexpr int differentApps = 400;
constexpr quint64 promptSeed = 7;

/// What the sampler would make of a wish.
struct SampledApp
{
    QString prompt;
    QString title;
    AppFace face;
};

const SampledApp &sampledApp(int index)
{
    static QHash<int, SampledApp> made;
    const auto found = made.constFind(index % differentApps);
    if (found != made.constEnd())
        return *found;
    const QString prompt = loadPrompt(index % differentApps, promptSeed);
    const Recipe recipe = recipeFor(prompt);
    const QHash<QString, QByteArray> files{{QStringLiteral("src/styles.css"), paletteCss(recipe).toUtf8()},
                                           {QStringLiteral("src/theme.ts"), themeFile(recipe).toUtf8()}};
    return *made.insert(index % differentApps, {prompt, recipe.title, faceOf(files)});
}

LoadPhase phaseAfter(LoadMoment moment)
{
    switch (moment) {
    case LoadMoment::Started:
        return LoadPhase::Allocating;
    case LoadMoment::Allocated:
        return LoadPhase::Starting;
    case LoadMoment::Ready:
        return LoadPhase::Generating;
    case LoadMoment::CodeDone:
        return LoadPhase::Building;
    case LoadMoment::Served:
        return LoadPhase::Live;
    default:
        return LoadPhase::Queued;
    }
}

} // namespace

FakeLoadSource::FakeLoadSource(QObject *parent)
    : LoadSource(parent)
{
}

Future<QStringList> FakeLoadSource::preflight(const LoadPlan &)
{
    return readyFuture<QStringList>(problems);
}

void FakeLoadSource::planApp(int index, double start, bool fails)
{
    QRandomGenerator random(quint32(index) * 7919u + 17u);
    const auto about = [&random](double least, double most) {
        return least + random.generateDouble() * (most - least);
    };
    const double slow = random.bounded(60) == 0 ? about(900, 1800) : 0;
    const double model = m_plan.pace.answerSeconds > 0 ? m_plan.pace.answerSeconds * 1000 : about(300, 700);
    double t = start;
    const auto step = [&](LoadMoment moment, double wait) {
        t += wait;
        m_steps.append({t, index, phaseAfter(moment), moment});
    };
    step(LoadMoment::Started, about(0, 40));
    step(LoadMoment::Allocated, about(60, 140));
    step(LoadMoment::Ready, about(40, 110));
    step(LoadMoment::FirstToken, about(10, 60));
    m_steps.last().phase = LoadPhase::Generating;
    step(LoadMoment::CodeDone, model + slow);
    if (fails)
        m_steps.append({t + about(50, 200), index, LoadPhase::Failed, LoadMoment::Died});
    else
        step(LoadMoment::Served, about(150, 380));
}

void FakeLoadSource::plan(const LoadPlan &plan)
{
    m_plan = plan;
    m_rows.clear();
    m_steps.clear();
    m_samples.clear();
    m_events.clear();
    m_recent.clear();
    m_counts = {};
    m_next = 0;
    m_time = 0;
    m_ended = 0;
    m_lastSample = -sampleEveryMs;
    const int count = plan.total();
    QRandomGenerator random(11);
    for (int i = 0; i < count; ++i) {
        LoadRow row;
        row.index = i;
        row.app = AppId{QStringLiteral("fake%1").arg(i)};
        row.prompt = sampledApp(i).prompt;
        row.title = sampledApp(i).title;
        row.host = HostId{m_hostNames[i % m_hostNames.size()]};
        row.t[size_t(LoadMoment::Intended)] = 0;
        m_rows.append(row);
        const double start = std::pow(double(i) / count, 0.93) * std::max(0.2, m_seconds - 1.2) * 1000;
        const bool fails = m_failures > 0 && i % std::max(1, count / m_failures) == count / m_failures * 2 / 3;
        planApp(i, start, fails);
    }
    m_counts[size_t(LoadPhase::Queued)] = count;
    std::stable_sort(m_steps.begin(), m_steps.end(), [](const Step &a, const Step &b) { return a.t < b.t; });
    m_over = false;
    m_state = LoadRunState::Running;
    m_run = QStringLiteral("r%1").arg(4711 + m_number++);
}

Future<QString> FakeLoadSource::start(const LoadPlan &wanted)
{
    if (!m_over)
        return readyFuture<QString>(Error{ErrorKind::Conflict, QStringLiteral("A run is under way."), {}});
    ++starts;
    m_replaySpeed = 0;
    plan(wanted);
    Q_EMIT started(m_run, m_plan);
    return readyFuture<QString>(m_run);
}

Future<QString> FakeLoadSource::replay(const QString &run, double speed)
{
    for (const LoadRecord &record : std::as_const(m_stored)) {
        if (record.info.id != run)
            continue;
        const auto stored = loadPlanFromJson(record.plan);
        plan(stored.ok() ? *stored : LoadPlan());
        m_replaySpeed = speed;
        m_run = run;
        Q_EMIT started(m_run, m_plan);
        return readyFuture<QString>(run);
    }
    return readyFuture<QString>(Error{ErrorKind::NotFound, QStringLiteral("There is no such run."), {}});
}

Future<void> FakeLoadSource::cancel()
{
    ++cancels;
    if (!m_over) {
        if (m_replaySpeed <= 0)
            cancelOpen();
        finish(LoadRunState::Cancelled);
    }
    return readyFuture<void>(Status());
}

void FakeLoadSource::cancelOpen()
{
    for (LoadRow &row : m_rows) {
        if (row.phase >= LoadPhase::Live)
            continue;
        --m_counts[size_t(row.phase)];
        ++m_counts[size_t(LoadPhase::Cancelled)];
        row.phase = LoadPhase::Cancelled;
        row.outcome = QLatin1String(LoadClass::Cancelled);
    }
    Q_EMIT rowsChanged(m_rows);
    Q_EMIT progressed(now());
}

Future<void> FakeLoadSource::mark(const QString &text)
{
    marks.append(text);
    m_events.append({m_time, QStringLiteral("mark"), text});
    Q_EMIT happened(m_events.last());
    return readyFuture<void>(Status());
}

LoadSnapshot FakeLoadSource::now() const
{
    LoadSnapshot snapshot;
    snapshot.run = m_run;
    snapshot.name = m_plan.name;
    snapshot.state = m_state;
    snapshot.target = int(m_rows.size());
    snapshot.counts = m_counts;
    snapshot.seconds = (m_ended > 0 ? m_ended : m_time) / 1000;
    snapshot.appsPerMinute = m_time > 0 ? snapshot.live() / std::max(0.2, snapshot.seconds) * 60 : 0;
    const int left = snapshot.target - snapshot.live() - snapshot.failed();
    snapshot.estimateSeconds = snapshot.appsPerMinute > 0 ? left / snapshot.appsPerMinute * 60 : -1;
    snapshot.retries = int(m_next / 900);
    snapshot.replay = m_replaySpeed > 0;
    snapshot.simulated = m_plan.simulated();
    snapshot.recorded = m_plan.recorded();
    snapshot.modelText = m_plan.simulated() ? QStringLiteral("sampler at %1 s per app").arg(m_plan.pace.answerSeconds)
                                            : QStringLiteral("Built-in sampler (not a language model)");
    return snapshot;
}

Future<LoadSnapshot> FakeLoadSource::snapshot()
{
    return readyFuture<LoadSnapshot>(m_rows.isEmpty() ? LoadSnapshot() : now());
}

Future<QList<LoadRow>> FakeLoadSource::rows()
{
    return readyFuture<QList<LoadRow>>(m_rows);
}

Future<QList<LoadSample>> FakeLoadSource::samples()
{
    return readyFuture<QList<LoadSample>>(m_samples);
}

Future<QList<LoadRunInfo>> FakeLoadSource::runs()
{
    QList<LoadRunInfo> all;
    for (const LoadRecord &record : std::as_const(m_stored))
        all.prepend(record.info);
    return readyFuture<QList<LoadRunInfo>>(all);
}

Future<LoadRecord> FakeLoadSource::run(const QString &id)
{
    for (const LoadRecord &record : std::as_const(m_stored)) {
        if (record.info.id == id)
            return readyFuture<LoadRecord>(record);
    }
    return readyFuture<LoadRecord>(Error{ErrorKind::NotFound, QStringLiteral("There is no such run."), {}});
}

Future<void> FakeLoadSource::remove(const QString &id)
{
    m_stored.removeIf([&id](const LoadRecord &record) { return record.info.id == id; });
    return readyFuture<void>(Status());
}

QByteArray FakeLoadSource::report(const LoadRecord &record) const
{
    return loadReportHtml(record);
}

QByteArray FakeLoadSource::csv(const LoadRecord &record) const
{
    return rowsToCsv(record.rows);
}

QByteArray FakeLoadSource::json(const LoadRecord &record) const
{
    return QJsonDocument(toJson(record)).toJson();
}

void FakeLoadSource::apply(const Step &step)
{
    LoadRow &row = m_rows[step.index];
    --m_counts[size_t(row.phase)];
    row.phase = step.phase;
    ++m_counts[size_t(row.phase)];
    row.t[size_t(step.moment)] = step.t;
    if (step.phase == LoadPhase::Live) {
        row.outcome = QString::fromLatin1(LoadClass::Live);
        if (m_knowsFaces)
            row.face = sampledApp(step.index).face;
        m_recent.append(step.t - row.at(LoadMoment::Intended));
    }
    if (step.phase == LoadPhase::Failed) {
        row.outcome = QString::fromLatin1(LoadClass::BuildFailed);
        row.error = QStringLiteral("The app did not build: src/App.tsx names a component that is not there.");
    }
}

LoadSample FakeLoadSource::sampleNow()
{
    LoadSample sample;
    sample.t = m_time;
    sample.counts = m_counts;
    sample.inFlight = int(m_rows.size()) - m_counts[size_t(LoadPhase::Live)] - m_counts[size_t(LoadPhase::Queued)];
    sample.limit = 8;
    sample.planned = int(m_rows.size());
    const double wobble = std::sin(m_time / 700) * 0.05 + std::sin(m_time / 170) * 0.03;
    const bool ramp = m_next < m_steps.size();
    sample.hostCpu = ramp ? 0.86 + wobble : 0.12 + wobble;
    sample.generatorCpu = (ramp ? 0.41 : 0.05) + wobble / 2;
    sample.memoryUsed = qint64(2.1e9 + 9.5e6 * m_counts[size_t(LoadPhase::Live)]);
    sample.lagMs = 3;
    if (!m_recent.isEmpty()) {
        std::sort(m_recent.begin(), m_recent.end());
        sample.p50 = percentile(m_recent, 0.5);
        sample.p95 = percentile(m_recent, 0.95);
        m_recent.clear();
    }
    return sample;
}

void FakeLoadSource::emitSample()
{
    m_lastSample = m_time;
    m_samples.append(sampleNow());
    if (!m_quiet)
        Q_EMIT sampled(m_samples.last());
}

void FakeLoadSource::advance(double milliseconds)
{
    const double end = m_time + milliseconds;
    QList<int> touched;
    QSet<int> seen;
    while (m_time < end && !m_over) {
        m_time = std::min(end, m_lastSample + sampleEveryMs);
        for (; m_next < m_steps.size() && m_steps[m_next].t <= m_time; ++m_next) {
            apply(m_steps[m_next]);
            if (!seen.contains(m_steps[m_next].index)) {
                seen.insert(m_steps[m_next].index);
                touched.append(m_steps[m_next].index);
            }
        }
        if (m_time >= m_lastSample + sampleEveryMs)
            emitSample();
        if (m_next >= m_steps.size() && m_state == LoadRunState::Running) {
            m_state = LoadRunState::Holding;
            m_ended = m_steps.isEmpty() ? m_time : m_steps.last().t;
        }
        if (m_state == LoadRunState::Holding && m_time > m_ended + 4000)
            finish(LoadRunState::Done);
    }
    if (m_quiet)
        return;
    QList<LoadRow> changed;
    for (const int index : std::as_const(touched))
        changed.append(m_rows[index]);
    if (!changed.isEmpty())
        Q_EMIT rowsChanged(changed);
    Q_EMIT progressed(now());
}

void FakeLoadSource::advanceToShare(double share)
{
    const auto settled = [this] { return m_counts[size_t(LoadPhase::Live)] + m_counts[size_t(LoadPhase::Failed)]; };
    while (!m_over && settled() < share * double(m_rows.size()))
        advance(50);
}

void FakeLoadSource::play(int everyMs, double speed)
{
    m_timer.disconnect();
    connect(&m_timer, &QTimer::timeout, this, [this, everyMs, speed] {
        advance(everyMs * speed);
        if (m_over)
            m_timer.stop();
    });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.start(everyMs);
}

int FakeLoadSource::changesPerSecond() const
{
    return m_steps.isEmpty() ? 0 : int(double(m_steps.size()) / m_steps.last().t * 1000);
}

void FakeLoadSource::finish(LoadRunState state)
{
    m_over = true;
    m_state = state;
    if (m_ended <= 0)
        m_ended = m_time;
    LoadRecord record;
    record.info.id = m_run;
    record.info.name = m_plan.name;
    record.info.state = state;
    record.info.started = QDateTime::currentDateTimeUtc();
    record.plan = toJson(m_plan);
    record.environment = {{QStringLiteral("cores"), 2}, {QStringLiteral("memory_bytes"), 24e9}};
    record.rows = m_rows;
    record.samples = m_samples;
    record.events = m_events;
    LoadFacts facts;
    facts.state = state;
    facts.durationMs = m_ended;
    facts.cleanSeconds = 3.1;
    facts.modelText = now().modelText;
    record.info.summary = summarise(m_plan, record, facts);
    if (m_replaySpeed <= 0)
        m_stored.append(record);
    if (!m_quiet)
        Q_EMIT ended(record.info);
}

void FakeLoadSource::addStoredRuns()
{
    m_quiet = true;
    const QList<std::tuple<QString, int, double, double, int>> made{
        {QStringLiteral("10 apps"), 10, 1.5, 0, 0},     {QStringLiteral("100 apps"), 100, 2.4, 0, 0},
        {QStringLiteral("0 to 1000"), 1000, 22, 0, 12}, {QStringLiteral("100 apps, model 27 s"), 100, 3, 27, 0},
        {QStringLiteral("0 to 1000"), 1000, 18, 0, 0},  {QStringLiteral("10,000 apps"), 4000, 90, 0, 5},
    };
    int age = int(made.size());
    for (const auto &[name, count, seconds, answer, failures] : made) {
        LoadPlan stored;
        stored.name = name;
        stored.count = count;
        stored.pace.answerSeconds = answer;
        m_seconds = seconds;
        m_failures = failures;
        plan(stored);
        while (!m_over)
            advance(500);
        m_stored.last().info.started = QDateTime::currentDateTimeUtc().addSecs(-5400 * age--);
    }
    m_seconds = 18;
    m_failures = 2;
    m_rows.clear();
    m_quiet = false;
}

void FakePictures::take(const QUrl &url, std::function<void(const QImage &)> done)
{
    ++taken;
    const int number = url.path().toInt();
    QTimer::singleShot(0, [number, done = std::move(done)] { done(page(number, QSize(480, 300))); });
}

QImage FakePictures::page(int n, const QSize &size)
{
    QImage image(QSize(320, 200), QImage::Format_RGB32);
    const bool dark = n % 5 != 1 && n % 5 != 4;
    const auto back = QColor::fromHsl((40 + n * 47) % 360, 80, dark ? 28 : 244);
    const auto card = QColor::fromHsl((40 + n * 47) % 360, 55, dark ? 58 : 222);
    const auto mark = QColor::fromHsl((210 + n * 23) % 360, 170, 140);
    image.fill(back);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dark ? QColor(240, 240, 236) : QColor(40, 50, 40));
    painter.drawRoundedRect(20, 14, 90 + n * 37 % 90, 16, 4, 4);
    if (n % 3 == 0) {
        painter.setPen(QPen(card, 18));
        painter.drawEllipse(QPoint(160, 118), 52, 52);
        painter.setPen(QPen(mark, 18, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(108, 66, 104, 104, 90 * 16, -(60 + n * 31 % 240) * 16);
    } else {
        for (int i = 0; i < 3; ++i) {
            painter.setBrush(card);
            painter.drawRoundedRect(20 + i * 96, 46, 86, n % 2 ? 130 : 56, 6, 6);
            painter.setBrush(mark);
            painter.drawRoundedRect(30 + i * 96, 58, 30 + (n + i) * 31 % 40, 14, 4, 4);
        }
    }
    if (n % 3 != 0 && n % 2 == 0) {
        painter.setPen(QPen(mark, 4));
        painter.setBrush(Qt::NoBrush);
        QPolygonF line;
        QRandomGenerator random(quint32(n) + 1);
        for (int i = 0; i < 9; ++i)
            line << QPointF(22 + i * 34, 120 + random.bounded(60));
        painter.drawPolyline(line);
    }
    painter.end();
    return image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

WallPictures::Parts FakePictures::parts()
{
    WallPictures::Parts parts;
    parts.taker = std::make_shared<FakePictures>();
    parts.url = [](const AppId &app) { return QUrl(QStringLiteral("fake:") + app.value.mid(4)); };
    return parts;
}

} // namespace Flotilla
