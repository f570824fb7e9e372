// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QTemporaryDir;
class QWebEngineDownloadRequest;

namespace Flotilla {

class AskBar;

/// What the page of an app wants to save. It comes into a temporary folder and is moved to the person's downloads after
/// a yes. Until then little of it is fetched: what is known to be small, and of everything else what is on its way
/// when it is held. GUI thread.
class PageDownloads : public QObject
{
    Q_OBJECT

public:
    static constexpr int MostWaiting = 3;
    static constexpr qint64 MostAhead = 32ll * 1024 * 1024; ///< bytes of one

    explicit PageDownloads(AskBar *bar, QObject *parent = nullptr);
    ~PageDownloads() override; ///< what still comes is not kept

    /// To be called while the profile asks: what is not accepted then ends.
    void ask(QWebEngineDownloadRequest *download);
    QString folder() const; ///< empty: nothing was ever wanted

Q_SIGNALS:
    void kept(const QString &file);
    void failed(const QString &name, const QString &folder);
    void refused(const QString &name); ///< others wait for an answer already

private:
    void answer(QWebEngineDownloadRequest *download, bool yes, const QString &name);
    void keep(QWebEngineDownloadRequest *download, const QString &name);
    QString fileOf(const QWebEngineDownloadRequest *download) const;

    AskBar *m_bar;
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_waiting = 0;
};

} // namespace Flotilla
