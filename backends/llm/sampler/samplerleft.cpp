// SPDX-License-Identifier: GPL-3.0-or-later
// What a wish asked for and nothing was done about: it is said, never passed over.
#include "backends/llm/sampler/samplerleft.h"

#include "backends/llm/sampler/samplerchanges.h"
#include "backends/llm/sampler/samplerlanguage.h"
#include "backends/llm/sampler/samplerwords.h"

#include <QSet>

#include <algorithm>

namespace Flotilla {

using namespace SamplerWords;

namespace {

/// Words that ask for nothing by themselves, and those that the sampler has read already where it read anything.
const QSet<QString> &commonWords()
{
    static const auto read = [](const char *text) {
        const QStringList list = QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        return QSet<QString>(list.begin(), list.end());
    };
    static const QSet<QString> words = read(
        "a an the it its this that these those they them my our your his her me i you we us is are be was were been am "
        "do does did done have has had having can could will would should shall may might must let lets s d ll m re ve "
        "t "
        "please pls plz thanks thank thx cheers ok okay yes yeah yep no not great nice good perfect cool lovely super "
        "hi "
        "hey hello sorry wait oh hmm and or but also too as well plus then now still just only so very really quite "
        "bit "
        "little lot slightly much more less most some any all both each every everything with without in on at of for "
        "from to into onto by than like if there here again maybe perhaps actually rather instead want need make makes "
        "made use using set put give get change turn switch call called name named rename title titled heading "
        "headline "
        "add remove delete hide show drop include keep leave bring back take away off out new other another one ones "
        "two "
        "first last same different app application page site website thing things section sections part parts area "
        "block "
        "look looks feel colour colours color colors coloured colored theme mode palette style font fonts typeface "
        "text "
        "letters size background accent button buttons corners space spacing room bigger larger smaller dark darker "
        "light "
        "lighter brighter bright blue green red white black brand header headers numbers wish think would'd love about "
        "around going go see try what which way how "
        "der die das den dem des ein eine einen einem einer eines mein meine meinen meiner und oder aber auch noch "
        "bitte "
        "danke mal doch dann jetzt dazu so sehr etwas bisschen ganz ist sind sei war soll sollen sollte kann kannst "
        "könntest können ich du wir es sie er ihn ihm ihr nenne nenn mir mich uns dir im in an am auf aus zu zum zur "
        "von vom mit ohne für bei "
        "als wie nur hätte hätten hätt möchte möchten will wollen gern gerne brauche brauchen mach mache machs nicht "
        "kein "
        "keine keinen ja nein hallo wäre bin habe haben hat wird werden würde schön gut toll außerdem wieder sowie "
        "dass "
        "damit da hier alles alle eher statt farbe farben schrift titel app seite abschnitt bereich teil hinzu ein "
        "aus erst zuerst danach anschließend später sondern von vorher "
        "after afterwards later finally before language sprache labels beschriftung beschriftungen stell stelle um "
        "translate übersetze übersetz sein haben");
    return words;
}

QString shortened(const QString &clause)
{
    constexpr qsizetype most = 60;
    return clause.size() <= most ? clause : name(clause, most) + QChar(0x2026);
}

/// "and", "also" and "please" around a piece.
QString withoutEdges(const QString &clause)
{
    static const QRegularExpression before = expression(
        "^(?:[^\\w#]|(?:and|also|plus|then|now|but|please|und|auch|noch|dann|aber|bitte|außerdem|sowie)\\b)+");
    static const QRegularExpression after =
        expression("(?:\\s|[,.;!…]|\\b(?:please|pls|too|as well|bitte|and|und|dazu|hinzu))+$");
    QString text = clause;
    return text.remove(before).remove(after).trimmed();
}

bool isNegative(const QString &lower)
{
    static const QRegularExpression keeps = expression("\\b(?:not|never|no|nothing|keep|leave|neither|nor|stay|stays|"
                                                       "nicht|kein\\p{L}*|bleib\\p{L}*|lass\\p{L}*|behalt\\p{L}*|"
                                                       "weder|noch)\\b|n['’]t\\b");
    return keeps.match(lower).hasMatch();
}

} // namespace

QStringList SamplerWords::clausesOf(const QString &wish)
{
    static const QRegularExpression border = expression(
        "[;!?…]+|[.,:](?=\\s|$)|\\s[-–—+&]\\s|\\s(?:and|but|also|plus|then|und|aber|sowie|außerdem|dann|dazu)\\s");
    QStringList list;
    for (const QString &piece : wish.split(border, Qt::SkipEmptyParts))
        if (const QString text = withoutEdges(piece); !text.isEmpty())
            list.append(text);
    return list;
}

bool SamplerWords::hasOwnWords(const QString &clause)
{
    static const QRegularExpression word = expression("[\\p{L}\\p{N}]+");
    const QString lower = clause.toLower();
    const QString english = inEnglish(lower);
    for (const QString &text : {english, lower}) {
        bool own = false;
        for (auto words = word.globalMatch(text); words.hasNext();) {
            const QString said = words.next().captured();
            own = own || (said.size() > 1 && !commonWords().contains(said));
        }
        if (!own)
            return false;
    }
    return true;
}

QString SamplerWords::quotedList(const QStringList &clauses, bool german)
{
    constexpr qsizetype most = 4;
    QStringList list;
    for (const QString &clause : clauses.mid(0, most))
        list.append((german ? QStringLiteral("„%1“") : QStringLiteral("“%1”")).arg(shortened(clause)));
    return list.join(QStringLiteral(", ")) + (clauses.size() > most ? QStringLiteral(", …") : QString());
}

/// A part that is named without a verb is wanted: "and the chart, please".
bool SamplerChanges::bareParts(const QString &clause)
{
    const QString lower = inEnglish(clause.toLower());
    QString rest = lower;
    const QStringList parts = knownSections(SamplerParts::kind(recipe().kind), lower);
    for (const QString &part : parts)
        cutSection(rest, part);
    static const QRegularExpression bare = expression(
        "^(?:(?:and|also|plus|a|an|the|my|some|too|as well|again|back|please|with|or|it|that|auch|noch|dazu)?\\W*)*$");
    if (parts.isEmpty() && namesForeignSection(lower) && m_result.refused.contains(noSuchPart()))
        return true;
    if (parts.isEmpty() || !bare.match(rest).hasMatch())
        return false;
    for (const QString &part : parts)
        if (!m_named.contains(part) && !m_ordered)
            section(part, true);
    return true;
}

/// By itself it would have been understood, or it asks for nothing.
bool SamplerChanges::isDone(const QString &clause)
{
    const QString lower = inEnglish(clause.toLower());
    if (!hasOwnWords(clause) || (isNegative(lower) && !saysAny(lower, "add|include")))
        return true;
    if (isQuestion(lower))
        return false;
    SamplerChanges alone(m_before, clause);
    alone.undo();
    alone.otherKind();
    alone.changes();
    const QString order = say("The sampler cannot move parts: their order is fixed.");
    for (const auto &[asked, why] : {std::pair(alone.noSuchPart(), noSuchPart()), std::pair(order, order)})
        if (alone.m_result.refused.contains(asked) && !m_result.refused.contains(why))
            refuse(why);
    return alone.m_result.understood() || lookIn(lower) != Look();
}

void SamplerChanges::leftOver()
{
    QStringList left;
    for (const QString &clause : clausesOf(m_rest))
        if (!bareParts(clause) && !isDone(clause))
            left.append(clause);
    if (!left.isEmpty() && m_result.understood())
        refuse(say("I did not understand: %1.").arg(quotedList(left, m_words.german)));
}

namespace {

/// What the apps have besides what they are called and made of.
bool isGiven(const QString &lower, const SamplerParts::Kind &kind)
{
    return saysAny(lower, bigThings) ||
           std::any_of(kind.can.begin(), kind.can.end(), [&lower](const QString &word) { return says(lower, word); }) ||
           saysAny(lower,
                   "save|saves|saved|saving|remember|remembers|reload|offline|local storage|localstorage|mobile|"
                   "phone|responsive|tablet|keyboard|dark mode|light mode|night mode|react|typescript|everything|"
                   "simple|easy|clean|fast|pretty|beautiful|friendly|professional|fun|nothing else|"
                   "speichern|speichert|handy|tastatur|einfach|übersichtlich");
}

/// For whom and why it is.
bool isPurpose(const QString &lower)
{
    static const QRegularExpression whom = expression(
        "^(?:for|about|called|named|titled|so|because|by|based on|inspired "
        "by|in|like|für|fuer|über|namens|damit|weil|von|wie|"
        "i am|i'm|we are|ich bin|wir sind|the (?:name|title)|it is called|call it|name it|title|titel|name)\\b");
    return whom.match(lower).hasMatch();
}

} // namespace

QStringList SamplerWords::leftOut(const QString &wish, const Recipe &recipe)
{
    static const QRegularExpression begins = expression(
        "\\b(?:with|including|featuring|that (?:has|shows|lets|can)|which (?:has|shows)|mit|inklusive|samt)\\b");
    static const QRegularExpression quoted = expression("[\"“„«][^\"”“»]*[\"”“»]");
    const auto *kind = SamplerParts::kind(recipe.kind);
    QString text = plain(wish);
    text.remove(quoted).replace(begins, QStringLiteral(","));
    QStringList left;
    const QStringList clauses = clausesOf(text);
    for (const QString &clause : clauses.mid(std::min<qsizetype>(1, clauses.size()))) {
        const QString lower = inEnglish(clause.toLower());
        const bool listed = std::any_of(recipe.items.begin(), recipe.items.end(), [&clause](const QString &item) {
            return clause.contains(item, Qt::CaseInsensitive);
        });
        const auto *named = kindIn(lower);
        const auto *domain = domainIn(lower);
        const bool here = (named && named->name == recipe.kind) || (domain && domain->name == recipe.domain) ||
                          recipe.title.contains(clause, Qt::CaseInsensitive);
        if (!kind || listed || here || isPurpose(clause.toLower()) || !hasOwnWords(clause) || isNegative(lower) ||
            isGiven(lower, *kind) || lookIn(lower) != Look() || !knownSections(kind, lower).isEmpty())
            continue;
        left.append(clause);
    }
    return left;
}

} // namespace Flotilla
