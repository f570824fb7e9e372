// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace Flotilla {

class EmptyState;
class HostCardWidget;
class HostSession;
class HostTestPanel;

/// The Hosts screen: the machines apps may run on.
class HostsPage : public QWidget
{
    Q_OBJECT

public:
    explicit HostsPage(HostSession *session, QWidget *parent = nullptr);
    void addHost();
    void testHost(const HostId &id);
    HostCardWidget *card(const HostId &id) const { return m_cards.value(id, nullptr); }

Q_SIGNALS:
    void fleetRequested(const QString &hostLabel);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupUi();
    QWidget *makeTestPanel();
    void load();
    void upsert(const HostCard &host);
    void connectCard(HostCardWidget *card);
    void remove(const HostId &id);
    void arrange();
    void askRemove(const HostCard &host);
    void removeHost(const HostCard &host, bool stopApps);
    void tellRemoved(const HostCard &host, const QString &stays);
    void edit(const HostCard &host);
    void setDraining(const HostCard &host, bool draining);
    void runTest(const HostConfig &config);
    void closeTest();
    void report(const Error &error);

    HostSession *m_session;
    QHash<HostId, HostCardWidget *> m_cards;
    QWidget *m_content;
    QGridLayout *m_grid;
    QScrollArea *m_scroll;
    EmptyState *m_invitation;
    QPushButton *m_add;
    QWidget *m_testPanel;
    QLabel *m_testTitle;
    QPushButton *m_again;
    HostTestPanel *m_test;
    HostConfig m_tested;
    int m_columns = 0;
};

} // namespace Flotilla
