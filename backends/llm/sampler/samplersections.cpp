// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of what is in an app: its parts, and sections to write into.
#include "backends/llm/sampler/samplerchanges.h"

#include "backends/llm/sampler/samplerwords.h"

#include <algorithm>

// A name, in quotes or not.
#define FLOTILLA_NAME                                                                                                  \
    "(?|\"([^\"]{2,60})\"|“([^”]{2,60})”|„([^“”\"]{2,60})[“”\"]|[\"“'‘‚„«]?([^\"“”„«»]{2,60}?)[\"”“’'»]?)"

namespace Flotilla {

using namespace SamplerWords;

namespace {

const QList<std::pair<QString, QString>> &synonymsOfSections()
{
    static const QList<std::pair<QString, QString>> synonyms{
        {QStringLiteral("summary"),
         QStringLiteral(
             "summary|statistics|stats|numbers|counter|score|scores|scoreboard|progress bar|totals|overview")},
        {QStringLiteral("chart"), QStringLiteral("chart|charts|graph|graphs|diagram|plot|weekly chart|week chart")},
        {QStringLiteral("list"), QStringLiteral("list|table|grid")},
        {QStringLiteral("tagline"), QStringLiteral("tagline|subtitle|sub-title|slogan|subheading|motto")},
        {QStringLiteral("search"), QStringLiteral("search|search field|search bar|search box")},
        {QStringLiteral("filter"), QStringLiteral("filter|filters|categories|category")},
        {QStringLiteral("history"), QStringLiteral("history|tape|log|sessions|past sessions")},
        {QStringLiteral("presets"), QStringLiteral("presets|preset")},
        {QStringLiteral("breakdown"), QStringLiteral("breakdown|donut|pie|pie chart|share|shares")},
        {QStringLiteral("columns"), QStringLiteral("columns")},
        {QStringLiteral("help"), QStringLiteral("help|hint|hints|instructions")},
        {QStringLiteral("cart"), QStringLiteral("cart|basket|checkout")},
        {QStringLiteral("tags"), QStringLiteral("tags|labels")},
        {QStringLiteral("progress"), QStringLiteral("progress|progress bar")},
        {QStringLiteral("review"), QStringLiteral("review|answers")},
        {QStringLiteral("people"), QStringLiteral("people|contacts|members")},
        {QStringLiteral("week"), QStringLiteral("week|week view")},
        {QStringLiteral("backlog"), QStringLiteral("backlog|ideas")},
        {QStringLiteral("hours"), QStringLiteral("hours|hourly|hourly forecast")},
        {QStringLiteral("days"), QStringLiteral("days|daily forecast|week forecast")},
        {QStringLiteral("details"), QStringLiteral("details|wind|humidity")},
        {QStringLiteral("steps"), QStringLiteral("steps|method")},
        {QStringLiteral("features"), QStringLiteral("features|feature list")},
        {QStringLiteral("prices"), QStringLiteral("prices|pricing|price")},
        {QStringLiteral("questions"), QStringLiteral("questions|faq")},
        {QStringLiteral("signup"), QStringLiteral("sign up|signup|sign-up|newsletter|form")}};
    return synonyms;
}

} // namespace

QStringList SamplerWords::knownSections(const SamplerParts::Kind *kind, const QString &lower)
{
    QStringList names;
    for (const auto &[name, words] : synonymsOfSections())
        if (kind && kind->sections.contains(name) && saysAny(lower, words.toUtf8().constData()))
            names.append(name);
    return names;
}

/// The words that name a part ask for nothing else: "the progress bar" is no layout.
void SamplerWords::cutSection(QString &lower, const QString &section)
{
    for (const auto &[name, words] : synonymsOfSections()) {
        if (name != section)
            continue;
        QStringList list = words.split(QLatin1Char('|'));
        std::sort(list.begin(), list.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
        for (const QString &word : std::as_const(list))
            if (const qsizetype at = placeOf(lower, word); at >= 0)
                lower.remove(at, word.size());
    }
}

/// A part that only other kinds of apps have.
bool SamplerWords::namesForeignSection(const QString &text)
{
    return std::any_of(synonymsOfSections().begin(), synonymsOfSections().end(),
                       [&text](const auto &entry) { return saysAny(text, entry.second.toUtf8().constData()); });
}

namespace {

/// Beside what else was asked for: "and add a map".
bool asksForPart(const QString &text)
{
    static const QRegularExpression part =
        expression("\\b(?:add|include|remove|delete|hide|drop)\\s+(?!it\\b|them\\b|this\\b)\\p{L}");
    return part.match(text).hasMatch() && !saysAny(text, "section|area|block|panel|part|list|card");
}

/// "put the list above the chart", "swap the two sections".
bool asksForOrder(const QString &text)
{
    static const QRegularExpression order =
        expression("\\b(?:swap|switch (?:places|the "
                   "order|around)|reorder|rearrange|exchange|tausche?|vertausche?|verschieb\\p{L}*)\\b|"
                   "\\b(?:move|put|place|show|position|shift|bring|setze?|stelle?|schieb\\p{L}*|pack\\p{L}*|make|want)"
                   "\\b.*\\b(?:above|below|beneath|underneath|"
                   "under|over|before|after|beside|next to|to the (?:left|right|top|bottom|front|end)|up|down|left "
                   "of|right of|first|last|"
                   "nach oben|nach unten|nach links|nach rechts|über|ueber|unter|neben|hinter)\\b");
    return order.match(text).hasMatch() &&
           (namesForeignSection(text) ||
            saysAny(text, "section|area|block|panel|part|order|card|title|button|buttons|image|logo"));
}

bool namesSections(const QString &text)
{
    return saysAny(text, "section|area|block|panel|part");
}

} // namespace

/// "add a section for my favourite books", "add a quotes section", "füge einen Abschnitt 'Ziele' hinzu": a list with
/// that title. What was read is cut from the wish.
QString SamplerChanges::takeSectionTitle()
{
    static const QList<QRegularExpression> patterns{
        expression(
            "\\b(?:add|include|create|make|want|need)\\b[^.;]{0,24}?\\b(?:section|area|block|panel|card|list)\\s+"
            "(?:called|named|titled|for|about|with|of|on)\\s+(?:(?:my|the|some|all|our)\\s+)*" FLOTILLA_NAME
            "\\s*(?:[.;!,]|$|(?<=[\"”“»])|\\band (?:make|use|add|remove|change|turn|another|one)\\b)"),
        expression("\\b(?:add|include|create|want|need)\\s+(?:an?|the|my|another|one)\\s+[\"“'‘«]?([^.;,]{2,40}?)"
                   "[\"”’'»]?\\s+(?:section|area|block|panel|card|list)\\b"),
        expression("\\b(?:füg|fueg|ergänz|brauch|möcht|will)\\p{L}*\\b[^.;]{0,24}?\\b(?:abschnitt|bereich|liste)\\s+"
                   "(?:(?:namens|mit|für|fuer|über|zu|von)\\s+)?(?:(?:mein\\p{L}*|den|die|das)\\s+)*" FLOTILLA_NAME
                   "\\s*(?:\\bhinzu\\b|\\bein\\b|[.;!,]|$|\\bund\\b)"),
        expression("^\\W*(?:and|und)\\s+(?:another|one more|one|noch eine[nr]?)(?:\\s+(?:one|section|abschnitt))?\\s+"
                   "(?:called|named|titled|for|about|namens|für)\\s+" FLOTILLA_NAME
                   "\\s*(?:[.;!,]|$|\\b(?:and|und)\\b)")};
    for (const QRegularExpression &pattern : patterns) {
        const auto match = pattern.match(m_wish);
        const QString title = name(match.captured(1), 40);
        if (title.isEmpty() || isNoTitle(title))
            continue;
        const bool quoted = match.capturedEnd(1) < m_wish.size() && !m_wish[match.capturedEnd(1)].isLetterOrNumber() &&
                            !m_wish[match.capturedEnd(1)].isSpace();
        const QString read =
            m_wish.mid(match.capturedStart(), match.capturedEnd(1) + (quoted ? 1 : 0) - match.capturedStart());
        m_wish.remove(match.capturedStart(), read.size());
        m_rest.remove(read);
        m_lower.remove(read.toLower());
        m_lower.remove(title.toLower()); // "favourite books" asks for no style
        return title;
    }
    return {};
}

/// Words that describe a section, or a part that the app can have anyway.
bool SamplerChanges::isNoTitle(const QString &title)
{
    static const QRegularExpression adjective =
        expression("^(?:new|other|another|extra|small|more|second|nice|neue?n?)$");
    const auto *kind = SamplerParts::kind(recipe().kind);
    return adjective.match(title).hasMatch() || !knownSections(kind, title.toLower()).isEmpty();
}

void SamplerChanges::addedSections()
{
    for (QString title = takeSectionTitle(); !title.isEmpty(); title = takeSectionTitle())
        addSection(title);
}

void SamplerChanges::addSection(QString title)
{
    title[0] = title[0].toUpper();
    constexpr qsizetype most = 6;
    if (recipe().extras.contains(title, Qt::CaseInsensitive))
        refuse(say("The section “%1” is already there.").arg(title));
    else if (recipe().extras.size() >= most)
        refuse(say("The sampler adds no more than %1 sections.").arg(most));
    else {
        recipe().extras.append(title);
        done(say("there is a section “%1” to write into").arg(title));
    }
}

/// "hide everything but the chart", "only the chart".
void SamplerChanges::onlySections()
{
    static const QRegularExpression rest =
        expression("(?:\\b(?:everything|all|anything)(?: else)?\\s+(?:but|except(?: for)?|apart from|other than)|"
                   "^\\W*(?:please |show |keep |leave |i want )*only(?: show| keep| want)?)\\s+([^.;]+)");
    const auto match = rest.match(m_lower);
    const auto *kind = SamplerParts::kind(recipe().kind);
    const QStringList kept = knownSections(kind, match.captured(1));
    if (kept.isEmpty())
        return;
    const Recipe before = recipe();
    recipe().sections.removeIf([&kept](const QString &section) { return !kept.contains(section); });
    recipe().extras.clear();
    tell(before, say("only the %1 is left").arg(said(kept).join(say(" and the "))),
         say("There is nothing else to hide."));
    m_lower.remove(match.captured());
    static const QRegularExpression verbs = expression("\\b(?:hide|remove|delete|drop|show)\\b");
    m_lower.remove(verbs);
}

void SamplerChanges::allSections()
{
    static const QRegularExpression all =
        expression("\\b(?:show|bring back|restore|unhide)\\s+(?:me )?(?:everything|all(?: of it| parts| sections)?)(?! "
                   "but\\b| except\\b)(?:\\s+again)?\\W*$|"
                   "^(?:please )?everything (?:again )?(?:show|back)\\W*$");
    const auto *kind = SamplerParts::kind(recipe().kind);
    const auto match = all.match(m_lower);
    if (!kind || !match.hasMatch())
        return;
    const Recipe before = recipe();
    for (const QString &part : kind->sections)
        if (!recipe().sections.contains(part))
            recipe().sections.append(part);
    m_lower.remove(match.captured());
    tell(before, say("all parts are there"), say("All parts are already there."));
}

/// A wish clause by clause: "remove the chart and add search" is two.
void SamplerChanges::sections()
{
    static const QRegularExpression border = expression(
        "[.;,]|\\bbut\\b|\\bthen\\b|\\band (?=(?:please |also )?(?:add|show|include|bring|put|remove|hide|without|drop|"
        "delete|get rid|make|use|no|keep|leave)\\b)");
    static const QRegularExpression stays =
        expression("\\b(?:keep|leave(?! out|.*\\bremove\\b)|(?:do not|don['’]?t|never|not) "
                   "(?:remove|hide|delete|drop|lose|touch))\\b|"
                   "\\b(?:remove|hide)\\b.*\\bnot\\W*$");
    static const QRegularExpression goes = expression(
        "\\b(?:remove|hide|without|drop|delete|get rid of|lose|kill|ditch|scrap|gone|take (?:out|off|away)|away with|"
        "leave out|no(?= \\p{L})|don['’]?t show|don['’]?t need|don['’]?t "
        "want)\\b");
    static const QRegularExpression comes = expression("\\b(?:add|show|include|bring back|want|need|put|back)\\b");
    std::optional<bool> away;
    const QStringList clauses = m_lower.split(border, Qt::SkipEmptyParts);
    for (const QString &text : clauses) {
        if (asksForOrder(text)) {
            refuse(say("The sampler cannot move parts: their order is fixed."));
            m_lower.remove(text);
            m_ordered = true;
            continue;
        }
        if (stays.match(text).hasMatch())
            away.reset();
        else if (goes.match(text).hasMatch())
            away = true;
        else if (comes.match(text).hasMatch())
            away = false;
        if (away)
            clause(text, *away);
    }
}

void SamplerChanges::clause(const QString &text, bool away)
{
    const bool understood = m_result.understood();
    bool found = away && removedSection(text);
    const auto *kind = SamplerParts::kind(recipe().kind);
    QString rest = text;
    for (const QString &name : knownSections(kind, text)) {
        cutSection(m_lower, name);
        cutSection(rest, name);
        m_named.append(name);
        section(name, !away);
        found = true;
    }
    const bool more = found ? namesForeignSection(rest) : asksForPart(text);
    const bool looks =
        lookIn(text) != Look() ||
        saysAny(text, "space|room|text|font|corners|header|sidebar|banner|menu|on top|at the top|colour|color|"
                      "colours|colors|mode|everything|on the left|at the side|navigation|nav");
    if (!found && away && namesSections(text)) {
        refuse(say("There is no such section here."));
        m_lower.remove(text); // "the books section" asks for no style
    } else if (kind && (more || (!found && !understood && !m_result.understood())) && !looks) {
        if (!m_result.refused.contains(noSuchPart()))
            refuse(noSuchPart());
    }
}

QString SamplerChanges::noSuchPart() const
{
    const auto *kind = SamplerParts::kind(recipe().kind);
    return say("The sampler only knows these parts of this app: %1.")
        .arg(said(kind ? kind->sections : QStringList()).join(QStringLiteral(", ")));
}

/// By the whole title, or, of a "section", by one of its words: "the books section" is "Favourite books".
bool SamplerChanges::removedSection(const QString &text)
{
    const QStringList titles = recipe().extras;
    const auto shown = [this](const QString &title) { return m_before.renames.value(title, title); };
    const auto isMeant = [&text, &shown](const QString &first) {
        const QString title = shown(first);
        const QStringList words = title.toLower().split(QLatin1Char(' '));
        return says(text, title.toLower()) ||
               (namesSections(text) && std::any_of(words.begin(), words.end(), [&text](const QString &word) {
                    return word.size() > 3 && says(text, word);
                }));
    };
    for (const QString &title : titles) {
        if (!isMeant(title))
            continue;
        recipe().extras.removeAll(title);
        for (const QString &word : shown(title).toLower().split(QLatin1Char(' ')))
            m_lower.remove(word);
        m_rest.remove(shown(title), Qt::CaseInsensitive);
        done(say("the section “%1” is gone").arg(shown(title)));
    }
    return recipe().extras.size() < titles.size();
}

void SamplerChanges::section(const QString &name, bool wanted)
{
    if (recipe().sections.contains(name) == wanted)
        return refuse(wanted ? say("The %1 is already there.").arg(say(name))
                             : say("There is no %1 to remove.").arg(say(name)));
    if (wanted)
        recipe().sections.append(name);
    else
        recipe().sections.removeAll(name);
    const bool many = name.endsWith(QLatin1Char('s')) && name != QLatin1String("progress");
    done(wanted ? (many ? say("the %1 are there") : say("the %1 is there")).arg(say(name))
                : (many ? say("the %1 are gone") : say("the %1 is gone")).arg(say(name)));
}

} // namespace Flotilla

#undef FLOTILLA_NAME
