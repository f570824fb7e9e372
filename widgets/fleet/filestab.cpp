// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/filestab.h"

#include "backends/core/foreigntext.h"
#include "widgets/code/codeedit.h"
#include "widgets/code/filetreemodel.h"
#include "widgets/code/tokenizer.h"
#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/format.h"
#include "widgets/fleet/fleetsession.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace Flotilla {

namespace {
constexpr qint64 mostShown = 512 * 1024;

bool isBinary(const QByteArray &bytes)
{
    return bytes.left(8000).contains('\0');
}
} // namespace

FilesTab::FilesTab(FleetSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new FileTreeModel(this))
    , m_tree(new QTreeView)
    , m_text(new CodeEdit)
    , m_name(new ElidedLabel({}, Qt::ElideMiddle))
    , m_size(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("filesTab"));
    setupUi();
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (index.isValid() && !index.data(FileTreeModel::FolderRole).toBool())
            openFile(index.data(FileTreeModel::PathRole).toString());
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &FilesTab::reload);
}

void FilesTab::setupUi()
{
    m_tree->setModel(m_model);
    m_tree->setObjectName(QStringLiteral("sandboxFilesQTreeView"));
    m_tree->setAccessibleName(tr("Files in the sandbox"));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    setStyleProperty(m_tree, "kind", QStringLiteral("bare"));
    m_text->setObjectName(QStringLiteral("sandboxFileText"));
    m_text->setAccessibleName(tr("Contents of the file"));
    auto *reload =
        makeIconButton(QStringLiteral("reload"), tr("Read the files again"), QStringLiteral("filesReloadQToolButton"));
    connect(reload, &QToolButton::clicked, this, &FilesTab::reload);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Space::l, 0, Space::m, Space::xs);
    row->addWidget(m_name, 1);
    row->addWidget(m_size);
    row->addWidget(reload);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    auto *both = new QWidget;
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(splitter, 1);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

void FilesTab::setApp(const AppId &app, const Absence &absence)
{
    if (app == m_app && absence.title == m_absence.title)
        return;
    if (app != m_app) {
        m_model->setFiles({});
        m_text->setPlainText({});
        m_open.clear();
        m_name->setText({});
        m_size->setText({});
    }
    m_app = app;
    m_absence = absence;
    m_loaded = false;
    if (isVisible())
        reload();
}

void FilesTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        reload();
}

void FilesTab::reload()
{
    if (!m_absence.title.isEmpty()) {
        m_empty->show(QStringLiteral("folder"), m_absence.title, m_absence.why);
        return m_stack->setCurrentIndex(1);
    }
    m_loaded = true;
    whenDone(m_session->listFiles(m_app), this, [this, app = m_app](const Result<QList<AgentEntry>> &entries) {
        if (app == m_app)
            take(entries);
    });
    if (!m_open.isEmpty())
        openFile(m_open);
}

void FilesTab::take(const Result<QList<AgentEntry>> &entries)
{
    if (!entries) {
        m_loaded = false;
        m_empty->show(QStringLiteral("warning"), tr("The files cannot be read"), entries.error().text, tr("Try again"));
        m_empty->setDetails(entries.error().detail);
        return m_stack->setCurrentIndex(1);
    }
    QStringList paths;
    m_sizes.clear();
    for (const AgentEntry &entry : *entries) {
        if (entry.type != QLatin1String("dir"))
            paths.append(entry.path);
        m_sizes.insert(entry.path, entry.size);
    }
    if (paths.isEmpty()) {
        m_empty->show(QStringLiteral("folder"), tr("No files yet"), tr("The app has written nothing so far."),
                      tr("Look again"));
        return m_stack->setCurrentIndex(1);
    }
    m_model->setFiles(paths);
    m_stack->setCurrentIndex(0);
    if (m_open.isEmpty()) {
        const QModelIndex first = m_model->indexOf(m_model->mainFile());
        m_tree->expand(first.parent());
        m_tree->setCurrentIndex(first);
    }
}

void FilesTab::openFile(const QString &path)
{
    m_open = path;
    m_name->setText(formatForeign(path));
    m_size->setText(formatBytes(m_sizes.value(path)));
    if (m_sizes.value(path) > mostShown)
        return showFile(path, Error{ErrorKind::Unsupported, tr("This file is too large to show here."), {}});
    whenDone(m_session->readFile(m_app, path), this, [this, app = m_app, path](const Result<QByteArray> &bytes) {
        if (app == m_app && path == m_open)
            showFile(path, bytes);
    });
}

void FilesTab::showFile(const QString &path, const Result<QByteArray> &bytes)
{
    const bool text = bytes && !isBinary(*bytes) && bytes->size() <= mostShown;
    m_text->setLanguage(text ? languageOf(path) : CodeLanguage::Plain);
    m_text->setGutter([](int block) { return QString::number(block + 1); }, text ? 4 : 0);
    if (!bytes)
        return m_text->setPlainText(bytes.error().text);
    m_text->setPlainText(text ? QString::fromUtf8(*bytes)
                              : tr("This is not text: %1.").arg(formatBytes(bytes->size())));
}

} // namespace Flotilla
