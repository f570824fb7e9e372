// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"

#include "backends/llm/sampler/samplerwords.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace Flotilla {

namespace {

using namespace SamplerWords;

bool saysAny(const QString &lower, const char *words)
{
    const QStringList list = QString::fromUtf8(words).split(QLatin1Char('|'));
    return std::any_of(list.begin(), list.end(), [&lower](const QString &word) { return says(lower, word); });
}

QRegularExpression expression(const char *text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::CaseInsensitiveOption |
                                                           QRegularExpression::UseUnicodePropertiesOption);
}

/// One change of one thing; adds to `done` when the wish asks for it.
class Changes
{
public:
    Changes(const Recipe &current, const QString &wish)
        : m_result{current, {}, {}}
        , m_wish(plain(wish))
        , m_lower(m_wish.toLower())
    {
    }

    FollowUp all()
    {
        if (isQuestion() || otherKind())
            return m_result;
        const bool renamed = names();
        if (!renamed)
            title();
        cutNames();
        addedSection();
        look();
        sizes();
        typeface();
        layout();
        sections();
        surprise();
        return m_result;
    }

private:
    void done(const QString &what) { m_result.done.append(what); }
    Recipe &recipe() { return m_result.recipe; }

    bool isQuestion() const;
    bool otherKind();
    bool names();
    void title();
    void cutNames();
    void look();
    void sizes();
    void typeface();
    void layout();
    void sections();
    void section(const QString &name, bool wanted);
    void addedSection();
    bool removedSection(const QString &removed);
    void surprise();
    QString knownName(const QString &text) const;

    FollowUp m_result;
    QString m_wish;
    QString m_lower;
};

bool Changes::isQuestion() const
{
    static const QRegularExpression asks =
        expression("^(?:why|what(?! about| if)|how(?! about)|when|who|where|which|is|are|does|do|did)\\b");
    return asks.match(m_lower).hasMatch();
}

bool Changes::otherKind()
{
    static const QRegularExpression turn =
        expression("\\b(?:turn|convert|change|transform|make) (?:it|this|that|the app) (?:in)?to (?:an? "
                   ")?(.+)|^(?:an?|make an?|build an?|now an?) (.+) instead");
    const auto match = turn.match(m_lower);
    const QString target = match.captured(1) + match.captured(2);
    const auto *kind = match.hasMatch() ? kindIn(target) : nullptr;
    if (!kind || kind->name == recipe().kind)
        return false;
    Recipe next = recipeFor(target);
    next.hue = recipe().hue;
    next.accent = recipe().accent;
    next.chroma = recipe().chroma;
    next.mode = recipe().mode;
    next.domain = domainIn(target) ? next.domain : recipe().domain;
    m_result.recipe = next;
    done(QStringLiteral("it is a %1 now").arg(kind->title.toLower()));
    return true;
}

QString Changes::knownName(const QString &text) const
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

bool Changes::names()
{
    static const QRegularExpression rename =
        expression("\\b(?:rename|change|replace|call)\\s+(?:the\\s+)?[\"“']?(.{2,60}?)[\"”']?\\s+(?:to|into|with|as|by)"
                   "\\s+[\"“']?(.{1,60}?)[\"”']?\\s*(?:[.;!]|$|,| and )");
    bool any = false;
    for (auto matches = rename.globalMatch(m_wish); matches.hasNext();) {
        const auto match = matches.next();
        const QString old = knownName(match.captured(1));
        const QString next = name(match.captured(2), 60);
        if (old.isEmpty() || next.isEmpty())
            continue;
        for (QString &value : recipe().renames)
            if (value == old)
                value = next;
        recipe().renames.insert(old, next);
        done(QStringLiteral("“%1” is called “%2”").arg(old, next));
        any = true;
    }
    return any;
}

void Changes::title()
{
    static const QRegularExpression to =
        expression("\\b(?:title|name|heading|headline|rename (?:it|this|the app)|retitle(?: "
                   "it)?)\\b[^\"“”]{0,30}?\\b(?:to|is|be|as|:)\\s*:?\\s*[\"“'‘«]?"
                   "(.{1,60}?)[\"”’'»]?\\s*(?:[.;!]|$|,|\\band (?:make|use|add|remove|change|with)\\b)");
    static const QRegularExpression bare = // "make the title Moss Diary", but not "make the title bigger"
        expression("\\b(?:make|set|change|use)\\s+(?:the |its )?(?:title|name|heading|headline)\\s+"
                   "((?-i:\\p{Lu}).{0,59}?)\\s*(?:[.;!]|$|,|\\band (?:make|use|add|remove|change|with|turn)\\b)");
    QString next = givenName(m_wish);
    for (const QRegularExpression &pattern : {to, bare})
        if (next.isEmpty())
            next = name(pattern.match(m_wish).captured(1), 60);
    if (next.isEmpty() || next == recipe().title)
        return;
    recipe().title = next;
    done(QStringLiteral("the title is “%1”").arg(next));
}

