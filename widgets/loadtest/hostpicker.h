// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/chip.h"

#include <QStringList>

namespace Flotilla {

/// A host that a run can use.
struct HostChoice
{
    QString id;
    QString name;
    QString problem; ///< why it takes no apps now; empty: it does
    bool operator==(const HostChoice &) const = default;
};

/// The chip that says where a run makes its apps; its menu has the hosts to tick. None ticked: this computer.
class HostPicker : public Chip
{
    Q_OBJECT

public:
    explicit HostPicker(QWidget *parent = nullptr);
    void setChoices(const QList<HostChoice> &choices);
    void setCurrent(const QStringList &hosts); ///< ids, or "any"; those that are not known stay
    const QStringList &current() const { return m_current; }

Q_SIGNALS:
    void chosen(); ///< by the user

private:
    QStringList ticked() const;
    QString nameOf(const QString &host, bool withProblem) const;
    QString summary() const;
    void fillMenu();
    void addEntry(const QString &host);
    void tick(const QString &host, bool on);

    QList<HostChoice> m_choices;
    QStringList m_current;
};

} // namespace Flotilla
