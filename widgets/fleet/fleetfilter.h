// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"

#include <QStringList>

#include <vector>

namespace Flotilla {

/// What is typed above the table: `host:gpu-box state:live,starting mem:>200MB -label:test tea`. Terms are joined by
/// "and", values of one term by "or"; a minus turns a term round; in quotes spaces and signs are letters. Without a key
/// a word is looked for in title, id, host and labels. Value type.
class FleetFilter
{
public:
    FleetFilter() = default;
    /// Invalid with a sentence that names the term and what would be right.
    static Result<FleetFilter> parse(const QString &text);

    bool matches(const FleetRow &row) const;
    bool isEmpty() const { return m_terms.empty(); }

    static const QStringList &keys(); ///< with the colon, for completion
    static QStringList states();      ///< values of "state:"

private:
    enum class Key { Text, Host, State, App, Label, Backend, Version, Memory, Cpu, Processes, Up };
    enum class Compare { Equal, Less, LessEqual, Greater, GreaterEqual };
    struct Term
    {
        Key key = Key::Text;
        bool negated = false;
        QStringList values;
        Compare compare = Compare::Equal;
        double number = 0;
    };
    static Result<Term> parseTerm(const QString &word);
    static Status parseNumber(Term &term, const QString &key, const QString &value);
    static bool holds(const Term &term, const FleetRow &row);
    static bool compares(const Term &term, std::optional<double> value, double tolerance);
    static bool names(Key key, const QString &value, const FleetRow &row);
    static bool isNumber(Key key);

    std::vector<Term> m_terms;
};

} // namespace Flotilla