/// A title such as "Blue Monday" is no wish for blue.
void Changes::cutNames()
{
    m_lower.remove(recipe().title.toLower());
    for (const QString &name : std::as_const(recipe().renames))
        m_lower.remove(name.toLower());
    static const QRegularExpression quoted = expression("[\"“«][^\"”»]*[\"”»]");
    m_lower.remove(quoted);
}

void Changes::look()
{
    const Look look = lookIn(m_lower);
    if (look.hue) {
        const bool onlyAccent = saysAny(m_lower, "accent|button|buttons|highlight");
        recipe().accent = onlyAccent ? *look.hue : look.accent.value_or(*look.hue);
        recipe().hue = onlyAccent ? recipe().hue : *look.hue;
        recipe().chroma = look.chroma.value_or(recipe().chroma);
        done(onlyAccent ? QStringLiteral("the accent colour is new") : QStringLiteral("the colours are new"));
    } else if (saysAny(
                   m_lower,
                   "other colours|other colors|different colours|different colors|another colour|another color|"
                   "change the colours|change the colors|new colours|new colors|different palette|another palette")) {
        recipe().hue = (recipe().hue + 137) % 360;
        recipe().accent = (recipe().accent + 137) % 360;
        done(QStringLiteral("the colours are new"));
    }
    if (!look.mode.isEmpty() && look.mode != recipe().mode) {
        recipe().mode = look.mode;
        done(look.mode == QLatin1String("dark") ? QStringLiteral("it starts dark") : QStringLiteral("it starts light"));
    } else if (!look.mode.isEmpty() && m_result.done.isEmpty()) {
        m_result.refused.append(
            QStringLiteral("It already starts %1; the button with the sun or moon switches it.").arg(look.mode));
    }
    if (!look.style.isEmpty() && look.style != recipe().style && !says(m_lower, QStringLiteral("corner"))) {
        recipe().style = look.style;
        done(QStringLiteral("the style is “%1”").arg(look.style));
    }
}

void Changes::sizes()
{
    const bool text = saysAny(m_lower, "text|font|type|letter|letters|writing|everything|it");
    if (text && saysAny(m_lower, "bigger|larger|increase|enlarge|easier to read")) {
        recipe().scale = std::min(1.45, recipe().scale * 1.125);
        done(QStringLiteral("the text is bigger"));
    } else if (text && saysAny(m_lower, "smaller|decrease|tiny")) {
        recipe().scale = std::max(0.8, recipe().scale / 1.125);
        done(QStringLiteral("the text is smaller"));
    }
    if (saysAny(m_lower, "rounder|more round|rounded|round corners|rounded corners|softer corners|round")) {
        recipe().radius = std::min(32, recipe().radius + 10);
        done(QStringLiteral("the corners are rounder"));
    } else if (saysAny(m_lower, "square|sharp|sharper|angular|less round|square corners|no rounded corners")) {
        recipe().radius = 0;
        done(QStringLiteral("the corners are square"));
    }
    if (saysAny(m_lower, "compact|denser|tighter|less space|condensed")) {
        recipe().gap = std::max(10, recipe().gap - 6);
        done(QStringLiteral("things stand closer"));
    } else if (saysAny(m_lower, "airier|more space|more room|roomier|spacious|breathing room|more whitespace")) {
        recipe().gap = std::min(34, recipe().gap + 8);
        done(QStringLiteral("there is more room"));
    }
}

void Changes::typeface()
{
    const auto set = [this](const char *font, const char *what) {
        recipe().font = QLatin1String(font);
        done(QString::fromUtf8(what));
    };
    if (saysAny(m_lower, "sans serif|sans-serif|sans"))
        set("sans", "the headings have a plain typeface");
    else if (says(m_lower, QStringLiteral("serif")))
        set("serif", "the headings have a serif typeface");
    else if (saysAny(m_lower, "monospace font|mono font|typewriter"))
        set("mono", "the headings have a typewriter typeface");
    else if (saysAny(m_lower, "rounded font|friendlier font|round font"))
        set("rounded", "the typeface is rounder");
}

void Changes::layout()
{
    QString wanted;
    if (saysAny(m_lower, "sidebar|side bar|on the left|at the side"))
        wanted = QStringLiteral("side");
    else if (saysAny(m_lower, "hero|big header|large header|banner"))
        wanted = QStringLiteral("hero");
    else if (saysAny(m_lower, "centered|centred|in the middle|centre it|center it"))
        wanted = QStringLiteral("center");
    else if (saysAny(m_lower, "on top|at the top|top bar"))
        wanted = QStringLiteral("top");
    if (wanted.isEmpty() || wanted == recipe().layout)
        return;
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (!kind || !kind->layouts.contains(wanted)) {
        m_result.refused.append(QStringLiteral("This kind of app has no such layout."));
        return;
    }
    const bool away = saysAny(m_lower, "remove|hide|without|no");
    recipe().layout = away ? QStringLiteral("top") : wanted;
    done(QStringLiteral("the layout is new"));
}

QString sectionNames(const SamplerParts::Kind &kind)
{
    QStringList names = kind.sections;
    return names.join(QStringLiteral(", "));
}

