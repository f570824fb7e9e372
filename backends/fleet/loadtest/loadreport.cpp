// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadreport.h"

#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"
#include "backends/fleet/loadtest/reportchart.h"
#include "backends/fleet/loadtest/reportpage.h"

#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace Flotilla {

namespace {

constexpr qsizetype mostDots = 2900; // the page stays below 2 MB

QString seconds(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'f', 3) : QStringLiteral("–");
}

QString tile(const QString &value, const QString &label, const QString &style = {})
{
    return QStringLiteral("<div class=\"tile\"><b class=\"%1\">%2</b><span>%3</span></div>")
        .arg(style, value.toHtmlEscaped(), label.toHtmlEscaped());
}

double warmUpOf(const LoadRecord &record)
{
    return record.plan[QLatin1String("warm_up_seconds")].toDouble();
}

/// Apps that were meant to begin in the warm-up.
qsizetype warmUpApps(const LoadRecord &record)
{
    const double until = warmUpOf(record) * 1000;
    return std::count_if(record.rows.begin(), record.rows.end(), [until](const LoadRow &row) {
        return row.has(LoadMoment::Intended) && row.at(LoadMoment::Intended) < until;
    });
}

QString warmUpWords()
{
    return LoadWords::tr("warm-up, not judged");
}

QString badge(const QString &text, const char *style = "")
{
    return QStringLiteral(" <span class=\"badge %1\">%2</span>").arg(QLatin1String(style), text.toHtmlEscaped());
}

QString badges(const LoadRecord &record)
{
    const QJsonObject &s = record.info.summary;
    const bool passed = s[QLatin1String("passed")].toBool();
    QString html = badge(passed ? LoadWords::tr("All thresholds met") : LoadWords::tr("Not all thresholds met"),
                         passed ? "good" : "bad");
    html += badge(s[QLatin1String("model")].toString());
    if (s[QLatin1String("load_model")].toString() == QLatin1String("closed"))
        html += badge(LoadWords::tr("Closed model: times count from the real start"));
    if (warmUpOf(record) > 0)
        html += badge(
            LoadWords::tr("Warm-up of %1 s: %2 apps are not judged").arg(warmUpOf(record)).arg(warmUpApps(record)));
    if (record.info.state != LoadRunState::Done)
        html += badge(toString(record.info.state), "bad");
    return html;
}

