// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/apisection.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/statuslabel.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/settings/apicontrol.h"
#include "widgets/settings/bindings.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Flotilla {

ApiSection::ApiSection(const AppServices &services, QWidget *parent)
    : SettingsSection(tr("Control API"),
                      tr("Lets programs on this computer make apps, write to them and end them. Only who knows the "
                         "token gets in, and nobody from another computer."),
                      parent)
    , m_services(services)
    , m_status(new StatusLabel)
    , m_problem(makeLabel({}, TextSize::Base, Tone::Failed))
    , m_example(makeLabel({}))
    , m_copy(makeButton(tr("Copy"), QStringLiteral("copyTokenQPushButton")))
    , m_renew(makeButton(tr("New token"), QStringLiteral("newTokenQPushButton")))
{
    content()->addWidget(switchCard());
    content()->addWidget(tokenCard());
    connect(m_copy, &QPushButton::clicked, this, &ApiSection::copyToken);
    connect(m_renew, &QPushButton::clicked, this, &ApiSection::renewToken);
    if (m_services.api)
        connect(m_services.api, &ApiControl::changed, this, &ApiSection::showState);
    showState();
}

QWidget *ApiSection::switchCard()
{
    auto *card = new FormCard;
    auto *on = new QCheckBox;
    on->setObjectName(QStringLiteral("apiQCheckBox"));
    bind(m_services.settings, Setting::ApiEnabled, on);
    card->addRow(tr("Control API"), tr("Also on at the next start, until you switch it off."), on);
    auto *port = new QSpinBox;
    port->setObjectName(QStringLiteral("apiPortQSpinBox"));
    port->setRange(1024, 65535);
    port->setKeyboardTracking(false); // a half-typed port is none
    bind(m_services.settings, Setting::ApiPort, port);
    card->addRow(tr("Port"), {}, port);
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::xs);
    m_status->setObjectName(QStringLiteral("apiStatus"));
    m_problem->setObjectName(QStringLiteral("apiProblemQLabel"));
    m_problem->setWordWrap(true);
    layout->addWidget(m_status);
    layout->addWidget(m_problem);
    card->addWide(box);
    return card;
}

QWidget *ApiSection::tokenCard()
{
    auto *card = new FormCard;
    auto *buttons = new QWidget;
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    layout->addWidget(m_copy);
    layout->addWidget(m_renew);
    card->addRow(tr("Token"), tr("Kept in the keychain. A new one shuts out every script that has the old one."),
                 buttons);
    m_example->setObjectName(QStringLiteral("apiExampleQLabel"));
    m_example->setFont(Theme::instance().monospace());
    m_example->setWordWrap(true);
    m_example->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->addWide(m_example);
    return card;
}

QString ApiSection::example() const
{
    return QStringLiteral("curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:%1/openapi.json")
        .arg(m_services.settings->value(Setting::ApiPort).toInt());
}

void ApiSection::showState()
{
    const auto state = m_services.api ? m_services.api->state() : ApiControl::State();
    const bool failed = !state.problem.isEmpty();
    m_status->setStatus(state.on ? StatusKind::Live
                        : failed ? StatusKind::Failed
                                 : StatusKind::Idle,
                        state.on ? tr("On at http://127.0.0.1:%1/").arg(state.port)
                        : failed ? tr("Cannot be switched on")
                                 : tr("Off"));
    m_problem->setText(state.problem);
    m_problem->setVisible(failed);
    m_example->setText(example());
    m_copy->setEnabled(m_services.api);
    m_renew->setEnabled(m_services.api);
}

void ApiSection::copyToken()
{
    whenDone(m_services.api->token(), this, [this](const Result<QString> &token) {
        if (!token.ok())
            return Toast::show(this, token.error().text, Toast::Kind::Error);
        QGuiApplication::clipboard()->setText(*token);
        Toast::show(this, tr("Token copied"));
    });
}

void ApiSection::renewToken()
{
    whenDone(m_services.api->newToken(), this, [this](const Result<QString> &token) {
        if (!token.ok())
            return Toast::show(this, token.error().text, Toast::Kind::Error);
        Toast::show(this, tr("New token. Scripts need it now."));
    });
}

} // namespace Flotilla
