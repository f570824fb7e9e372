// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetfilter.h"

#include "widgets/fleet/fleetstatus.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <cmath>
#include <string_view>

namespace Flotilla {

namespace {

constexpr int mostTerms = 32;

Error invalid(const QString &text)
{
    return {ErrorKind::Invalid, text, {}};
}

struct FilterWords
{
    Q_DECLARE_TR_FUNCTIONS(FleetFilter)
};

/// What means something outside quotes and nothing inside them; there another sign stands for it.
constexpr char16_t signs[] = u":,-";
constexpr char16_t firstStandIn = 0xE000; // for private use

QChar quotedSign(QChar c)
{
    const auto found = std::u16string_view(signs).find(c.unicode());
    return found == std::u16string_view::npos ? c : QChar(char16_t(firstStandIn + found));
}

QString withSigns(QString text)
{
    for (char16_t i = 0; signs[i]; ++i)
        text.replace(QChar(char16_t(firstStandIn + i)), QChar(signs[i]));
    return text;
}

/// Splits at spaces outside quotes; the quotes themselves go.
QStringList words(const QString &text)
{
    QStringList result;
    QString word;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (c.isSpace() && !quoted) {
            if (!word.isEmpty())
                result.append(std::exchange(word, {}));
        } else {
            word.append(quoted ? quotedSign(c) : c);
        }
    }
    if (!word.isEmpty())
        result.append(word);
    return result;
}

std::optional<double> unitFactor(const QString &unit)
{
    static const QHash<QString, double> factors{
        {QString(), 1},
        {QStringLiteral("%"), 1},
        {QStringLiteral("b"), 1},
        {QStringLiteral("k"), 1024},
        {QStringLiteral("kb"), 1024},
        {QStringLiteral("m"), 1024 * 1024},
        {QStringLiteral("mb"), 1024 * 1024},
        {QStringLiteral("g"), 1024.0 * 1024 * 1024},
        {QStringLiteral("gb"), 1024.0 * 1024 * 1024},
        {QStringLiteral("s"), 1},
        {QStringLiteral("min"), 60},
        {QStringLiteral("h"), 3600},
        {QStringLiteral("d"), 86400},
    };
    const auto found = factors.constFind(unit.toLower());
    return found == factors.cend() ? std::nullopt : std::optional(*found);
}

/// The key that was probably meant: one letter off, or its beginning.
QString nearestKey(const QString &typed)
{
    for (const QString &key : FleetFilter::keys()) {
        const QString name = key.chopped(1);
        if (name.startsWith(typed, Qt::CaseInsensitive) || typed.startsWith(name, Qt::CaseInsensitive))
            return key;
        QString a = name, b = typed.toLower();
        std::sort(a.begin(), a.end());
        std::sort(b.begin(), b.end());
        if (a == b)
            return key;
    }
    return {};
}

Error unknownKey(const QString &key)
{
    const QString near = nearestKey(key);
    if (!near.isEmpty())
        return invalid(FilterWords::tr("There is no filter “%1:”. Did you mean “%2”?").arg(key, near));
    return invalid(FilterWords::tr("There is no filter “%1:”. These are: %2")
                       .arg(key, FleetFilter::keys().join(QLatin1Char(' '))));
}

bool beginsOneOf(const QStringList &words, const QString &begin)
{
    return std::any_of(words.cbegin(), words.cend(),
                       [&begin](const QString &word) { return word.startsWith(begin, Qt::CaseInsensitive); });
}

/// What stateWords() may answer, too: the sandbox's own words.
QStringList everyState()
{
    QStringList all = FleetFilter::states();
    for (int state = int(SandboxState::Pending); state <= int(SandboxState::Lost); ++state)
        all.append(toString(SandboxState(state)));
    for (int reason = int(SandboxReason::Exited); reason <= int(SandboxReason::BackendError); ++reason)
        all.append(toString(SandboxReason(reason)));
    return all;
}

bool anyContains(const QStringList &texts, const QString &part)
{
    return std::any_of(texts.cbegin(), texts.cend(),
                       [&part](const QString &text) { return text.contains(part, Qt::CaseInsensitive); });
}

} // namespace

const QStringList &FleetFilter::keys()
{
    static const QStringList all{QStringLiteral("host:"),   QStringLiteral("state:"), QStringLiteral("app:"),
                                 QStringLiteral("label:"),  QStringLiteral("mem:"),   QStringLiteral("cpu:"),
                                 QStringLiteral("up:"),     QStringLiteral("procs:"), QStringLiteral("backend:"),
                                 QStringLiteral("version:")};
    return all;
}

QStringList FleetFilter::states()
{
    return {QStringLiteral("live"),          QStringLiteral("starting"),    QStringLiteral("asleep"),
            QStringLiteral("needs-look"),    QStringLiteral("failed"),      QStringLiteral("lost"),
            QStringLiteral("out-of-memory"), QStringLiteral("out-of-disk"), QStringLiteral("unreachable")};
}

bool FleetFilter::isNumber(Key key)
{
    return key == Key::Memory || key == Key::Cpu || key == Key::Processes || key == Key::Up || key == Key::Version;
}

Result<FleetFilter> FleetFilter::parse(const QString &text)
{
    FleetFilter filter;
    for (const QString &word : words(text)) {
        if (filter.m_terms.size() == mostTerms)
            return invalid(FilterWords::tr("A filter has at most %1 parts.").arg(mostTerms));
        Result<Term> term = parseTerm(word);
        if (!term)
            return term.error();
        filter.m_terms.push_back(*term);
    }
    return filter;
}

