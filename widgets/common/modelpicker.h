// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"
#include "widgets/common/chip.h"

namespace Flotilla {

/// One model that can be chosen.
struct ModelChoice
{
    QString ref;      ///< ModelRef as text
    QString name;     ///< for people; the sampler's says what it is
    QString provider; ///< heading in the menu
    std::optional<Price> price;
    bool isLanguageModel = true;
    bool operator==(const ModelChoice &other) const { return ref == other.ref && name == other.name; }
};

/// The catalog's models as choices. `endpoints` give local and custom servers their base URL.
QList<ModelChoice> modelChoices(const QList<ModelInfo> &models, const QList<Endpoint> &endpoints);
/// "Claude Sonnet 5.5" for a known reference, else the bare name in it.
QString modelName(const QString &ref, const QList<ModelChoice> &choices = {});

/// The chip that names the model of the next wish; its menu has all of them, by provider.
class ModelPicker : public Chip
{
    Q_OBJECT

public:
    explicit ModelPicker(QWidget *parent = nullptr);
    void setChoices(const QList<ModelChoice> &choices);
    const QList<ModelChoice> &choices() const { return m_choices; }
    QString current() const { return m_current; } ///< empty: nothing is known yet
    std::optional<ModelChoice> currentChoice() const;
    void setCurrent(const QString &ref);

Q_SIGNALS:
    void chosen(const QString &ref); ///< by the user
    void settingsRequested();        ///< "Add a model..."

private:
    void fillMenu();
    void showCurrent();
    QList<ModelChoice> m_choices;
    QString m_current;
};

} // namespace Flotilla
