// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/hostpicker.h"

#include <QMenu>

namespace Flotilla {

namespace {

const QString anyHost = QStringLiteral("any");
const QString localHost = QStringLiteral("local");
constexpr int namedHosts = 2; ///< more are counted

} // namespace

HostPicker::HostPicker(QWidget *parent)
    : Chip({}, parent)
{
    setObjectName(QStringLiteral("hostPicker"));
    setToolTip(tr("Where the apps are made; several hosts take turns"));
    setMenu(new QMenu);
    setCurrent({});
}

void HostPicker::setChoices(const QList<HostChoice> &choices)
{
    if (choices == m_choices)
        return; // the menu may be open
    m_choices = choices;
    setCurrent(m_current);
}

void HostPicker::setCurrent(const QStringList &hosts)
{
    m_current = hosts;
    setText(summary());
    setAccessibleName(tr("Hosts: %1").arg(text()));
    fillMenu();
    updateGeometry();
    update();
}

QStringList HostPicker::ticked() const
{
    return m_current.isEmpty() ? QStringList{localHost} : m_current;
}

QString HostPicker::nameOf(const QString &host, bool withProblem) const
{
    if (host == anyHost)
        return tr("Wherever there is room");
    if (host == localHost)
        return tr("This computer");
    for (const HostChoice &choice : m_choices)
        if (choice.id == host)
            return withProblem && !choice.problem.isEmpty() ? QStringLiteral("%1 (%2)").arg(choice.name, choice.problem)
                                                            : choice.name;
    return host;
}

QString HostPicker::summary() const
{
    const QStringList hosts = ticked();
    if (hosts.size() > namedHosts)
        return tr("%n hosts", nullptr, int(hosts.size()));
    QStringList names;
    for (const QString &host : hosts)
        names.append(nameOf(host, false));
    return names.join(QStringLiteral(", "));
}

void HostPicker::fillMenu()
{
    menu()->clear();
    addEntry(localHost);
    QStringList hosts;
    for (const HostChoice &choice : std::as_const(m_choices))
        hosts.append(choice.id);
    for (const QString &host : std::as_const(m_current))
        if (host != anyHost && !hosts.contains(host))
            hosts.append(host);
    hosts.removeAll(localHost);
    for (const QString &host : std::as_const(hosts))
        addEntry(host);
    menu()->addSeparator();
    addEntry(anyHost);
}

void HostPicker::addEntry(const QString &host)
{
    QAction *action = menu()->addAction(nameOf(host, true));
    action->setData(host);
    action->setCheckable(true);
    action->setChecked(ticked().contains(host));
    connect(action, &QAction::triggered, this, [this, host](bool checked) { tick(host, checked); });
}

/// "Any" stands alone; without any host it is this computer again.
void HostPicker::tick(const QString &host, bool on)
{
    QStringList hosts = ticked();
    hosts.removeAll(host);
    if (host == anyHost)
        hosts.clear();
    else
        hosts.removeAll(anyHost);
    if (on)
        hosts.append(host);
    setCurrent(hosts == QStringList{localHost} ? QStringList() : hosts);
    Q_EMIT chosen();
}

} // namespace Flotilla
