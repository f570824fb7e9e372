// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplertranslate.h"

#include "backends/llm/sampler/samplerchanges.h"
#include "backends/llm/sampler/samplerleft.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla {

using namespace SamplerWords;

namespace {

using Pairs = QMap<QString, QString>;

void add(Pairs &pairs, const QString &from, const QString &to)
{
    if (from != to && !from.isEmpty() && !to.isEmpty() && !pairs.contains(from))
        pairs.insert(from, to);
}

/// Two values of one shape, string by string.
void addTexts(Pairs &pairs, const QJsonValue &from, const QJsonValue &to)
{
    if (from.isString())
        add(pairs, from.toString(), to.toString());
    const QJsonArray list = from.toArray();
    for (qsizetype i = 0; i < list.size(); ++i)
        addTexts(pairs, list[i], to[i]);
    const QJsonObject object = from.toObject();
    for (auto field = object.begin(); field != object.end(); ++field)
        addTexts(pairs, *field, to[field.key()]);
}

/// The texts in quotes of two pieces of source.
void addQuoted(Pairs &pairs, const QString &from, const QString &to)
{
    static const QRegularExpression quoted = expression("'((?:[^'\\\\]|\\\\.)*)'");
    auto others = quoted.globalMatch(to);
    for (auto texts = quoted.globalMatch(from); texts.hasNext() && others.hasNext();)
        add(pairs, texts.next().captured(1), others.next().captured(1));
}

/// What was written in the language that `recipe` has not, and what it is called now.
Pairs translations(const Recipe &recipe)
{
    const bool german = recipe.language == QLatin1String("de");
    Recipe other = recipe;
    other.language = german ? QString() : QStringLiteral("de");
    Pairs pairs;
    addTexts(pairs, contentOf(other), contentOf(recipe));
    const auto &labels = SamplerParts::germanLabels();
    const QString folder = QStringLiteral("kinds/%1/").arg(recipe.kind);
    for (auto part = labels.begin(); part != labels.end(); ++part)
        if (part.key().startsWith(folder))
            for (const auto &[english, translated] : *part)
                addQuoted(pairs, german ? english : translated, german ? translated : english);
    return pairs;
}

} // namespace

#define FLOTILLA_LANGUAGE                                                                                              \
    "(german|deutsch|english|englisch|french|französisch|spanish|spanisch|italian|italienisch|dutch|niederländisch|" \
    "portuguese|portugiesisch|polish|polnisch|turkish|türkisch|russian|russisch|chinese|chinesisch|japanese|"         \
    "japanisch)(?:e[nrsm]?)?\\b"

std::optional<WantedLanguage> languageIn(const QString &lower)
{
    static const QRegularExpression unwanted =
        expression("\\b(?:not|nicht|instead of|rather than|statt|anstatt|from|von|vom)\\s+(?:(?:in|auf|the)\\s+)*" //
                   FLOTILLA_LANGUAGE);
    static const QRegularExpression into =
        expression("\\b(?:(in|auf)|into|to|ins|speaks?|sprich\\p{L}*)\\s+(?:the\\s+)?" FLOTILLA_LANGUAGE
                   "(?!\\s+(?!(?:please|bitte|instead|now|again|and|und|with|mit|labels?|language|version|too|text|um|"
                   "sein|be|haben|übersetz\\p{L}*|umstellen)\\b)\\p{L})");
    static const QRegularExpression only = expression(
        "^\\W*(?:(?:please|bitte|now|jetzt|make|mache?|it|es|everything|alles|the|die|app|labels?|beschriftung\\p{L}*|"
        "text|texte|language|sprache|is|be|should|soll|all)\\W+)*()" FLOTILLA_LANGUAGE
        "(?:\\W+(?:please|bitte|instead|labels?|language|version|text|texte|beschriftung\\p{L}*|now|jetzt|machen|sein))"
        "*"
        "\\W*$");
    QStringList words;
    for (auto matches = unwanted.globalMatch(lower); matches.hasNext();)
        words.append(matches.next().captured());
    QString text = lower;
    auto match = into.match(text.remove(unwanted));
    const QStringList clauses = clausesOf(text);
    for (qsizetype i = 0; !match.hasMatch() && i < clauses.size(); ++i)
        match = only.match(clauses[i]);
    if (!match.hasMatch())
        return std::nullopt;
    const QString name = match.captured(2);
    const bool german = name == QLatin1String("german") || name == QLatin1String("deutsch");
    return WantedLanguage{german ? QStringLiteral("de") : QString(), german || name.startsWith(QLatin1String("engli")),
                          words << match.captured(), !match.captured(1).isEmpty()};
}

