// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/common/sheet.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace Flotilla {

class HostSession;
class ImageField;

/// Adds a host, from the SSH config or by hand, or changes one.
class HostSheet : public Sheet
{
    Q_OBJECT

public:
    HostSheet(QWidget *over, HostSession *session, const QStringList &taken); ///< add
    HostSheet(QWidget *over, HostSession *session, const HostConfig &host);   ///< edit
    void open();
    HostConfig config() const;
    /// What may be a host's id, from its name.
    static QString idFor(const QString &label);

Q_SIGNALS:
    void saved(const Flotilla::HostConfig &host, bool isNew);

private:
    void makeForm();
    void makeImageField();
    void makeList(const QStringList &taken);
    void fillList(const QStringList &aliases, const QStringList &taken);
    void choose(const QString &alias);
    void filterList(const QString &text);
    void refresh();
    void save();

    HostSession *m_session;
    HostConfig m_host;
    bool m_isNew;
    QLineEdit *m_search = nullptr;
    QListWidget *m_list = nullptr;
    QLabel *m_listHint = nullptr;
    QLineEdit *m_target;
    QLineEdit *m_label;
    QComboBox *m_backend;
    ImageField *m_image;
    QSpinBox *m_capacity;
    QCheckBox *m_pooled;
    QLabel *m_error;
    QPushButton *m_save = nullptr;
};

} // namespace Flotilla
