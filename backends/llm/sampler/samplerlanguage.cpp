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

QHash<QString, QString> readTable(const QString &part)
{
    QHash<QString, QString> read;
    const auto json = QJsonDocument::fromJson(SamplerParts::part(part).toUtf8()).object();
    for (auto word = json.begin(); word != json.end(); ++word)
        read.insert(word.key(), word.value().toString());
    return read;
}

const QHash<QString, QString> &germanWords()
{
    static const QHash<QString, QString> words = readTable(QStringLiteral("german.json"));
    return words;
}

/// "Trinkgeldrechner" is a calculator.
QString compound(const QString &word)
{
    static const QList<std::pair<QString, QString>> ends{{QStringLiteral("rechner"), QStringLiteral("calculator")},
                                                         {QStringLiteral("spiel"), QStringLiteral("game")},
                                                         {QStringLiteral("planer"), QStringLiteral("planner")},
                                                         {QStringLiteral("plan"), QStringLiteral("plan")},
                                                         {QStringLiteral("kalender"), QStringLiteral("calendar")},
                                                         {QStringLiteral("galerie"), QStringLiteral("gallery")},
                                                         {QStringLiteral("tagebuch"), QStringLiteral("journal")},
                                                         {QStringLiteral("tracker"), QStringLiteral("tracker")},
                                                         {QStringLiteral("laden"), QStringLiteral("shop")},
                                                         {QStringLiteral("liste"), QStringLiteral("list")},
                                                         {QStringLiteral("sammlung"), QStringLiteral("collection")},
                                                         {QStringLiteral("album"), QStringLiteral("photos")},
                                                         {QStringLiteral("brett"), QStringLiteral("board")},
                                                         {QStringLiteral("tafel"), QStringLiteral("board")},
                                                         {QStringLiteral("rezepte"), QStringLiteral("recipes")},
                                                         {QStringLiteral("trainer"), QStringLiteral("learn")}};
    for (const auto &[end, english] : ends)
        if (word.size() > end.size() + 2 && word.endsWith(end))
            return english;
    return {};
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
    return compound(word);
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

/// Both ask for a colour, for dark or light, or for a style.
bool areAlike(const QString &one, const QString &other)
{
    const Look a = lookIn(one);
    const Look b = lookIn(other);
    return (a.hue && b.hue) || (!a.mode.isEmpty() && !b.mode.isEmpty()) || (!a.style.isEmpty() && !b.style.isEmpty());
}

/// "not dark" is light, "too light" is dark.
QString withOppositeModes(QString text)
{
    static const QRegularExpression no = unicode(
        "\\b(?:do not|don['’]?t|not|never|no longer|instead of|rather than|less|too|no|without|remove|turn off|switch "
        "off|disable|deactivate|stop "
        "being|isn['’]?t)\\s+(?:(?:want|make|have|it|that|be|so|too|"
        "the|a|very)\\s+)*(dark|light|bright)(?:er|ness)?\\b");
    static const QRegularExpression off = unicode("\\b(dark|light)(\\s+(?:mode|theme|design))?\\s+(?:off|aus)\\b");
    text.replace(off, QStringLiteral("no \\1"));
    for (auto match = no.match(text); match.hasMatch(); match = no.match(text))
        text.replace(match.capturedStart(), match.capturedLength(),
                     match.captured(1) == QLatin1String("dark") ? QStringLiteral("light") : QStringLiteral("dark"));
    return text;
}

/// "too big" is smaller; "not bigger" asks for nothing.
QString withOppositeSizes(QString text)
{
    static const QRegularExpression no =
        unicode("\\b(?:not|do not|don['’]?t|never|no)\\s+(?:(?:make|it|the|text|font|any)\\s+)*"
                "(?:bigger|larger|smaller)\\b");
    static const QRegularExpression tooBig = unicode(
        "\\b(?:too|(?:not|less|isn['’]?t)(?:\\s+(?:so|as|that|quite))+)\\s+(?:big|bigger|large|larger|huge)\\b");
    static const QRegularExpression tooSmall =
        unicode("\\b(?:too|(?:not|less|isn['’]?t)(?:\\s+(?:so|as|that|quite))+)\\s+(?:small|smaller|tiny)\\b");
    text.replace(tooBig, QStringLiteral("smaller")).replace(tooSmall, QStringLiteral("bigger"));
    return text.remove(no);
}

QString withoutUnwantedColours(QString text)
{
    static const QRegularExpression neither = unicode("\\bneither\\s+(\\p{L}+)\\s+(?:nor|noch|or)\\b");
    text.replace(neither, QStringLiteral("not \\1, not"));
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

/// "not playful" asks for nothing; corners that are not rounded are another matter.
QString withoutUnwantedStyles(QString text)
{
    static const QRegularExpression no = unicode(
        "\\b(?:instead of|rather than|not|less|too)\\s+(?:(?:the|so|that|too|very|an?)\\s+)*((?!rounded\\b)\\p{L}+)");
    qsizetype from = 0;
    for (auto match = no.match(text, from); match.hasMatch(); match = no.match(text, from)) {
        from = lookIn(match.captured(1)).style.isEmpty() ? match.capturedEnd() : match.capturedStart();
        if (from == match.capturedStart())
            text.remove(match.capturedStart(), match.capturedLength());
    }
    return text;
}

/// What alone a colour is for.
QString thingIn(const QString &text)
{
    static const QRegularExpression thing = unicode("\\b(?:background|accent|buttons?)\\b");
    const auto match = thing.match(text);
    return match.hasMatch() ? match.captured() + QLatin1Char(' ') : QString();
}

/// "red, no, green", "red to green", "replace red by green", "red or green": one of the two is meant.
QString corrected(const QString &text)
{
    static const QRegularExpression instead =
        unicode("^(.*?)(?:[,.;–-]\\s*|\\s)(?:no|sorry|actually|rather(?! than)|i mean|wait)\\b,?\\s*(.+)$");
    static const QRegularExpression becomes =
        unicode("^(.*?)\\s*(?:→|->|=>|\\b(?:in)?to\\b)\\s*((?:an?\\s+|the\\s+)?(\\p{L}+).*)$");
    static const QRegularExpression replaced = unicode(
        "^(.*?\\b(?:(?:replace|swap|exchange|substitute)\\s+(?:the\\s+)?\\S+(?:\\s+\\p{L}+)?\\s+(?:with|by|for)|"
        "change\\s+(?:the\\s+)?\\S+\\s+in|the\\s+\\S+\\s+(?:parts?|things?|bits?|elements?)))\\s+((\\S+).*)$");
    static const QRegularExpression either = unicode("(\\S+)\\s+or\\s+(\\S+)");
    for (const QRegularExpression &change : {becomes, replaced})
        if (const auto match = change.match(text); areAlike(match.captured(1), match.captured(3)))
            return thingIn(match.captured(1)) + match.captured(2);
    if (const auto match = either.match(text); areAlike(match.captured(1), match.captured(2)))
        return text.left(match.capturedEnd(1)) + text.mid(match.capturedEnd(2));
    const auto match = instead.match(text);
    return areAlike(match.captured(1), match.captured(2)) ? match.captured(2) : text;
}

} // namespace

bool isGerman(const QString &lower)
{
    static const QRegularExpression common = unicode(
        "\\b(?:der|das|dem|den|ein|eine|einen|einer|einem|mein|meine|meiner|für|fuer|mit|und|ohne|bitte|mach|mache|"
        "nenne?|"
        "etwas|bisschen|viel|über|ueber|fürs|kannst|bist|ich|soll|sollen|auf|aus|alles|noch|jetzt|wie|zum|zur|ist|"
        "nicht|kein|keine|"
        "mehr|helles?|andere[rns]"
        "?|schalte?|"
        "benenne?|füge|fuege|lösche|loesche|entferne|ändere|aendere|titel|deutsch(?:e[nrs]?)?|englisch(?:e[nrs]?)?|"
        "sprache)\\b");
    if (common.match(lower).hasMatch())
        return true;
    constexpr qsizetype clear = 6; // so long a word is no English one by chance
    bool any = false;
    bool all = true;
    bool one = false;
    int several = 0;
    eachWord(lower, [&](const QString &word) {
        const QString english = translated(word);
        const bool known = !english.isEmpty();
        any = true;
        all = all && known;
        one = one || (known && !word.startsWith(english) && word.size() >= clear);
        several +=
            known && !word.startsWith(english) && word != QLatin1String("die") && word != QLatin1String("will") ? 1 : 0;
        return word;
    });
    return one || several > 1 || (any && all);
}

QString Voice::operator()(const QString &english) const
{
    static const QHash<QString, QString> answers = readTable(QStringLiteral("answers.json"));
    return german ? answers.value(english, english) : english;
}

QString inEnglish(const QString &lower)
{
    if (!isGerman(lower))
        return lower;
    static const QRegularExpression tooMuch = unicode("\\bzu (?=(?:groß|gross|klein|hell|dunkel)\\b)");
    static const QRegularExpression notSo = unicode("\\bnicht so (?=(?:groß|gross|klein|hell|dunkel)\\b)");
    static const QRegularExpression fadeOut = unicode("\\bblende\\s+(.*?)\\s+aus\\b");
    static const QRegularExpression fadeIn = unicode("\\bblende\\s+(.*?)\\s+ein\\b");
    QString text = lower;
    text.replace(fadeOut, QStringLiteral("verstecke \\1")).replace(fadeIn, QStringLiteral("zeig \\1"));
    text.replace(tooMuch, QStringLiteral("too ")).replace(notSo, QStringLiteral("too "));
    return eachWord(text, [](const QString &word) {
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
    return withoutUnwantedStyles(withoutUnwantedColours(withOppositeSizes(withOppositeModes(corrected(lower)))));
}

} // namespace Flotilla::SamplerWords
