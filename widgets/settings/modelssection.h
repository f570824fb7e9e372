// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/modelcatalog.h"
#include "widgets/common/appservices.h"
#include "widgets/settings/formcard.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace Flotilla {

enum class Setting;

/// Models and keys: providers, local servers found by themselves, own endpoints, the built-in sampler's pace.
class ModelsSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit ModelsSection(AppServices services, QWidget *parent = nullptr);
    void reload();

Q_SIGNALS:
    void modelsChanged(); ///< a key or an endpoint is different now

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addProvider(const QString &id, const QString &label, ModelRef::Kind kind, Setting setting);
    void discover();
    void showLocal(const QList<Endpoint> &found);
    void showCustom();
    QWidget *addForm();
    void addCustom();
    void moveCustom(const QString &id, const QUrl &address);
    void removeCustom(const QString &id);
    QWidget *samplerCard();
    void writeCustom(const QList<Endpoint> &endpoints);
    void storeCustom(const QList<Endpoint> &endpoints);
    QList<Endpoint> customEndpoints() const;

    AppServices m_services;
    QVBoxLayout *m_local;
    QVBoxLayout *m_custom;
    QLabel *m_localText;
    QLineEdit *m_newName;
    QLineEdit *m_newAddress;
    QComboBox *m_newKind;
    QLabel *m_newProblem;
};

} // namespace Flotilla
