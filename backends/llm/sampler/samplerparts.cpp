// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerparts.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

static void registerParts()
{
    Q_INIT_RESOURCE(sampler_parts);
}

namespace Flotilla::SamplerParts {

namespace {

QByteArray readPart(const QString &path)
{
    static const bool registered = [] {
        registerParts();
        return true;
    }();
    Q_UNUSED(registered)
    QFile file(QLatin1String(":/flotilla/sampler/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonArray table(const QString &path)
{
    return QJsonDocument::fromJson(readPart(path)).array();
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &entry : value.toArray())
        list.append(entry.toString());
    return list;
}

QList<Kind> readKinds()
{
    QList<Kind> list;
    for (const QJsonValue &value : table(QStringLiteral("kinds.json"))) {
        const QJsonObject entry = value.toObject();
        const QString title = entry[QLatin1String("title")].toString();
        list.append(
            {entry[QLatin1String("name")].toString(), title, entry[QLatin1String("noun")].toString(title.toLower()),
             strings(entry[QLatin1String("words")]) + strings(entry[QLatin1String("near")]),
             strings(entry[QLatin1String("layouts")]), strings(entry[QLatin1String("sections")]),
             strings(entry[QLatin1String("domains")]), strings(entry[QLatin1String("taglines")]),
             strings(entry[QLatin1String("components")]), strings(entry[QLatin1String("only")]),
             strings(entry[QLatin1String("near")]),
             entry[QLatin1String("german")][QLatin1String("title")].toString(title),
             strings(entry[QLatin1String("german")][QLatin1String("taglines")]), strings(entry[QLatin1String("can")])});
    }
    return list;
}

QList<Domain> readDomains()
{
    QHash<QString, QJsonObject> german;
    for (const QJsonValue &value : table(QStringLiteral("lexicon.de.json")))
        german.insert(value[QLatin1String("name")].toString(), value.toObject());
    QList<Domain> list;
    for (const QJsonValue &value : table(QStringLiteral("lexicon.json"))) {
        QJsonObject entry = value.toObject();
        Domain domain{
            entry.take(QLatin1String("name")).toString(), strings(entry.take(QLatin1String("words"))), {}, {}};
        domain.content = entry;
        domain.german = german.value(domain.name, entry);
        domain.german.remove(QLatin1String("name"));
        list.append(domain);
    }
    return list;
}

QList<Mood> readMoods()
{
    QList<Mood> list;
    for (const QJsonValue &value : table(QStringLiteral("moods.json"))) {
        const QJsonObject entry = value.toObject();
        const int hue = entry[QLatin1String("hue")].toInt();
        list.append({strings(entry[QLatin1String("words")]), hue, entry[QLatin1String("accent")].toInt(hue),
                     entry[QLatin1String("chroma")].toDouble(1.0), entry[QLatin1String("mode")].toString(),
                     entry[QLatin1String("style")].toString()});
    }
    return list;
}

Labels readLabels()
{
    Labels labels;
    const QJsonObject parts = QJsonDocument::fromJson(readPart(QStringLiteral("labels.de.json"))).object();
    for (auto part = parts.begin(); part != parts.end(); ++part)
        for (const QJsonValue &label : part->toArray())
            labels[part.key()].append({label[0].toString(), label[1].toString()});
    return labels;
}

template <typename T>
const T *named(const QList<T> &list, const QString &name)
{
    const auto found = std::find_if(list.begin(), list.end(), [&name](const T &entry) { return entry.name == name; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

const QList<Kind> &kinds()
{
    static const QList<Kind> list = readKinds();
    return list;
}

const QList<Domain> &domains()
{
    static const QList<Domain> list = readDomains();
    return list;
}

const QList<Mood> &moods()
{
    static const QList<Mood> list = readMoods();
    return list;
}

const Kind *kind(const QString &name)
{
    return named(kinds(), name);
}

const Domain *domain(const QString &name)
{
    return named(domains(), name);
}

QString part(const QString &path)
{
    return QString::fromUtf8(readPart(path));
}

QString germanPart(const QString &path)
{
    QString text = part(path);
    const auto labels = germanLabels().value(path);
    for (const auto &[english, german] : labels)
        text.replace(english, german);
    return text;
}

const Labels &germanLabels()
{
    static const Labels labels = readLabels();
    return labels;
}

} // namespace Flotilla::SamplerParts
