// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"

#include "backends/llm/sampler/samplerchanges.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QJsonArray>

#include <algorithm>

namespace Flotilla {

using namespace SamplerWords;

QRegularExpression SamplerWords::expression(const char *text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::CaseInsensitiveOption |
                                                           QRegularExpression::UseUnicodePropertiesOption);
}

SamplerChanges::SamplerChanges(const Recipe &current, const QString &wish)
    : m_before(current)
    , m_result{current, {}, {}}
    , m_wish(withoutSlips(plain(wish)))
    , m_lower(m_wish.toLower())
    , m_rest(m_wish)
    , m_words{isGerman(m_lower)}
{
}

FollowUp SamplerChanges::all()
{
    if (courtesy() || question())
        return m_result;
    undo();
    otherKind();
    changes();
    leftOver();
    return m_result;
}

void SamplerChanges::changes()
{
    addedSections(); // before the title: "a section called Gifts" names no app
    if (!names())
        title();
    cutNames();
    language();
    m_lower = wanted(inEnglish(m_lower));
    onlySections();
    allSections();
    sections();
    typeface();
    look();
    textSize();
    corners();
    spacing();
    layout();
    surprise();
}

void SamplerChanges::cut(const QString &text)
{
    m_wish.remove(text, Qt::CaseInsensitive);
    m_rest.remove(text, Qt::CaseInsensitive);
    m_lower.remove(text.toLower());
}

QStringList SamplerChanges::said(QStringList english) const
{
    for (QString &word : english)
        word = say(word);
    return english;
}

void SamplerChanges::tell(const Recipe &before, const QString &what, const QString &already)
{
    if (recipe() == before)
        refuse(already);
    else
        done(what);
}

/// Thanks and praise ask for nothing.
bool SamplerChanges::courtesy()
{
    static const QRegularExpression kind = expression(
        "^\\W*(?:(?:thanks?|thank you|thx|cheers|danke(?: ?schön| ?sehr)?|vielen dank|ok|okay|great|nice|perfect|cool|"
        "lovely|super|wow|awesome|amazing|good job|well done|love it|i (?:really )?(?:love|like) (?:it|this|that)|"
        "(?:it |that |this )?(?:looks?|is) (?:great|good|nice|lovely|perfect)|prima|toll|klasse|gefällt mir|"
        "sehr schön|so much|a lot|very much|very|really|for (?:that|this)|dafür|yes|ja|you|"
        "(?:das |es )?sieht (?:toll|gut|super|schön|prima) aus)\\W*)+$");
    static const QRegularExpression only = expression("^\\W*(?:(?:ok|okay|yes|ja|you|very|really)\\W*)+$");
    if (!kind.match(m_lower).hasMatch() || only.match(m_lower).hasMatch())
        return false;
    refuse(say("You are welcome."));
    return true;
}

bool SamplerWords::isQuestion(const QString &lower)
{
    static const QRegularExpression asks =
        expression("^\\W*(?:and |und |but |aber )?(?:why|what(?! about| if)|what['’]s|ist(?! zu| viel)|sind|hast|gibt "
                   "es|how(?! about)|when|who|where|which|is(?! it possible| "
                   "there a way)|are|does|do(?! ?n['’]?t| not)|did|"
                   "warum|wieso|weshalb|wie(?! eine?\\b| im\\b| am\\b)|wann|wer|wo|was|welche[rsnm]?)\\b");
    return asks.match(lower).hasMatch();
}

/// A question beside other wishes is left for leftOver().
bool SamplerChanges::question()
{
    static const QRegularExpression border = expression("(?<=[.?!])\\s+");
    static const QRegularExpression abilities = expression("\\b(?:what (?:else )?can|was kannst|was geht)\\b");
    QStringList others;
    for (const QString &sentence : m_wish.split(border, Qt::SkipEmptyParts))
        if (!isQuestion(sentence.toLower()))
            others.append(sentence);
    if (others.isEmpty()) {
        if (!abilities.match(m_lower).hasMatch())
            refuse(say("The sampler cannot answer questions."));
        return true;
    }
    m_wish = others.join(QLatin1Char(' '));
    m_lower = m_wish.toLower();
    return false;
}

