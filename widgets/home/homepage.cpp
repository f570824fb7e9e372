// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/homepage.h"

#include "backends/projects/useerrors.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/icons.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/home/appfiltermodel.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/gallerydelegate.h"
#include "widgets/home/galleryview.h"
#include "widgets/home/homeheader.h"
#include "widgets/home/promptbox.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Flotilla {

HomePage::HomePage(AppListModel *apps, ThumbnailCache::Loader thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_apps(apps)
    , m_filter(new AppFilterModel(this))
    , m_thumbnails(new ThumbnailCache(std::move(thumbnails), this))
    , m_gallery(new GalleryView)
    , m_header(new HomeHeader)
{
    setObjectName(QStringLiteral("homePage"));
    setSurface(this, "window");
    m_filter->setSourceModel(m_apps);
    m_gallery->setItemDelegate(new GalleryDelegate(m_thumbnails, m_gallery));
    m_gallery->setModel(m_filter);
    m_gallery->setHeader(m_header);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_gallery);
    setTabOrderByLayout(m_header, m_gallery); // the header is inside of the gallery, which would come first
    connectGallery();
    connectFilter();
    refresh();
}

void HomePage::connectGallery()
{
    connect(m_gallery, &GalleryView::opened, this,
            [this](const QModelIndex &index) { Q_EMIT openRequested(idAt(index)); });
    connect(m_gallery, &GalleryView::starToggled, this, [this](const QModelIndex &index) {
        Q_EMIT starRequested(idAt(index), !index.data(AppListModel::StarredRole).toBool());
    });
    connect(m_gallery, &GalleryView::deleteRequested, this,
            [this](const QModelIndex &index) { Q_EMIT deleteRequested(idAt(index)); });
    connect(m_gallery, &GalleryView::menuRequested, this, &HomePage::showMenu);
    connect(m_thumbnails, &ThumbnailCache::ready, this, [this](const AppId &id) {
        const QModelIndex index = m_filter->mapFromSource(m_apps->index(m_apps->rowOf(id)));
        if (index.isValid())
            m_gallery->update(index);
    });
}

void HomePage::connectFilter()
{
    connect(m_header->tabs(), &SegmentedControl::currentChanged, this, [this](int tab) {
        m_filter->setTab(static_cast<AppFilterModel::Tab>(tab));
        refresh();
    });
    connect(m_header->search(), &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        refresh();
    });
    m_header->search()->installEventFilter(this);
    connect(m_header->empty(), &EmptyState::actionTriggered, this, [this] {
        if (!m_failure.isEmpty())
            return Q_EMIT retryRequested();
        m_header->search()->clear();
        m_header->tabs()->setCurrent(0);
        prompt()->focusField();
    });
    connect(m_header->prompt(), &PromptBox::buildRequested, this, &HomePage::buildRequested);
    connect(m_header, &HomeHeader::importRequested, this, &HomePage::importRequested);
    connect(m_header, &HomeHeader::addModelRequested, this, &HomePage::addModelRequested);
    connect(prompt()->modelPicker(), &ModelPicker::settingsRequested, this, &HomePage::addModelRequested);
    connect(m_apps, &AppListModel::countsChanged, this, &HomePage::refresh);
}

PromptBox *HomePage::prompt() const
{
    return m_header->prompt();
}

void HomePage::setLoading(bool loading)
{
    m_loading = loading;
    m_gallery->setLoading(loading);
    refresh();
}

void HomePage::setFailure(const QString &text)
{
    m_failure = text;
    refresh();
}

void HomePage::focusSearch()
{
    m_header->search()->setFocus(Qt::ShortcutFocusReason);
    m_header->search()->selectAll();
}

HomePage::State HomePage::state() const
{
    return {prompt()->wish(), prompt()->variants(), m_header->search()->text(), m_header->tabs()->current(),
            m_gallery->verticalScrollBar()->value()};
}

