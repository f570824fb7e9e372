// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/projects/projectservice.h"

#include <QObject>

namespace Flotilla {

/// One open app as its screen sees it. GUI thread. Signals speak only of the app that is open now; answers for one that
/// was left are dropped. Commands that fail say so by failed(). An interface, so that tests bring their own.
class ScreenSession : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open(const AppId &id) = 0;
    virtual void close() = 0;
    virtual AppId app() const = 0;

    virtual void submit(const Wish &wish) = 0;
    virtual void fix(const Wish &wish) = 0; ///< a wish that is not in the composer: no submitted()
    virtual void retry() = 0;
    virtual void editAndResend(qint64 message, const Wish &wish) = 0;
    virtual void stop() = 0;
    virtual void rename(const QString &title) = 0;
    virtual void duplicate() = 0;
    virtual void restore(int version) = 0;
    virtual void sleep() = 0;
    virtual void wake() = 0;
    virtual void restartSandbox() = 0;
    virtual void requestFiles(int version) = 0; ///< answered by filesLoaded
    virtual void noteUseError(int version, const QString &error) = 0;
    virtual void keepThumbnail(int version, const QByteArray &png) = 0; ///< of a version that has none
    virtual void requestThumbnail(int version) = 0; ///< answered by thumbnailLoaded, also when there is none
    virtual QUrl browserUrl() const = 0;

Q_SIGNALS:
    void summaryChanged(const Flotilla::AppSummary &app);
    void conversationLoaded(const QList<Flotilla::Message> &messages);
    void messageChanged(const Flotilla::Message &message);
    void versionsLoaded(const QList<Flotilla::VersionSummary> &versions);
    void versionAdded(const Flotilla::VersionSummary &version);
    void previewChanged(const Flotilla::PreviewStatus &status);
    void logsLoaded(const QList<Flotilla::LogLine> &lines);
    void logAdded(const Flotilla::LogLine &line);
    void filesLoaded(int version, const Flotilla::FileMap &files);
    void thumbnailLoaded(int version, const QByteArray &png);
    void submitted(); ///< the wish was taken; the composer may forget it
    void restored(int version, int newVersion);
    void duplicated(const Flotilla::AppId &copy);
    void removed();
    void failed(const Flotilla::Error &error);
};

} // namespace Flotilla
