// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"

#include <QWidget>

class QListWidget;
class QStackedWidget;

namespace Flotilla {

/// The Settings screen: sections on the left, one page at a time. Everything applies at once.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    enum Section { Models, Appearance, Budget, Sandboxes, Api, Privacy, About };
    explicit SettingsPage(AppServices services, QWidget *parent = nullptr);
    void open(Section section);
    int section() const;

Q_SIGNALS:
    void modelsChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeSection(int section);
    void select(int section);
    void keepSelected();
    AppServices m_services;
    QListWidget *m_list;
    QStackedWidget *m_stack;
};

} // namespace Flotilla
