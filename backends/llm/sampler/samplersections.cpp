// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of what is in an app: its parts, and sections to write into.
#include "backends/llm/sampler/samplerchanges.h"

#include "backends/llm/sampler/samplerwords.h"

#include <algorithm>

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

/// The parts of this kind of app that a text names.
QStringList knownSections(const SamplerParts::Kind *kind, const QString &lower)
{
    QStringList names;
    for (const auto &[name, words] : synonymsOfSections())
        if (kind && kind->sections.contains(name) && saysAny(lower, words.toUtf8().constData()))
            names.append(name);
    return names;
}

/// The words that name a part ask for nothing else: "the progress bar" is no layout.
void cutSection(QString &lower, const QString &section)
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

bool namesSections(const QString &text)
{
    return saysAny(text, "section|area|block|panel|part");
}

} // namespace

/// "add a section for my favourite books", "add a quotes section", "füge einen Abschnitt 'Ziele' hinzu": a list with
/// that title.
void SamplerChanges::addedSection()
{
    static const QList<QRegularExpression> patterns{
        expression(
            "\\b(?:add|include|create|make|want|need)\\b[^.;]{0,24}?\\b(?:section|area|block|panel|card|list)\\s+"
            "(?:called|named|titled|for|about|with|of|on)\\s+(?:(?:my|the|some|all|our)\\s+)*[\"“'‘«]?(.{2,60}?)"
            "[\"”’'»]?\\s*(?:[.;!,]|$|\\band (?:make|use|add|remove|change|turn)\\b)"),
        expression("\\b(?:add|include|create|want|need)\\s+(?:an?|the|my|another|one)\\s+[\"“'‘«]?([^.;,]{2,40}?)"
                   "[\"”’'»]?\\s+(?:section|area|block|panel|card|list)\\b"),
        expression(
            "\\b(?:füg|fueg|ergänz|brauch|möcht|will)\\p{L}*\\b[^.;]{0,24}?\\b(?:abschnitt|bereich|liste)\\s+(?:(?:"
            "namens|"
            "mit|für|fuer|über|zu|von)\\s+)?(?:(?:mein\\p{L}*|den|die|das)\\s+)*[\"“„'‚«]?(.{2,60}?)[\"”“’'»]?\\s*"
            "(?:\\bhinzu\\b|\\bein\\b|[.;!,]|$|\\bund\\b)")};
    static const QRegularExpression adjective =
        expression("^(?:new|other|another|extra|small|more|second|nice|neue?n?)$");
    QString title;
    for (const QRegularExpression &pattern : patterns)
        if (title.isEmpty())
            title = name(pattern.match(m_wish).captured(1), 40);
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (title.isEmpty() || adjective.match(title).hasMatch() || !knownSections(kind, title.toLower()).isEmpty())
        return;
    m_lower.remove(title.toLower()); // "favourite books" asks for no style
    title[0] = title[0].toUpper();
    constexpr qsizetype most = 6;
    if (recipe().extras.contains(title, Qt::CaseInsensitive))
        refuse(QStringLiteral("The section “%1” is already there.").arg(title));
    else if (recipe().extras.size() >= most)
        refuse(QStringLiteral("The sampler adds no more than %1 sections.").arg(most));
    else {
        recipe().extras.append(title);
        done(QStringLiteral("there is a section “%1” to write into").arg(title));
    }
}

/// A wish clause by clause: "remove the chart and add search" is two.
void SamplerChanges::sections()
{
    static const QRegularExpression border = expression(
        "[.;,]|\\bbut\\b|\\bthen\\b|\\band (?=(?:please )?(?:add|show|include|bring|put|remove|hide|without|drop|"
        "delete|get rid|make|use|no)\\b)");
    static const QRegularExpression goes = expression(
        "\\b(?:remove|hide|without|drop|delete|get rid of|lose|take away|no|don['’]?t show|don['’]?t need|don['’]?t "
        "want)\\b");
    static const QRegularExpression comes = expression("\\b(?:add|show|include|bring back|want|need|put)\\b");
    std::optional<bool> away;
    const QStringList clauses = m_lower.split(border, Qt::SkipEmptyParts);
    for (const QString &text : clauses) {
        if (goes.match(text).hasMatch())
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
    for (const QString &name : knownSections(kind, text)) {
        cutSection(m_lower, name);
        section(name, !away);
        found = true;
    }
    const bool looks = lookIn(text) != Look() || saysAny(text, "space|room|text|font|corners|header|sidebar|banner");
    if (!found && away && namesSections(text)) {
        refuse(QStringLiteral("There is no such section here."));
        m_lower.remove(text); // "the books section" asks for no style
    } else if (!found && !understood && !m_result.understood() && !looks && kind) {
        refuse(QStringLiteral("The sampler only knows these parts of this app: %1.")
                   .arg(kind->sections.join(QStringLiteral(", "))));
    }
}

/// By the whole title, or, of a "section", by one of its words: "the books section" is "Favourite books".
bool SamplerChanges::removedSection(const QString &text)
{
    const QStringList titles = recipe().extras;
    const auto isMeant = [&text](const QString &title) {
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
        for (const QString &word : title.toLower().split(QLatin1Char(' ')))
            m_lower.remove(word);
        done(QStringLiteral("the section “%1” is gone").arg(title));
    }
    return recipe().extras.size() < titles.size();
}

void SamplerChanges::section(const QString &name, bool wanted)
{
    if (recipe().sections.contains(name) == wanted)
        return refuse(wanted ? QStringLiteral("The %1 is already there.").arg(name)
                             : QStringLiteral("There is no %1 to remove.").arg(name));
    if (wanted)
        recipe().sections.append(name);
    else
        recipe().sections.removeAll(name);
    done(wanted ? QStringLiteral("the %1 is there").arg(name) : QStringLiteral("the %1 is gone").arg(name));
}

} // namespace Flotilla
