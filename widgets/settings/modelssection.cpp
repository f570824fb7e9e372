// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/modelssection.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/settings/bindings.h"
#include "widgets/settings/endpointcard.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr auto anthropicAddress = "https://api.anthropic.com";
constexpr auto openAiAddress = "https://api.openai.com/v1";

QString kindText(ModelRef::Kind kind)
{
    return kind == ModelRef::Kind::Anthropic ? QStringLiteral("anthropic") : QStringLiteral("openai");
}

QVBoxLayout *emptyColumn()
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(Space::m);
    return layout;
}

void clearColumn(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

ModelsSection::ModelsSection(AppServices services, QWidget *parent)
    : SettingsSection(
          tr("Models and keys"),
          tr("Who writes your apps. Keys are kept in the keychain of this computer, never in a file or a log."), parent)
    , m_services(std::move(services))
    , m_local(emptyColumn())
    , m_custom(emptyColumn())
    , m_localText(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_newName(new QLineEdit)
    , m_newAddress(new QLineEdit)
    , m_newKind(new QComboBox)
    , m_newProblem(makeLabel({}, TextSize::Base, Tone::Failed))
{
    addProvider(QStringLiteral("anthropic"), QStringLiteral("Anthropic"), ModelRef::Kind::Anthropic,
                Setting::AnthropicBaseUrl);
    addProvider(QStringLiteral("openai"), QStringLiteral("OpenAI"), ModelRef::Kind::OpenAi, Setting::OpenAiBaseUrl);
    addHeading(tr("On this computer"));
    auto *again = makeButton(tr("Look again"), QStringLiteral("discoverQPushButton"));
    connect(again, &QPushButton::clicked, this, &ModelsSection::discover);
    auto *found = new FormCard;
    auto *row = new QWidget;
    auto *rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(0, 0, 0, 0);
    m_localText->setWordWrap(true);
    rowLayout->addWidget(m_localText, 1);
    rowLayout->addWidget(again);
    found->addWide(row);
    content()->addWidget(found);
    content()->addLayout(m_local);
    addHeading(tr("Other endpoints"));
    content()->addLayout(m_custom);
    content()->addWidget(addForm());
    addHeading(tr("Built-in sampler"));
    content()->addWidget(samplerCard());
    showCustom();
}

void ModelsSection::addProvider(const QString &id, const QString &label, ModelRef::Kind kind, Setting setting)
{
    Endpoint endpoint;
    endpoint.id = id;
    endpoint.label = label;
    endpoint.kind = kind;
    auto *card = new EndpointCard(m_services, endpoint);
    card->setAddressEditable(m_services.settings->string(setting),
                             QString::fromLatin1(kind == ModelRef::Kind::Anthropic ? anthropicAddress : openAiAddress));
    connect(card, &EndpointCard::addressEdited, this,
            [this, setting](const QString &address) { m_services.settings->set(setting, address); });
    connect(card, &EndpointCard::keyChanged, this, &ModelsSection::modelsChanged);
    content()->addWidget(card);
}

void ModelsSection::showEvent(QShowEvent *event)
{
    SettingsSection::showEvent(event);
    discover();
}

void ModelsSection::discover()
{
    m_localText->setText(tr("Looking for Ollama, LM Studio, llama.cpp and vLLM…"));
    whenDone(m_services.models->discoverLocal(), this,
             [this](const Result<QList<Endpoint>> &found) { showLocal(found.ok() ? *found : QList<Endpoint>()); });
}

void ModelsSection::showLocal(const QList<Endpoint> &found)
{
    clearColumn(m_local);
    m_localText->setText(found.isEmpty()
                             ? tr("No model server is running here. Start Ollama, LM Studio, llama.cpp or vLLM on its "
                                  "usual port and look again.")
                             : tr("These servers answer here. Their models are in the model menu already."));
    for (const Endpoint &endpoint : found)
        m_local->addWidget(new EndpointCard(m_services, endpoint));
}

QList<Endpoint> ModelsSection::customEndpoints() const
{
    QList<Endpoint> endpoints;
    const auto json = QJsonDocument::fromJson(m_services.settings->string(Setting::CustomEndpoints).toUtf8()).array();
    for (const QJsonValue &value : json) {
        Endpoint endpoint;
        endpoint.id = value[QLatin1String("id")].toString();
        endpoint.label = value[QLatin1String("label")].toString();
        endpoint.baseUrl = QUrl(value[QLatin1String("baseUrl")].toString());
        if (value[QLatin1String("kind")].toString() == QLatin1String("anthropic"))
            endpoint.kind = ModelRef::Kind::Anthropic;
        endpoints.append(endpoint);
    }
    return endpoints;
}

void ModelsSection::writeCustom(const QList<Endpoint> &endpoints)
{
    QJsonArray json;
    for (const Endpoint &endpoint : endpoints)
        json.append(QJsonObject{{QStringLiteral("id"), endpoint.id},
                                {QStringLiteral("label"), endpoint.label},
                                {QStringLiteral("kind"), kindText(endpoint.kind)},
                                {QStringLiteral("baseUrl"), endpoint.baseUrl.toString()}});
    m_services.settings->set(Setting::CustomEndpoints,
                             QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
    Q_EMIT modelsChanged();
}

void ModelsSection::storeCustom(const QList<Endpoint> &endpoints)
{
    writeCustom(endpoints);
    showCustom();
}

void ModelsSection::showCustom()
{
    clearColumn(m_custom);
    for (const Endpoint &endpoint : customEndpoints()) {
        auto *card = new EndpointCard(m_services, endpoint);
        card->setRemovable();
        card->setAddressEditable(endpoint.baseUrl.toString(), {});
        connect(card, &EndpointCard::addressEdited, this,
                [this, id = endpoint.id](const QString &address) { moveCustom(id, QUrl(address)); });
        connect(card, &EndpointCard::removeRequested, this, [this, id = endpoint.id] { removeCustom(id); });
        connect(card, &EndpointCard::keyChanged, this, &ModelsSection::modelsChanged);
        m_custom->addWidget(card);
    }
}

QWidget *ModelsSection::addForm()
{
    auto *card = new FormCard;
    auto *form = new QWidget;
    auto *layout = new QGridLayout(form); // two rows: an address needs all the width there is
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(0, 1);
    m_newName->setPlaceholderText(tr("Name"));
    m_newName->setObjectName(QStringLiteral("newEndpointNameQLineEdit"));
    m_newAddress->setPlaceholderText(tr("https://… address of an OpenAI-compatible server"));
    m_newName->setAccessibleName(tr("Name of a new server"));
    m_newAddress->setAccessibleName(tr("Address of a new server"));
    m_newAddress->setObjectName(QStringLiteral("newEndpointAddressQLineEdit"));
    m_newKind->setAccessibleName(tr("Format of a new server"));
    m_newKind->addItem(tr("OpenAI format"), kindText(ModelRef::Kind::OpenAi));
    m_newKind->addItem(tr("Anthropic format"), kindText(ModelRef::Kind::Anthropic));
    auto *add = makeButton(tr("Add"), QStringLiteral("addEndpointQPushButton"));
    layout->addWidget(m_newName, 0, 0);
    layout->addWidget(m_newKind, 0, 1);
    layout->addWidget(m_newAddress, 1, 0);
    layout->addWidget(add, 1, 1);
    card->addWide(form);
    m_newProblem->setWordWrap(true);
    m_newProblem->hide();
    card->layout()->addWidget(m_newProblem);
    m_newProblem->setContentsMargins(Space::l, 0, Space::l, Space::m);
    connect(add, &QPushButton::clicked, this, &ModelsSection::addCustom);
    connect(m_newAddress, &QLineEdit::returnPressed, this, &ModelsSection::addCustom);
    return card;
}

void ModelsSection::addCustom()
{
    const QUrl url(m_newAddress->text().trimmed());
    const QString name = m_newName->text().simplified().isEmpty() ? url.host() : m_newName->text().simplified();
    const bool valid =
        (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http")) && !url.host().isEmpty();
    m_newProblem->setText(tr("The address must start with https:// or http:// and name a server."));
    m_newProblem->setVisible(!valid);
    if (!valid)
        return;
    auto endpoints = customEndpoints();
    Endpoint endpoint;
    endpoint.id = QStringLiteral("custom-%1").arg(newId());
    endpoint.label = name;
    endpoint.baseUrl = url;
    if (m_newKind->currentData().toString() == QLatin1String("anthropic"))
        endpoint.kind = ModelRef::Kind::Anthropic;
    endpoints.append(endpoint);
    m_newName->clear();
    m_newAddress->clear();
    storeCustom(endpoints);
}

/// What is no address yet is not stored: Test says what is wrong with it.
void ModelsSection::moveCustom(const QString &id, const QUrl &address)
{
    auto endpoints = customEndpoints();
    const auto moved =
        std::find_if(endpoints.begin(), endpoints.end(), [&id](const Endpoint &endpoint) { return endpoint.id == id; });
    if (moved == endpoints.end() || moved->baseUrl == address)
        return;
    moved->baseUrl = address;
    writeCustom(endpoints); // its card stays: Test may be pressed at this moment
}

/// With its key: nothing else would ever find that again.
void ModelsSection::removeCustom(const QString &id)
{
    m_services.secrets->remove(id);
    auto endpoints = customEndpoints();
    endpoints.removeIf([&id](const Endpoint &endpoint) { return endpoint.id == id; });
    storeCustom(endpoints);
}

QWidget *ModelsSection::samplerCard()
{
    auto *card = new FormCard;
    auto *pace = new QSpinBox;
    pace->setObjectName(QStringLiteral("samplerPaceQSpinBox"));
    pace->setRange(0, 5000);
    pace->setSingleStep(50);
    pace->setSuffix(tr(" tokens/s"));
    pace->setSpecialValueText(tr("As fast as possible"));
    bind(m_services.settings, Setting::SamplerTokensPerSecond, pace);
    auto *first = new QSpinBox;
    first->setRange(0, 10000);
    first->setSingleStep(100);
    first->setSuffix(tr(" ms"));
    bind(m_services.settings, Setting::SamplerFirstTokenMs, first);
    card->addRow(
        tr("Pace"),
        tr("The sampler is not a language model. It can write at the speed of one, to try out how that feels."), pace);
    card->addRow(tr("Wait before the first word"), {}, first);
    return card;
}

} // namespace Flotilla
