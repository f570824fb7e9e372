// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as JSON: what is stored, what --plan reads.
#include "backends/fleet/loadtest/loadplan.h"

#include "backends/fleet/loadtest/loadprompts.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <QSet>

#include <cmath>

namespace Flotilla {

namespace {

constexpr qint64 largestPlan = 20'000'000; ///< with the prompts of a file in it, which is smaller

/// Reads members of one object and remembers the first that is wrong.
class PlanReader
{
public:
    PlanReader(QJsonObject json, QString where)
        : m_json(std::move(json))
        , m_where(std::move(where))
    {
    }

    void number(const char *name, double &target)
    {
        const QJsonValue value = take(name);
        if (value.isDouble())
            target = value.toDouble();
        else
            refuse(name, value);
    }
    void number(const char *name, int &target)
    {
        const QJsonValue value = take(name);
        const double number = value.toDouble(-1);
        if (value.isDouble() && number == std::floor(number) && std::abs(number) <= 1e9)
            target = int(number);
        else
            refuse(name, value);
    }
    void text(const char *name, QString &target)
    {
        const QJsonValue value = take(name);
        if (value.isString())
            target = value.toString();
        else
            refuse(name, value);
    }
    void flag(const char *name, bool &target)
    {
        const QJsonValue value = take(name);
        if (value.isBool())
            target = value.toBool();
        else
            refuse(name, value);
    }
    void texts(const char *name, QStringList &target)
    {
        const QJsonValue value = take(name);
        if (!value.isArray())
            return refuse(name, value);
        target.clear();
        const QJsonArray array = value.toArray();
        for (const QJsonValue &entry : array) {
            if (!entry.isString())
                refuse(name, entry);
            target.append(entry.toString());
        }
    }
    QJsonObject object(const char *name)
    {
        const QJsonValue value = take(name);
        if (!value.isObject())
            refuse(name, value);
        return value.toObject();
    }
    QJsonArray array(const char *name)
    {
        const QJsonValue value = take(name);
        if (!value.isArray())
            refuse(name, value);
        return value.toArray();
    }
    void refuse(const char *name, const QJsonValue &value)
    {
        if (!value.isUndefined())
            m_wrong = m_wrong.isEmpty() ? QLatin1String(name) : m_wrong;
    }
    Status done()
    {
        for (auto member = m_json.begin(); member != m_json.end() && m_wrong.isEmpty(); ++member)
            if (!m_known.contains(member.key()))
                m_wrong = member.key();
        if (m_wrong.isEmpty())
            return {};
        return Error{ErrorKind::Invalid,
                     LoadWords::tr("\"%1\" in %2 is not known or not of the right kind.").arg(m_wrong, m_where),
                     {}};
    }

private:
    QJsonValue take(const char *name)
    {
        m_known.insert(QLatin1String(name));
        return m_json.value(QLatin1String(name));
    }

