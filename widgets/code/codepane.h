// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"
#include "widgets/code/diffdocument.h"

#include <QWidget>

class QStackedWidget;
class QToolButton;
class QTreeView;

namespace Flotilla {

class Chip;
class CodeEdit;
class ElidedLabel;
class EmptyState;
class FileTreeModel;
class FindBar;

/// The files of an app: tree, read-only text, and the difference to any version. Asks for the files of other versions
/// by versionNeeded(); they come back through setVersionFiles().
class CodePane : public QWidget
{
    Q_OBJECT

public:
    explicit CodePane(QWidget *parent = nullptr);

    void reset();
    void setFiles(const FileMap &files); ///< the newest, with what a running turn wrote
    void setVersions(const QList<VersionSummary> &versions);
    void setVersionFiles(int version, const FileMap &files);

    void showFile(const QString &path, int line = 0);
    /// What `version` changed in a file, against the one before it. 0: the newest.
    void showChange(const QString &path, int version);
    void compareWith(int version); ///< 0: no difference
    void openSearch();
    QString currentPath() const { return m_path; }

Q_SIGNALS:
    void versionNeeded(int version);

private:
    void setupUi();
    QWidget *makeHeader();
    void fillVersionMenu();
    void refresh();
    void refreshText();
    void refreshDiff(const QByteArray &before, const QByteArray &after);
    QString diffGutter(int block) const;
    QColor diffColor(int block) const;
    const FileMap *filesOf(int version);
    int versionBefore(int version) const;
    void showBinary(const QString &why);
    void search(const QString &text, bool up);

    FileTreeModel *m_tree;
    QTreeView *m_treeView;
    QStackedWidget *m_stack;
    CodeEdit *m_text;
    CodeEdit *m_diff;
    EmptyState *m_empty;
    ElidedLabel *m_pathLabel;
    Chip *m_compare;
    QToolButton *m_copy;
    FindBar *m_find;
    FileMap m_files;
    QHash<int, FileMap> m_versionFiles;
    QList<VersionSummary> m_versions;
    QList<DiffRow> m_rows;
    QString m_path;
    int m_base = 0;   ///< version to compare with; 0: none
    int m_target = 0; ///< version that is compared; 0: the newest
    int m_line = 0;
};

} // namespace Flotilla
