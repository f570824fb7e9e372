// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/codepane.h"

#include "widgets/code/codeedit.h"
#include "widgets/code/filetreemodel.h"
#include "widgets/code/findbar.h"
#include "widgets/code/tokenizer.h"
#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QIdentityProxyModel>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace Flotilla {

namespace {

constexpr int TreeWidth = 200;
constexpr int MaxShown = 1 << 20; // bytes of a file that are shown
constexpr int MaxVersionsKept = 8;

/// Adds icons, so that the tree model needs no Gui.
class FileIcons : public QIdentityProxyModel
{
public:
    using QIdentityProxyModel::QIdentityProxyModel;
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DecorationRole)
            return icon(index.data(FileTreeModel::FolderRole).toBool() ? "folder" : "file");
        return QIdentityProxyModel::data(index, role);
    }
};

bool isText(const QByteArray &content)
{
    return !content.left(8192).contains('\0');
}

} // namespace

CodePane::CodePane(QWidget *parent)
    : QWidget(parent)
    , m_tree(new FileTreeModel(this))
{
    setObjectName(QStringLiteral("codePane"));
    setupUi();
    connect(m_treeView->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (index.isValid() && !index.data(FileTreeModel::FolderRole).toBool())
            showFile(index.data(FileTreeModel::PathRole).toString());
    });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(QString::fromUtf8(m_files.value(m_path)));
        Toast::show(this, tr("%1 copied").arg(m_path));
    });
    connect(m_find, &FindBar::search, this, &CodePane::search);
    connect(m_find, &FindBar::closed, this, [this] { m_stack->currentWidget()->setFocus(); });
    connect(&Theme::instance(), &Theme::changed, this, &CodePane::refresh);
    refresh();
}

void CodePane::setupUi()
{
    auto *icons = new FileIcons(this);
    icons->setSourceModel(m_tree);
    m_treeView = new QTreeView;
    m_treeView->setObjectName(QStringLiteral("fileTree"));
    m_treeView->setAccessibleName(tr("Files"));
    m_treeView->setModel(icons);
    m_treeView->setProperty("kind", QStringLiteral("bare"));
    m_treeView->setHeaderHidden(true);
    m_treeView->setIndentation(Space::m);
    m_treeView->setIconSize(QSize(Metric::smallIcon, Metric::smallIcon));
    m_text = new CodeEdit;
    m_text->setObjectName(QStringLiteral("codeText"));
    m_text->setAccessibleName(tr("Text of the file"));
    m_diff = new CodeEdit;
    m_diff->setObjectName(QStringLiteral("codeDiff"));
    m_diff->setAccessibleName(tr("Difference"));
    m_empty = new EmptyState;
    m_stack = new QStackedWidget;
    for (QWidget *widget :
         {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_diff)})
        m_stack->addWidget(widget);
    m_find = new FindBar;
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(makeLine());
    column->addWidget(m_find);
    column->addWidget(m_stack, 1);
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("codeSplitter"));
    splitter->setHandleWidth(1);
    splitter->addWidget(m_treeView);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({TreeWidth, 3 * TreeWidth});
    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
}

QWidget *CodePane::makeHeader()
{
    auto *header = new QWidget;
    m_pathLabel = new ElidedLabel({}, Qt::ElideMiddle);
    m_pathLabel->setObjectName(QStringLiteral("codePathLabel"));
    m_compare = new Chip(tr("Compare"));
    m_compare->setObjectName(QStringLiteral("compareChip"));
    m_compare->setToolTip(tr("Show what changed since a version"));
    m_copy = makeIconButton(QStringLiteral("copy"), tr("Copy the file"), QStringLiteral("copyFileButton"));
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(Space::m, Space::xs, Space::s, Space::xs);
    row->addWidget(m_pathLabel, 1);
    row->addWidget(m_compare);
    row->addWidget(m_copy);
    return header;
}

void CodePane::reset()
{
    m_files.clear();
    m_versionFiles.clear();
    m_versions.clear();
    m_path.clear();
    m_base = m_target = m_line = 0;
    m_tree->setFiles({});
    refresh();
}

void CodePane::setFiles(const FileMap &files)
{
    m_files = files;
    const bool first = m_tree->rowCount() == 0;
    m_tree->setFiles(files.keys());
    if (first)
        m_treeView->expandAll();
    if (m_path.isEmpty() || (!files.contains(m_path) && m_base == 0))
        return showFile(m_tree->mainFile());
    refresh();
}

void CodePane::setVersions(const QList<VersionSummary> &versions)
{
    m_versions = versions;
    fillVersionMenu();
}

void CodePane::fillVersionMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("compareMenu"));
    menu->addAction(tr("No comparison"), this, [this] { compareWith(0); });
    menu->addSeparator();
    for (auto it = m_versions.crbegin(); it != m_versions.crend(); ++it) {
        const int number = it->number;
        menu->addAction(tr("Version %1 · %2").arg(number).arg(it->message.left(48)), this, [this, number] {
            m_target = 0;
            compareWith(number);
        });
    }
    m_compare->setMenu(menu);
    m_compare->setText(m_base == 0 ? tr("Compare") : tr("Against v%1").arg(m_base));
}

void CodePane::setVersionFiles(int version, const FileMap &files)
{
    if (m_versionFiles.size() >= MaxVersionsKept)
        m_versionFiles.clear();
    m_versionFiles.insert(version, files);
    refresh();
}

