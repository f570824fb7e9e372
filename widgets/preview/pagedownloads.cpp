// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/pagedownloads.h"

#include "widgets/common/async.h"
#include "widgets/preview/askbar.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QPromise>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QWebEngineDownloadRequest>

namespace Flotilla {

namespace {

QString downloadsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
}

/// The new place; empty: it could not be moved.
QString moveInto(const QString &folder, const QString &name, const QString &file)
{
    QDir().mkpath(folder);
    const QFileInfo wanted(folder, name);
    QString target = wanted.filePath();
    for (int i = 1; QFileInfo::exists(target) && i < 100; ++i)
        target = QStringLiteral("%1/%2 (%3).%4").arg(folder, wanted.completeBaseName()).arg(i).arg(wanted.suffix());
    return QFile::rename(file, target) ? target : QString();
}

/// On a pool thread: between two file systems it is a copy.
Future<QString> moveLater(const QString &folder, const QString &name, const QString &file)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    QThreadPool::globalInstance()->start([=] {
        promise->addResult(Result<QString>(moveInto(folder, name, file)));
        promise->finish();
    });
    return promise->future();
}

/// Held at once and not at a number of bytes: the engine tells how far it is twice a second, and a server on this
/// computer sends hundreds of megabytes meanwhile. What is packed has no known size.
void holdBack(QWebEngineDownloadRequest *download)
{
    if (download->totalBytes() < 0 || download->totalBytes() > PageDownloads::MostAhead)
        download->pause();
}

} // namespace

PageDownloads::PageDownloads(AskBar *bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{
}

PageDownloads::~PageDownloads() = default;

QString PageDownloads::folder() const
{
    return m_folder ? m_folder->path() : QString();
}

void PageDownloads::ask(QWebEngineDownloadRequest *download)
{
    const QString name = QFileInfo(download->suggestedFileName()).fileName();
    const QString key = QStringLiteral("download:") + name;
    if (m_waiting >= MostWaiting || !m_bar->takes(key))
        return Q_EMIT refused(name);
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    download->setDownloadDirectory(folder());
    download->accept();
    holdBack(download);
    ++m_waiting;
    m_bar->ask(key, tr("The app wants to save %1 in %2.").arg(name, downloadsFolder()), tr("Save"),
               [this, name, download = QPointer(download)](bool yes) {
                   --m_waiting;
                   if (download)
                       answer(download, yes, name);
               });
}

void PageDownloads::answer(QWebEngineDownloadRequest *download, bool yes, const QString &name)
{
    connect(download, &QWebEngineDownloadRequest::isFinishedChanged, this, [this, download, yes, name] {
        yes ? keep(download, name) : download->deleteLater(); // the engine takes away what it did not finish
    });
    connect(download, &QWebEngineDownloadRequest::stateChanged, this, [download] {
        if (download->state() == QWebEngineDownloadRequest::DownloadInterrupted) // the engine would wait to go on
            QMetaObject::invokeMethod(download, &QWebEngineDownloadRequest::cancel, Qt::QueuedConnection);
    });
    if (!download->isFinished())
        return yes ? download->resume() : download->cancel();
    if (yes)
        return keep(download, name);
    QFile::remove(fileOf(download));
    download->deleteLater();
}

void PageDownloads::keep(QWebEngineDownloadRequest *download, const QString &name)
{
    download->deleteLater();
    const QString folder = downloadsFolder();
    if (download->state() != QWebEngineDownloadRequest::DownloadCompleted)
        return Q_EMIT failed(name, folder);
    whenDone(moveLater(folder, name, fileOf(download)), this, [this, name, folder](const Result<QString> &moved) {
        moved && !moved->isEmpty() ? Q_EMIT kept(*moved) : Q_EMIT failed(name, folder);
    });
}

QString PageDownloads::fileOf(const QWebEngineDownloadRequest *download) const
{
    return m_folder->filePath(download->downloadFileName());
}

} // namespace Flotilla
