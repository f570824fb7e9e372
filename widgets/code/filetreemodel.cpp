// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/filetreemodel.h"

#include "backends/core/foreigntext.h"

#include <QSet>

#include <algorithm>
#include <vector>

namespace Flotilla {

struct FileTreeModel::Node
{
    QString name;
    QString path;
    bool folder = false;
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    static bool before(const std::unique_ptr<Node> &a, const std::unique_ptr<Node> &b)
    {
        return a->folder != b->folder ? a->folder : a->name.compare(b->name, Qt::CaseInsensitive) < 0;
    }
    Node *child(const QString &wanted, bool wantFolder) const
    {
        const auto it = std::find_if(children.begin(), children.end(), [&](const auto &node) {
            return node->folder == wantFolder && node->name == wanted;
        });
        return it == children.end() ? nullptr : it->get();
    }
    int row() const
    {
        const auto &all = parent->children;
        return int(std::find_if(all.begin(), all.end(), [this](const auto &node) { return node.get() == this; }) -
                   all.begin());
    }
};

FileTreeModel::FileTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->folder = true;
}

FileTreeModel::~FileTreeModel() = default;

FileTreeModel::Node *FileTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex FileTreeModel::indexOfNode(Node *node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row(), 0, node);
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[size_t(row)].get());
}

QModelIndex FileTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOfNode(nodeOf(child)->parent) : QModelIndex();
}

int FileTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int FileTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant FileTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node *node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return formatForeign(node->name);
    case Qt::ToolTipRole:
        return formatForeign(node->path);
    case PathRole:
        return node->path;
    case FolderRole:
        return node->folder;
    default:
        return {};
    }
}

void FileTreeModel::setFiles(const QStringList &paths)
{
    removeMissing(m_root.get(), QSet<QString>(paths.begin(), paths.end()));
    for (const QString &path : paths)
        insert(path);
}

void FileTreeModel::insert(const QString &path)
{
    Node *folder = m_root.get();
    const QStringList names = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (int i = 0; i < names.size(); ++i) {
        const bool isFolder = i + 1 < names.size();
        if (Node *known = folder->child(names[i], isFolder)) {
            folder = known;
            continue;
        }
        auto node = std::make_unique<Node>();
        node->name = names[i];
        node->path = names.mid(0, i + 1).join(QLatin1Char('/'));
        node->folder = isFolder;
        node->parent = folder;
        const auto place = std::upper_bound(folder->children.begin(), folder->children.end(), node, Node::before);
        const int row = int(place - folder->children.begin());
        beginInsertRows(indexOfNode(folder), row, row);
        folder = folder->children.insert(place, std::move(node))->get();
        endInsertRows();
    }
}

void FileTreeModel::removeMissing(Node *folder, const QSet<QString> &keep)
{
    for (int row = int(folder->children.size()) - 1; row >= 0; --row) {
        Node *node = folder->children[size_t(row)].get();
        if (node->folder)
            removeMissing(node, keep);
        const bool gone = node->folder ? node->children.empty() : !keep.contains(node->path);
        if (!gone)
            continue;
        beginRemoveRows(indexOfNode(folder), row, row);
        folder->children.erase(folder->children.begin() + row);
        endRemoveRows();
    }
}

QModelIndex FileTreeModel::indexOf(const QString &path) const
{
    Node *node = m_root.get();
    const QStringList names = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (int i = 0; i < names.size() && node; ++i)
        node = node->child(names[i], i + 1 < names.size());
    return node && node != m_root.get() ? indexOfNode(node) : QModelIndex();
}

QString FileTreeModel::mainFile() const
{
    for (const QString &path :
         {QStringLiteral("src/App.tsx"), QStringLiteral("index.html"), QStringLiteral("app.json")}) {
        if (indexOf(path).isValid())
            return path;
    }
    const Node *node = m_root.get();
    while (node->folder && !node->children.empty())
        node = node->children.front().get();
    return node->folder ? QString() : node->path;
}

} // namespace Flotilla
