// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerwords.h"

#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerpalette.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Flotilla::SamplerWords {

namespace {

constexpr qsizetype longestWish = 2000;

QRegularExpression pattern(const char *text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::CaseInsensitiveOption |
                                                           QRegularExpression::UseUnicodePropertiesOption);
}

bool isLetter(const QString &text, qsizetype at)
{
    return at >= 0 && at < text.size() && text[at].isLetterOrNumber();
}

/// Where a word or its plural stands, from `from` on.
qsizetype wholeWord(const QString &text, const QString &word, qsizetype from)
{
    for (qsizetype at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
        qsizetype end = at + word.size();
        const QStringView rest = QStringView(text).mid(end);
        if (rest.startsWith(QLatin1String("es")) && !isLetter(text, end + 2))
            end += 2;
        else if (rest.startsWith(QLatin1Char('s')))
            end += 1;
        if (!isLetter(text, at - 1) && !isLetter(text, end))
            return at;
    }
    return -1;
}

/// The entry whose words stand nearest to the beginning; longer words win over shorter ones at the same place.
template <typename T>
const T *firstNamed(const QList<T> &list, const QString &lower)
{
    const T *best = nullptr;
    double bestScore = 0;
    for (const T &entry : list) {
        for (const QString &word : entry.words) {
            const qsizetype at = wholeWord(lower, word, 0);
            const double score = at < 0 ? 0 : (1000.0 + double(word.size()) * 4) / double(40 + at);
            if (score > bestScore) {
                bestScore = score;
                best = &entry;
            }
        }
    }
    return best;
}

/// "#abc" as "#aabbcc".
QString fullHex(const QString &digits)
{
    QString full = digits;
    if (digits.size() == 3)
        full = QString(2, digits[0]) + QString(2, digits[1]) + QString(2, digits[2]);
    return QLatin1Char('#') + full;
}

void readMoods(const QString &lower, Look &look)
{
    struct Hit
    {
        qsizetype at;
        qsizetype length;
        const SamplerParts::Mood *mood;
    };
    QList<Hit> hits;
    for (const SamplerParts::Mood &mood : SamplerParts::moods()) {
        for (const QString &word : mood.words)
            if (const qsizetype at = wholeWord(lower, word, 0); at >= 0)
                hits.append({at, word.size(), &mood});
    }
    if (hits.isEmpty())
        return;
    const auto main = std::max_element(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) {
        return std::pair(a.length >= 8, -a.at) < std::pair(b.length >= 8, -b.at);
    });
    look.hue = main->mood->hue;
    look.accent = main->mood->accent;
    look.chroma = main->mood->chroma;
    look.mode = main->mood->mode;
    look.style = main->mood->style;
    for (const Hit &hit : hits) // "blue and orange": the second one is the accent
        if (hit.mood != main->mood && hit.mood->words.first() != main->mood->words.first() && hit.at > main->at)
            look.accent = hit.mood->hue;
}

void readHex(const QString &lower, Look &look)
{
    static const QRegularExpression hex = pattern("#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])");
    bool first = true;
    for (auto matches = hex.globalMatch(lower); matches.hasNext();) {
        look.exact = fullHex(matches.next().captured(1));
        const Oklch colour = toOklch(rgbOf(look.exact));
        look.accent = qRound(colour.hue) % 360;
        if (std::exchange(first, false)) {
            look.hue = look.accent;
            look.chroma = qRound(std::clamp(colour.chroma / 0.16, 0.05, 1.3) * 100) / 100.0;
        }
    }
}

