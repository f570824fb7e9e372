// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadjson.h"

#include "backends/fleet/loadtest/loadwords.h"

namespace Flotilla {

namespace {

constexpr int formatVersion = 1;
constexpr std::array moments{"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"};
static_assert(moments.size() == loadMoments);

/// Microseconds are enough; fewer digits make small files.
double rounded(double milliseconds)
{
    return double(qRound64(milliseconds * 1000)) / 1000;
}

template <typename State, size_t N>
State fromWord(const QString &word, const std::array<State, N> &all, State fallback)
{
    for (const State state : all)
        if (toString(state) == word)
            return state;
    return fallback;
}

constexpr std::array allPhases{LoadPhase::Queued,     LoadPhase::Allocating, LoadPhase::Starting,
                               LoadPhase::Generating, LoadPhase::Building,   LoadPhase::Live,
                               LoadPhase::Partial,    LoadPhase::Failed,     LoadPhase::Cancelled};
static_assert(allPhases.size() == loadPhases);
constexpr std::array allStates{LoadRunState::Preparing,  LoadRunState::Running, LoadRunState::Holding,
                               LoadRunState::Ending,     LoadRunState::Done,    LoadRunState::Cancelled,
                               LoadRunState::Interrupted};

QJsonArray colorsJson(const QList<quint32> &colors)
{
    QJsonArray array;
    for (const quint32 color : colors)
        array.append(QStringLiteral("#%1").arg(color, 6, 16, QLatin1Char('0')));
    return array;
}

AppFace faceFrom(const QJsonObject &json)
{
    AppFace face;
    face.kind = json[QLatin1String("kind")].toString();
    const QJsonArray colors = json[QLatin1String("colors")].toArray();
    for (const QJsonValue &color : colors)
        if (face.colors.size() < AppFace::mostColors)
            face.colors.append(color.toString().mid(1).toUInt(nullptr, 16) & 0xffffff);
    return face;
}

LoadRow rowFrom(const QJsonObject &json)
{
    LoadRow row;
    row.index = json[QLatin1String("index")].toInt();
    row.app = {json[QLatin1String("app")].toString()};
    row.prompt = json[QLatin1String("prompt")].toString();
    row.title = json[QLatin1String("title")].toString();
    row.host = {json[QLatin1String("host")].toString()};
    row.phase = fromWord(json[QLatin1String("phase")].toString(), allPhases, LoadPhase::Failed);
    row.outcome = json[QLatin1String("outcome")].toString();
    row.error = json[QLatin1String("error")].toString();
    row.fault = json[QLatin1String("fault")].toString();
    row.face = faceFrom(json);
    row.retries = json[QLatin1String("retries")].toInt();
    row.probed = json[QLatin1String("probed")].toBool();
    row.settled = json[QLatin1String("settled")].toDouble(-1);
    for (size_t i = 0; i < loadMoments; ++i)
        row.t[i] = json[QLatin1String(moments[i])].toDouble(-1);
    return row;
}

LoadSample sampleFrom(const QJsonObject &json)
{
    LoadSample sample;
    sample.t = json[QLatin1String("t")].toDouble();
    for (const LoadPhase phase : allPhases)
        sample.counts[size_t(phase)] = json[toString(phase)].toInt();
    sample.inFlight = json[QLatin1String("in_flight")].toInt();
    sample.limit = json[QLatin1String("limit")].toInt();
    sample.planned = json[QLatin1String("planned")].toInt();
    sample.hostCpu = json[QLatin1String("host_cpu")].toDouble();
    sample.generatorCpu = json[QLatin1String("generator_cpu")].toDouble();
    sample.memoryUsed = json[QLatin1String("memory_used")].toInteger();
    sample.lagMs = json[QLatin1String("lag_ms")].toDouble();
    sample.p50 = json[QLatin1String("p50")].toDouble(-1);
    sample.p95 = json[QLatin1String("p95")].toDouble(-1);
    return sample;
}

template <typename T, typename Read>
QList<T> listFrom(const QJsonValue &value, Read read)
{
    QList<T> list;
    const QJsonArray array = value.toArray();
    list.reserve(array.size());
    for (const QJsonValue &entry : array)
        list.append(read(entry.toObject()));
    return list;
}

template <typename T>
QJsonArray listJson(const QList<T> &list)
{
    QJsonArray array;
    for (const T &entry : list)
        array.append(toJson(entry));
    return array;
}

/// RFC 4180; a leading = + - @ would be a formula to a spreadsheet.
QByteArray csvText(QString text)
{
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r\n").contains(text.front()))
        text.prepend(QLatin1Char('\''));
    return '"' + text.replace(QLatin1Char('"'), QLatin1String("\"\"")).toUtf8() + '"';
}

QByteArray csvTime(double time)
{
    return time < 0 ? QByteArray() : QByteArray::number(time, 'f', 3);
}

} // namespace

QJsonObject toJson(const LoadRow &row)
{
    QJsonObject json{{QStringLiteral("index"), row.index},     {QStringLiteral("app"), row.app.value},
                     {QStringLiteral("prompt"), row.prompt},   {QStringLiteral("title"), row.title},
                     {QStringLiteral("host"), row.host.value}, {QStringLiteral("phase"), toString(row.phase)},
                     {QStringLiteral("outcome"), row.outcome}};
    if (!row.error.isEmpty())
        json.insert(QStringLiteral("error"), row.error);
    if (!row.fault.isEmpty())
        json.insert(QStringLiteral("fault"), row.fault);
    if (!row.face.kind.isEmpty())
        json.insert(QStringLiteral("kind"), row.face.kind);
    if (!row.face.colors.isEmpty())
        json.insert(QStringLiteral("colors"), colorsJson(row.face.colors));
    if (row.retries > 0)
        json.insert(QStringLiteral("retries"), row.retries);
    json.insert(QStringLiteral("probed"), row.probed);
    if (row.settled >= 0)
        json.insert(QStringLiteral("settled"), rounded(row.settled));
    for (size_t i = 0; i < loadMoments; ++i)
        if (row.t[i] >= 0)
            json.insert(QLatin1String(moments[i]), rounded(row.t[i]));
    return json;
}

QJsonObject toJson(const LoadEvent &event)
{
    return {{QStringLiteral("t"), rounded(event.t)},
            {QStringLiteral("kind"), event.kind},
            {QStringLiteral("text"), event.text}};
}

QJsonObject toJson(const LoadSample &sample)
{
    QJsonObject json{{QStringLiteral("t"), rounded(sample.t)}};
    for (const LoadPhase phase : allPhases)
        json.insert(toString(phase), sample.counts[size_t(phase)]);
    json.insert(QStringLiteral("in_flight"), sample.inFlight);
    json.insert(QStringLiteral("limit"), sample.limit);
    json.insert(QStringLiteral("planned"), sample.planned);
    json.insert(QStringLiteral("host_cpu"), sample.hostCpu);
    json.insert(QStringLiteral("generator_cpu"), sample.generatorCpu);
    json.insert(QStringLiteral("memory_used"), sample.memoryUsed);
    json.insert(QStringLiteral("lag_ms"), rounded(sample.lagMs));
    if (sample.p50 >= 0) {
        json.insert(QStringLiteral("p50"), rounded(sample.p50));
        json.insert(QStringLiteral("p95"), rounded(sample.p95));
    }
    return json;
}

QJsonObject toJson(const LoadSnapshot &snapshot)
{
    QJsonObject counts;
    for (const LoadPhase phase : allPhases)
        counts.insert(toString(phase), snapshot.counts[size_t(phase)]);
    return {{QStringLiteral("run"), snapshot.run},         {QStringLiteral("state"), toString(snapshot.state)},
            {QStringLiteral("target"), snapshot.target},   {QStringLiteral("counts"), counts},
            {QStringLiteral("seconds"), snapshot.seconds}, {QStringLiteral("apps_per_minute"), snapshot.appsPerMinute}};
}

QJsonObject toJson(const LoadRecord &record)
{
    return {{QStringLiteral("format"), formatVersion},
            {QStringLiteral("run"), record.info.id},
            {QStringLiteral("name"), record.info.name},
            {QStringLiteral("state"), toString(record.info.state)},
            {QStringLiteral("started"), record.info.started.toString(Qt::ISODateWithMs)},
            {QStringLiteral("summary"), record.info.summary},
            {QStringLiteral("program"), record.info.program},
            {QStringLiteral("plan"), record.plan},
            {QStringLiteral("environment"), record.environment},
            {QStringLiteral("apps"), listJson(record.rows)},
            {QStringLiteral("samples"), listJson(record.samples)},
            {QStringLiteral("events"), listJson(record.events)}};
}

Result<LoadRecord> loadRecordFromJson(const QJsonObject &json)
{
    if (json[QLatin1String("format")].toInt() < formatVersion)
        return Error{ErrorKind::Invalid, LoadWords::tr("This is not a stored run."), {}};
    LoadRecord record;
    record.info.id = json[QLatin1String("run")].toString();
    record.info.name = json[QLatin1String("name")].toString();
    record.info.program = json[QLatin1String("program")].toString();
    record.info.state = fromWord(json[QLatin1String("state")].toString(), allStates, LoadRunState::Interrupted);
    record.info.started = QDateTime::fromString(json[QLatin1String("started")].toString(), Qt::ISODateWithMs);
    record.info.summary = json[QLatin1String("summary")].toObject();
    record.plan = json[QLatin1String("plan")].toObject();
    record.environment = json[QLatin1String("environment")].toObject();
    record.rows = listFrom<LoadRow>(json[QLatin1String("apps")], rowFrom);
    record.samples = listFrom<LoadSample>(json[QLatin1String("samples")], sampleFrom);
    record.events = listFrom<LoadEvent>(json[QLatin1String("events")], [](const QJsonObject &event) {
        return LoadEvent{event[QLatin1String("t")].toDouble(), event[QLatin1String("kind")].toString(),
                         event[QLatin1String("text")].toString()};
    });
    return record;
}

QByteArray rowsToCsv(const QList<LoadRow> &rows)
{
    QByteArray csv = "index,app,prompt,title,host,phase,outcome,error,fault,retries,probed";
    for (const char *moment : moments)
        csv += QByteArray(",") + moment + "_ms";
    csv += ",settled_ms\r\n";
    for (const LoadRow &row : rows) {
        csv += QByteArray::number(row.index) + ',' + row.app.value.toUtf8() + ',' + csvText(row.prompt) + ',' +
               csvText(row.title) + ',' + csvText(row.host.value) + ',' + toString(row.phase).toUtf8() + ',' +
               row.outcome.toUtf8() + ',' + csvText(row.error) + ',' + row.fault.toUtf8() + ',' +
               QByteArray::number(row.retries) + ',' + (row.probed ? "1" : "0");
        for (const double time : row.t)
            csv += ',' + csvTime(time);
        csv += ',' + csvTime(row.settled) + "\r\n";
    }
    return csv;
}

QByteArray samplesToCsv(const QList<LoadSample> &samples)
{
    QByteArray csv = "t_ms";
    for (const LoadPhase phase : allPhases)
        csv += ',' + toString(phase).toUtf8();
    csv += ",in_flight,limit,planned,host_cpu,generator_cpu,memory_used,lag_ms,p50_ms,p95_ms\r\n";
    for (const LoadSample &sample : samples) {
        csv += csvTime(sample.t);
        for (const int count : sample.counts)
            csv += ',' + QByteArray::number(count);
        csv += ',' + QByteArray::number(sample.inFlight) + ',' + QByteArray::number(sample.limit) + ',' +
               QByteArray::number(sample.planned) + ',' + QByteArray::number(sample.hostCpu, 'f', 3) + ',' +
               QByteArray::number(sample.generatorCpu, 'f', 3) + ',' + QByteArray::number(sample.memoryUsed) + ',' +
               csvTime(sample.lagMs) + ',' + csvTime(sample.p50) + ',' + csvTime(sample.p95) + "\r\n";
    }
    return csv;
}

QByteArray hostsToCsv(const QJsonObject &summary)
{
    QByteArray csv = "host,apps,live,failed,count,p50_s,p95_s,p99_s,max_s,mean_s\r\n";
    const QJsonObject hosts = summary[QLatin1String("hosts")].toObject();
    for (auto host = hosts.begin(); host != hosts.end(); ++host) {
        const QJsonObject figures = host.value().toObject();
        csv += csvText(host.key());
        for (const char *count : {"apps", "live", "failed", "count"})
            csv += ',' + QByteArray::number(figures[QLatin1String(count)].toInt());
        for (const char *time : {"p50", "p95", "p99", "max", "mean"})
            csv += ',' + csvTime(figures[QLatin1String(time)].toDouble(-1));
        csv += "\r\n";
    }
    return csv;
}

} // namespace Flotilla
