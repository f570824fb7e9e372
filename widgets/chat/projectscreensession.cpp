// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/projectscreensession.h"

#include "backends/core/continuation.h"

#include <QTimer>

namespace Flotilla {

ProjectScreenSession::ProjectScreenSession(ProjectService *projects, std::function<QUrl(const AppId &)> previewUrl,
                                           QObject *parent)
    : ScreenSession(parent)
    , m_projects(projects)
    , m_previewUrl(std::move(previewUrl))
{
    connectService();
}

void ProjectScreenSession::connectService()
{
    connect(m_projects, &ProjectService::appChanged, this, [this](const AppSummary &summary) {
        if (summary.id == m_app)
            Q_EMIT summaryChanged(summary);
    });
    connect(m_projects, &ProjectService::appRemoved, this, [this](const AppId &id) {
        if (id == m_app)
            Q_EMIT removed();
    });
    connect(m_projects, &ProjectService::messageChanged, this, [this](const Message &message) {
        if (message.app == m_app)
            Q_EMIT messageChanged(message);
    });
    connect(m_projects, &ProjectService::conversationReset, this, [this](const AppId &id) {
        if (id == m_app)
            whenDone(m_projects->conversation(m_app),
                     [this](const QList<Message> &messages) { Q_EMIT conversationLoaded(messages); });
    });
    connect(m_projects, &ProjectService::versionAdded, this, [this](const AppId &id, const VersionSummary &version) {
        if (id == m_app)
            Q_EMIT versionAdded(version);
    });
    connect(m_projects, &ProjectService::previewChanged, this, [this](const AppId &id, const PreviewStatus &status) {
        if (id == m_app)
            Q_EMIT previewChanged(status);
    });
    connect(m_projects, &ProjectService::logAdded, this, [this](const AppId &id, const LogLine &line) {
        if (id == m_app)
            Q_EMIT logAdded(line);
    });
    connect(m_projects, &ProjectService::thumbnailChanged, this, [this](const AppId &id, int version) {
        if (id == m_app)
            requestThumbnail(version);
    });
}

template <typename T, typename Use>
void ProjectScreenSession::whenDone(Future<T> future, Use use)
{
    Flotilla::whenDone(this, future, [this, token = m_opened, use](const Result<T> &result) {
        if (token != m_opened)
            return;
        if (!result)
            Q_EMIT failed(result.error());
        else if constexpr (std::is_void_v<T>)
            use();
        else
            use(*result);
    });
}

void ProjectScreenSession::open(const AppId &id)
{
    ++m_opened;
    m_app = id;
    load();
}

void ProjectScreenSession::close()
{
    ++m_opened;
    m_app = {};
}

void ProjectScreenSession::load()
{
    whenDone(m_projects->app(m_app), [this](const AppSummary &summary) { Q_EMIT summaryChanged(summary); });
    whenDone(m_projects->conversation(m_app),
             [this](const QList<Message> &messages) { Q_EMIT conversationLoaded(messages); });
    whenDone(m_projects->versions(m_app),
             [this](const QList<VersionSummary> &versions) { Q_EMIT versionsLoaded(versions); });
    whenDone(m_projects->logs(m_app), [this](const QList<LogLine> &lines) { Q_EMIT logsLoaded(lines); });
    wake();
}

void ProjectScreenSession::submit(const Wish &wish)
{
    whenDone(m_projects->submit(m_app, wish), [this] { Q_EMIT submitted(); });
}

void ProjectScreenSession::fix(const Wish &wish)
{
    whenDone(m_projects->submit(m_app, wish), [] {});
}

void ProjectScreenSession::retry()
{
    whenDone(m_projects->retry(m_app), [] {});
}

void ProjectScreenSession::editAndResend(qint64 message, const Wish &wish)
{
    whenDone(m_projects->editAndResend(m_app, message, wish), [this] { Q_EMIT submitted(); });
}

void ProjectScreenSession::stop()
{
    whenDone(m_projects->stop(m_app), [] {});
}

void ProjectScreenSession::rename(const QString &title)
{
    whenDone(m_projects->rename(m_app, title), [] {});
}

void ProjectScreenSession::duplicate()
{
    whenDone(m_projects->duplicate(m_app), [this](const AppId &copy) { Q_EMIT duplicated(copy); });
}

void ProjectScreenSession::restore(int version)
{
    whenDone(m_projects->restore(m_app, version), [this, version](int made) { Q_EMIT restored(version, made); });
}

void ProjectScreenSession::sleep()
{
    whenDone(m_projects->sleep(m_app), [] {});
}

void ProjectScreenSession::wake()
{
    whenDone(m_projects->openPreview(m_app), [this](const PreviewStatus &status) { Q_EMIT previewChanged(status); });
}

void ProjectScreenSession::restartSandbox()
{
    whenDone(m_projects->sleep(m_app), [this] { wake(); });
}

void ProjectScreenSession::requestFiles(int version)
{
    whenDone(m_projects->files(m_app, version),
             [this, version](const FileMap &files) { Q_EMIT filesLoaded(version, files); });
}

void ProjectScreenSession::requestThumbnail(int version)
{
    whenDone(m_projects->thumbnail(m_app, version),
             [this, version](const QByteArray &png) { Q_EMIT thumbnailLoaded(version, png); });
}

void ProjectScreenSession::noteUseError(int version, const QString &error)
{
    whenDone(m_projects->noteUseError(m_app, version, error), [] {});
}

void ProjectScreenSession::keepThumbnail(int version, const QByteArray &png)
{
    whenDone(m_projects->keepThumbnail(m_app, version, png), [] {});
}

QUrl ProjectScreenSession::browserUrl() const
{
    return m_previewUrl ? m_previewUrl(m_app) : QUrl();
}

} // namespace Flotilla
