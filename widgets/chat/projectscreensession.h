// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/screensession.h"

#include <functional>

namespace Flotilla {

/// ScreenSession over the ProjectService.
class ProjectScreenSession : public ScreenSession
{
    Q_OBJECT

public:
    ProjectScreenSession(ProjectService *projects, std::function<QUrl(const AppId &)> previewUrl,
                         QObject *parent = nullptr);

    void open(const AppId &id) override;
    void close() override;
    AppId app() const override { return m_app; }
    void submit(const Wish &wish) override;
    void fix(const Wish &wish) override;
    void retry() override;
    void editAndResend(qint64 message, const Wish &wish) override;
    void stop() override;
    void rename(const QString &title) override;
    void duplicate() override;
    void restore(int version) override;
    void sleep() override;
    void wake() override;
    void restartSandbox() override;
    void requestFiles(int version) override;
    void requestThumbnail(int version) override;
    void noteUseError(int version, const QString &error) override;
    void keepThumbnail(int version, const QByteArray &png) override;
    QUrl browserUrl() const override;

private:
    void connectService();
    void load();
    /// Calls `use` with the value when the same app is still open; says failed() otherwise.
    template <typename T, typename Use>
    void whenDone(Future<T> future, Use use);

    ProjectService *m_projects;
    std::function<QUrl(const AppId &)> m_previewUrl;
    AppId m_app;
    int m_opened = 0; ///< token: grows with every open()
};

} // namespace Flotilla