QString firstOf(const QString &lower, const QList<std::pair<const char *, const char *>> &table)
{
    for (const auto &[words, meaning] : table) {
        const QStringList list = QString::fromLatin1(words).split(QLatin1Char('|'));
        if (std::any_of(list.begin(), list.end(), [&lower](const QString &word) { return says(lower, word); }))
            return QLatin1String(meaning);
    }
    return {};
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

/// "Ich brauche eine App, die meine Bücher sortiert" without what only asks.
QString withoutGermanFrame(QString title)
{
    static const QRegularExpression opening = pattern(
        "^\\W*(?:(?:bitte|ich|wir|brauche|brauchen|möchte|will|hätte|gern|gerne|bau|baue|mach|mache|erstelle|zeig|"
        "zeige|gib|mir|uns)\\b[\\s,:]*)+");
    static const QRegularExpression article = pattern(
        "^(?:eine?[nmrs]?|der|die|das|den|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?|klein(?:e[nmrs]?)|einfach(?:e[nmrs]?)|"
        "schön(?:e[nmrs]?)|neu(?:e[nmrs]?)|dunkl(?:e[nmrs]?)|hell(?:e[nmrs]?))\\s+");
    static const QRegularExpression filler = pattern("^(?:app|anwendung|programm|seite|webseite),?\\s+(?:die|das|für|"
                                                     "fuer|um|zum|zur|mit)\\s+(?:(?:mir|uns|hilft|zeigt)"
                                                     ",?\\s+)*");
    static const QRegularExpression ending = pattern("\\s+(?:mit|ohne|damit|(?<!für |über |auf |von |in |an |bei "
                                                     ")(?:die|das|der)|um|zu \\p{L}+en)\\b.*$|\\s+(?:hilft|zeigt)$");
    title.remove(opening);
    for (QString before; before != title;) {
        before = title;
        title.remove(article).remove(filler);
    }
    return title.remove(ending);
}

} // namespace

QString plain(const QString &text)
{
    static const QRegularExpression files = pattern("<file\\b[^>]*>[\\s\\S]*?</file>|```[\\s\\S]*?```|<[^<>]{0,300}>");
    QString kept = text.left(longestWish * 8);
    kept.replace(files, QStringLiteral(" "));
    QString clean;
    for (const QChar c : kept) {
        if (c.isSpace() || c.category() == QChar::Other_Control)
            clean += QLatin1Char(' ');
        else if (!c.isNonCharacter() && c.category() != QChar::Other_Format)
            clean += c;
    }
    return clean.simplified().left(longestWish);
}

QString name(const QString &text, int limit)
{
    QString clean;
    const QString given = plain(text);
    for (qsizetype i = 0; i < given.size(); ++i) {
        const QChar c = given[i];
        const bool pair = c.isHighSurrogate() && i + 1 < given.size() && given[i + 1].isLowSurrogate();
        if (pair)
            clean += given.mid(i++, 2);
        else if (!c.isSurrogate() && c.unicode() != 0xFFFD && c.category() != QChar::Other_PrivateUse)
            clean += c;
    }
    clean = clean.simplified();
    if (clean.size() <= limit)
        return clean;
    const qsizetype space = clean.lastIndexOf(QLatin1Char(' '), limit);
    const qsizetype end = space > limit / 2 ? space : limit - (clean[limit].isLowSurrogate() ? 1 : 0);
    return clean.left(end).trimmed();
}

qsizetype placeOf(const QString &lower, const QString &words)
{
    return wholeWord(lower, words, 0);
}

bool says(const QString &lower, const QString &words)
{
    return wholeWord(lower, words, 0) >= 0;
}

bool saysAny(const QString &lower, const char *words)
{
    const QStringList list = QString::fromUtf8(words).split(QLatin1Char('|'));
    return std::any_of(list.begin(), list.end(), [&lower](const QString &word) { return says(lower, word); });
}

const SamplerParts::Kind *kindIn(const QString &lower)
{
    return firstNamed(SamplerParts::kinds(), lower);
}

namespace {

bool isOnlyNear(const SamplerParts::Kind &kind, const QString &lower)
{
    const auto said = [&lower](const QString &word) { return says(lower, word); };
    return std::any_of(kind.near.begin(), kind.near.end(), said);
}

} // namespace