    QJsonObject m_json;
    QString m_where;
    QString m_wrong;
    QSet<QString> m_known;
};

std::optional<LoadStage::Shape> shapeFrom(const QString &text)
{
    using Shape = LoadStage::Shape;
    for (const Shape shape : {Shape::Hold, Shape::Linear, Shape::Step, Shape::Spike})
        if (toString(shape) == text)
            return shape;
    return std::nullopt;
}

Status readStages(const QJsonArray &array, QList<LoadStage> &stages)
{
    for (const QJsonValue &value : array) {
        if (!value.isObject())
            return Error{ErrorKind::Invalid, LoadWords::tr("A stage has to be a JSON object."), {}};
        PlanReader reader(value.toObject(), LoadWords::tr("a stage"));
        LoadStage stage;
        QString shape = toString(stage.shape);
        stage.to = stages.isEmpty() ? 0 : stages.last().to;
        reader.text("shape", shape);
        reader.number("to", stage.to);
        reader.number("for", stage.seconds);
        if (const Status done = reader.done(); !done)
            return done;
        const auto known = shapeFrom(shape);
        if (!known)
            return Error{ErrorKind::Invalid,
                         LoadWords::tr("A stage is hold, linear, step or spike, not \"%1\".").arg(shape),
                         {}};
        stage.shape = *known;
        stages.append(stage);
    }
    return {};
}

Status readFaults(const QJsonObject &json, LoadFaults &faults)
{
    PlanReader reader(json, LoadWords::tr("the faults"));
    reader.number("create", faults.create);
    reader.number("slow", faults.slow);
    reader.number("slow_seconds", faults.slowSeconds);
    reader.number("crash", faults.crash);
    return reader.done();
}

Status readPace(const QJsonObject &json, LoadPace &pace)
{
    PlanReader reader(json, LoadWords::tr("the pace"));
    reader.number("first_token_ms", pace.firstTokenMs);
    reader.number("tokens_per_second", pace.tokensPerSecond);
    reader.number("answer_seconds", pace.answerSeconds);
    return reader.done();
}

Status readThresholds(const QJsonArray &array, QList<LoadThreshold> &thresholds)
{
    for (const QJsonValue &value : array) {
        const auto threshold = thresholdFromText(value.toString());
        if (!threshold)
            return threshold.error();
        thresholds.append(*threshold);
    }
    return {};
}

Status readAfterwards(const QString &text, LoadPlan &plan)
{
    using Afterwards = LoadPlan::Afterwards;
    for (const Afterwards afterwards : {Afterwards::Remove, Afterwards::Sleep, Afterwards::Keep})
        if (toString(afterwards) == text) {
            plan.afterwards = afterwards;
            return {};
        }
    return Error{ErrorKind::Invalid, LoadWords::tr("Afterwards is remove, sleep or keep, not \"%1\".").arg(text), {}};
}

Status readParts(PlanReader &reader, LoadPlan &plan)
{
    QString model = QStringLiteral("open");
    QString afterwards = toString(plan.afterwards);
    reader.text("load_model", model);
    reader.text("afterwards", afterwards);
    plan.closed = model == QLatin1String("closed");
    if (!plan.closed && model != QLatin1String("open"))
        return Error{ErrorKind::Invalid, LoadWords::tr("The load model is open or closed, not \"%1\".").arg(model), {}};
    Status read = readAfterwards(afterwards, plan);
    if (read)
        read = readStages(reader.array("stages"), plan.stages);
    if (read)
        read = readFaults(reader.object("faults"), plan.faults);
    if (read)
        read = readPace(reader.object("pace"), plan.pace);
    if (read)
        read = readThresholds(reader.array("thresholds"), plan.thresholds);
    return read;
}

/// Fills `plan` as far as it can be read.
Status readPlan(const QJsonObject &json, LoadPlan &plan)
{
    PlanReader reader(json, LoadWords::tr("the plan"));
    double seed = double(plan.seed);
    reader.text("name", plan.name);
    reader.number("count", plan.count);
    reader.flag("poisson", plan.poisson);
    reader.number("max_in_flight", plan.maxInFlight);
    reader.texts("prompts", plan.prompts);
    reader.text("model", plan.model);
    reader.text("recording", plan.recording);
    reader.text("record", plan.record);
    reader.texts("hosts", plan.hosts);
    reader.text("backend", plan.backend);
    reader.number("hold_seconds", plan.holdSeconds);
    reader.number("sweeps", plan.sweeps);
    reader.number("app_seconds", plan.appSeconds);
    reader.number("queue_seconds", plan.queueSeconds);
    reader.number("warm_up_seconds", plan.warmUpSeconds);
    reader.number("seed", seed);
    Status read = readParts(reader, plan);
    const auto whole = loadSeedFrom(seed);
    if (whole)
        plan.seed = *whole;
    if (read)
        read = reader.done();
    return read && !whole ? Status(whole.error()) : read;
}

/// The prompts in place of `prompts_file`: a stored plan has all that the run depended on.
Result<QJsonObject> withPrompts(QJsonObject json, const QDir &folder)
{
    const QJsonValue file = json.take(QLatin1String("prompts_file"));
    if (file.isUndefined())
        return json;
    if (!file.isString() || json.contains(QLatin1String("prompts")))
        return Error{
            ErrorKind::Invalid, LoadWords::tr("\"prompts_file\" names a file, and goes without \"prompts\"."), {}};
    const QString path = folder.absoluteFilePath(file.toString());
    if (QFileInfo::exists(path) && !QFileInfo(path).isFile()) // a pipe would be waited for
        return Error{
            ErrorKind::Invalid, LoadWords::tr("\"prompts_file\" names %1, which is not a file.").arg(path), {}};
    const auto prompts = loadPromptsFromFile(path);
    if (!prompts)
        return prompts.error();
    json.insert(QStringLiteral("prompts"), QJsonArray::fromStringList(*prompts));
    return json;
}

QString notAnObject(const QString &name, const QJsonParseError &problem)
{
    if (problem.error == QJsonParseError::NoError)
        return LoadWords::tr("%1 is not a JSON object.").arg(name);
    return LoadWords::tr("%1 is not a JSON object: %2 at character %3.")
        .arg(name, problem.errorString())
        .arg(problem.offset);
}

QJsonArray stagesJson(const QList<LoadStage> &stages)
{
    QJsonArray array;
    for (const LoadStage &stage : stages)
        array.append(QJsonObject{{QStringLiteral("shape"), toString(stage.shape)},
                                 {QStringLiteral("to"), stage.to},
                                 {QStringLiteral("for"), stage.seconds}});
    return array;
}

} // namespace

Result<LoadThreshold> thresholdFromText(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^\\s*([a-z][a-z0-9_.]*)\\s*(<=|>=|==|<|>)\\s*(-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?)\\s*$"));
    const auto match = form.match(text);
    bool finite = false;
    const double value = match.captured(3).toDouble(&finite);
    if (!finite)
        return Error{
            ErrorKind::Invalid,
            LoadWords::tr("\"%1\" is not a threshold. Write one as \"time_to_live_s.p95 <= 20\".").arg(text.left(80)),
            {}};
    return LoadThreshold{match.captured(1), match.captured(2), value};
}

Result<LoadPlan> loadPlanFromJson(const QJsonObject &json)
{
    LoadPlan plan;
    Status read = readPlan(json, plan);
    if (read)
        read = checkPlan(plan);
    if (!read)
        return read.error();
    return plan;
}

LoadPlan storedLoadPlan(const QJsonObject &json)
{
    LoadPlan plan;
    [[maybe_unused]] const Status read = readPlan(json, plan);
    return plan;
}

Result<LoadPlan> loadPlanFromText(const QByteArray &text, const QString &name, const QDir &folder)
{
    if (text.size() > largestPlan)
        return Error{ErrorKind::Invalid, LoadWords::tr("%1 is larger than 20 MB.").arg(name), {}};
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject())
        return Error{ErrorKind::Invalid, notAnObject(name, problem), {}};
    const auto json = withPrompts(document.object(), folder);
    auto plan = json ? loadPlanFromJson(*json) : Result<LoadPlan>(json.error());
    if (!plan)
        return plan.error();
    for (QString *named : {&plan->recording, &plan->record})
        if (!named->isEmpty())
            *named = folder.absoluteFilePath(*named);
    return plan;
}