#undef FLOTILLA_LANGUAGE

Recipe inLanguage(const Recipe &recipe, const QString &language)
{
    Recipe next = recipe;
    next.language = language;
    next.translated = true;
    const auto *kind = SamplerParts::kind(recipe.kind);
    const bool german = language == QLatin1String("de");
    if (kind && recipe.title == (german ? kind->title : kind->germanTitle))
        next.title = german ? kind->germanTitle : kind->title;
    const auto taglineOf = [](const Recipe &app, const QStringList &from, qsizetype i) {
        return from.value(i).replace(QLatin1String("{nouns}"), contentOf(app)[QLatin1String("nouns")].toString());
    };
    for (qsizetype i = 0; kind && i < kind->taglines.size(); ++i)
        if (recipe.tagline == taglineOf(recipe, german ? kind->taglines : kind->germanTaglines, i))
            next.tagline = taglineOf(next, german ? kind->germanTaglines : kind->taglines, i);
    next.renames.clear();
    const Pairs pairs = translations(next);
    for (auto entry = recipe.renames.begin(); entry != recipe.renames.end(); ++entry)
        next.renames.insert(pairs.value(entry.key(), entry.key()), entry.value());
    return next;
}

QString formerlyFile(const Recipe &recipe)
{
    const Pairs pairs = translations(recipe);
    QJsonObject words;
    for (auto pair = pairs.begin(); pair != pairs.end(); ++pair)
        words.insert(pair.key(), *pair);
    return QStringLiteral(
               "// Rows that were stored before the app had its language.\n"
               "const words: Record<string, string> = %1\n\n"
               "/** The fields of a row keep their names. */\n"
               "export const translated = (text: string) =>\n"
               "  text.replace(/(\"(?:[^\"\\\\]|\\\\.)*\")(:?)/g, (all: string, word: string, colon: string) => {\n"
               "    const was: string = JSON.parse(word)\n"
               "    if (!Object.hasOwn(words, was) || (colon && /^[a-z]\\w*$/.test(was))) return all\n"
               "    return JSON.stringify(words[was]) + colon\n"
               "  })\n")
        .arg(QString::fromUtf8(QJsonDocument(words).toJson(QJsonDocument::Indented)).trimmed());
}

void SamplerChanges::language()
{
    const auto wanted = languageIn(m_lower);
    if (!wanted)
        return;
    const Recipe before = recipe();
    if (wanted->known && wanted->name != recipe().language)
        recipe() = inLanguage(recipe(), wanted->name);
    const bool german = wanted->name == QLatin1String("de");
    if (!wanted->known)
        refuse(say("The sampler has its labels in English and German only."));
    else
        tell(before,
             german ? say("its labels are in German; names that were given stay")
                    : say("its labels are in English; names that were given stay"),
             german ? say("It is in German already.") : say("It is in English already."));
    for (const QString &words : wanted->words)
        cut(words);
    static const QRegularExpression verbs = expression("\\b(?:translate|übersetze?|eindeutschen)\\b");
    m_lower.remove(verbs);
    m_rest.remove(verbs);
}

} // namespace Flotilla
