// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"

#include "backends/llm/sampler/samplerchanges.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QJsonArray>

#include <algorithm>

namespace Flotilla {

using namespace SamplerWords;

bool SamplerWords::saysAny(const QString &lower, const char *words)
{
    const QStringList list = QString::fromUtf8(words).split(QLatin1Char('|'));
    return std::any_of(list.begin(), list.end(), [&lower](const QString &word) { return says(lower, word); });
}

QRegularExpression SamplerWords::expression(const char *text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::CaseInsensitiveOption |
                                                           QRegularExpression::UseUnicodePropertiesOption);
}

SamplerChanges::SamplerChanges(const Recipe &current, const QString &wish)
    : m_result{current, {}, {}}
    , m_wish(withoutSlips(plain(wish)))
    , m_lower(m_wish.toLower())
    , m_words{isGerman(m_lower)}
{
}

FollowUp SamplerChanges::all()
{
    if (isQuestion() || undo() || otherKind())
        return m_result;
    addedSections(); // before the title: "a section called Gifts" names no app
    if (!names())
        title();
    cutNames();
    m_lower = wanted(inEnglish(m_lower));
    onlySections();
    sections();
    typeface();
    look();
    textSize();
    corners();
    spacing();
    layout();
    surprise();
    return m_result;
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

bool SamplerChanges::isQuestion() const
{
    static const QRegularExpression asks =
        expression("^(?:why|what(?! about| if)|how(?! about)|when|who|where|which|is|are|does|do(?! ?n['’]?t| not)|did|"
                   "warum|wieso|weshalb|wie(?! eine?\\b| im\\b| am\\b)|wann|wer|wo|was|welche[rsnm]?)\\b");
    return asks.match(m_lower).hasMatch();
}

/// Versions do that better than a wish.
bool SamplerChanges::undo()
{
    static const QRegularExpression back = expression(
        "^(?:please |bitte )?(?:undo|revert|rückgängig|rueckgaengig|mach(?:e)? (?:das|es) rückgängig|go back|take "
        "(?:it|that) back|zurück)\\b");
    if (!back.match(m_lower).hasMatch())
        return false;
    refuse(say("Every change is a version: choose an earlier one under the preview and press Restore."));
    return true;
}

bool SamplerChanges::otherKind()
{
    static const QRegularExpression turn =
        expression("\\b(?:turn|convert|change|transform|make) (?:it|this|that|the app) (?:in)?to (?:an? "
                   ")?(.+)|^(?:an?|make an?|build an?|now an?) (.+) instead");
    static const QRegularExpression turnGerman = expression(
        "\\b(?:mach|bau)e?\\s+(?:daraus|draus)\\s+(ein.+)|\\b(?:mach|bau)e?\\s+(ein.+?)\\s+(?:daraus|draus)\\b|"
        "\\bverwand(?:le|el)\\s+(?:es|sie|das|die app)\\s+in\\s+(ein.+)");
    auto match = turn.match(m_lower);
    if (!match.hasMatch())
        match = turnGerman.match(m_lower);
    const QString target = match.captured(match.lastCapturedIndex());
    const auto *kind = match.hasMatch() ? kindIn(inEnglish(target)) : nullptr;
    if (!kind || kind->name == recipe().kind)
        return false;
    Recipe next = recipeFor(target);
    next.hue = recipe().hue;
    next.accent = recipe().accent;
    next.chroma = recipe().chroma;
    next.mode = recipe().mode;
    next.domain = domainIn(target) ? next.domain : recipe().domain;
    m_result.recipe = next;
    done(say("it is %1 now").arg(say(withArticle(kind->noun))));
    return true;
}

QString SamplerChanges::knownName(const QString &text) const
{
    const QString wanted = text.trimmed().toLower();
    QStringList known = m_result.recipe.items + m_result.recipe.renames.values();
    const auto *domain = SamplerParts::domain(m_result.recipe.domain);
    const QJsonArray groups = domain ? domain->content[QLatin1String("groups")].toArray() : QJsonArray();
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
        "\\b(rename|change|replace|call|benenne|ersetze)\\s+(?:the\\s+)?[\"“„']?(.{2,60}?)[\"”“']?\\s+"
        "(?:to|into|with|as|by|in|durch|zu)\\s+[\"“„']?(.{1,60}?)[\"”“']?(?:\\s+um)?\\s*(?:[.;!]|$|,| and | und )");
    bool any = false;
    for (auto matches = rename.globalMatch(m_wish); matches.hasNext();) {
        const auto match = matches.next();
        const QString old = knownName(match.captured(2));
        const QString next = name(match.captured(3), 60);
        const bool only = match.captured(1).toLower() == QLatin1String("rename") && !isPartOfTheLook(match.captured(2));
        if (old.isEmpty() && only)
            refuse(say("There is nothing called “%1” in this app.").arg(match.captured(2)));
        if (old.isEmpty() ? only : !next.isEmpty())
            m_lower.remove(match.captured().toLower());
        if (old.isEmpty() || next.isEmpty())
            continue;
        for (QString &value : recipe().renames)
            if (value == old)
                value = next;
        recipe().renames.insert(old, next);
        done(say("“%1” is called “%2”").arg(old, next));
        any = true;
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
                   "be\\b)|is|be|as)\\b|[:=→]|->)\\s*:?\\s*" FLOTILLA_TITLE FLOTILLA_END),
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
    QString found = givenName(asked);
    for (const QRegularExpression &pattern : patterns)
        if (found.isEmpty())
            found = name(pattern.match(asked).captured(1), 60);
    return found;
}

void SamplerChanges::title()
{
    const QString next = titleIn();
    if (next.isEmpty())
        return;
    const Recipe before = recipe();
    recipe().title = next;
    tell(before, say("the title is “%1”").arg(next), say("The title is “%1” already.").arg(next));
}

/// A title such as "Blue Monday" is no wish for blue.
void SamplerChanges::cutNames()
{
    m_lower.remove(recipe().title.toLower());
    for (const QString &name : std::as_const(recipe().renames))
        m_lower.remove(name.toLower());
    static const QRegularExpression quoted = expression("[\"“„«][^\"”“»]*[\"”“»]");
    m_lower.remove(quoted);
}

FollowUp followUp(const Recipe &current, const QString &wish)
{
    return SamplerChanges(current, wish).all();
}

} // namespace Flotilla
