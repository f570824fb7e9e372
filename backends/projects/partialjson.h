// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace Flotilla {

/// Reads the string members of a JSON object while its text arrives in pieces cut anywhere, so that a card can show a
/// file growing. Other members are skipped. Never fails: broken text only ends the growth. For display only; what is
/// executed comes from the complete call.
class PartialJson
{
public:
    void feed(const QString &piece);
    /// The text of a member as far as it has arrived.
    QString string(const QString &key) const { return m_strings.value(key); }
    bool has(const QString &key) const { return m_strings.contains(key); }

private:
    enum class Place { Key, Value };
    void take(QChar c);
    void takeInString(QChar c);
    void takeEscape(QChar c);
    void add(QStringView text);
    void endString();
    void keep();

    QHash<QString, QString> m_strings;
    QString m_key;
    QString m_fresh; ///< of the value of m_key
    QString m_hex;
    int m_depth = 0;
    Place m_place = Place::Key;
    bool m_inString = false;
    bool m_escape = false;
    bool m_inHex = false;
};

} // namespace Flotilla
