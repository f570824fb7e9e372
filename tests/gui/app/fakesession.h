// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/screensession.h"

namespace Flotilla::Test {

/// A session that remembers what was asked and says what the test wants.
class FakeSession : public ScreenSession
{
    Q_OBJECT

public:
    void open(const AppId &id) override { m_app = id; }
    void close() override { m_app = {}; }
    AppId app() const override { return m_app; }
    void submit(const Wish &wish) override
    {
        wishes.append(wish);
        Q_EMIT submitted();
    }
    void fix(const Wish &wish) override { wishes.append(wish); }
    void retry() override { calls.append(QStringLiteral("retry")); }
    void editAndResend(qint64 message, const Wish &wish) override
    {
        calls.append(QStringLiteral("edit %1").arg(message));
        wishes.append(wish);
        Q_EMIT submitted();
    }
    void stop() override { calls.append(QStringLiteral("stop")); }
    void rename(const QString &title) override { calls.append(QStringLiteral("rename ") + title); }
    void duplicate() override { calls.append(QStringLiteral("duplicate")); }
    void restore(int version) override { calls.append(QStringLiteral("restore %1").arg(version)); }
    void sleep() override { calls.append(QStringLiteral("sleep")); }
    void wake() override { calls.append(QStringLiteral("wake")); }
    void restartSandbox() override { calls.append(QStringLiteral("restart")); }
    void requestFiles(int version) override { Q_EMIT filesLoaded(version, files.value(version, files.value(0))); }
    void requestThumbnail(int version) override { Q_EMIT thumbnailLoaded(version, thumbnails.value(version)); }
    void noteUseError(int version, const QString &error) override
    {
        useErrors.append(QStringLiteral("v%1: %2").arg(version).arg(error));
    }
    void keepThumbnail(int version, const QByteArray &png) override { kept.insert(version, png); }
    QUrl browserUrl() const override { return QUrl(QStringLiteral("http://abc.localhost:1/")); }

    QStringList calls;
    QHash<int, QByteArray> kept;
    QStringList useErrors;
    QList<Wish> wishes;
    QHash<int, FileMap> files;
    QHash<int, QByteArray> thumbnails;

private:
    AppId m_app;
};

// ---- sample data ----

AppSummary sampleApp();
QList<Message> sampleConversation();
QList<Message> longConversation(int messages);
Message userMessage(qint64 id, const QString &text);
Message answer(qint64 id, const QList<Block> &blocks, int version, bool green = true);
ToolBlock toolCall(const QString &tool, const QString &path, int added, int removed, bool created = false);
QList<VersionSummary> sampleVersions(int count, int red);
QByteArray sampleThumbnail(int seed);
FileMap sampleFiles();

} // namespace Flotilla::Test
