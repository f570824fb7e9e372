// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hostsheet.h"

#include "widgets/common/async.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/hosts/hoststatus.h"
#include "widgets/hosts/imagefield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int sheetWidth = 560;
constexpr int listHeight = 176;
constexpr int rowHeight = 32;
constexpr int longestId = 40;
} // namespace

QString HostSheet::idFor(const QString &label)
{
    QString id;
    for (const QChar c : label.toLower()) {
        const bool plain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || c.isDigit();
        if (plain && c.unicode() < 128)
            id += c;
        else if (!id.isEmpty() && !id.endsWith(QLatin1Char('-')))
            id += QLatin1Char('-');
    }
    while (id.endsWith(QLatin1Char('-')))
        id.chop(1);
    return id.left(longestId);
}

HostSheet::HostSheet(QWidget *over, HostSession *session, const QStringList &taken)
    : Sheet(over, tr("Add a host"), sheetWidth)
    , m_session(session)
    , m_isNew(true)
{
    makeList(taken);
    makeForm();
}

HostSheet::HostSheet(QWidget *over, HostSession *session, const HostConfig &host)
    : Sheet(over, tr("Edit %1").arg(host.label), sheetWidth)
    , m_session(session)
    , m_host(host)
    , m_isNew(false)
{
    makeForm();
}

void HostSheet::makeList(const QStringList &taken)
{
    addText(tr("Any Linux machine that you reach with SSH can run apps. Nothing has to be installed there but "
               "Podman, Docker or bubblewrap, and no port is opened."));
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("hostSearchQLineEdit"));
    m_search->setPlaceholderText(tr("Search the hosts of your SSH config"));
    m_search->setAccessibleName(tr("Search the hosts of your SSH config"));
    m_search->setClearButtonEnabled(true);
    addSearchIcon(m_search);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("sshHostsQListWidget"));
    m_list->setAccessibleName(tr("Hosts of your SSH config"));
    m_list->setFixedHeight(listHeight);
    m_listHint = makeLabel(tr("Reading your SSH config"), TextSize::Base, Tone::Muted);
    m_listHint->setWordWrap(true);
    body()->addWidget(m_search);
    body()->addWidget(m_list);
    body()->addWidget(m_listHint);
    m_list->hide();
    connect(m_search, &QLineEdit::textChanged, this, &HostSheet::filterList);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            choose(item->data(Qt::UserRole).toString());
    });
    whenDone(m_session->sshConfigHosts(), this, [this, taken](const Result<QStringList> &aliases) {
        if (!aliases)
            return m_listHint->setText(aliases.error().text);
        fillList(*aliases, taken);
    });
}

void HostSheet::fillList(const QStringList &aliases, const QStringList &taken)
{
    m_list->setVisible(!aliases.isEmpty());
    m_search->setVisible(!aliases.isEmpty());
    m_listHint->setVisible(aliases.isEmpty());
    m_listHint->setText(tr("There are no hosts in ~/.ssh/config. Type one below."));
    for (const QString &alias : aliases) {
        const bool there = taken.contains(alias);
        auto *item = new QListWidgetItem(icon("hosts"), there ? tr("%1 (added already)").arg(alias) : alias, m_list);
        item->setData(Qt::UserRole, alias);
        item->setSizeHint({0, rowHeight});
        if (there)
            item->setFlags(Qt::NoItemFlags);
        if (there)
            item->setForeground(colors().muted);
    }
}

void HostSheet::filterList(const QString &text)
{
    QListWidgetItem *only = nullptr;
    int shown = 0;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        const bool fits = item->data(Qt::UserRole).toString().contains(text, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && item->flags() != Qt::NoItemFlags) {
            ++shown;
            only = item;
        }
    }
    if (shown == 1 && !text.isEmpty())
        m_list->setCurrentItem(only);
}

void HostSheet::choose(const QString &alias)
{
    m_target->setText(alias);
    m_label->setText(alias);
}