/// Versions do that better than a wish.
void SamplerChanges::undo()
{
    static const QRegularExpression back = expression(
        "(?:^|[.;!,] "
        "?)(?:(?:please|bitte|no|nein|oh|ok|wait|then|dann)\\W+)*(?:undo|revert|rückgängig|rueckgaengig|mach(?:e)? "
        "(?:das|es|die "
        "(?:letzte )?änderung) rückgängig|go back|take (?:it|that) back|put (?:it|that) back|zurück|(?:back )?to the "
        "(?:previous|last|first|old) "
        "(?:one|version|state|look)|(?:restore|show) the (?:previous|last|first|old|original)|"
        "(?:like |wie )?(?:the |die )?(?:previous|last|first|old|earlier|original|vorige|letzte|erste|alte) "
        "version|(?:as|like|wie) (?:it was )?(?:before|vorher))\\b"
        "(?! (?:to|zu|auf) (?!the\\b|the previous\\b))(?:(?!\\b(?:and|und|then) )[^.;,])*");
    const auto match = back.match(m_wish);
    if (!match.hasMatch())
        return;
    cut(match.captured());
    refuse(say("Every change is a version: choose an earlier one under the preview and press Restore."));
}

void SamplerChanges::otherKind()
{
#define FLOTILLA_STOP "(?=$|[.;,!?]|\\s(?:and|und|but|aber|then|dann|with|mit|called|named|namens)\\s)"
    static const QRegularExpression turn = expression(
        "\\b(?:turn|convert|change|transform|make) (?:it|this|that|the app) (?:back )?(?:in)?to (?:an? "
        ")?(.+?)" FLOTILLA_STOP "|^(?:an?|make an?|build an?|now an?) (.+?) instead\\b"
        "|\\bmake (?:it|this) an? ((?!bit\\b|little\\b|lot\\b|touch\\b|tad\\b)(?:[\\p{L}-]+ ){0,2}?[\\p{L}-]+)" //
        FLOTILLA_STOP);
    static const QRegularExpression turnGerman =
        expression("\\b(?:mach|bau)e?\\s+(?:daraus|draus)\\s+(ein.+?)" FLOTILLA_STOP
                   "|\\b(?:mach|bau)e?\\s+(ein.+?)\\s+(?:daraus|draus)\\b"
                   "|\\bmache?\\s+(?:es|sie|das|die app)\\s+zu\\s+(ein.+?)" FLOTILLA_STOP
                   "|\\bverwand(?:le|el)\\s+(?:es|sie|das|die app)\\s+in\\s+(ein.+?)" FLOTILLA_STOP);
#undef FLOTILLA_STOP
    auto match = turn.match(m_lower);
    if (!match.hasMatch())
        match = turnGerman.match(m_lower);
    const QString target = match.captured(match.lastCapturedIndex());
    const auto *kind = match.hasMatch() ? kindIn(inEnglish(target)) : nullptr;
    if (!kind)
        return;
    if (kind->name == recipe().kind)
        return refuse(say("It is %1 already.").arg(say(withArticle(kind->noun))));
    becomeKind(*kind, target);
    cut(match.captured());
}

void SamplerChanges::becomeKind(const SamplerParts::Kind &kind, const QString &target)
{
    Recipe next = recipeFor(target, recipe().language);
    next.hue = recipe().hue;
    next.accent = recipe().accent;
    next.exact = recipe().exact;
    next.tinted = recipe().tinted;
    next.chroma = recipe().chroma;
    next.mode = recipe().mode;
    next.domain = domainIn(target) ? next.domain : recipe().domain;
    next.extras = recipe().extras;
    next.renames = recipe().renames;
    next.scale = recipe().scale;
    done(say("it is %1 now").arg(say(withArticle(kind.noun))));
    if (next.title != recipe().title)
        done(say("the title is “%1”").arg(next.title));
    m_result.recipe = next;
}

QString SamplerChanges::knownName(const QString &text) const
{
    const QString wanted = text.trimmed().toLower();
    QStringList known = QStringList{recipe().title} + recipe().items + recipe().extras + recipe().renames.values();
    const QJsonArray groups = contentOf(recipe())[QLatin1String("groups")].toArray();
    for (const QJsonValue &group : groups) {
        known.append(group[QLatin1String("name")].toString());
        for (const QJsonValue &item : group[QLatin1String("items")].toArray())
            known.append(item.toString());
    }
    const auto found =
        std::find_if(known.begin(), known.end(), [&wanted](const QString &name) { return name.toLower() == wanted; });
    return found == known.end() ? QString() : *found;
}

