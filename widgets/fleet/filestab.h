// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/core/id.h"
#include "backends/core/result.h"
#include "widgets/fleet/fleetstatus.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QTreeView;

namespace Flotilla {

class CodeEdit;
class ElidedLabel;
class EmptyState;
class FileTreeModel;
class FleetSession;

/// The files in the sandbox as they are now, to look at only. Pictures and other binary files say what they are.
class FilesTab : public QWidget
{
    Q_OBJECT

public:
    explicit FilesTab(FleetSession *session, QWidget *parent = nullptr);
    void setApp(const AppId &app, const Absence &absence);
    void reload();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void setupUi();
    void take(const Result<QList<AgentEntry>> &entries);
    void openFile(const QString &path);
    void showFile(const QString &path, const Result<QByteArray> &bytes);

    FleetSession *m_session;
    AppId m_app;
    QHash<QString, qint64> m_sizes;
    FileTreeModel *m_model;
    QTreeView *m_tree;
    CodeEdit *m_text;
    ElidedLabel *m_name;
    QLabel *m_size;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QString m_open;
    Absence m_absence;
    bool m_loaded = false;
};

} // namespace Flotilla