const SamplerParts::Kind *kindFor(const QString &lower)
{
    static const QRegularExpression other =
        pattern("\\b(?:no|not an?|without)\\s+\\p{L}+|\\b(?:board|card) games? (?=night|evening|club|cafe|group)|"
                "^i am an? \\p{L}+");
    static const QRegularExpression whom = pattern("\\s(?:for|about)\\s.*$");
    QString text = lower;
    text.replace(other, QStringLiteral(" "));
    QString head = text; // "a workout log for a chess team" is no game
    head.remove(whom);
    if (const auto *kind = kindIn(head))
        return kind;
    const auto *kind = kindIn(text);
    return kind && isOnlyNear(*kind, text) ? nullptr : kind;
}

bool isNamed(const QString &wish)
{
    const QString lower = inEnglish(plain(wish).toLower());
    const auto *kind = kindFor(lower);
    return kind && !isOnlyNear(*kind, lower);
}

const SamplerParts::Domain *domainIn(const QString &lower)
{
    return firstNamed(SamplerParts::domains(), lower);
}

Look lookIn(const QString &lower)
{
    Look look;
    readMoods(lower, look);
    readHex(lower, look);
    const QString mode =
        firstOf(lower, {{"dark|darker|darkmode|night mode|black background", "dark"},
                        {"light|lighter|lightmode|light mode|white background|bright background", "light"}});
    const QString style =
        firstOf(lower, {{"brutalist|brutalism|comic|retro|playful|quirky|sticker|cartoon", "ink"},
                        {"editorial|elegant|paper|book|newspaper|magazine|classic|literary|vintage", "paper"},
                        {"terminal|hacker|technical|blueprint|engineering|industrial|monospace|nerdy", "mono"},
                        {"soft|cute|gentle|dreamy|pastel|cosy|cozy|friendly|rounded", "soft"},
                        {"bold|loud|strong|vivid|striking|big and bold", "bold"},
                        {"minimal|minimalist|plain|clean|simple|airy|scandinavian", "line"},
                        {"calm|quiet|modern|professional|serious", "calm"}});
    if (!mode.isEmpty())
        look.mode = mode;
    if (!style.isEmpty())
        look.style = style;
    return look;
}

QString withArticle(const QString &noun)
{
    const bool vowel = QStringLiteral("aeiou").contains(noun.left(1).toLower());
    return (vowel ? QStringLiteral("an ") : QStringLiteral("a ")) + noun;
}

QString givenName(const QString &text)
{
    static const QRegularExpression quoted =
        pattern("\\b(?:called|named|namens|titled|call it|name it|title it|title|name|titel|"
                "nenne? (?:es|sie|ihn|das|die app))\\b[^\"“„'‘«]{0,24}"
                "(?|\"([^\"]{1,80})\"|“([^”]{1,80})”|„([^“”\"]{1,80})[“”\"]|«([^»]{1,80})»|‘([^’]{1,80})’|'([^']{1,80})"
                "'(?!\\p{L}))");
    static const QRegularExpression bare =
        pattern("\\b(?:called|named|namens|titled|call it|name it|title it)\\s*:?\\s+"
                "([^\\s\"“'].{0,60}?)(?=\\s*(?:[,;:!?]|\\.(?:\\s|$)|$)|\\s+(?:with|and|in|that|which|for|where)\\b)");
    if (const auto match = quoted.match(text); match.hasMatch())
        return name(match.captured(1), 60);
    if (const auto match = bare.match(text); match.hasMatch())
        return name(match.captured(1), 60);
    return {};
}