namespace {

/// What "change … to …" changes without being a thing with a name in the app.
bool isPartOfTheLook(const QString &what)
{
    return saysAny(what.toLower(),
                   "it|this|that|app|title|name|heading|headline|font|typeface|text|colour|color|theme|look|"
                   "style|layout|mode|background|accent|button|corners|everything|schrift|farbe|titel");
}

} // namespace

bool SamplerChanges::names()
{
    static const QRegularExpression rename = expression(
        "\\b(rename|change|replace|call|benenne|ersetze)\\s+(?:the\\s+)?[\"“„']?(.{1,60}?)[\"”“']?\\s+"
        "(?:to|into|with|as|by|in|durch|zu)\\s+[\"“„']?(.{1,60}?)[\"”“']?(?:\\s+um)?\\s*(?:[.;!]|$|,| and | und )");
    bool any = false;
    const QString wish = m_wish;
    for (auto matches = rename.globalMatch(wish); matches.hasNext();) {
        const auto match = matches.next();
        const QString old = knownName(match.captured(2));
        const QString next = name(match.captured(3), 60);
        const bool only = match.captured(1).toLower() == QLatin1String("rename") && !isPartOfTheLook(match.captured(2));
        if (old.isEmpty() && only)
            refuse(say("There is nothing called “%1” in this app.").arg(match.captured(2)));
        if (old.isEmpty() ? only : !next.isEmpty()) {
            m_lower.remove(match.captured().toLower());
            m_rest.remove(match.captured());
        };
        if (old.isEmpty() || next.isEmpty())
            continue;
        any = true;
        if (old == recipe().title) {
            recipe().title = next;
            done(say("the title is “%1”").arg(next));
            continue;
        }
        for (QString &value : recipe().renames)
            if (value == old)
                value = next;
        recipe().renames.insert(old, next);
        done(say("“%1” is called “%2”").arg(old, next));
    }
    return any;
}

namespace {

/// "can you call it Tide?" asks for "Tide".
QString withoutQuestionMark(const QString &wish)
{
    static const QRegularExpression polite =
        expression("^\\W*(?:can|could|would|will|kannst|könntest|würdest)\\b.*\\?\\s*$");
    return polite.match(wish).hasMatch() ? wish.left(wish.lastIndexOf(QLatin1Char('?'))) : wish;
}

/// "change the colour of the title to blue" and "the title is too long" give it no other name.
QString withoutLookOfTitle(QString wish)
{
    static const QRegularExpression look = expression(
        "\\b(?:colou?r|font|typeface|size|farbe|schrift|größe)\\s+(?:of|for|in|der|des|von|vom)\\s+(?:(?:the|its|this|"
        "my)\\s+)*"
        "(?:title|name|heading|headline|titels?|überschrift)\\b[^.;,]*|"
        "\\b(?:title|name|heading|headline)(?:['’]?s)?[ -]+(?:text |font )?(?:colou?rs?|font|typeface|size)\\b[^.;,]*");
    static const QRegularExpression judged = expression("\\b(?:title|name|heading|headline|titel|überschrift)\\s+(?:is|"
                                                        "looks|seems|ist|sieht|wirkt)\\s+(?:too|not|much|way|"
                                                        "so|very|still|wrong|missing|gone|cut|ugly|bad|boring|hard|zu|"
                                                        "nicht|viel|sehr|noch|falsch|weg|abgeschnitten)\\b[^.;,]*");
    static const QRegularExpression rather = expression("\\b(title|name|heading|headline|titel|überschrift)\\b([^\"“„.;"
                                                        ":]{0,20}?)\\s(?:not|nicht)\\s+(be\\s+)?[^.;:]{1,60}?,?\\s+"
                                                        "(?:but|sondern)\\s+");
    static const QRegularExpression never = expression("\\b(?:title|name|heading|headline|titel|überschrift)\\s+(?:"
                                                       "should|must|shall|may|soll|darf)\\s+(?:not|nicht)\\b[^.;,]*");
    wish.replace(rather, QStringLiteral("\\1\\2 \\3"));
    return wish.remove(look).remove(judged).remove(never);
}

} // namespace