void HostSheet::makeForm()
{
    m_target = new QLineEdit(m_host.target);
    m_target->setObjectName(QStringLiteral("hostTargetQLineEdit"));
    m_target->setPlaceholderText(tr("An alias, user@machine or ssh://user@machine:2222"));
    m_label = new QLineEdit(m_host.label);
    m_label->setObjectName(QStringLiteral("hostLabelQLineEdit"));
    m_label->setPlaceholderText(tr("What to call it"));
    m_label->setMaxLength(longestId);
    m_backend = new QComboBox;
    m_backend->setObjectName(QStringLiteral("hostBackendQComboBox"));
    for (const auto &[name, id] : {std::pair(tr("The best that works there"), QString()),
                                   std::pair(QStringLiteral("Podman"), QStringLiteral("podman")),
                                   std::pair(QStringLiteral("Docker"), QStringLiteral("docker")),
                                   std::pair(QStringLiteral("bubblewrap"), QStringLiteral("bubblewrap"))})
        m_backend->addItem(name, id);
    m_backend->setCurrentIndex(qMax(0, m_backend->findData(m_host.backend)));
    makeImageField();
    m_capacity = new QSpinBox;
    m_capacity->setObjectName(QStringLiteral("hostCapacityQSpinBox"));
    m_capacity->setRange(0, 100000);
    m_capacity->setSpecialValueText(tr("As many as fit into its memory"));
    m_capacity->setValue(m_host.capacity);
    m_capacity->setMinimumHeight(Metric::control);
    m_pooled = new QCheckBox(tr("Takes apps that may run anywhere"));
    m_pooled->setObjectName(QStringLiteral("hostPooledQCheckBox"));
    m_pooled->setChecked(m_host.pooled);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(Space::m);
    grid->setVerticalSpacing(Space::s);
    const QList<QPair<QString, QWidget *>> rows{{tr("SSH target"), m_target},
                                                {tr("Name"), m_label},
                                                {tr("Engine"), m_backend},
                                                {tr("Container image"), m_image},
                                                {tr("Most sandboxes"), m_capacity}};
    const bool local = !m_isNew && isLocal(m_host);
    for (int i = 0; i < rows.size(); ++i) {
        QLabel *title = makeLabel(rows[i].first, TextSize::Base, Tone::Muted);
        title->setBuddy(rows[i].second);
        (rows[i].second == m_image ? m_image->edit() : rows[i].second)->setAccessibleName(rows[i].first);
        title->setMinimumHeight(Metric::control); // beside the field of an image, not the middle of its build
        grid->addWidget(title, i, 0, Qt::AlignTop);
        grid->addWidget(rows[i].second, i, 1);
        title->setVisible(!local || i >= 2);
        rows[i].second->setVisible(!local || i >= 2);
    }
    grid->addWidget(m_pooled, int(rows.size()), 1);
    grid->setColumnStretch(1, 1);
    body()->addLayout(grid);
    m_error = addText({}, Tone::Failed);
    m_error->setObjectName(QStringLiteral("hostErrorQLabel"));
    m_error->hide();
    m_save = addButton(m_isNew ? tr("Add and test") : tr("Save"), QStringLiteral("saveHostQPushButton"),
                       ButtonKind::Primary);
    connect(m_save, &QPushButton::clicked, this, &HostSheet::save);
    connect(m_target, &QLineEdit::textChanged, this, &HostSheet::refresh);
    connect(m_label, &QLineEdit::textChanged, this, &HostSheet::refresh);
    connect(m_image, &ImageField::changed, this, &HostSheet::refresh);
    connect(m_backend, &QComboBox::currentIndexChanged, m_image, &ImageField::refresh);
    refresh();
}

void HostSheet::makeImageField()
{
    m_image = new ImageField(m_session, [this]() -> ImageField::Place {
        if (m_isNew)
            return {{}, {}, tr("Add the host first: images are built there.")};
        return {m_host.id, m_backend->currentData().toString(), {}};
    });
    m_image->setText(m_host.image);
    QLineEdit *edit = m_image->edit();
    edit->setObjectName(QStringLiteral("hostImageQLineEdit"));
    edit->setPlaceholderText(tr("Made by Flotilla from this machine"));
    edit->setToolTip(tr("An image that Podman or Docker has or can fetch, like node:20. An app with an "
                        "image of its own keeps that."));
}

void HostSheet::open()
{
    Sheet::open(m_isNew ? m_search : isLocal(m_host) ? static_cast<QWidget *>(m_backend) : m_target);
}

HostConfig HostSheet::config() const
{
    HostConfig host = m_host;
    host.target = m_target->text().trimmed();
    host.label = m_label->text().trimmed().isEmpty() ? host.target : m_label->text().trimmed();
    if (m_isNew)
        host.id = HostId{idFor(host.label)};
    host.backend = m_backend->currentData().toString();
    host.image = m_image->text();
    host.capacity = m_capacity->value();
    host.pooled = m_pooled->isChecked();
    return host;
}

void HostSheet::refresh()
{
    const HostConfig host = config();
    const bool local = !m_isNew && isLocal(m_host);
    m_save->setEnabled(!m_image->isBuilding() && (local || (!host.target.isEmpty() && !host.id.isEmpty())));
    m_error->hide();
}

void HostSheet::save()
{
    const HostConfig host = config();
    m_save->setEnabled(false);
    whenDone(m_isNew ? m_session->add(host) : m_session->update(host), this, [this, host](const Status &status) {
        m_save->setEnabled(true);
        if (!status) {
            m_error->setText(status.error().text);
            m_error->show();
            return;
        }
        Q_EMIT saved(host, m_isNew);
        close();
    });
}

} // namespace Flotilla