void HomePage::goOn(const State &state)
{
    prompt()->setWish(state.wish, state.variants);
    m_header->tabs()->setCurrent(state.tab);
    m_header->search()->setText(state.search);
    m_gallery->verticalScrollBar()->setValue(state.scrolled);
}

void HomePage::refresh()
{
    m_header->setCounts(m_apps->rowCount(), m_apps->runningCount(), m_apps->starredCount());
    EmptyState *empty = m_header->empty();
    empty->setVisible(m_filter->rowCount() == 0 && !m_loading);
    if (!m_failure.isEmpty())
        empty->show(QStringLiteral("warning"), tr("Your apps could not be read"), m_failure, tr("Try again"));
    else if (m_apps->rowCount() == 0)
        empty->show(QStringLiteral("boat"), tr("Your apps will be here"),
                    tr("Say above what you need, in your own words, and press Build. A few seconds later you use it. "
                       "Every change is kept as a version, so nothing you try is ever lost."));
    else if (m_filter->tab() == AppFilterModel::Tab::Starred && m_filter->search().isEmpty())
        empty->show(QStringLiteral("star"), tr("Nothing starred yet"),
                    tr("Point at an app and click its star to find it here."), tr("Show all apps"));
    else if (m_filter->tab() == AppFilterModel::Tab::Running && m_filter->search().isEmpty())
        empty->show(QStringLiteral("sleep"), tr("No app is running"), tr("Open an app and it starts by itself."),
                    tr("Show all apps"));
    else
        empty->show(QStringLiteral("search"), tr("No app matches"),
                    tr("Nothing has “%1” in its title or its first wish.").arg(m_filter->search()),
                    tr("Clear the search"));
    m_gallery->relayout();
}

AppId HomePage::idAt(const QModelIndex &index) const
{
    return index.data(AppListModel::IdRole).value<AppId>();
}

void HomePage::showMenu(const QModelIndex &index, const QPoint &position)
{
    const auto app = index.data(AppListModel::SummaryRole).value<AppSummary>();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("appQMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, this](const char *iconName, const QString &text, auto run) {
        connect(menu->addAction(icon(iconName), text), &QAction::triggered, this, run);
    };
    add("app", tr("Open"), [this, app] { Q_EMIT openRequested(app.id); });
    add("external", tr("Open in browser"), [this, app] { Q_EMIT openInBrowserRequested(app.id); });
    if (!app.useErrors.isEmpty() && !turnRuns(app.turn))
        add("tools", tr("Fix it"), [this, app] { Q_EMIT fixRequested(app.id, useErrorsWish(app.useErrors)); });
    menu->addSeparator();
    add("rename", tr("Rename"), [this, row = QPersistentModelIndex(index)] { m_gallery->edit(row); });
    add(app.starred ? "star-filled" : "star", app.starred ? tr("Remove star") : tr("Star"),
        [this, app] { Q_EMIT starRequested(app.id, !app.starred); });
    add("copy", tr("Duplicate"), [this, app] { Q_EMIT duplicateRequested(app.id); });
    if (turnRuns(app.turn))
        add("stop", tr("Stop building"), [this, app] { Q_EMIT stopTurnRequested(app.id); });
    else if (app.running)
        add("sleep", tr("Put to sleep"), [this, app] { Q_EMIT sleepRequested(app.id); });
    menu->addSeparator();
    add("trash", tr("Delete"), [this, app] { Q_EMIT deleteRequested(app.id); });
    menu->popup(position);
}

void HomePage::showEvent(QShowEvent *event)
{
    m_apps->sortByRecent();
    QWidget::showEvent(event);
}

// From the search field the Down key goes into the gallery, Esc empties the field.
bool HomePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_header->search() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down && m_filter->rowCount() > 0) {
            m_gallery->setFocus();
            m_gallery->setCurrentIndex(m_filter->index(0, 0));
            return true;
        }
        if (key == Qt::Key_Escape && !m_header->search()->text().isEmpty()) {
            m_header->search()->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Flotilla
