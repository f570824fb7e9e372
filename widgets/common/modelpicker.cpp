// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/modelpicker.h"

#include "widgets/common/icons.h"

#include <QMenu>

namespace Flotilla {

namespace {

constexpr auto samplerRef = "sampler";

QString providerTitle(const QString &provider)
{
    if (provider == QLatin1String("anthropic"))
        return QStringLiteral("Anthropic");
    if (provider == QLatin1String("openai"))
        return QStringLiteral("OpenAI");
    return provider == QLatin1String(samplerRef) ? ModelPicker::tr("Built in") : provider;
}

QString reference(const ModelInfo &model, const QList<Endpoint> &endpoints)
{
    if (model.provider == QLatin1String(samplerRef) || !model.isLanguageModel)
        return QString::fromLatin1(samplerRef);
    if (model.provider == QLatin1String("anthropic") || model.provider == QLatin1String("openai"))
        return model.provider + QLatin1Char(':') + model.id;
    for (const Endpoint &endpoint : endpoints) {
        if (endpoint.label == model.provider || endpoint.id == model.provider) {
            const bool anthropic = endpoint.kind == ModelRef::Kind::Anthropic;
            return QStringLiteral("%1:%2@%3")
                .arg(anthropic ? QStringLiteral("anthropic") : QStringLiteral("openai"), model.id,
                     endpoint.baseUrl.toString());
        }
    }
    return QStringLiteral("openai:") + model.id;
}

} // namespace

QList<ModelChoice> modelChoices(const QList<ModelInfo> &models, const QList<Endpoint> &endpoints)
{
    QList<ModelChoice> choices;
    for (const ModelInfo &model : models) {
        const QString name = model.isLanguageModel ? (model.displayName.isEmpty() ? model.id : model.displayName)
                                                   : ModelPicker::tr("Sampler");
        choices.append(
            {reference(model, endpoints), name, providerTitle(model.provider), model.price, model.isLanguageModel});
    }
    return choices;
}

QString modelName(const QString &ref, const QList<ModelChoice> &choices)
{
    for (const ModelChoice &choice : choices) {
        if (choice.ref == ref)
            return choice.name;
    }
    if (ref == QLatin1String(samplerRef))
        return ModelPicker::tr("Sampler");
    const QString name = ref.section(QLatin1Char('@'), 0, 0);
    return name.contains(QLatin1Char(':')) ? name.section(QLatin1Char(':'), 1) : name;
}

ModelPicker::ModelPicker(QWidget *parent)
    : Chip(tr("Model"), parent)
{
    setObjectName(QStringLiteral("modelPicker"));
    setToolTip(tr("The model that writes the app"));
    setMenu(new QMenu);
    fillMenu();
}

void ModelPicker::setChoices(const QList<ModelChoice> &choices)
{
    m_choices = choices;
    if (m_current.isEmpty() && !choices.isEmpty())
        m_current = choices.first().ref;
    fillMenu();
    showCurrent();
}

std::optional<ModelChoice> ModelPicker::currentChoice() const
{
    for (const ModelChoice &choice : m_choices) {
        if (choice.ref == m_current)
            return choice;
    }
    return std::nullopt;
}

void ModelPicker::setCurrent(const QString &ref)
{
    if (ref.isEmpty())
        return;
    m_current = ref;
    fillMenu();
    showCurrent();
}

void ModelPicker::showCurrent()
{
    const QString name = m_current.isEmpty() ? tr("Model") : modelName(m_current, m_choices);
    setText(name);
    setAccessibleName(tr("Model: %1").arg(name));
    setToolTip(m_current == QLatin1String(samplerRef) ? tr("Built-in sampler, not a language model")
                                                      : tr("The model that writes the app"));
    updateGeometry();
    update();
}

void ModelPicker::fillMenu()
{
    QMenu *menu = this->menu();
    menu->clear();
    QString heading;
    for (const ModelChoice &choice : std::as_const(m_choices)) {
        if (choice.provider != heading) {
            heading = choice.provider;
            menu->addAction(heading)->setEnabled(false);
        }
        const QString title = choice.isLanguageModel ? choice.name : tr("Built-in sampler (not a language model)");
        QAction *action = menu->addAction(title);
        if (choice.ref == m_current)
            action->setIcon(Flotilla::icon("check"));
        connect(action, &QAction::triggered, this, [this, ref = choice.ref] {
            setCurrent(ref);
            Q_EMIT chosen(ref);
        });
    }
    if (!m_choices.isEmpty())
        menu->addSeparator();
    connect(menu->addAction(Flotilla::icon("key"), tr("Add a model…")), &QAction::triggered, this,
            &ModelPicker::settingsRequested);
}

} // namespace Flotilla
