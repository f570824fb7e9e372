// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projectservice.h"
#include "widgets/home/thumbnailcache.h"

#include <QWidget>

namespace Flotilla {

class AppFilterModel;
class AppListModel;
class GalleryView;
class HomeHeader;
class PromptBox;

/// The Home screen over a model of apps. Knows no service: what the user wants leaves as signals (see HomeController).
class HomePage : public QWidget
{
    Q_OBJECT

public:
    HomePage(AppListModel *apps, ThumbnailCache::Loader thumbnails, QWidget *parent = nullptr);

    PromptBox *prompt() const;
    HomeHeader *header() const { return m_header; }
    GalleryView *gallery() const { return m_gallery; }
    ThumbnailCache *thumbnails() const { return m_thumbnails; }
    void setLoading(bool loading);
    /// The list could not be read: says why and offers to try again.
    void setFailure(const QString &text);
    void focusSearch();
    /// What is being written, searched and looked at.
    struct State
    {
        Wish wish;
        int variants = 1;
        QString search;
        int tab = 0;
        int scrolled = 0;
    };
    State state() const;
    void goOn(const State &state); ///< of another page that is gone

Q_SIGNALS:
    void buildRequested(const Flotilla::Wish &wish, int variants);
    void openRequested(const Flotilla::AppId &id);
    void starRequested(const Flotilla::AppId &id, bool starred);
    void duplicateRequested(const Flotilla::AppId &id);
    void sleepRequested(const Flotilla::AppId &id);
    void stopTurnRequested(const Flotilla::AppId &id);
    void fixRequested(const Flotilla::AppId &id, const QString &wish);
    void deleteRequested(const Flotilla::AppId &id);
    void openInBrowserRequested(const Flotilla::AppId &id);
    void addModelRequested();
    void importRequested();
    void retryRequested();

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectGallery();
    void connectFilter();
    void showMenu(const QModelIndex &index, const QPoint &position);
    void refresh();
    AppId idAt(const QModelIndex &index) const;

    AppListModel *m_apps;
    AppFilterModel *m_filter;
    ThumbnailCache *m_thumbnails;
    GalleryView *m_gallery;
    HomeHeader *m_header;
    bool m_loading = false;
    QString m_failure;
};

} // namespace Flotilla