Result<FleetFilter::Term> FleetFilter::parseTerm(const QString &word)
{
    static const QHash<QString, Key> known{{QStringLiteral("host"), Key::Host},
                                           {QStringLiteral("state"), Key::State},
                                           {QStringLiteral("app"), Key::App},
                                           {QStringLiteral("label"), Key::Label},
                                           {QStringLiteral("backend"), Key::Backend},
                                           {QStringLiteral("version"), Key::Version},
                                           {QStringLiteral("mem"), Key::Memory},
                                           {QStringLiteral("memory"), Key::Memory},
                                           {QStringLiteral("cpu"), Key::Cpu},
                                           {QStringLiteral("procs"), Key::Processes},
                                           {QStringLiteral("up"), Key::Up}};
    static const QRegularExpression form(QStringLiteral("^(-?)([A-Za-z][A-Za-z-]*):(.*)$"));
    Term term;
    const auto match = form.match(word);
    if (!match.hasMatch()) {
        term.negated = word.size() > 1 && word.startsWith(QLatin1Char('-'));
        term.values = {withSigns(term.negated ? word.mid(1) : word)};
        return term;
    }
    const QString key = match.captured(2).toLower();
    const auto found = known.constFind(key);
    if (found == known.cend())
        return unknownKey(key);
    term.negated = !match.captured(1).isEmpty();
    term.key = *found;
    const QString value = match.captured(3);
    if (isNumber(term.key)) {
        const Status parsed = parseNumber(term, key, value);
        return parsed ? Result<Term>(term) : Result<Term>(parsed.error());
    }
    for (const QString &one : value.split(QLatin1Char(','), Qt::SkipEmptyParts))
        term.values.append(withSigns(one));
    if (term.key == Key::State) {
        for (const QString &one : std::as_const(term.values)) {
            if (!beginsOneOf(everyState(), one))
                return invalid(
                    FilterWords::tr("There is no state “%1”. These are: %2").arg(one, states().join(QLatin1Char(' '))));
        }
    }
    return term;
}

Status FleetFilter::parseNumber(Term &term, const QString &key, const QString &value)
{
    static const QRegularExpression form(QStringLiteral("^(>=|<=|>|<|=)?v?(\\d+(?:\\.\\d+)?)\\s*([A-Za-z%]*)$"));
    if (value.isEmpty())
        return {}; // still being typed: everything matches
    const auto match = form.match(value);
    const auto factor = match.hasMatch() ? unitFactor(match.captured(3)) : std::nullopt;
    if (!factor) {
        const QString example = term.key == Key::Memory ? QStringLiteral("mem:>200MB")
                                : term.key == Key::Up   ? QStringLiteral("up:>2h")
                                                        : QStringLiteral("%1:>10").arg(key);
        return invalid(FilterWords::tr("“%1” is not a number. Write it like %2.").arg(value, example));
    }
    static const QHash<QString, Compare> operators{{QStringLiteral(">"), Compare::Greater},
                                                   {QStringLiteral(">="), Compare::GreaterEqual},
                                                   {QStringLiteral("<"), Compare::Less},
                                                   {QStringLiteral("<="), Compare::LessEqual}};
    term.compare = operators.value(match.captured(1), Compare::Equal);
    term.number = match.captured(2).toDouble() * *factor;
    term.values = {value};
    return {};
}

bool FleetFilter::matches(const FleetRow &row) const
{
    return std::all_of(m_terms.cbegin(), m_terms.cend(),
                       [&row](const Term &term) { return term.values.isEmpty() || holds(term, row) != term.negated; });
}

namespace {

std::optional<double> uptimeSeconds(const FleetRow &row)
{
    if (row.state != SandboxState::Running || !row.created.isValid())
        return {};
    return double(row.created.secsTo(QDateTime::currentDateTimeUtc()));
}

std::optional<double> number(std::optional<qint64> value)
{
    return value ? std::optional(double(*value)) : std::nullopt;
}

} // namespace

bool FleetFilter::holds(const Term &term, const FleetRow &row)
{
    switch (term.key) {
    case Key::Version:
        return compares(term, row.version, 0);
    case Key::Memory:
        return compares(term, number(row.memoryBytes), 512 * 1024);
    case Key::Cpu:
        return compares(term, row.cpuPercent, 0.5);
    case Key::Processes:
        return compares(term, row.processes, 0);
    case Key::Up:
        return compares(term, uptimeSeconds(row), 30);
    default:
        return std::any_of(term.values.cbegin(), term.values.cend(),
                           [&](const QString &value) { return names(term.key, value, row); });
    }
}

bool FleetFilter::compares(const Term &term, std::optional<double> value, double tolerance)
{
    if (!value)
        return false;
    switch (term.compare) {
    case Compare::Greater:
        return *value > term.number;
    case Compare::GreaterEqual:
        return *value >= term.number;
    case Compare::Less:
        return *value < term.number;
    case Compare::LessEqual:
        return *value <= term.number;
    case Compare::Equal:
        break;
    }
    return std::abs(*value - term.number) <= tolerance;
}

bool FleetFilter::names(Key key, const QString &value, const FleetRow &row)
{
    const auto inHostLabel = [&] { return row.hostLabel.contains(value, Qt::CaseInsensitive); };
    const auto isApp = [&] {
        return row.app.value.startsWith(value) || row.title.contains(value, Qt::CaseInsensitive);
    };
    switch (key) {
    case Key::Text:
        return isApp() || inHostLabel() || anyContains(row.labels, value);
    case Key::Host:
        return inHostLabel() || row.host.value.compare(value, Qt::CaseInsensitive) == 0;
    case Key::State:
        return beginsOneOf(stateWords(row), value);
    case Key::App:
        return isApp();
    case Key::Label:
        return row.labels.contains(value, Qt::CaseInsensitive);
    case Key::Backend:
        return row.backend.startsWith(value, Qt::CaseInsensitive);
    default:
        return false;
    }
}

} // namespace Flotilla