/// The new title in words like "change the title to X", "the title should be X", "Titel: X", "nenne die App X".
QString SamplerChanges::titleIn() const
{
#define FLOTILLA_TITLE "[\"“„'‘«]?(.{1,60}?)[\"”“’'»]?\\s*"
#define FLOTILLA_END                                                                                                   \
    "(?:[.;!](?=\\s|$)|$|,|\\b(?:and|und) "                                                                            \
    "(?:make|use|add|remove|change|with|turn|the (?:colou?rs?|text|font)|mach|nimm|füge|entfern|lösch|änder))"
    static const QList<QRegularExpression> patterns{
        expression("\\b(?:title|name|heading|headline|rename (?:it|this|the app)|retitle(?: "
                   "it)?)\\b[^\"“”]{0,30}?(?:\\b(?:to(?! "
                   "be\\b)|into|is|be|as)\\b|[:=→]|->)\\s*:?\\s*" FLOTILLA_TITLE FLOTILLA_END),
        expression("\\b(?:call|name)\\s+(?:this|that|the)\\s+(?:thing|app|one|page|site|website)\\s+" FLOTILLA_TITLE
                       FLOTILLA_END),
        expression(
            "\\b(?:titel|überschrift|name)\\b[^\"“„]{0,30}?(?:\\b(?:zu|auf|in|ist|sei|lautet|soll|wird)\\b|[:=→]|->)"
            "\\s*:?\\s*" FLOTILLA_TITLE "(?:sein|lauten|heißen|heissen|ändern|umbenennen)?\\s*" FLOTILLA_END),
        expression("\\bnenn(?:e|t)?\\s+(?:(?:das|dieses) "
                   "(?:quiz|spiel|ding|programm|tagebuch|board|brett|projekt)|es|sie|ihn|das|(?:die|diese|den) "
                   "\\p{L}+)\\s+(?:jetzt |bitte |um in )?" //
                   FLOTILLA_TITLE FLOTILLA_END),
        expression("\\bbenenne?\\s+(?:sie|es|ihn|das|(?:die|diese) app)\\s+(?:um\\s+)?(?:in|zu)\\s+" FLOTILLA_TITLE
                   "(?:\\s+um)?\\s*" FLOTILLA_END),
        expression("\\bsoll\\s+(?:jetzt\\s+)?" FLOTILLA_TITLE "hei(?:ß|ss)en\\b"),
        // "make the title Moss Diary" and "title Moss Diary", but not "make the title bigger"
        expression(
            "(?:\\b(?:make|set|change|use|mach)\\s+(?:the |its |den )?|^)(?:title|name|heading|headline|titel)\\s+"
            "((?-i:\\p{Lu}).{0,59}?)\\s*" FLOTILLA_END)};
#undef FLOTILLA_TITLE
#undef FLOTILLA_END
    const QString asked = withoutLookOfTitle(withoutQuestionMark(m_wish));
    static const QRegularExpression thing = expression("\\b(?:add|include|create|another|füge?|ergänze?|erstelle?)\\b[^"
                                                       ".;,]{0,40}\\b(?:called|named|titled|namens)\\b");
    QString found = thing.match(asked).hasMatch() ? QString() : givenName(asked);
    for (const QRegularExpression &pattern : patterns)
        if (found.isEmpty())
            found = name(pattern.match(asked).captured(1), 60);
    static const QRegularExpression polite = expression("\\s+(?:please|pls|bitte)$");
    return found.remove(polite);
}

void SamplerChanges::title()
{
    const QString next = titleIn();
    if (next.isEmpty())
        return;
    const Recipe before = recipe();
    const QString start = say("the title is “%1”").section(QLatin1Char('%'), 0, 0);
    m_result.done.removeIf([&start](const QString &said) { return said.startsWith(start); }); // another kind's
    recipe().title = next;
    m_rest.remove(next);
    static const QRegularExpression word = expression("\\b(?:title|titel|heading|headline|überschrift)\\b");
    m_lower.remove(word); // what else is wished is not about it
    tell(before, say("the title is “%1”").arg(next), say("The title is “%1” already.").arg(next));
}

/// A title such as "Blue Monday" is no wish for blue.
void SamplerChanges::cutNames()
{
    m_lower.remove(recipe().title.toLower());
    const auto &renames = recipe().renames;
    for (auto name = renames.begin(); name != renames.end(); ++name)
        if (!recipe().extras.contains(name.key()))
            m_lower.remove(name->toLower());
    static const QRegularExpression quoted = expression("[\"“„«][^\"”“»]*[\"”“»]");
    m_lower.remove(quoted);
    m_rest.remove(quoted);
}

} // namespace Flotilla
