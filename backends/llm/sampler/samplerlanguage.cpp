// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerlanguage.h"

#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace Flotilla::SamplerWords {

namespace {

QRegularExpression unicode(const char *text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::UseUnicodePropertiesOption);
}

const QHash<QString, QString> &germanWords()
{
    static const QHash<QString, QString> words = [] {
        QHash<QString, QString> read;
        const auto json = QJsonDocument::fromJson(SamplerParts::part(QStringLiteral("german.json")).toUtf8()).object();
        for (auto word = json.begin(); word != json.end(); ++word)
            read.insert(word.key(), word.value().toString());
        return read;
    }();
    return words;
}

/// "rote", "rotes" and "roten" are "rot".
QString translated(const QString &word)
{
    const auto &words = germanWords();
    if (const auto found = words.constFind(word); found != words.constEnd())
        return *found;
    for (const char *ending : {"es", "en", "er", "em", "e", "n", "s"}) {
        const QString end = QLatin1String(ending);
        if (word.size() <= end.size() + 2 || !word.endsWith(end))
            continue;
        if (const auto found = words.constFind(word.chopped(end.size())); found != words.constEnd())
            return *found;
    }
    return {};
}

/// Calls `replace` with each word; what it returns takes the word's place.
template <typename Replace>
QString eachWord(const QString &text, Replace replace)
{
    static const QRegularExpression word = unicode("\\p{L}+");
    QString result;
    qsizetype at = 0;
    for (auto matches = word.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        result += text.mid(at, match.capturedStart() - at) + replace(match.captured());
        at = match.capturedEnd();
    }
    return result + text.mid(at);
}

const QStringList &commandWords()
{
    static const QStringList words =
        QStringLiteral("title name rename make remove delete hide change show call dark darker light "
                       "lighter colour colours color colors background button buttons accent chart "
                       "section summary search tagline subtitle header sidebar font bigger larger "
                       "smaller rounded rounder corners square spacing compact blue green yellow "
                       "orange purple pink brown black white grey")
            .split(QLatin1Char(' '));
    return words;
}

/// Two neighbours changed places, or, in a long word, one letter is missing or too many.
bool isSlipOf(const QString &word, const QString &meant)
{
    const QString &longer = word.size() > meant.size() ? word : meant;
    const QString &shorter = word.size() > meant.size() ? meant : word;
    const auto [left, right] = std::mismatch(shorter.begin(), shorter.end(), longer.begin(), longer.end());
    const qsizetype at = left - shorter.begin();
    if (longer.size() == shorter.size())
        return at + 1 < word.size() && word[at] == meant[at + 1] && word[at + 1] == meant[at] &&
               word.mid(at + 2) == meant.mid(at + 2);
    return meant.size() >= 6 && at > 0 && longer.size() == shorter.size() + 1 && longer.mid(at + 1) == shorter.mid(at);
}

bool hasColour(const QString &text)
{
    return lookIn(text).hue.has_value();
}

/// "not dark" is light, "too light" is dark.
QString withOppositeModes(QString text)
{
    static const QRegularExpression no = unicode("\\b(?:do not|don['’]?t|not|never|no longer|less|too|stop "
                                                 "being|isn['’]?t)\\s+(?:(?:want|make|have|it|that|be|so|too|"
                                                 "the|a|very)\\s+)*(dark|light|bright)(?:er|ness)?\\b");
    for (auto match = no.match(text); match.hasMatch(); match = no.match(text))
        text.replace(match.capturedStart(), match.capturedLength(),
                     match.captured(1) == QLatin1String("dark") ? QStringLiteral("light") : QStringLiteral("dark"));
    return text;
}

QString withoutUnwantedColours(QString text)
{
    static const QRegularExpression no =
        unicode("\\b(?:less|not|no|without|hate|dislike|instead of|rather than|too|don['’]?t (?:like|want)|do not "
                "(?:like|want)|"
                "remove)\\s+(?:(?:the|so|that|any|more|much|all|of)\\s+)*(\\p{L}+)(?! and white)\\b");
    qsizetype from = 0;
    for (auto match = no.match(text, from); match.hasMatch(); match = no.match(text, from)) {
        from = match.capturedEnd();
        if (!hasColour(match.captured(1)))
            continue;
        from = match.capturedStart();
        text.remove(match.capturedStart(), match.capturedLength());
    }
    return text;
}

QString corrected(const QString &text)
{
    static const QRegularExpression instead =
        unicode("^(.*?)(?:[,.;–-]\\s*|\\s)(?:no|sorry|actually|rather|i mean|wait)\\b,?\\s*(.+)$");
    const auto match = instead.match(text);
    return hasColour(match.captured(1)) && hasColour(match.captured(2)) ? match.captured(2) : text;
}

} // namespace

bool isGerman(const QString &lower)
{
    static const QRegularExpression common = unicode(
        "\\b(?:der|das|dem|den|ein|eine|einen|einer|einem|mein|meine|meiner|für|fuer|mit|und|ohne|bitte|mach|mache|"
        "nenne?|"
        "ich|soll|auf|zum|zur|ist|nicht|kein|keine|mehr|füge|fuege|lösche|loesche|entferne|ändere|aendere|titel)\\b");
    if (common.match(lower).hasMatch())
        return true;
    constexpr qsizetype clear = 7; // so long a word is no English one by chance
    bool any = false;
    bool all = true;
    bool one = false;
    eachWord(lower, [&](const QString &word) {
        const bool known = !translated(word).isEmpty();
        any = true;
        all = all && known;
        one = one || (known && word.size() >= clear);
        return word;
    });
    return one || (any && all);
}

QString inEnglish(const QString &lower)
{
    if (!isGerman(lower))
        return lower;
    return eachWord(lower, [](const QString &word) {
        const QString english = translated(word);
        return english.isEmpty() ? word : english;
    });
}

QString withoutSlips(const QString &text)
{
    const QStringList &known = commandWords();
    return eachWord(text, [&known](const QString &word) {
        if (word.size() < 4 || word != word.toLower() || known.contains(word) || !translated(word).isEmpty())
            return word;
        const auto meant = std::find_if(known.begin(), known.end(),
                                        [&word](const QString &command) { return isSlipOf(word, command); });
        return meant == known.end() ? word : *meant;
    });
}

QString wanted(const QString &lower)
{
    return withoutUnwantedColours(withOppositeModes(corrected(lower)));
}

} // namespace Flotilla::SamplerWords