QString titleFrom(const QString &text)
{
    static const QRegularExpression opening = pattern(
        "^\\W*(?:(?:please|need|can you|could you|would you|i(?:'d| would)? (?:want|need|like)(?: to have)?|i'd "
        "like|give me|let's|hey|hi|now|"
        "make|build|create|design|write|generate|develop|code|prototype|set up|show)\\b(?: me| us|(?: this| "
        "that| it)(?= an? ))?[\\s,:]*)+");
    static const QRegularExpression article = pattern(
        "^(?:an?|the|my|our|some|one|simple|nice|small|little|cool|beautiful|"
        "modern|new|basic|pretty|great|interactive|minimal|good[- "
        "]looking|soft|bold|dark|light|calm|quiet|cute|cosy|cozy|playful|"
        "brutalist|editorial|retro|elegant|pastel|neon|colou?rful|terminal[- ]style|minimalist|clean|plain|vivid)\\s+");
    static const QRegularExpression filler =
        pattern("^(?:web ?site|web ?app|app(?:lication)?|(?:landing|home) "
                "?page|one-pager|page|tool|prototype|mock-?up)\\s+(?:for|about|to|of|that)\\s+");
    static const QRegularExpression ending = pattern(
        "\\s*(?:[.,;:!?(){}\\[\\]<>/\\\\|`\"“”$#]|\\s[-–—]\\s|\\b(?:with|that|which|where|who|using|in|so|not|and "
        "show|but|"
        "called|named|because|based|inspired|having|to (?:track|keep|help|manage|see|show|plan|record))\\b).*$");
    static const QRegularExpression tail = pattern("\\s+(?:app|application|web ?app|web "
                                                   "?site|page|tool|please|a|the|for|of|to|and|about|his|her|their|my|"
                                                   "our|your|between|from|by|für|fuer|von|zu|und)$");
    QString title = plain(text).left(300);
    static const QRegularExpression unwanted =
        pattern("^\\W*(?:no|without|ohne|keine?)\\b[^,.;]*[,.;]\\s*(?:(?:just|only|nur)\\s+)?");
    static const QRegularExpression person =
        pattern("^\\W*(?:i['’]?m|i am|we are|ich bin)\\b[^,.;]{2,40}?(?:[,.;]\\s*|\\b(?:and|und)\\s+)");
    title.remove(unwanted).remove(person).remove(opening);
    for (QString before; before != title;) {
        before = title;
        title.remove(article).remove(filler);
    }
    if (isGerman(title.toLower()))
        title = withoutGermanFrame(title);
    title.remove(ending);
    static const QRegularExpression odd = pattern("[^\\p{L}\\p{M}\\p{N} &'’+-]");
    title = name(title.remove(odd), 42);
    for (QString before; before != title;) {
        before = title;
        title.remove(tail);
    }
    static const QRegularExpression saysNothing =
        pattern("^(?:app|application|web ?app|web ?site|page|tool|program|something)$");
    return saysNothing.match(title).hasMatch() ? QString() : capitalised(title);
}

QStringList listIn(const QString &text)
{
    static const QRegularExpression list =
        pattern("(?:\\b(?:with|like|such as|including|of|for|:|columns|items|categories|habits|are)\\b|:)\\s+"
                "((?:[\\p{L}\\p{N}][\\p{L}\\p{N} '’&-]{0,28},\\s*){1,11}(?:and |or |und )?[\\p{L}\\p{N}][\\p{L}\\p{N} "
                "'’&-]{0,28}"
                "(?:\\s*,?\\s+and\\s+[\\p{L}\\p{N}][\\p{L}\\p{N} '’&-]{0,28})?)");
    static const QRegularExpression separator = pattern("\\s*,\\s*(?:and |or )?|\\s+and\\s+");
    static const QRegularExpression lead = pattern("^(?:an?|the|some|my)\\s+");
    const auto match = list.match(plain(text));
    QStringList items;
    for (QString item : match.captured(1).split(separator, Qt::SkipEmptyParts)) {
        item.remove(lead);
        if (item.count(QLatin1Char(' ')) < 4 && !items.contains(capitalised(item)))
            items.append(capitalised(name(item, 28)));
    }
    const auto looks =
        std::count_if(items.begin(), items.end(), [](const QString &item) { return lookIn(item.toLower()) != Look(); });
    return items.size() >= 3 && looks * 2 < items.size() ? items.mid(0, 12) : QStringList();
}

} // namespace Flotilla::SamplerWords