/// The parts of this kind of app that a text names.
QStringList knownSections(const SamplerParts::Kind *kind, const QString &lower)
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
    QStringList names;
    for (const auto &[name, words] : synonyms)
        if (kind && kind->sections.contains(name) && saysAny(lower, words.toUtf8().constData()))
            names.append(name);
    return names;
}

void Changes::section(const QString &name, bool wanted)
{
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (!kind || recipe().sections.contains(name) == wanted) {
        m_result.refused.append(wanted ? QStringLiteral("The %1 is already there.").arg(name)
                                       : QStringLiteral("There is no %1 to remove.").arg(name));
        return;
    }
    if (wanted)
        recipe().sections.append(name);
    else
        recipe().sections.removeAll(name);
    done(wanted ? QStringLiteral("the %1 is there").arg(name) : QStringLiteral("the %1 is gone").arg(name));
}

/// "add a section for my favourite books", "add a quotes section": a list with that title.
void Changes::addedSection()
{
    static const QRegularExpression after = expression(
        "\\b(?:add|include|create|make|want|need)\\b[^.;]{0,24}?\\b(?:section|area|block|panel|card|list)\\s+"
        "(?:called|named|titled|for|about|with|of|on)\\s+(?:(?:my|the|some|all|our)\\s+)*[\"“'‘«]?(.{2,60}?)"
        "[\"”’'»]?\\s*(?:[.;!,]|$|\\band (?:make|use|add|remove|change|turn)\\b)");
    static const QRegularExpression before =
        expression("\\b(?:add|include|create|want|need)\\s+(?:an?|the|my|another|one)\\s+[\"“'‘«]?([^.;,]{2,40}?)"
                   "[\"”’'»]?\\s+(?:section|area|block|panel|card|list)\\b");
    static const QRegularExpression adjective = expression("^(?:new|other|another|extra|small|more|second|nice)$");
    const auto late = after.match(m_wish);
    QString title = name(late.hasMatch() ? late.captured(1) : before.match(m_wish).captured(1), 40);
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (title.isEmpty() || adjective.match(title).hasMatch() || !knownSections(kind, title.toLower()).isEmpty())
        return;
    m_lower.remove(title.toLower()); // "favourite books" asks for no style
    title[0] = title[0].toUpper();
    constexpr qsizetype most = 6;
    if (recipe().extras.contains(title, Qt::CaseInsensitive))
        m_result.refused.append(QStringLiteral("The section “%1” is already there.").arg(title));
    else if (recipe().extras.size() >= most)
        m_result.refused.append(QStringLiteral("The sampler adds no more than %1 sections.").arg(most));
    else {
        recipe().extras.append(title);
        done(QStringLiteral("there is a section “%1” to write into").arg(title));
    }
}

bool Changes::removedSection(const QString &removed)
{
    const QStringList titles = recipe().extras;
    for (const QString &title : titles) {
        if (!says(removed, title.toLower()))
            continue;
        recipe().extras.removeAll(title);
        done(QStringLiteral("the section “%1” is gone").arg(title));
    }
    return recipe().extras.size() < titles.size();
}

void Changes::sections()
{
    static const QRegularExpression away = expression(
        "\\b(?:remove|hide|without|drop|delete|get rid of|lose|take away|no|don't show|don't need)\\b([^.;]{1,80})");
    static const QRegularExpression there =
        expression("\\b(?:add|show|include|bring back|want|need|put)\\b([^.;]{1,80})");
    const auto *kind = SamplerParts::kind(recipe().kind);
    const QString removed = away.match(m_lower).captured(1);
    const QString added = removed.isEmpty() ? there.match(m_lower).captured(1) : QString();
    bool found = !removed.isEmpty() && removedSection(removed);
    for (const QString &name : knownSections(kind, removed.isEmpty() ? added : removed)) {
        section(name, removed.isEmpty());
        found = true;
    }
    if (!found && !m_result.understood() && (!removed.isEmpty() || !added.isEmpty()) && kind)
        m_result.refused.append(
            QStringLiteral("The sampler only knows these parts of this app: %1.").arg(sectionNames(*kind)));
}

void Changes::surprise()
{
    if (m_result.understood() ||
        !saysAny(m_lower, "surprise|different look|another look|new look|other look|redesign|restyle|"
                          "nicer|prettier|better looking|more beautiful|try again|another version"))
        return;
    const Recipe other = recipeFor(recipe().title + QString::number(recipe().hue) + recipe().style + recipe().layout);
    recipe().hue = other.hue;
    recipe().accent = other.accent;
    recipe().style = other.style;
    recipe().font = other.font;
    recipe().radius = other.radius;
    const auto *kind = SamplerParts::kind(recipe().kind);
    if (kind)
        recipe().layout = kind->layouts.at((kind->layouts.indexOf(recipe().layout) + 1) % kind->layouts.size());
    done(QStringLiteral("it has another look"));
}

} // namespace

FollowUp followUp(const Recipe &current, const QString &wish)
{
    return Changes(current, wish).all();
}

} // namespace Flotilla
