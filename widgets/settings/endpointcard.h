// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"
#include "backends/secrets/secretstore.h"
#include "widgets/common/appservices.h"
#include "widgets/common/card.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace Flotilla {

class StatusLabel;

/// One endpoint of models: its key, its address and the Test button that says exactly what is wrong.
class EndpointCard : public Card
{
    Q_OBJECT

public:
    EndpointCard(const AppServices &services, Endpoint endpoint, QWidget *parent = nullptr);
    const Endpoint &endpoint() const { return m_endpoint; }
    /// Edits this address instead of only showing it. An empty text means the provider's own.
    void setAddressEditable(const QString &address, const QString &standard);
    void setRemovable();

Q_SIGNALS:
    void addressEdited(const QString &address);
    void removeRequested();
    void keyChanged(); ///< stored or removed

private:
    void build();
    QWidget *keyRow();
    void readKey();
    void storeKey();
    void storeAndTest();
    void removeKey();
    void showKey(const SecretStore::Secret &secret);
    void test();
    void showResult(bool ok, const QString &text, const QString &detail = {});

    AppServices m_services;
    Endpoint m_endpoint;
    StatusLabel *m_status;
    QLineEdit *m_key;
    QLineEdit *m_address;
    QLabel *m_addressLabel;
    QPushButton *m_test;
    QPushButton *m_removeKey;
    QPushButton *m_remove;
    QLabel *m_result;
    bool m_testing = false;
};

} // namespace Flotilla