void CodePane::showFile(const QString &path, int line)
{
    if (path.isEmpty())
        return refresh();
    m_path = path;
    m_line = line;
    if (line > 0)
        m_base = m_target = 0;
    const auto *icons = static_cast<const QIdentityProxyModel *>(m_treeView->model());
    const QSignalBlocker quiet(m_treeView->selectionModel());
    m_treeView->setCurrentIndex(icons->mapFromSource(m_tree->indexOf(path)));
    m_treeView->viewport()->update();
    refresh();
}

void CodePane::showChange(const QString &path, int version)
{
    m_target = version;
    m_base = versionBefore(version);
    showFile(path);
    fillVersionMenu();
}

int CodePane::versionBefore(int version) const
{
    for (const VersionSummary &known : m_versions) {
        if (known.number == version)
            return known.parent > 0 ? known.parent : known.number - 1;
    }
    return m_versions.isEmpty() ? 0 : m_versions.last().number;
}

void CodePane::compareWith(int version)
{
    m_base = version;
    if (version == 0)
        m_target = 0;
    fillVersionMenu();
    refresh();
}

const FileMap *CodePane::filesOf(int version)
{
    if (version == 0)
        return &m_files;
    const auto found = m_versionFiles.constFind(version);
    if (found != m_versionFiles.constEnd())
        return &*found;
    Q_EMIT versionNeeded(version);
    return nullptr;
}

void CodePane::refresh()
{
    m_pathLabel->setText(m_path);
    m_copy->setEnabled(m_files.contains(m_path));
    if (m_path.isEmpty()) {
        m_empty->show(QStringLiteral("code"), tr("No files yet"),
                      tr("The files of the app show up here while they are written."));
        return m_stack->setCurrentWidget(m_empty);
    }
    if (m_base == 0 && m_target == 0)
        return refreshText();
    static const FileMap nothing;
    const FileMap *after = filesOf(m_target);
    const FileMap *before = m_base == 0 ? &nothing : filesOf(m_base);
    if (after && before)
        refreshDiff(before->value(m_path), after->value(m_path));
}

void CodePane::showBinary(const QString &why)
{
    m_empty->show(QStringLiteral("file"), m_path.section(QLatin1Char('/'), -1), why);
    m_stack->setCurrentWidget(m_empty);
}

void CodePane::refreshText()
{
    const QByteArray content = m_files.value(m_path);
    if (!isText(content))
        return showBinary(tr("This file is not text."));
    m_stack->setCurrentWidget(m_text);
    const QString text = QString::fromUtf8(content.left(MaxShown));
    if (m_text->documentTitle() != m_path || m_text->toPlainText() != text) {
        const int scroll = m_text->documentTitle() == m_path ? m_text->verticalScrollBar()->value() : 0;
        m_text->setDocumentTitle(m_path);
        m_text->setLanguage(languageOf(m_path));
        m_text->setPlainText(text);
        m_text->verticalScrollBar()->setValue(scroll);
    }
    if (const int line = std::exchange(m_line, 0); line > 0)
        m_text->scrollToLine(line);
}

void CodePane::refreshDiff(const QByteArray &before, const QByteArray &after)
{
    if (!isText(before) || !isText(after))
        return showBinary(tr("This file is not text."));
    m_rows = diffRows(before.left(MaxShown), after.left(MaxShown));
    const bool same = std::none_of(m_rows.begin(), m_rows.end(), [](const DiffRow &row) {
        return row.kind == DiffRow::Kind::Added || row.kind == DiffRow::Kind::Removed;
    });
    if (same)
        return showBinary(tr("Nothing changed in this file."));
    QStringList lines;
    for (const DiffRow &row : std::as_const(m_rows))
        lines.append(row.kind == DiffRow::Kind::Gap ? tr("%n unchanged line(s)", nullptr, row.hidden) : row.text);
    m_diff->setLanguage(languageOf(m_path));
    m_diff->setPlainText(lines.join(QLatin1Char('\n')));
    m_diff->setGutter([this](int block) { return diffGutter(block); }, 11);
    m_diff->setLineColors([this](int block) { return diffColor(block); });
    m_stack->setCurrentWidget(m_diff);
}

QString CodePane::diffGutter(int block) const
{
    const DiffRow row = m_rows.value(block);
    const auto number = [](int value) { return value > 0 ? QString::number(value) : QString(); };
    const QString sign = row.kind == DiffRow::Kind::Added     ? QStringLiteral("+")
                         : row.kind == DiffRow::Kind::Removed ? QStringLiteral("\u2212")
                                                              : QStringLiteral(" ");
    if (row.kind == DiffRow::Kind::Gap)
        return QStringLiteral("\u22ef");
    return QStringLiteral("%1 %2 %3").arg(number(row.oldNumber), 4).arg(number(row.newNumber), 4).arg(sign);
}

QColor CodePane::diffColor(int block) const
{
    const DiffRow row = m_rows.value(block);
    QColor color;
    switch (row.kind) {
    case DiffRow::Kind::Same:
        return {};
    case DiffRow::Kind::Gap:
        return colors().raised;
    case DiffRow::Kind::Added:
        color = colors().live;
        break;
    case DiffRow::Kind::Removed:
        color = colors().failed;
        break;
    }
    color.setAlpha(36);
    return color;
}

void CodePane::openSearch()
{
    m_find->open();
}

void CodePane::search(const QString &text, bool up)
{
    auto *edit = m_stack->currentWidget() == m_diff ? m_diff : m_text;
    m_find->setFound(edit->findNext(text, m_find->flags(up)));
}

} // namespace Flotilla