Result<LoadPlan> loadPlanFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, LoadWords::tr("The plan %1 cannot be read.").arg(path), file.errorString()};
    return loadPlanFromText(file.read(largestPlan + 1), path, QFileInfo(path).absoluteDir());
}

QJsonObject toJson(const LoadPlan &plan)
{
    QJsonArray thresholds;
    for (const LoadThreshold &t : plan.thresholds)
        thresholds.append(QStringLiteral("%1 %2 %3")
                              .arg(t.metric, t.op, QString::number(t.value, 'g', QLocale::FloatingPointShortest)));
    return {{QStringLiteral("name"), plan.name},
            {QStringLiteral("count"), plan.count},
            {QStringLiteral("load_model"), plan.closed ? QStringLiteral("closed") : QStringLiteral("open")},
            {QStringLiteral("stages"), stagesJson(plan.stages)},
            {QStringLiteral("poisson"), plan.poisson},
            {QStringLiteral("max_in_flight"), plan.maxInFlight},
            {QStringLiteral("prompts"), QJsonArray::fromStringList(plan.prompts)},
            {QStringLiteral("model"), plan.model},
            {QStringLiteral("pace"), QJsonObject{{QStringLiteral("first_token_ms"), plan.pace.firstTokenMs},
                                                 {QStringLiteral("tokens_per_second"), plan.pace.tokensPerSecond},
                                                 {QStringLiteral("answer_seconds"), plan.pace.answerSeconds}}},
            {QStringLiteral("recording"), plan.recording},
            {QStringLiteral("record"), plan.record},
            {QStringLiteral("hosts"), QJsonArray::fromStringList(plan.hosts)},
            {QStringLiteral("backend"), plan.backend},
            {QStringLiteral("hold_seconds"), plan.holdSeconds},
            {QStringLiteral("sweeps"), plan.sweeps},
            {QStringLiteral("app_seconds"), plan.appSeconds},
            {QStringLiteral("queue_seconds"), plan.queueSeconds},
            {QStringLiteral("warm_up_seconds"), plan.warmUpSeconds},
            {QStringLiteral("faults"), QJsonObject{{QStringLiteral("create"), plan.faults.create},
                                                   {QStringLiteral("slow"), plan.faults.slow},
                                                   {QStringLiteral("slow_seconds"), plan.faults.slowSeconds},
                                                   {QStringLiteral("crash"), plan.faults.crash}}},
            {QStringLiteral("thresholds"), thresholds},
            {QStringLiteral("afterwards"), toString(plan.afterwards)},
            {QStringLiteral("seed"), double(plan.seed)}};
}

} // namespace Flotilla
