// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/storage/records.h"

#include <QAbstractItemModel>

#include <memory>

namespace Flotilla {

/// The files of one version as a tree: folders first, then by name. setFiles() announces only what came and went, so
/// that open folders and the selection stay while a model writes. GUI thread.
class FileTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole + 1, FolderRole };

    explicit FileTreeModel(QObject *parent = nullptr);
    ~FileTreeModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setFiles(const QStringList &paths);
    QModelIndex indexOf(const QString &path) const;
    /// The file a person wants to see first: src/App.tsx, index.html, app.json, or the first one.
    QString mainFile() const;

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOfNode(Node *node) const;
    void insert(const QString &path);
    void removeMissing(Node *folder, const QSet<QString> &keep);
    std::unique_ptr<Node> m_root;
};

} // namespace Flotilla
