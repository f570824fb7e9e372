// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/endpointcard.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/statuslabel.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

EndpointCard::EndpointCard(const AppServices &services, Endpoint endpoint, QWidget *parent)
    : Card(parent)
    , m_services(services)
    , m_endpoint(std::move(endpoint))
    , m_status(new StatusLabel)
    , m_key(new QLineEdit)
    , m_address(new QLineEdit)
    , m_addressLabel(makeLabel(tr("Address"), TextSize::Base, Tone::Muted))
    , m_test(makeButton(tr("Test"), QStringLiteral("testQPushButton")))
    , m_removeKey(makeButton(tr("Remove key"), QStringLiteral("removeKeyQPushButton"), ButtonKind::Link))
    , m_remove(makeButton(tr("Remove"), QStringLiteral("removeEndpointQPushButton"), ButtonKind::Link))
    , m_result(makeLabel({}, TextSize::Base, Tone::Muted))
{
    setObjectName(QStringLiteral("endpoint-%1").arg(m_endpoint.id));
    build();
    readKey();
    connect(m_test, &QPushButton::clicked, this, &EndpointCard::storeAndTest);
    connect(m_removeKey, &QPushButton::clicked, this, &EndpointCard::removeKey);
    connect(m_remove, &QPushButton::clicked, this, &EndpointCard::removeRequested);
    connect(m_key, &QLineEdit::editingFinished, this, &EndpointCard::storeKey);
    connect(m_address, &QLineEdit::editingFinished, this,
            [this] { Q_EMIT addressEdited(m_address->text().trimmed()); });
}

void EndpointCard::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    layout->setSpacing(Space::s);
    auto *top = new QHBoxLayout;
    top->addWidget(makeLabel(m_endpoint.label, TextSize::Base, Tone::Text, QFont::Bold));
    top->addSpacing(Space::s);
    top->addWidget(m_status, 1);
    top->addWidget(m_remove);
    top->addWidget(m_test);
    layout->addLayout(top);
    layout->addWidget(keyRow());
    m_result->setObjectName(QStringLiteral("testResultQLabel"));
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->hide();
    layout->addWidget(m_result);
    m_remove->hide();
    m_removeKey->hide();
}

QWidget *EndpointCard::keyRow()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::m);
    m_key->setObjectName(QStringLiteral("keyQLineEdit"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setAccessibleName(tr("Key for %1").arg(m_endpoint.label));
    auto *reveal = m_key->addAction(icon("eye"), QLineEdit::TrailingPosition);
    reveal->setToolTip(tr("Show what you typed"));
    connect(reveal, &QAction::triggered, m_key, [this] {
        m_key->setEchoMode(m_key->echoMode() == QLineEdit::Password ? QLineEdit::Normal : QLineEdit::Password);
    });
    m_address->setObjectName(QStringLiteral("addressQLineEdit"));
    m_address->setText(m_endpoint.baseUrl.toString());
    m_address->setReadOnly(true);
    m_address->setAccessibleName(tr("Address of %1").arg(m_endpoint.label));
    grid->addWidget(makeLabel(tr("Key"), TextSize::Base, Tone::Muted), 0, 0);
    grid->addWidget(m_key, 0, 1);
    grid->addWidget(m_removeKey, 0, 2);
    grid->addWidget(m_addressLabel, 1, 0);
    grid->addWidget(m_address, 1, 1);
    grid->setColumnStretch(1, 1);
    return box;
}

void EndpointCard::setAddressEditable(const QString &address, const QString &standard)
{
    m_address->setReadOnly(false);
    m_address->setText(address);
    m_address->setPlaceholderText(standard);
}

void EndpointCard::setRemovable()
{
    m_remove->show();
}

void EndpointCard::readKey()
{
    whenDone(m_services.secrets->read(m_endpoint.id), this, [this](const Result<SecretStore::Secret> &secret) {
        if (secret.ok())
            return showKey(*secret);
        showKey({});
        showResult(false, secret.error().text, secret.error().detail);
        setTone(m_result, Tone::Muted); // known before anything was asked for: a hint, not a failure
    });
}

void EndpointCard::showKey(const SecretStore::Secret &secret)
{
    using Source = SecretStore::Source;
    m_removeKey->setVisible(secret.source == Source::Keychain);
    m_key->setReadOnly(secret.source == Source::Environment);
    switch (secret.source) {
    case Source::Keychain:
        m_status->setStatus(StatusKind::Live, tr("Key stored in the keychain"));
        m_key->setPlaceholderText(tr("Stored. Type a new key to replace it."));
        break;
    case Source::Environment:
        m_status->setStatus(StatusKind::Live, tr("Key from the environment"));
        m_key->setPlaceholderText(tr("Set by an environment variable, which wins"));
        break;
    case Source::None:
        m_status->setStatus(m_endpoint.found ? StatusKind::Live : StatusKind::Idle,
                            m_endpoint.found ? tr("Found on this computer") : tr("No key"));
        m_key->setPlaceholderText(m_endpoint.found ? tr("Not needed for most local servers") : tr("Paste a key"));
        break;
    }
}

// The field is emptied as soon as the keychain has the key: it is never shown again.
void EndpointCard::storeKey()
{
    const QString key = m_key->text().trimmed();
    if (key.isEmpty() || m_key->isReadOnly())
        return;
    whenDone(m_services.secrets->write(m_endpoint.id, key), this, [this](const Status &status) {
        if (!status.ok())
            return showResult(false, status.error().text, status.error().detail);
        m_key->clear();
        readKey();
        Q_EMIT keyChanged();
        test();
    });
}

/// A key that the keychain did not take stays in the field: then that is what is wrong, not the provider.
void EndpointCard::storeAndTest()
{
    if (m_key->isReadOnly() || m_key->text().trimmed().isEmpty())
        test();
    else
        storeKey();
}

void EndpointCard::removeKey()
{
    whenDone(m_services.secrets->remove(m_endpoint.id), this, [this](const Status &status) {
        if (!status.ok())
            return showResult(false, status.error().text, status.error().detail);
        m_result->hide();
        readKey();
        Q_EMIT keyChanged();
    });
}

void EndpointCard::test()
{
    if (std::exchange(m_testing, true))
        return;
    m_test->setText(tr("Testing…")); // stays enabled: it keeps the focus
    showResult(true, tr("Waiting for an answer…"));
    setTone(m_result, Tone::Muted);
    whenDone(m_services.models->test(m_endpoint.id), this, [this](const Result<QString> &result) {
        m_testing = false;
        m_test->setText(tr("Test"));
        if (result.ok())
            showResult(true, *result);
        else
            showResult(false, result.error().text, result.error().detail);
    });
}

void EndpointCard::showResult(bool ok, const QString &text, const QString &detail)
{
    setTone(m_result, ok ? Tone::Live : Tone::Failed);
    m_result->setText(text);
    m_result->setToolTip(detail);
    m_result->show();
}

} // namespace Flotilla
