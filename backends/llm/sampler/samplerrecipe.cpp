// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerrecipe.h"

#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplertranslate.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace Flotilla {

namespace {

using namespace SamplerWords;

const QStringList &allStyles()
{
    static const QStringList list{QStringLiteral("calm"), QStringLiteral("line"), QStringLiteral("bold"),
                                  QStringLiteral("ink"),  QStringLiteral("soft"), QStringLiteral("paper"),
                                  QStringLiteral("mono")};
    return list;
}

/// Repeatable choices: each question about a wish has its own number.
class Choices
{
public:
    explicit Choices(const QString &wish)
        : m_digest(QCryptographicHash::hash(wish.toUtf8(), QCryptographicHash::Sha256))
    {
    }
    quint32 number(int question) const
    {
        quint32 value = 0;
        for (int i = 0; i < 4; ++i)
            value = value << 8 | uchar(m_digest[(question * 3 + i) % 32]);
        return value;
    }
    template <typename List>
    auto pick(const List &list, int question) const
    {
        return list.at(qsizetype(number(question) % quint32(list.size())));
    }

private:
    QByteArray m_digest;
};

void chooseLook(Recipe &recipe, const QString &lower, const Choices &choices)
{
    static constexpr std::array<int, 6> turns{0, 32, -38, 150, 180, 210};
    const Look look = lookIn(wanted(lower));
    recipe.exact = look.exact;
    recipe.hue = look.hue.value_or(int(choices.number(1) % 360));
    const int turned = recipe.hue + turns[choices.number(2) % turns.size()];
    recipe.accent = (look.accent.value_or(turned) + 360) % 360;
    recipe.chroma = look.chroma.value_or(0.75 + double(choices.number(3) % 50) / 100);
    recipe.style = look.style.isEmpty() ? choices.pick(allStyles(), 4) : look.style;
    const bool dark = choices.number(5) % 10 < 3;
    recipe.mode = look.mode.isEmpty() ? (dark ? QStringLiteral("dark") : QStringLiteral("light")) : look.mode;
}

void chooseShape(Recipe &recipe, const QString &lower, const SamplerParts::Kind &kind, const Choices &choices)
{
    static const QMap<QString, QStringList> fonts{
        {QStringLiteral("calm"), {QStringLiteral("sans"), QStringLiteral("humanist")}},
        {QStringLiteral("line"), {QStringLiteral("sans"), QStringLiteral("humanist"), QStringLiteral("serif")}},
        {QStringLiteral("bold"), {QStringLiteral("sans"), QStringLiteral("condensed")}},
        {QStringLiteral("ink"), {QStringLiteral("sans"), QStringLiteral("rounded"), QStringLiteral("mono")}},
        {QStringLiteral("soft"), {QStringLiteral("rounded"), QStringLiteral("humanist")}},
        {QStringLiteral("paper"), {QStringLiteral("serif")}},
        {QStringLiteral("mono"), {QStringLiteral("mono"), QStringLiteral("sans")}}};
    static const QMap<QString, QList<int>> radii{
        {QStringLiteral("calm"), {10, 14, 18}}, {QStringLiteral("line"), {8, 14, 20}},
        {QStringLiteral("bold"), {6, 16, 26}},  {QStringLiteral("ink"), {0, 6, 14}},
        {QStringLiteral("soft"), {20, 26}},     {QStringLiteral("paper"), {2}},
        {QStringLiteral("mono"), {0}}};
    recipe.font = choices.pick(fonts.value(recipe.style, {QStringLiteral("sans")}), 6);
    recipe.radius = choices.pick(radii.value(recipe.style, {12}), 7);
    recipe.layout = choices.pick(kind.layouts, 8);
    recipe.gap = choices.pick(QList<int>{16, 20, 24}, 9);
    recipe.mark = int(choices.number(10) % 8);
    recipe.sections = kind.sections;
    constexpr double big = 1.125;
    if (saysAny(lower, bigThings))
        recipe.scale = big;
}

/// "habit" in "habit tracker" says both what it is and what it is about.
bool namesDomain(const QString &word)
{
    const auto &domains = SamplerParts::domains();
    return std::any_of(domains.begin(), domains.end(),
                       [&word](const auto &domain) { return domain.words.first() == word; });
}

void chooseWords(Recipe &recipe, const QString &wish, const SamplerParts::Kind &kind, const Choices &choices)
{
    const QString given = givenName(plain(wish));
    const QString made = titleFrom(wish);
    const bool german = recipe.language == QLatin1String("de");
    recipe.title = !given.isEmpty() ? given : made.size() > 1 ? made : german ? kind.germanTitle : kind.title;
    const QString lower = inEnglish(plain(wish).toLower());
    static const QRegularExpression mood(QStringLiteral(
        "\\b(?:in|with|using)\\b[^.,;]{0,24}\\b(?:colou?rs?|palette|mood|style|look|tones?)\\b(?: of)?[^.,;]*"
        "|\\w+ (?:colou?rs?|palette|tones?)\\b"));
    QString topic = lower; // "a shop for ceramics" is about ceramics, "in harbour colours" is about no harbour
    topic.remove(mood);
    const QString spoken = topic;
    for (const QString &word : kind.words)
        if (const qsizetype at = placeOf(topic, word); at >= 0 && !namesDomain(word))
            topic.remove(at, word.size());
    const auto *ownTopic = domainIn(topic);
    const auto *domain = ownTopic ? ownTopic : domainIn(spoken);
    if (domain && !kind.only.isEmpty() && !kind.only.contains(domain->name))
        domain = nullptr;
    recipe.domain = domain ? domain->name : choices.pick(kind.domains, 11);
    recipe.tagline = choices.pick(german ? kind.germanTaglines : kind.taglines, 12);
    recipe.tagline.replace(QLatin1String("{nouns}"), contentOf(recipe)[QLatin1String("nouns")].toString());
    if (kind.name != QLatin1String("board") || !says(lower, QStringLiteral("columns")))
        recipe.items = listIn(wish);
}

QString textIn(const QJsonObject &object, const char *field, int limit)
{
    return name(object[QLatin1String(field)].toString(), limit);
}

QString oneOf(const QString &value, const QStringList &allowed)
{
    return allowed.contains(value) ? value : allowed.value(0);
}

QStringList namesIn(const QJsonValue &value, int most)
{
    QStringList list;
    for (const QJsonValue &entry : value.toArray())
        if (list.size() < most && !name(entry.toString(), 60).isEmpty())
            list.append(name(entry.toString(), 60));
    return list;
}

void readLook(Recipe &recipe, const QJsonObject &object, const SamplerParts::Kind &kind)
{
    recipe.mode = oneOf(object[QLatin1String("mode")].toString(), {QStringLiteral("light"), QStringLiteral("dark")});
    recipe.hue = (object[QLatin1String("hue")].toInt() % 360 + 360) % 360;
    recipe.accent = (object[QLatin1String("accent")].toInt() % 360 + 360) % 360;
    static const QRegularExpression hex(QStringLiteral("^#[0-9a-f]{6}$"));
    const QString exact = object[QLatin1String("exact")].toString();
    recipe.exact = hex.match(exact).hasMatch() ? exact : QString();
    recipe.tinted = object[QLatin1String("tinted")].toBool();
    recipe.chroma = std::clamp(object[QLatin1String("chroma")].toDouble(1), 0.0, 1.5);
    recipe.style = oneOf(object[QLatin1String("style")].toString(), allStyles());
    recipe.layout = oneOf(object[QLatin1String("layout")].toString(), kind.layouts);
    recipe.font = object[QLatin1String("font")].toString();
    recipe.radius = std::clamp(object[QLatin1String("radius")].toInt(12), 0, 40);
    recipe.gap = std::clamp(object[QLatin1String("gap")].toInt(20), 8, 36);
    recipe.scale = std::clamp(object[QLatin1String("scale")].toDouble(1), 0.75, 1.6);
    recipe.mark = std::clamp(object[QLatin1String("mark")].toInt(), 0, 7);
}

std::optional<Recipe> recipeFrom(const QJsonObject &object)
{
    const auto *kind = SamplerParts::kind(object[QLatin1String("kind")].toString());
    const auto *domain = SamplerParts::domain(object[QLatin1String("domain")].toString());
    if (!kind || !domain)
        return std::nullopt;
    Recipe recipe;
    recipe.kind = kind->name;
    recipe.domain = domain->name;
    recipe.seed = quint32(object[QLatin1String("seed")].toDouble());
    recipe.key = textIn(object, "key", 40);
    recipe.language = oneOf(object[QLatin1String("language")].toString(), {QString(), QStringLiteral("de")});
    recipe.translated = object[QLatin1String("translated")].toBool();
    recipe.title = textIn(object, "title", 60);
    recipe.tagline = textIn(object, "tagline", 120);
    readLook(recipe, object, *kind);
    for (const QString &section : namesIn(object[QLatin1String("sections")], 20))
        if (kind->sections.contains(section))
            recipe.sections.append(section);
    recipe.items = namesIn(object[QLatin1String("items")], 12);
    recipe.extras = namesIn(object[QLatin1String("extras")], 6);
    const QJsonArray renames = object[QLatin1String("renames")].toArray();
    for (const QJsonValue &entry : renames)
        recipe.renames.insert(name(entry[0].toString(), 60), name(entry[1].toString(), 60));
    return recipe;
}

QString quotedJson(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

QJsonArray renameList(const QMap<QString, QString> &renames)
{
    QJsonArray list;
    for (auto entry = renames.begin(); entry != renames.end(); ++entry)
        list.append(QJsonArray{entry.key(), entry.value()});
    return list;
}

} // namespace

Recipe recipeFor(const QString &wish)
{
    const QString lower = plain(wish).toLower();
    const auto asked = languageIn(lower);
    if (asked && asked->known && asked->whole)
        return recipeFor(plain(wish).remove(asked->words.last(), Qt::CaseInsensitive), asked->name);
    return recipeFor(wish, isGerman(lower) ? QStringLiteral("de") : QString());
}

QJsonObject contentOf(const Recipe &recipe)
{
    const auto *domain = SamplerParts::domain(recipe.domain);
    if (!domain)
        return {};
    return recipe.language == QLatin1String("de") ? domain->german : domain->content;
}

Recipe recipeFor(const QString &wish, const QString &language)
{
    const QString lower = inEnglish(plain(wish).toLower());
    const Choices choices(wish);
    Recipe recipe;
    const auto *named = kindFor(lower);
    const auto &kind =
        named ? *named
              : *SamplerParts::kind(choices.pick(QStringList{QStringLiteral("tracker"), QStringLiteral("board"),
                                                             QStringLiteral("gallery"), QStringLiteral("notes"),
                                                             QStringLiteral("planner"), QStringLiteral("dashboard"),
                                                             QStringLiteral("shop")},
                                                 0));
    recipe.kind = kind.name;
    recipe.language = language;
    recipe.seed = choices.number(13);
    recipe.key = QStringLiteral("%1-%2").arg(kind.name).arg(recipe.seed % 100000);
    chooseLook(recipe, lower, choices);
    chooseShape(recipe, lower, kind, choices);
    chooseWords(recipe, wish, kind, choices);
    return recipe;
}

std::optional<Recipe> recipeIn(const QString &text)
{
    static const QLatin1String opening("export const theme = {");
    for (qsizetype at = text.lastIndexOf(opening); at >= 0; at = at > 0 ? text.lastIndexOf(opening, at - 1) : -1) {
        const qsizetype begin = at + opening.size() - 1;
        const qsizetype end = text.indexOf(QLatin1String("\n}"), begin);
        if (end < 0)
            continue;
        QString json = text.mid(begin, end + 2 - begin);
        const auto document = QJsonDocument::fromJson(json.toUtf8());
        if (const auto recipe = recipeFrom(document.object()))
            return recipe;
    }
    return std::nullopt;
}

QString themeFile(const Recipe &recipe)
{
    QString text =
        QStringLiteral("// What this app is called and how it looks. Colours and sizes stand in styles.css.\n"
                       "export const theme = {\n");
    const auto add = [&text](const char *field, const QJsonValue &value) {
        text += QStringLiteral("  \"%1\": %2,\n").arg(QLatin1String(field), quotedJson(value));
    };
    add("title", recipe.title);
    add("tagline", recipe.tagline);
    add("kind", recipe.kind);
    add("domain", recipe.domain);
    if (!recipe.language.isEmpty())
        add("language", recipe.language);
    if (recipe.translated)
        add("translated", true);
    add("sections", QJsonArray::fromStringList(recipe.sections));
    add("mode", recipe.mode);
    add("hue", recipe.hue);
    add("accent", recipe.accent);
    if (!recipe.exact.isEmpty())
        add("exact", recipe.exact);
    if (recipe.tinted)
        add("tinted", true);
    add("chroma", qRound(recipe.chroma * 100) / 100.0);
    add("style", recipe.style);
    add("layout", recipe.layout);
    add("font", recipe.font);
    add("radius", recipe.radius);
    add("gap", recipe.gap);
    add("scale", qRound(recipe.scale * 1000) / 1000.0);
    add("mark", recipe.mark);
    add("items", QJsonArray::fromStringList(recipe.items));
    add("renames", renameList(recipe.renames));
    if (!recipe.extras.isEmpty())
        add("extras", QJsonArray::fromStringList(recipe.extras));
    add("seed", double(recipe.seed));
    add("key", recipe.key);
    text.chop(2);
    return text + QStringLiteral("\n}\n");
}

} // namespace Flotilla