QString header(const LoadRecord &record)
{
    const QString title = record.info.name.isEmpty() ? record.info.id : record.info.name;
    QString html = QStringLiteral("<h1>%1</h1><p class=\"sub\">%2, %3 &nbsp;%4</p>")
                       .arg(title.toHtmlEscaped(), record.info.id.toHtmlEscaped(),
                            record.info.started.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss 'UTC'")), badges(record));
    const QJsonArray broken = record.info.summary[QLatin1String("broken_thresholds")].toArray();
    for (const QJsonValue &threshold : broken)
        html += QStringLiteral("<p class=\"bad\">%1</p>")
                    .arg(LoadWords::tr("Not met: %1").arg(threshold.toString()).toHtmlEscaped());
    return html;
}

QString tiles(const QJsonObject &s)
{
    const QJsonObject times = s[QLatin1String("time_to_live_s")].toObject();
    const int bad = s[QLatin1String("failed")].toInt() + s[QLatin1String("partial")].toInt();
    const auto count = [&s](const char *name) { return QString::number(s[QLatin1String(name)].toInt()); };
    return QStringLiteral("<div class=\"tiles\">") +
           tile(count("live") + LoadWords::tr(" of ") + count("requested"), LoadWords::tr("live")) +
           tile(count("peak_live_verified"), LoadWords::tr("peak live, verified by one sweep")) +
           tile(QString::number(s[QLatin1String("burst_achieved")].toDouble() * 100, 'f', 1) + QStringLiteral(" %"),
                LoadWords::tr("burst achieved")) +
           tile(QString::number(s[QLatin1String("duration_s")].toDouble(), 'f', 2) + QStringLiteral(" s"),
                LoadWords::tr("until the last one")) +
           tile(seconds(times[QLatin1String("p50")]) + QStringLiteral(" s"), LoadWords::tr("time to live, p50")) +
           tile(seconds(times[QLatin1String("p99")]) + QStringLiteral(" s"), LoadWords::tr("time to live, p99")) +
           tile(QString::number(s[QLatin1String("apps_per_minute")].toDouble(), 'f', 0),
                LoadWords::tr("apps per minute")) +
           tile(QString::number(bad), LoadWords::tr("failed or partial"), bad > 0 ? QStringLiteral("bad") : QString()) +
           QStringLiteral("</div>");
}

double lengthOf(const LoadRecord &record)
{
    return record.samples.isEmpty() ? 1 : record.samples.last().t / 1000;
}

/// Of times; a chart without any has an axis of 1 s and says why.
double topOf(double most)
{
    return most > 0 ? most * 1.1 : 1;
}

void addWarmUp(ReportChart &chart, const LoadRecord &record)
{
    if (warmUpOf(record) > 0)
        chart.shade(warmUpOf(record), warmUpWords());
}

void addMarks(ReportChart &chart, const LoadRecord &record)
{
    for (const LoadEvent &event : record.events)
        if (event.kind != QLatin1String("phase"))
            chart.mark(event.t / 1000, event.text);
}

QString rampChart(const LoadRecord &record)
{
    constexpr std::array order{LoadPhase::Live,       LoadPhase::Partial,    LoadPhase::Failed,
                               LoadPhase::Building,   LoadPhase::Generating, LoadPhase::Starting,
                               LoadPhase::Allocating, LoadPhase::Queued,     LoadPhase::Cancelled};
    ReportChart chart(LoadWords::tr("Apps by phase"), lengthOf(record), double(record.rows.size()),
                      LoadWords::tr("seconds"), LoadWords::tr("apps"));
    QList<QPointF> base;
    for (const LoadSample &sample : record.samples)
        base.append({sample.t / 1000, 0});
    for (const LoadPhase phase : order) {
        QList<QPointF> upper = base;
        bool any = false;
        for (qsizetype i = 0; i < upper.size(); ++i) {
            const int count = record.samples[i].counts[size_t(phase)];
            upper[i].ry() += count;
            any = any || count > 0;
        }
        if (any)
            chart.area(toString(phase), toString(phase), upper, base);
        base = upper;
    }
    QList<QPointF> planned;
    for (const LoadSample &sample : record.samples)
        planned.append({sample.t / 1000, double(sample.planned)});
    chart.line(QStringLiteral("planned"), LoadWords::tr("planned starts"), planned);
    addWarmUp(chart, record);
    addMarks(chart, record);
    return chart.svg();
}

QString latencyChart(const LoadRecord &record)
{
    QList<QPointF> p50;
    QList<QPointF> p95;
    double most = 0;
    for (const LoadSample &sample : record.samples) {
        if (sample.p50 < 0)
            continue;
        p50.append({sample.t / 1000, sample.p50 / 1000});
        p95.append({sample.t / 1000, sample.p95 / 1000});
        most = std::max(most, sample.p95 / 1000);
    }
    ReportChart chart(LoadWords::tr("Time to live of the apps that came alive at that time"), lengthOf(record),
                      topOf(most), LoadWords::tr("seconds"), LoadWords::tr("seconds"));
    chart.line(QStringLiteral("first"), LoadWords::tr("p50"), p50);
    chart.line(QStringLiteral("second"), LoadWords::tr("p95"), p95);
    if (p50.isEmpty())
        chart.say(LoadWords::tr("No app came alive."));
    addWarmUp(chart, record);
    return chart.svg();
}

QString scatterChart(const LoadRecord &record)
{
    const qsizetype every = std::max<qsizetype>(1, (record.rows.size() + mostDots - 1) / mostDots);
    QList<QPointF> live;
    QList<QPointF> service;
    QList<QPointF> dead;
    double most = 0;
    for (qsizetype i = 0; i < record.rows.size(); i += every) {
        const LoadRow &row = record.rows[i];
        const auto time = spanOf(row, LoadSpan::TimeToLive);
        if (!time) {
            dead.append({double(row.index), 0});
            continue;
        }
        live.append({double(row.index), *time / 1000});
        service.append({double(row.index), (*time - spanOf(row, LoadSpan::Queue).value_or(0)) / 1000});
        most = std::max(most, *time / 1000);
    }
    const QString title = every == 1 ? LoadWords::tr("Each app by order of submission")
                                     : LoadWords::tr("Every %1th app by order of submission").arg(every);
    ReportChart chart(title, double(record.rows.size()), topOf(most), LoadWords::tr("submission"),
                      LoadWords::tr("seconds"));
    chart.dots(QStringLiteral("first"), LoadWords::tr("time to live (from the planned start)"), live);
    chart.dots(QStringLiteral("third"), LoadWords::tr("without the queue (from the real start)"), service);
    if (live.isEmpty())
        chart.say(LoadWords::tr("No app came alive."));
    if (!dead.isEmpty())
        chart.dots(QStringLiteral("dead"), LoadWords::tr("never live"), dead);
    if (const qsizetype apps = warmUpApps(record); apps > 0)
        chart.shade(double(apps), warmUpWords());
    return chart.svg();
}

QString machineChart(const LoadRecord &record)
{
    QList<QPointF> host;
    QList<QPointF> generator;
    QList<QPointF> memory;
    const double cores = record.environment[QLatin1String("cores")].toDouble(1);
    const double total = std::max(1.0, record.environment[QLatin1String("memory_bytes")].toDouble());
    for (const LoadSample &sample : record.samples) {
        host.append({sample.t / 1000, sample.hostCpu * 100});
        generator.append({sample.t / 1000, sample.generatorCpu / cores * 100});
        memory.append({sample.t / 1000, double(sample.memoryUsed) / total * 100});
    }
    ReportChart chart(LoadWords::tr("This machine, the load generator included"), lengthOf(record), 100,
                      LoadWords::tr("seconds"), LoadWords::tr("percent"));
    chart.line(QStringLiteral("first"), LoadWords::tr("processors, all"), host);
    chart.line(QStringLiteral("second"), LoadWords::tr("processors, this program"), generator);
    chart.line(QStringLiteral("third"), LoadWords::tr("memory"), memory);
    addWarmUp(chart, record);
    return chart.svg();
}

QString row(const QString &name, const QJsonObject &d, const QString &note = {})
{
    QString html =
        QStringLiteral("<tr><td>%1</td><td>%2</td>").arg(name.toHtmlEscaped()).arg(d[QLatin1String("count")].toInt());
    for (const char *column : {"p50", "p95", "p99", "max", "mean"})
        html += QStringLiteral("<td>%1</td>").arg(seconds(d[QLatin1String(column)]));
    return html + QStringLiteral("<td class=\"text\">%1</td></tr>").arg(note.toHtmlEscaped());
}

QString timesTable(const QString &heading, const QString &rows)
{
    return QStringLiteral("<h2>%1</h2><table><tr><th>%2</th><th>%3</th><th>p50</th><th>p95</th><th>p99</th><th>max</th>"
                          "<th>%4</th><th></th></tr>%5</table>")
        .arg(heading, LoadWords::tr("seconds"), LoadWords::tr("count"), LoadWords::tr("mean"), rows);
}

/// "20 apps: create_error 1, live 19"
QString hostNote(const QJsonObject &host)
{
    const QJsonObject classes = host[QLatin1String("classes")].toObject();
    QStringList counts;
    for (auto it = classes.begin(); it != classes.end(); ++it)
        counts.append(QStringLiteral("%1 %2").arg(it.key()).arg(it.value().toInt()));
    return LoadWords::tr("%1 apps: %2").arg(host[QLatin1String("apps")].toInt()).arg(counts.join(QLatin1String(", ")));
}

QString hostlessWords(const QJsonObject &s)
{
    const int apps = s[QLatin1String("no_host")].toInt();
    return apps == 0
               ? QString()
               : QStringLiteral("<p class=\"sub\">%1</p>")
                     .arg(LoadWords::tr("%1 apps were on no host: they never began, or got no sandbox.").arg(apps));
}

QString tables(const QJsonObject &s)
{
    QString phases;
    for (const LoadSpan span : loadSpans)
        phases +=
            row(toString(span), s[QLatin1String("phases")].toObject()[toString(span)].toObject(), definition(span));
    const QJsonObject quartiles = s[QLatin1String("quartiles")].toObject();
    const QString submission = row(LoadWords::tr("first 25 %"), quartiles[QLatin1String("first")].toObject()) +
                               row(LoadWords::tr("middle 50 %"), quartiles[QLatin1String("middle")].toObject()) +
                               row(LoadWords::tr("last 25 %"), quartiles[QLatin1String("last")].toObject());
    QString hosts;
    const QJsonObject byHost = s[QLatin1String("hosts")].toObject();
    for (auto host = byHost.begin(); host != byHost.end(); ++host)
        hosts += row(host.key(), host.value().toObject(), hostNote(host.value().toObject()));
    return timesTable(LoadWords::tr("Phases"), phases) +
           timesTable(LoadWords::tr("Time to live by order of submission"), submission) +
           timesTable(LoadWords::tr("Time to live by host"), hosts) + hostlessWords(s);
}

QString outcomes(const QJsonObject &s)
{
    const QJsonObject classes = s[QLatin1String("classes")].toObject();
    const QJsonObject errors = s[QLatin1String("errors")].toObject();
    QString html = QStringLiteral("<h2>%1</h2><table><tr><th>%2</th><th>%3</th><th></th></tr>")
                       .arg(LoadWords::tr("Outcomes"), LoadWords::tr("class"), LoadWords::tr("apps"));
    for (auto it = classes.begin(); it != classes.end(); ++it)
        html += QStringLiteral("<tr><td>%1</td><td>%2</td><td class=\"text\">%3</td></tr>")
                    .arg(it.key().toHtmlEscaped())
                    .arg(it.value().toInt())
                    .arg(errors[it.key()].toString().left(300).toHtmlEscaped());
    html +=
        QStringLiteral("</table><p class=\"sub\">%1</p>")
            .arg(LoadWords::tr(
                     "Requested %1 = live %2 + failed %3 + partial %4 + cancelled %5. Dropped starts %6, retries %7.")
                     .arg(s[QLatin1String("requested")].toInt())
                     .arg(s[QLatin1String("live")].toInt())
                     .arg(s[QLatin1String("failed")].toInt())
                     .arg(s[QLatin1String("partial")].toInt())
                     .arg(s[QLatin1String("cancelled")].toInt())
                     .arg(s[QLatin1String("dropped_starts")].toInt())
                     .arg(s[QLatin1String("retries")].toInt()));
    return html;
}

QString json(const QString &heading, const QJsonObject &object)
{
    const QString text = QString::fromUtf8(QJsonDocument(object).toJson());
    return QStringLiteral("<h2>%1</h2><pre>%2</pre>").arg(heading, text.left(20'000).toHtmlEscaped());
}

QString definitions()
{
    const std::pair<const char *, QString> entries[] = {
        {"t0", LoadWords::tr("intended: the plan says that the app starts")},
        {"t1", LoadWords::tr("started: it really began; t1 - t0 is the queue")},
        {"t2", LoadWords::tr("allocated: its sandbox was created")},
        {"t3", LoadWords::tr("ready: the agent inside answered")},
        {"t4", LoadWords::tr("the model's first token")},
        {"t5", LoadWords::tr("the model's last token; runs in parallel with t2 and t3")},
        {"t6", LoadWords::tr("served: HTTP 2xx of the app's own address; t6 - t0 is the time to live")},
        {"percentile",
         LoadWords::tr("nearest rank: the smallest value that at least that share of all values do not exceed")},
        {"live", LoadWords::tr("built, served, and answered the last probe")},
        {"partial", LoadWords::tr("was live, and did not answer a later probe")},
    };
    QString html = QStringLiteral("<h2>%1</h2><dl>").arg(LoadWords::tr("Definitions"));
    for (const auto &[name, text] : entries)
        html += QStringLiteral("<dt>%1</dt><dd>%2</dd>").arg(QLatin1String(name), text.toHtmlEscaped());
    return html +
           QStringLiteral("</dl><p class=\"sub\">%1</p>")
               .arg(LoadWords::tr("All times are from one monotonic clock. Failures are counted; nothing is padded."));
}

} // namespace

QByteArray loadReportHtml(const LoadRecord &record)
{
    const QJsonObject &s = record.info.summary;
    const QString title = record.info.name.isEmpty() ? record.info.id : record.info.name;
    QString html = QStringLiteral("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                                  "<meta name=\"viewport\" content=\"width=device-width\">"
                                  "<meta http-equiv=\"Content-Security-Policy\" "
                                  "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>%1</title>"
                                  "<style>%2</style></head><body>")
                       .arg(title.toHtmlEscaped(), reportStyle());
    html += header(record) + tiles(s) + rampChart(record) + latencyChart(record) + scatterChart(record) +
            machineChart(record) + tables(s) + outcomes(s) + definitions() + json(LoadWords::tr("Plan"), record.plan) +
            json(LoadWords::tr("Environment"), record.environment) + QStringLiteral("</body></html>\n");
    return html.toUtf8();
}

Status writeLoadReport(const LoadRecord &record, const QString &folder)
{
    const QDir dir(folder);
    const std::pair<const char *, QByteArray> files[] = {
        {"report.html", loadReportHtml(record)},
        {"apps.csv", rowsToCsv(record.rows)},
        {"samples.csv", samplesToCsv(record.samples)},
        {"hosts.csv", hostsToCsv(record.info.summary)},
        {"run.json", QJsonDocument(toJson(record)).toJson()},
    };
    bool written = QDir().mkpath(folder);
    for (const auto &[name, bytes] : files) {
        QSaveFile file(dir.filePath(QLatin1String(name)));
        written = written && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush() &&
                  file.commit();
    }
    if (written)
        return {};
    return Error{ErrorKind::Storage, LoadWords::tr("The report cannot be written to %1.").arg(folder), {}};
}

} // namespace Flotilla
