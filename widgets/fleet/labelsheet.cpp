// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/labelsheet.h"

#include "widgets/common/chip.h"
#include "widgets/common/flowlayout.h"
#include "widgets/fleet/fleetmodel.h"

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace Flotilla {

LabelSheet::LabelSheet(QWidget *over, int apps, const QStringList &known, const QStringList &present)
    : Sheet(over, tr("Label %n app(s)", nullptr, apps))
    , m_field(new QLineEdit)
{
    addText(tr("A label is a word of your own. The filter finds it with label:word."));
    m_field->setObjectName(QStringLiteral("labelQLineEdit"));
    m_field->setAccessibleName(tr("Label"));
    m_field->setPlaceholderText(tr("For example: demo"));
    m_field->setMaxLength(40);
    m_field->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[^\\s,:\"]*")), m_field)); // as the filter
    m_field->setCompleter(new QCompleter(known, m_field));
    body()->addWidget(m_field);
    if (!present.isEmpty()) {
        auto *box = new QWidget;
        auto *flow = new FlowLayout(box);
        flow->setContentsMargins(0, 0, 0, 0);
        for (const QString &label : present) {
            auto *chip = new Chip(tr("Take off “%1”").arg(label));
            connect(chip, &QAbstractButton::clicked, this, [this, label] { choose(label, false); });
            flow->addWidget(chip);
        }
        body()->addWidget(box);
    }
    QPushButton *add = addButton(tr("Add label"), QStringLiteral("addLabelQPushButton"), ButtonKind::Primary);
    add->setEnabled(false);
    connect(m_field, &QLineEdit::textChanged, add, [add](const QString &text) { add->setEnabled(!text.isEmpty()); });
    connect(add, &QPushButton::clicked, this, [this] { choose(m_field->text(), true); });
}

void LabelSheet::open()
{
    Sheet::open(m_field);
}

void LabelSheet::choose(const QString &label, bool add)
{
    Q_EMIT chosen(label, add);
    close();
}

void LabelSheet::labelsOf(const FleetModel &model, const QList<AppId> &apps, QStringList *known, QStringList *present)
{
    for (const QString &label : model.labels())
        known->append(label);
    QSet<QString> on;
    for (const AppId &app : apps) {
        if (const BoardEntry *entry = model.find(app))
            on.unite(QSet<QString>(entry->row.labels.cbegin(), entry->row.labels.cend()));
    }
    *present = on.values();
    present->sort();
}

} // namespace Flotilla
